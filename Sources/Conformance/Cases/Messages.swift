import Wire

/// C10 and C11: messages inside DATA.
extension Case {
    static let messages: [Case] = [
        Case("C10a", "a message's prefix split at each of its bytes", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let message = framed(try encoded(ConformanceV1.SimpleRequest.with { $0.replySize = 3 }))
            for cut in 1...5 {
                let call = try session.open(Path.unary)
                let parts = [message[..<cut], [], message[cut...]]
                for (number, part) in parts.enumerated() {
                    try session.send(
                        RawFrame(
                            kind: FrameKind.data, flags: number == 2 ? RawFrame.endStream : 0,
                            stream: call.id, payload: Array(part)))
                }
                try expect(.ok, try session.finished(call), "cut at \(cut)")
            }
        },
        Case("C10b", "two messages in one frame are two", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.open(Path.input)
            let one = framed(try encoded(sized(100)))
            try session.send(
                RawFrame(
                    kind: FrameKind.data, flags: RawFrame.endStream, stream: call.id,
                    payload: one + one))
            let reply = try streamInputReply(session, call)
            try requireEqual(reply.aggregatedPayloadSize, 200, "bytes")
            try requireEqual(reply.requests, 2, "messages")
        },
        Case("C10c", "END_STREAM inside a message is no success", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.open(Path.unary)
            try session.send(
                RawFrame(
                    kind: FrameKind.data, flags: RawFrame.endStream, stream: call.id,
                    payload: [0, 0, 0, 0, 9, 1]))
            try expect(.internal, try session.finished(call), "half a message")
        },
        Case("C10d", "a compressed message is UNIMPLEMENTED", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.open(Path.unary)
            try session.send(
                RawFrame(
                    kind: FrameKind.data, flags: RawFrame.endStream, stream: call.id,
                    payload: [1, 0, 0, 0, 0]))
            try expect(.unimplemented, try session.finished(call), "flag 1")
        },
        Case("C10e", "an encoding other than identity is UNIMPLEMENTED") {
            bench throws(Verdict) in
            let session = try bench.session()
            let call = session.newCall()
            let headers = WireV1.CallHeaders.with {
                $0.path = Path.empty
                $0.encoding = "gzip"
            }
            try session.send(
                RawFrame(
                    kind: FrameKind.headers, flags: RawFrame.endStream, stream: call.id,
                    payload: try encoded(headers)))
            try expect(.unimplemented, try session.finished(call), "gzip")
            try expectUnimplemented(session)
        },
        Case("C11a", "an empty message is a message", needs: .service) { bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.start(Path.empty, ConformanceV1.Empty())
            try expect(.ok, try session.finished(call), "an empty message")
            try requireEqual(call.messages, [[]], "the reply")
        },
        Case("C11b", "no message for a unary call is UNIMPLEMENTED", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = session.newCall()
            try session.send(try session.headers(call, Path.empty, end: true))
            try expect(.unimplemented, try session.finished(call), "no message")
            let other = try session.open(Path.empty)
            try session.finish(other)
            try expect(.unimplemented, try session.finished(other), "no message")
        },
        Case("C11c", "two messages for a unary call are UNIMPLEMENTED", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.open(Path.empty)
            try session.write(call, bytes: framed([]) + framed([]), end: true)
            try expect(.unimplemented, try session.finished(call), "two messages")
        },
    ]
}

/// A request of a client's stream with so many bytes of payload.
func sized(_ count: Int) -> ConformanceV1.StreamingInputRequest {
    .with { $0.payload = payload(count) }
}

func payload(_ count: Int) -> ConformanceV1.Payload {
    .with { $0.body = [UInt8](repeating: 0, count: count) }
}

/// The one reply of a StreamingInputCall that ended well.
func streamInputReply(
    _ session: Session, _ call: Call
) throws(Verdict) -> ConformanceV1.StreamingInputReply {
    let end = try session.finished(call)
    guard end.status == .ok, let bytes = call.messages.first else {
        throw .failed("the stream of requests ended with \(end)")
    }
    return try decoded(bytes)
}
