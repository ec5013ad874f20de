import Synchronization
import Testing
import Transport
import Wire

@Suite(.timeLimit(.minutes(1))) struct RetryTests {
    private static let path = "/caodiem.test.v1.Retry/Flaky"
    private static let safe = Method<Note, Note>(
        path: path, kind: .unary, idempotency: .idempotent)
    private static let once = Method<Note, Note>(path: path, kind: .unary, idempotency: .unknown)

    /// A server that fails so many times before it answers, and counts.
    private final class Flaky: Sendable {
        let tries = Mutex(0)
        let failures: Int
        let failure: Failure
        let pushback: String?

        init(
            _ failures: Int, _ failure: Failure = Failure(.unavailable, "busy", retryable: true),
            pushback: String? = nil
        ) {
            self.failures = failures
            self.failure = failure
            self.pushback = pushback
        }

        var table: ServiceTable {
            var table = ServiceTable()
            table.register(RetryTests.once) { request, context in
                let count = self.tries.withLock {
                    $0 += 1
                    return $0
                }
                if let pushback = self.pushback {
                    context.setTrailingMetadata([
                        .with {
                            $0.key = "grpc-retry-pushback-ms"
                            $0.value = Array(pushback.utf8)
                        }
                    ])
                }
                if count <= self.failures { throw self.failure }
                return request
            }
            return table
        }

        var count: Int { tries.withLock { $0 } }
    }

    private func meet(_ flaky: Flaky, _ limits: Limits = quick) async throws -> Channel {
        let ends = try Meeting.socketPair()
        async let server = Channel.connect(
            fd: ends.1, side: .acceptor, hello: HelloInfo(role: .worker, software: "s"),
            services: flaky.table)
        let client = try await Channel.connect(
            fd: ends.0, side: .dialler,
            hello: HelloInfo(role: .client, software: "c", limits: limits))
        _ = try await server
        return client
    }

    private static var quick: Limits {
        var limits = Limits()
        limits.retryBackoff = .milliseconds(2)
        return limits
    }

    @Test(arguments: [(0, 1), (1, 2), (4, 5)])
    func anIdempotentCallIsMadeAgain(failures: Int, tries: Int) async throws {
        let flaky = Flaky(failures)
        let client = try await meet(flaky)
        _ = try await client.unary(Self.safe, Note())
        #expect(flaky.count == tries)
        client.close()
    }

    @Test func fiveTimesAreEnough() async throws {
        let flaky = Flaky(100)
        let client = try await meet(flaky)
        let failure = await failure { try await client.unary(Self.safe, Note()) }
        #expect(failure?.code == .unavailable)
        #expect(flaky.count == 5)
        client.close()
    }

    @Test func othersAreMadeOnce() async throws {
        let unsafe = Flaky(1)
        let client = try await meet(unsafe)
        #expect(await failure { try await client.unary(Self.once, Note()) }?.code == .unavailable)
        #expect(unsafe.count == 1)
        client.close()
        for failure in [
            Failure(.unavailable, "never", reason: "PLUGIN_DISABLED"), Failure(.internal, "x"),
        ] {
            let flaky = Flaky(1, failure)
            let client = try await meet(flaky)
            #expect(await self.outcome(client) == failure)
            #expect(flaky.count == 1)
            client.close()
        }
    }

    private func outcome(_ client: Channel) async -> Failure? {
        await failure { try await client.unary(Self.safe, Note()) }
    }

    /// 10 tokens: 5 failures take them to half, and then nothing is made again.
    @Test func aFailingPeerIsSparedTheRest() async throws {
        let flaky = Flaky(1000)
        let client = try await meet(flaky)
        for _ in 0..<10 { _ = await outcome(client) }
        #expect(flaky.count == 5 + 9)
        client.close()
    }

    @Test func thePeerSaysWhenToComeBack() async throws {
        let flaky = Flaky(1, pushback: "150")
        let client = try await meet(flaky)
        let clock = ContinuousClock()
        let start = clock.now
        _ = try await client.unary(Self.safe, Note())
        #expect(clock.now - start >= .milliseconds(150))
        #expect(flaky.count == 2)
        client.close()
    }

    @Test(arguments: ["-1", "soon", ""])
    func thePeerSaysNotToComeBack(pushback: String) async throws {
        let flaky = Flaky(1, pushback: pushback)
        let client = try await meet(flaky)
        #expect(await outcome(client)?.code == .unavailable)
        #expect(flaky.count == 1)
        client.close()
    }

    @Test func noRetryOutlivesTheDeadline() async throws {
        let flaky = Flaky(1, pushback: "60000")
        let client = try await meet(flaky)
        let failure = await failure {
            try await client.unary(Self.safe, Note(), timeout: .seconds(10))
        }
        #expect(failure?.code == .unavailable)
        #expect(flaky.count == 1)
        client.close()
    }

    /// A method may take less than the connection does.
    @Test func aMethodHasItsOwnLimit() async throws {
        var table = ServiceTable.probe()
        table.limitRequests(path: Probe.echo.path, bytes: 1000)
        let ends = try Meeting.socketPair()
        async let server = Channel.connect(
            fd: ends.1, side: .acceptor, hello: HelloInfo(role: .worker, software: "s"),
            services: table)
        let client = try await Channel.connect(
            fd: ends.0, side: .dialler, hello: HelloInfo(role: .client, software: "c"))
        _ = try await server
        let failure = await failure {
            try await client.unary(Probe.echo, Probe.note("", bytes: 1001))
        }
        #expect(failure?.code == .resourceExhausted)
        _ = try await client.unary(Probe.echo, Probe.note("", bytes: 900))
        _ = try await client.unary(Probe.quick, Probe.note("", bytes: 2000))
        client.close()
    }
}
