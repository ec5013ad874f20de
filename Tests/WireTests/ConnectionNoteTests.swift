import Testing

@testable import Wire

@Suite struct ConnectionNoteTests {
    @Test func aNoteIsTold() {
        var pair = ConnectionPair.connected()
        pair.near.note("đang nạp luật", extend: .seconds(20))
        pair.exchange()
        #expect(
            pair.farEvents == [
                .noted(
                    .with {
                        $0.text = "đang nạp luật"
                        $0.extendMs = 20_000
                    })
            ])
    }

    /// Before HELLO a NOTE stretches the handshake, and no further than 120 s in all.
    @Test(arguments: [(20, 24, false), (20, 26, true), (500, 119, false), (500, 121, true)])
    func aNoteBeforeHelloAsksForTime(extend: Int, seconds: Int, isOver: Bool) throws {
        var pair = ConnectionPair()
        pair.pass(.seconds(5))
        let note = try WireV1.Note.with { $0.extendMs = UInt32(extend * 1000) }.encoded()
        let frame = Frame(.note, payload: note[...]).encoded()
        pair.near.receive(Frame.preface + frame, now: pair.now)
        pair.pass(.seconds(seconds - 5))
        pair.near.tick(now: pair.now)
        #expect(pair.near.isClosed == isOver)
    }

    @Test func advisoryBytesNeverHurt() {
        var pair = ConnectionPair.connected()
        pair.inject(Frame(.note, payload: [0x0A, 0xFF]), Frame(.note, payload: [0x0A, 1, 0xFF]))
        #expect(pair.farEvents.isEmpty)
        for _ in 0..<100 { pair.inject(Frame(.note, payload: [])) }
        #expect(pair.farEvents.count == 8, "of the ten in a second two did not decode")
        #expect(!pair.far.isClosed)
    }
}

@Suite struct ConnectionKeepaliveTests {
    /// The peer's HELLO says how often it likes to be asked; we ask no sooner.
    @Test func thePeersShortestIntervalIsKept() {
        var near = Limits()
        near.idleBeforePing = .seconds(2)
        var far = Limits()
        far.minimumPingInterval = .seconds(60)
        var pair = ConnectionPair.connected(near: near, far: far)
        pair.pass(.seconds(59))
        pair.near.tick(now: pair.now)
        #expect(pair.near.takeOutgoing(limit: 1000).isEmpty)
        pair.pass(.seconds(1))
        pair.near.tick(now: pair.now)
        #expect(pair.near.takeOutgoing(limit: 1000).count == 20)
    }

    /// A late answer never delays our own PING.
    @Test func aFloodDoesNotStopOurOwnKeepalive() {
        var limits = Limits()
        limits.minimumPingInterval = .seconds(100)
        limits.idleBeforePing = .seconds(1)
        var pair = ConnectionPair.connected(far: limits)
        for _ in 0..<20 { pair.inject(Frame(.ping, payload: [0, 0, 0, 0, 0, 0, 0, 1])) }
        _ = pair.far.takeOutgoing(limit: 1 << 20)
        #expect(pair.far.nextTick == pair.now.advanced(by: .seconds(1)))
        pair.pass(.seconds(1))
        pair.far.tick(now: pair.now)
        #expect(pair.far.takeOutgoing(limit: 1 << 20).count == 20)
    }

    @Test func aCallThatIsTooLateIsNotSent() {
        var pair = ConnectionPair.connected()
        let error = #expect(throws: Failure.self) { try pair.open(deadline: pair.now) }
        #expect(error?.code == .deadlineExceeded)
        #expect(pair.near.takeOutgoing(limit: 1000).isEmpty)
    }

    /// Ids run out near 2³¹: the last call goes on, a GOAWAY says that no more come.
    @Test func theLastIdStillWorks() throws {
        var pair = ConnectionPair(firstStream: StreamID(rawValue: UInt32(Int32.max) - 2))
        pair.exchange()
        _ = try pair.open()
        let last = try pair.open()
        let error = #expect(throws: Failure.self) { try pair.open() }
        #expect(error?.reason == "STREAMS_EXHAUSTED")
        pair.exchange()
        #expect(ConnectionPair.opened(pair.farEvents).last == last)
        pair.far.finish(last, trailers: [])
        pair.exchange()
        #expect(ConnectionPair.end(pair.nearEvents, last) == .trailers([]))
    }
}
