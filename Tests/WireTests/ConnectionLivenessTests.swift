import Testing

@testable import Wire

@Suite struct ConnectionLivenessTests {
    @Test func silenceIsProbedAndThenDead() {
        var pair = ConnectionPair.connected()
        pair.pass(.seconds(10))
        pair.near.tick(now: pair.now)
        let ping = pair.near.takeOutgoing(limit: 1 << 20)
        #expect(Array(ping.prefix(12)) == [0, 0, 0, 8, 0, 0, 0, 0, 6, 0, 0, 0])
        pair.far.receive(ping, now: pair.now)
        pair.exchange()
        pair.pass(.seconds(5))
        pair.near.tick(now: pair.now)
        #expect(!pair.near.isClosed, "the answer came")
        pair.pass(.seconds(5))
        pair.near.tick(now: pair.now)
        pair.pass(.seconds(5))
        pair.near.tick(now: pair.now)
        pair.collect()
        #expect(ConnectionPair.closed(pair.nearEvents)?.reason == "KEEPALIVE")
    }

    @Test func aFloodOfPingsIsAnsweredLate() {
        var pair = ConnectionPair.connected()
        for number in 0..<100 {
            pair.inject(Frame(.ping, payload: [0, 0, 0, 0, 0, 0, 0, UInt8(number)]))
        }
        #expect(pair.far.takeOutgoing(limit: 1 << 20).count == 10 * 20)
        pair.pass(.seconds(1))
        pair.far.tick(now: pair.now)
        let late = pair.far.takeOutgoing(limit: 1 << 20)
        #expect(late.count == 20)
        #expect(late.last == 99)
        #expect(!pair.far.isClosed)
    }

    @Test func rapidResetsEndTheConnection() throws {
        var pair = ConnectionPair.connected()
        var ended = 0
        for _ in 0..<1000 where !pair.far.isClosed {
            let id = try pair.open()
            pair.near.reset(id, .cancel)
            pair.exchange()
            ended += 1
        }
        #expect(ended == 101)
        #expect(ConnectionPair.closed(pair.nearEvents)?.reason == "ENHANCE_YOUR_CALM")
    }

    @Test func drainingLosesNoCall() throws {
        var pair = ConnectionPair.connected()
        let first = try pair.open()
        pair.exchange()
        pair.far.drain()
        let crossing = try pair.open()
        pair.exchange()
        #expect(ConnectionPair.opened(pair.farEvents) == [first, crossing])
        let error = #expect(throws: Failure.self) { try pair.open() }
        #expect(error?.reason == "DRAINING")
        for id in [first, crossing] { pair.far.finish(id, trailers: []) }
        pair.far.closeWhenDrained()
        pair.exchange()
        #expect(ConnectionPair.end(pair.nearEvents, crossing) == .trailers([]))
        #expect(ConnectionPair.closed(pair.farEvents)?.reason == "DRAINED")
    }

    @Test func callsThatWaitForADrainingPeerAreSafeToRetry() throws {
        var limits = Limits()
        limits.streams = 1
        var pair = ConnectionPair.connected(far: limits)
        _ = try pair.open()
        let waiting = try pair.open()
        pair.exchange()
        pair.far.drain()
        pair.exchange()
        guard case .refused = ConnectionPair.end(pair.nearEvents, waiting) else {
            Issue.record("\(pair.nearEvents)")
            return
        }
    }

    @Test func aPeerThatNeverReadsIsHungUpOn() throws {
        var limits = Limits()
        limits.unsentControl = 1000
        var pair = ConnectionPair.connected(far: limits)
        for number in 0..<200 where !pair.far.isClosed {
            let id = StreamID(rawValue: UInt32(number * 2 + 1))
            pair.inject(Frame(.headers, flags: 1, stream: id))
            pair.far.finish(id, trailers: [0x08, 0x05])
        }
        #expect(ConnectionPair.closed(pair.farEvents)?.reason == "ENHANCE_YOUR_CALM")
    }
}
