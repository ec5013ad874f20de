import GRPCCore
import Testing
import Transport
import Wire
import WorkerKit

@testable import GRPCGatewayWorker

@Suite(.timeLimit(.minutes(3))) struct PressureTests {
    private typealias Service = ConformanceV1.Conformance

    @Test func aClientThatDoesNotReadStopsTheHandler() async throws {
        try await GatewayUnderTest.run { under, client in
            let count = 2_000
            let size: UInt32 = 64 << 10
            var request = streaming([UInt32](repeating: size, count: count))
            // A decoder takes as many replies to make only in a message of some size.
            request.payload = .with { $0.body = [UInt8](repeating: 0, count: 100_000) }
            let whole = request
            let pause = Pause()
            let reading = Task {
                try await client.call(Service.streamingOutputCall, [whole]) { number in
                    if number == 1 { await pause.wait() }
                }
            }
            #expect(await eventually { under.witness.written > 1 })
            let stood = await standsStill { under.witness.written }
            // Windows of both protocols, socket buffers and batches: some MiB of 125.
            #expect(stood < count / 4, "\(stood) of \(count) replies were written unread")
            let other = try await client.call(Service.emptyCall, [ConformanceV1.Empty()])
            #expect(other.replies.count == 1)
            await pause.end()
            #expect(try await reading.value.replies.count == count)
        }
    }

    @Test func manyCallsAtOnceAllEnd() async throws {
        try await GatewayUnderTest.run { _, client in
            let total = try await withThrowingTaskGroup { group in
                for _ in 0..<400 {
                    group.addTask {
                        try await client.call(Service.unaryCall, [simple(3_000, 5_000)])
                            .replies.first?.payload?.body.count ?? 0
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(total == 400 * 5_000)
        }
    }

    @Test func connectionsOverTheLimitAreClosedAndPlacesComeBack() async throws {
        var limits = GatewayLimits()
        limits.connections = 2
        let under = try await GatewayUnderTest(limits: limits)
        let first = try FrameClient(under.address)
        let second = try FrameClient(under.address)
        #expect(first.next(.settings) != nil)
        #expect(second.next(.settings) != nil)
        #expect(try FrameClient(under.address).next(.settings) == nil)
        first.close()
        var next: FrameClient?
        for _ in 0..<400 where next == nil {
            let client = try FrameClient(under.address)
            if client.next(.settings) != nil { next = client }
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(next != nil)
        second.close()
        next?.close()
        await under.gateway.leave()
    }

    private func standsStill(_ value: () -> Int) async -> Int {
        var last = -1
        while last != value() {
            last = value()
            try? await Task.sleep(for: .milliseconds(300))
        }
        return last
    }
}

/// A door that opens once.
actor Pause {
    private var isOver = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    func wait() async {
        if isOver { return }
        await withCheckedContinuation { waiters.append($0) }
    }

    func end() {
        isOver = true
        for waiter in waiters { waiter.resume() }
        waiters = []
    }
}
