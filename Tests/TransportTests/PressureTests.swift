import Glibc
import Testing
import Transport
import Wire

@Suite(.timeLimit(.minutes(1))) struct PressureTests {
    /// Both sides write 16 MiB at each other in large messages; neither waits for the other.
    @Test func twoWritersDoNotBlockEachOther() async throws {
        let ends = try Meeting.socketPair()
        async let worker = Channel.connect(
            fd: ends.1, side: .acceptor, hello: HelloInfo(role: .worker, software: "w"),
            services: .probe())
        let coordinator = try await Channel.connect(
            fd: ends.0, side: .dialler, hello: HelloInfo(role: .coordinator, software: "c"),
            services: .probe())
        let there = Task { try await Self.send16MiB(coordinator) }
        let back = Task { [worker = try await worker] in try await Self.send16MiB(worker) }
        #expect(try await there.value == 16 << 20)
        #expect(try await back.value == 16 << 20)
        coordinator.close()
    }

    private static func send16MiB(_ channel: Channel) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    try await channel.unary(Probe.quick, Probe.note("", bytes: 1 << 20)).value.count
                }
            }
            return try await group.reduce(0, +)
        }
    }

    /// One reader sleeps on its stream; calls beside it are answered.
    @Test func aSleepingReaderHoldsNobodyUp() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let client = meeting.client
        let sleeper = Task {
            try await client.serverStream(Probe.pour, Probe.note("100000", bytes: 10_000)) { _ in
                try await Task.sleep(for: .seconds(30))
            }
        }
        while meeting.witness.written == 0 { try await Task.sleep(for: .milliseconds(1)) }
        let clock = ContinuousClock()
        var slowest = Duration.zero
        for number in 0..<200 {
            let start = clock.now
            _ = try await client.unary(Probe.quick, Probe.note("\(number)", bytes: 10_000))
            slowest = max(slowest, clock.now - start)
        }
        #expect(slowest < .seconds(1))
        sleeper.cancel()
        let failure = await failure { try await sleeper.value }
        #expect(failure?.code == .cancelled)
    }

    /// A peer that says HELLO and then only opens calls, reading nothing.
    @Test func aPeerThatNeverReadsIsHungUpOn() async throws {
        var limits = Limits()
        limits.unsentControl = 64 << 10
        let ends = try Meeting.socketPair()
        let server = Task {
            try await Channel.connect(
                fd: ends.1, side: .acceptor,
                hello: HelloInfo(role: .worker, software: "w", limits: limits), services: .probe())
        }
        var flood = Frame.preface + Frame(.hello, payload: try hello()[...]).encoded()
        for number in 0..<40_000 {
            let id = StreamID(rawValue: UInt32(2 * number + 1))
            flood += Frame(.headers, flags: 1, stream: id).encoded()
        }
        var sent = 0
        while sent < flood.count {
            let count = flood[sent...].withUnsafeBytes {
                send(ends.0, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { break }
            sent += count
        }
        let link = try await server.value.link
        var isOpen = true
        for _ in 0..<500 where isOpen {
            try await Task.sleep(for: .milliseconds(10))
            isOpen = await link.loop.run { link.acceptsCalls }
        }
        #expect(!isOpen)
        close(ends.0)
    }

    private func hello() throws -> [UInt8] {
        try WireV1.Hello.with {
            $0.protocolMin = 1 << 16
            $0.protocolMax = 1 << 16
            $0.role = .client
        }.encoded()
    }
}
