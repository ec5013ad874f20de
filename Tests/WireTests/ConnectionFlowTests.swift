import Testing

@testable import Wire

@Suite struct ConnectionFlowTests {
    @Test func theSenderStopsAtTheWindow() throws {
        var limits = Limits()
        limits.window = 1000
        var pair = ConnectionPair.connected(far: limits)
        let id = try pair.open()
        pair.near.send(id, ArraySlice([UInt8](repeating: 1, count: 2500)), endStream: true)
        pair.exchange()
        #expect(ConnectionPair.data(pair.farEvents, id).count == 1000)
        pair.far.consumed(id, 499)
        pair.exchange()
        #expect(ConnectionPair.data(pair.farEvents, id).count == 1000, "half a window at a time")
        pair.far.consumed(id, 501)
        pair.exchange()
        #expect(ConnectionPair.data(pair.farEvents, id).count == 2000)
        pair.far.consumed(id, 1000)
        pair.exchange()
        #expect(ConnectionPair.data(pair.farEvents, id).count == 2500)
        #expect(pair.nearEvents.contains(.drained(id)))
        guard case .data(_, _, endStream: true) = pair.farEvents.last else {
            Issue.record("no END_STREAM")
            return
        }
    }

    @Test func aMessageLargerThanTheWindowIsGrantedWhole() throws {
        var limits = Limits()
        limits.window = 1000
        var pair = ConnectionPair.connected(far: limits)
        let id = try pair.open()
        let message = MessageAssembler.framed([UInt8](repeating: 7, count: 5000))
        pair.near.send(id, message[...], endStream: true)
        pair.exchange()
        var assembler = MessageAssembler(limit: 1 << 20)
        try assembler.feed(ConnectionPair.data(pair.farEvents, id)[...])
        #expect(assembler.missing == 4005)
        try pair.far.expect(id, bytes: assembler.missing)
        #expect(pair.budget.reserved == 256 << 10 | 5005)
        pair.clear()
        pair.exchange()
        try assembler.feed(ConnectionPair.data(pair.farEvents, id)[...])
        #expect(assembler.next()?.count == 5000)
        pair.far.finish(id, trailers: [])
        pair.exchange()
        #expect(pair.budget.reserved == 0)
    }

    @Test func aMessageThatNoMemoryIsLeftForIsRefused() throws {
        var limits = Limits()
        limits.window = 1000
        let budget = InboundBudget(capacity: 3000)
        var pair = ConnectionPair.connected(near: limits, far: limits, budget: budget)
        let id = try pair.open()
        pair.exchange()
        let error = #expect(throws: Failure.self) { try pair.far.expect(id, bytes: 2500) }
        #expect(error?.reason == "INBOUND_BUDGET")
    }

    @Test func aStreamThatNoMemoryIsLeftForIsRefused() throws {
        var limits = Limits()
        limits.window = 1000
        let budget = InboundBudget(capacity: 1000)
        var pair = ConnectionPair.connected(near: limits, far: limits, budget: budget)
        let id = try pair.open()
        pair.exchange()
        guard case .refused = ConnectionPair.end(pair.nearEvents, id) else {
            Issue.record("\(pair.nearEvents)")
            return
        }
    }

    @Test func aCallWaitsForMemoryThatAnotherConnectionHolds() throws {
        var limits = Limits()
        limits.window = 1000
        let budget = InboundBudget(capacity: 2000)
        var other = ConnectionPair.connected(near: limits, far: limits, budget: budget)
        let first = try other.open()
        other.exchange()
        var pair = ConnectionPair.connected(near: limits, far: limits, budget: budget)
        let id = try pair.open()
        pair.exchange()
        #expect(pair.farEvents.isEmpty && pair.nearEvents.isEmpty)
        #expect(pair.near.nextTick == pair.now.advanced(by: .milliseconds(20)))
        other.far.finish(first, trailers: [])
        other.exchange()
        pair.pass(.milliseconds(20))
        pair.near.tick(now: pair.now)
        pair.exchange()
        #expect(ConnectionPair.opened(pair.farEvents) == [id])
    }

    @Test func dataBeyondTheWindowEndsTheStream() {
        var limits = Limits()
        limits.window = 10
        var pair = ConnectionPair.connected(far: limits)
        let id = StreamID(rawValue: 1)
        pair.inject(
            Frame(.headers, stream: id),
            Frame(.data, stream: id, payload: ArraySlice([UInt8](repeating: 0, count: 11))))
        #expect(ConnectionPair.end(pair.farEvents, id)?.failure?.reason == "FLOW_CONTROL_ERROR")
        #expect(!pair.far.isClosed)
    }

    @Test(arguments: [[0, 0, 0, 0], [0x7F, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 1]] as [[UInt8]])
    func aSenselessGrantEndsTheStream(payload: [UInt8]) {
        var pair = ConnectionPair.connected()
        let id = StreamID(rawValue: 1)
        pair.inject(
            Frame(.headers, stream: id), Frame(.window, stream: id, payload: payload[...]))
        #expect(ConnectionPair.end(pair.farEvents, id)?.failure?.reason == "FLOW_CONTROL_ERROR")
    }

    @Test func trailersComeAfterTheDataBeforeThem() throws {
        var limits = Limits()
        limits.window = 100
        var pair = ConnectionPair.connected(near: limits)
        let id = try pair.open()
        pair.exchange()
        pair.far.send(id, ArraySlice([UInt8](repeating: 5, count: 150)))
        pair.far.finish(id, trailers: [])
        pair.exchange()
        #expect(ConnectionPair.end(pair.nearEvents, id) == nil)
        pair.near.consumed(id, 100)
        pair.exchange()
        #expect(ConnectionPair.data(pair.nearEvents, id).count == 150)
        #expect(ConnectionPair.end(pair.nearEvents, id) == .trailers([]))
        #expect(pair.budget.reserved == 0)
    }

    @Test func streamsTakeTurns() throws {
        var pair = ConnectionPair.connected()
        let first = try pair.open()
        let second = try pair.open()
        for id in [first, second] {
            pair.near.send(id, ArraySlice([UInt8](repeating: 1, count: 200_000)))
        }
        var parser = FrameParser(
            maximumFrame: 1 << 20, maximumHello: 1 << 20, expectsPreface: false)
        parser.feed(pair.near.takeOutgoing(limit: 1 << 20))
        var order: [StreamID] = []
        while let frame = try parser.next() {
            if frame.type == .data { order.append(frame.stream) }
        }
        #expect(Array(order.prefix(4)) == [first, second, first, second])
    }

    @Test func theOpenerQueuesBeyondThePeersLimit() throws {
        var limits = Limits()
        limits.streams = 2
        var nearLimits = Limits()
        nearLimits.queuedCalls = 3
        var pair = ConnectionPair.connected(near: nearLimits, far: limits)
        let ids = try (0..<5).map { _ in try pair.open() }
        let error = #expect(throws: Failure.self) { try pair.open() }
        #expect(error?.reason == "QUEUE_FULL")
        pair.exchange()
        #expect(ConnectionPair.opened(pair.farEvents) == Array(ids[..<2]))
        for id in ids {
            pair.far.finish(id, trailers: [])
            pair.exchange()
        }
        #expect(ConnectionPair.opened(pair.farEvents) == ids)
        #expect(pair.near.streamCount == 0)
    }

    @Test func aHandlerThatStillWorksCounts() throws {
        var limits = Limits()
        limits.streams = 1
        var pair = ConnectionPair.connected(far: limits)
        let first = try pair.open()
        pair.exchange()
        pair.far.hold(first)
        pair.near.reset(first, .cancel)
        let second = try pair.open()
        pair.exchange()
        guard case .refused = ConnectionPair.end(pair.nearEvents, second) else {
            Issue.record("\(pair.nearEvents)")
            return
        }
        pair.far.release(first)
        let third = try pair.open()
        pair.exchange()
        #expect(ConnectionPair.opened(pair.farEvents) == [first, third])
    }

    @Test func streamsDroppedUnreadLeakNothing() throws {
        var pair = ConnectionPair.connected()
        for _ in 0..<20_000 {
            let id = try pair.open()
            pair.near.send(id, [1, 2, 3, 4, 5, 6])
            pair.exchange()
            pair.far.finish(id, trailers: [])
            pair.exchange()
            pair.clear()
        }
        #expect(pair.budget.reserved == 0)
        #expect(pair.near.streamCount == 0 && pair.far.streamCount == 0)
    }

    @Test func assemblyDoesNotDependOnTheSplit() throws {
        let bytes =
            MessageAssembler.framed([1, 2, 3]) + MessageAssembler.framed([])
            + MessageAssembler.framed([4])
        for cut in 0...bytes.count {
            var assembler = MessageAssembler(limit: 10)
            try assembler.feed(bytes[..<cut])
            try assembler.feed(bytes[cut...])
            #expect(assembler.next() == [1, 2, 3])
            #expect(assembler.next() == [])
            #expect(assembler.next() == [4])
            #expect(assembler.next() == nil)
            #expect(assembler.missing == 0)
        }
    }

    @Test func anOversizedMessageIsRefusedAtItsPrefix() {
        var assembler = MessageAssembler(limit: 10)
        let error = #expect(throws: Failure.self) { try assembler.feed([0, 0, 0, 0, 11]) }
        #expect(error?.code == .resourceExhausted)
        var compressed = MessageAssembler(limit: 10)
        let refusal = #expect(throws: Failure.self) { try compressed.feed([1, 0, 0, 0, 1]) }
        #expect(refusal?.code == .unimplemented)
    }
}
