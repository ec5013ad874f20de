import Wire

/// C8 and C9: the order of frames and the ids of streams.
extension Case {
    static let order: [Case] = frameOrder + ids

    private static let frameOrder: [Case] = [
        Case("C8a", "DATA for a stream never opened ends the connection") {
            bench throws(Verdict) in
            let frame = RawFrame(kind: FrameKind.data, stream: 7, payload: framed([]))
            try expectGoAway(bench, frame.encoded(), [Code.protocolError])
        },
        Case("C8b", "a second HEADERS resets its stream only", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.open(Path.input)
            try session.send(try session.headers(call, Path.input))
            try expectReset(try session.finished(call), [Code.protocolError])
            try expectUnimplemented(session)
        },
        Case("C8c", "TRAILERS from an opener end the connection") { bench throws(Verdict) in
            let session = try bench.session()
            let call = try session.open(Path.nowhere)
            try session.send(RawFrame(kind: FrameKind.trailers, stream: call.id))
            _ = try goAway(session.socket, [Code.protocolError])
        },
        Case("C8d", "DATA after END_STREAM resets its stream only", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.start(
                Path.sleep, ConformanceV1.SleepRequest.with { $0.milliseconds = 5000 })
            try session.send(
                RawFrame(kind: FrameKind.data, stream: call.id, payload: framed([])))
            try expectReset(try session.finished(call), [Code.streamClosed, Code.protocolError])
            try expectUnimplemented(session)
        },
        Case("C8e", "frames for a stream that has just closed are dropped") {
            bench throws(Verdict) in
            let session = try bench.session()
            let call = try session.start(Path.nowhere, ConformanceV1.Empty())
            try session.finished(call)
            try session.send(.window(call.id, 10))
            try session.send(RawFrame(kind: FrameKind.data, stream: call.id, payload: [0]))
            try session.send(.reset(call.id, Code.cancel))
            try expectUnimplemented(session)
            try require(session.strays.isEmpty, "it answered \(session.strays)")
        },
    ]

    private static let ids: [Case] = [
        Case("C9a", "an id of the other side's parity ends the connection") {
            bench throws(Verdict) in
            try expectGoAway(bench, try opening(2), [Code.protocolError])
        },
        Case("C9b", "an id used again ends the connection") { bench throws(Verdict) in
            let session = try bench.session()
            let call = try session.start(Path.nowhere, ConformanceV1.Empty())
            try session.finished(call)
            try session.socket.send(try opening(call.id))
            _ = try goAway(session.socket, [Code.protocolError])
        },
        Case("C9c", "an id below the last ends the connection") { bench throws(Verdict) in
            try expectGoAway(bench, try opening(9) + opening(7), [Code.protocolError])
        },
        Case("C9d", "DATA on stream 0 ends the connection") { bench throws(Verdict) in
            let frame = RawFrame(kind: FrameKind.data, payload: framed([]))
            try expectGoAway(bench, frame.encoded(), [Code.protocolError])
        },
        Case("C9e", "the top bit of an id is 0") { bench throws(Verdict) in
            try expectGoAway(bench, try opening(0x8000_0001), [Code.protocolError])
        },
        Case("C9f", "PING on a stream ends the connection") { bench throws(Verdict) in
            let frame = RawFrame(kind: FrameKind.ping, stream: 1, payload: eightBytes)
            try expectGoAway(bench, frame.encoded(), [Code.protocolError])
        },
    ]

    private static func opening(_ stream: UInt32) throws(Verdict) -> [UInt8] {
        let headers = try encoded(WireV1.CallHeaders.with { $0.path = Path.nowhere })
        return RawFrame(kind: FrameKind.headers, stream: stream, payload: headers).encoded()
    }
}

/// The call was reset with one of the codes.
func expectReset(_ end: CallEnd, _ codes: Set<UInt32>) throws(Verdict) {
    guard case .reset(let code, _) = end, codes.contains(code) else {
        throw .failed("the call ended with \(end), expected RESET \(codes.sorted())")
    }
}
