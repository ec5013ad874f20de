import Testing

@testable import Wire

@Suite struct ConnectionCallTests {
    @Test func aUnaryCallIsTwoWrites() throws {
        var pair = ConnectionPair.connected()
        let id = try pair.open("/caodiem.t.v1.Echo/Say")
        pair.near.send(id, MessageAssembler.framed([9, 9])[...], endStream: true)
        let request = pair.near.takeOutgoing(limit: 1 << 20)
        pair.far.receive(request, now: pair.now)
        pair.collect()
        guard case .opened(id, let headers, endStream: false) = pair.farEvents.first else {
            Issue.record("\(pair.farEvents)")
            return
        }
        #expect(headers.path == "/caodiem.t.v1.Echo/Say")
        #expect(ConnectionPair.data(pair.farEvents, id) == [0, 0, 0, 0, 2, 9, 9])
        pair.far.send(id, MessageAssembler.framed([8])[...])
        pair.far.finish(id, trailers: [])
        let reply = pair.far.takeOutgoing(limit: 1 << 20)
        #expect(reply.count == 12 + 6 + 12)
        pair.near.receive(reply, now: pair.now)
        pair.collect()
        #expect(ConnectionPair.data(pair.nearEvents, id) == [0, 0, 0, 0, 1, 8])
        #expect(ConnectionPair.end(pair.nearEvents, id) == .trailers([]))
        #expect(pair.near.streamCount == 0)
        #expect(pair.far.streamCount == 0)
        #expect(pair.budget.reserved == 0)
    }

    /// A call over the limit is turned away once, though its DATA was on the way already.
    @Test func aRefusedCallsDataIsDropped() {
        var limits = Limits()
        limits.streams = 1
        var pair = ConnectionPair.connected(far: limits)
        for number: UInt32 in [1, 3] {
            let id = StreamID(rawValue: number)
            pair.inject(
                Frame(.headers, stream: id),
                Frame(.data, flags: FrameFlags.endStream, stream: id, payload: [0, 0, 0, 0, 0]))
        }
        let answer = pair.far.takeOutgoing(limit: 1 << 20)
        let refusal = Frame(
            .reset, stream: .init(rawValue: 3),
            payload: [0, 0, 0, 7] + "1 calls are already running".utf8)
        #expect(answer == refusal.encoded())
    }

    static let broken: [(String, [Frame], ErrorCode)] = [
        ("DATA before HEADERS", [Frame(.data, stream: .init(rawValue: 1))], .protocolError),
        ("HEADERS of our parity", [Frame(.headers, stream: .init(rawValue: 2))], .protocolError),
        (
            "a decreasing id",
            [
                Frame(.headers, flags: 1, stream: .init(rawValue: 9)),
                Frame(.headers, flags: 1, stream: .init(rawValue: 7)),
            ], .protocolError
        ),
        (
            "TRAILERS from the opener",
            [
                Frame(.headers, stream: .init(rawValue: 1)),
                Frame(.trailers, stream: .init(rawValue: 1)),
            ], .protocolError
        ),
        ("RESET without a code", [Frame(.reset, stream: .init(rawValue: 1))], .frameSizeError),
        ("PING of seven bytes", [Frame(.ping, payload: [0, 0, 0, 0, 0, 0, 0])], .frameSizeError),
    ]

    @Test(arguments: broken.indices)
    func aBrokenOrderEndsTheConnection(index: Int) {
        let (name, frames, code) = ConnectionCallTests.broken[index]
        var pair = ConnectionPair.connected()
        for frame in frames { pair.inject(frame) }
        #expect(ConnectionPair.closed(pair.farEvents)?.reason == code.name, "\(name)")
    }

    @Test func aSecondHeadersEndsTheStreamOnly() {
        var pair = ConnectionPair.connected()
        let id = StreamID(rawValue: 1)
        pair.inject(Frame(.headers, stream: id), Frame(.headers, stream: id))
        #expect(ConnectionPair.end(pair.farEvents, id)?.failure?.reason == "PROTOCOL_ERROR")
        #expect(!pair.far.isClosed)
    }

    @Test func dataAfterTheEndIsStreamClosed() {
        var pair = ConnectionPair.connected()
        let id = StreamID(rawValue: 1)
        pair.inject(
            Frame(.headers, flags: 1, stream: id), Frame(.data, stream: id, payload: [1]))
        #expect(ConnectionPair.end(pair.farEvents, id)?.failure?.reason == "STREAM_CLOSED")
        #expect(!pair.far.isClosed)
    }

    @Test func framesForAStreamJustClosedAreDropped() throws {
        var pair = ConnectionPair.connected()
        let id = try pair.open()
        pair.exchange()
        pair.far.reset(id, .cancel)
        pair.near.send(id, [1, 2, 3])
        pair.exchange()
        #expect(!pair.far.isClosed)
        #expect(ConnectionPair.end(pair.nearEvents, id) == .reset(.cancel, ""))
    }

    @Test func framesForAStreamLongClosedAreAnswered() throws {
        var limits = Limits()
        limits.rememberedStreams = 2
        var pair = ConnectionPair.connected(far: limits)
        for _ in 0..<4 {
            let id = try pair.open()
            pair.exchange()
            pair.far.finish(id, trailers: [])
            pair.exchange()
        }
        pair.inject(Frame(.data, stream: .init(rawValue: 1), payload: [1]))
        let answer = pair.far.takeOutgoing(limit: 1 << 20)
        #expect(Array(answer.prefix(16)) == [0, 0, 0, 24, 0, 0, 0, 1, 4, 0, 0, 0, 0, 0, 0, 5])
        #expect(!pair.far.isClosed)
    }

    @Test func aCancelReachesTheAcceptor() throws {
        var pair = ConnectionPair.connected()
        let id = try pair.open()
        pair.exchange()
        pair.near.reset(id, .cancel, "by the user")
        pair.exchange()
        #expect(ConnectionPair.end(pair.farEvents, id) == .reset(.cancel, "by the user"))
        #expect(pair.nearEvents.isEmpty)
    }

    @Test func aDeadlineEndsBothSides() throws {
        var pair = ConnectionPair.connected()
        let id = try pair.open(deadline: pair.now.advanced(by: .milliseconds(250)))
        pair.exchange()
        #expect(pair.far.deadline(of: id) == pair.now.advanced(by: .milliseconds(250)))
        #expect(pair.far.nextTick == pair.now.advanced(by: .milliseconds(250)))
        pair.pass(.milliseconds(250))
        pair.far.tick(now: pair.now)
        pair.near.tick(now: pair.now)
        pair.exchange()
        #expect(ConnectionPair.end(pair.nearEvents, id) == .deadlineExceeded)
        #expect(ConnectionPair.end(pair.farEvents, id) == .deadlineExceeded)
        #expect(!pair.near.isClosed && !pair.far.isClosed)
    }

    @Test func aDeadlineInTheQueueEndsTheCallUnsent() throws {
        var limits = Limits()
        limits.streams = 1
        var pair = ConnectionPair.connected(far: limits)
        let first = try pair.open()
        let second = try pair.open(deadline: pair.now.advanced(by: .seconds(1)))
        pair.exchange()
        pair.pass(.seconds(1))
        pair.near.tick(now: pair.now)
        pair.exchange()
        #expect(ConnectionPair.end(pair.nearEvents, second) == .deadlineExceeded)
        #expect(ConnectionPair.opened(pair.farEvents) == [first])
    }

    @Test func metadataOverTheLimitIsRefusedBeforeItIsSent() throws {
        var pair = ConnectionPair.connected()
        var headers = WireV1.CallHeaders()
        var entry = WireV1.MetadataEntry()
        entry.key = "k"
        entry.value = [UInt8](repeating: 0, count: (16 << 10) - 33)
        headers.metadata = [entry]
        _ = try pair.near.open(headers, deadline: nil, now: pair.now)
        headers.metadata[0].value.append(0)
        let error = #expect(throws: Failure.self) {
            try pair.near.open(headers, deadline: nil, now: pair.now)
        }
        #expect(error?.code == .resourceExhausted)
    }

    @Test func anEncodingIsRefusedByName() throws {
        var pair = ConnectionPair.connected()
        var headers = WireV1.CallHeaders()
        headers.encoding = "gzip"
        let id = try pair.near.open(headers, deadline: nil, now: pair.now)
        pair.exchange()
        let failure = ConnectionPair.end(pair.nearEvents, id)?.failure
        #expect(failure?.code == .unimplemented)
        #expect(failure?.message.contains("gzip") == true)
        #expect(pair.farEvents.isEmpty)
    }

    @Test func idsRunOut() throws {
        var pair = ConnectionPair(firstStream: StreamID(rawValue: StreamID.last.rawValue))
        pair.exchange()
        _ = try pair.open()
        let error = #expect(throws: Failure.self) { try pair.open() }
        #expect(error?.reason == "STREAMS_EXHAUSTED")
    }

    @Test func everyCodeSurvivesTheTrip() {
        for code in StatusCode.allCases where code != .ok {
            let failure = Failure(
                code, "không có án này", field: "decision_no", hint: "kiểm tra số quyết định",
                retryable: true, reason: "NO_CASE")
            #expect(Failure.decode(trailers: Failure.trailers(failure)[...]) == failure)
        }
        #expect(Failure.decode(trailers: Failure.trailers(nil)[...]) == nil)
        var trailers = WireV1.Trailers()
        trailers.code = 99
        #expect(Failure.decode(trailers: trailers)?.code == .unknown)
    }

    @Test func longTextIsCutAndMarked() throws {
        let failure = Failure(.internal, String(repeating: "á", count: 8000), hint: "a\0b")
        let trailers = Failure.trailers(failure)
        let status = try WireV1.Trailers(decoding: trailers[...])
        #expect(status.message.utf8.count <= 1 << 10, "the status line")
        #expect(status.message.hasSuffix("…"))
        let back = try #require(Failure.decode(trailers: trailers[...]))
        #expect(back.message.utf8.count <= 8 << 10, "the details have room for more")
        #expect(back.message.utf8.count > (8 << 10) - 8)
        #expect(back.message.hasSuffix("…"))
        #expect(back.hint == "a b")
    }

    @Test func resetCodesBecomeStatuses() {
        #expect(StreamEnd.reset(.refusedStream, "").failure?.code == .unavailable)
        #expect(StreamEnd.reset(.cancel, "").failure?.code == .cancelled)
        #expect(StreamEnd.reset(.enhanceYourCalm, "").failure?.code == .resourceExhausted)
        #expect(StreamEnd.reset(.inadequateSecurity, "").failure?.code == .permissionDenied)
        for code in [ErrorCode.noError, .protocolError, .internalError, .flowControlError] {
            #expect(StreamEnd.reset(code, "").failure?.code == .internal)
        }
    }
}
