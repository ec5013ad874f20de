import Glibc
import Synchronization
import Testing
import Transport
import Wire

@Suite(.timeLimit(.minutes(1))) struct CallTests {
    @Test(arguments: [0, 1, 200, 256 << 10, 3 << 20])
    func aUnaryCallComesBack(bytes: Int) async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let id = Note.with {
            $0.key = "caodiem-request-id"
            $0.value = Array("r-1".utf8)
        }
        let reply = try await meeting.client.unary(
            Probe.echo, Probe.note("a", bytes: bytes), metadata: [id])
        #expect(reply.key == "a|r-1")
        #expect(reply.value.count == bytes)
        let quick = try await meeting.client.unary(Probe.quick, Probe.note("b", bytes: bytes))
        #expect(quick == Probe.note("b", bytes: bytes))
    }

    @Test func manyCallsAtOnceAllComeBack() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let client = meeting.client
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<1000 {
                group.addTask {
                    let method = number.isMultiple(of: 2) ? Probe.echo : Probe.quick
                    let reply = try await client.unary(
                        method, Probe.note("\(number)", bytes: number * 10))
                    return reply.value.count
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == (0..<1000).reduce(0) { $0 + $1 * 10 })
    }

    @Test func bothSidesMayCall() async throws {
        let ends = try Meeting.socketPair()
        async let worker = Channel.connect(
            fd: ends.1, side: .acceptor, hello: HelloInfo(role: .worker, software: "w"),
            services: .probe())
        let coordinator = try await Channel.connect(
            fd: ends.0, side: .dialler, hello: HelloInfo(role: .coordinator, software: "c"),
            services: .probe())
        let there = try await coordinator.unary(Probe.quick, Probe.note("there"))
        let back = try await worker.unary(Probe.quick, Probe.note("back"))
        #expect(there.key == "there" && back.key == "back")
        coordinator.close()
    }

    @Test func aStreamComesWholeAndASlowReaderSlowsTheWriter() async throws {
        var limits = Limits()
        limits.window = 64 << 10
        let meeting = try await Meeting(client: limits)
        defer { meeting.close() }
        var count = 0
        var ahead = 0
        let witness = meeting.witness
        try await meeting.client.serverStream(Probe.pour, Probe.note("80", bytes: 64 << 10)) {
            reply in
            #expect(reply.key == "\(count)")
            #expect(reply.value.count == 64 << 10)
            count += 1
            if count < 10 { try await Task.sleep(for: .milliseconds(10)) }
            ahead = max(ahead, witness.written - count)
        }
        #expect(count == 80)
        #expect(ahead <= 4, "the writer ran \(ahead) messages ahead")
    }

    @Test func aStreamOfManySmallRepliesComesInOrder() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        var keys: [String] = []
        try await meeting.client.serverStream(Probe.pour, Probe.note("20000")) { reply in
            keys.append(reply.key)
        }
        #expect(keys == (0..<20_000).map(String.init))
    }

    @Test func anEmptyStreamEnds() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        var count = 0
        try await meeting.client.serverStream(Probe.pour, Probe.note("0")) { _ in count += 1 }
        #expect(count == 0)
    }

    @Test func aFailureComesAsItWasThrown() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let failure = await failure { try await meeting.client.unary(Probe.refuse, Note()) }
        #expect(
            failure
                == Failure(
                    .failedPrecondition, "việc này đã kết thúc", field: "decision_no",
                    hint: "mở lại việc", reason: "CASE_CLOSED"))
    }

    @Test func whatIsNotAFailureIsUnknown() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let failure = await failure { try await meeting.client.unary(Probe.stumble, Note()) }
        #expect(failure?.code == .unknown)
        #expect(failure?.message.contains("Stumble") == true)
    }

    @Test func anUnknownMethodIsNamed() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let failure = await failure { try await meeting.client.unary(Probe.nowhere, Note()) }
        #expect(failure?.code == .unimplemented)
        #expect(failure?.message.contains("/caodiem.test.v1.Probe/Nowhere") == true)
    }

    @Test func anUndecodableRequestIsInternal() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let wrong = Method<PluginV1.ConfigureRequest, Note>(
            path: Probe.echo.path, kind: .unary, idempotency: .unknown)
        let failure = await failure {
            try await meeting.client.unary(wrong, .with { $0.generation = 1 << 60 })
        }
        #expect(failure?.code == .internal)
        #expect(failure?.message.contains("does not decode") == true)
    }

    @Test func anOversizedRequestIsRefusedBeforeItIsSent() async throws {
        var limits = Limits()
        limits.message = 1000
        let meeting = try await Meeting(server: limits)
        defer { meeting.close() }
        let failure = await failure {
            try await meeting.client.unary(Probe.quick, Probe.note("a", bytes: 1000))
        }
        #expect(failure?.code == .resourceExhausted)
        #expect(failure?.message.contains("1000") == true)
        _ = try await meeting.client.unary(Probe.quick, Probe.note("a", bytes: 900))
    }

    @Test func anOversizedReplyFailsThatCallOnly() async throws {
        var limits = Limits()
        limits.message = 1000
        let meeting = try await Meeting(client: limits)
        defer { meeting.close() }
        let failure = await failure {
            try await meeting.client.unary(Probe.echo, Probe.note("a", bytes: 5000))
        }
        #expect(failure?.code == .resourceExhausted)
        _ = try await meeting.client.unary(Probe.echo, Probe.note("a", bytes: 900))
    }

    @Test func aDeadlineEndsTheCallAndItsHandler() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let clock = ContinuousClock()
        let start = clock.now
        let failure = await failure {
            try await meeting.client.unary(Probe.sleep, Note(), timeout: .milliseconds(100))
        }
        #expect(failure?.code == .deadlineExceeded)
        #expect(clock.now - start < .seconds(2))
        #expect(await meeting.witness.sees("cancelled", within: .seconds(2)))
    }

    /// Within 100 ms; the best of a few tries counts, for the machine has other work.
    @Test func aCancelReachesTheHandler() async throws {
        var best = Duration.seconds(5)
        for _ in 0..<5 where best >= .milliseconds(100) {
            let meeting = try await Meeting()
            defer { meeting.close() }
            let client = meeting.client
            let call = Task { try await client.unary(Probe.sleep, Note()) }
            #expect(await meeting.witness.sees("started", within: .seconds(5)))
            let clock = ContinuousClock()
            let start = clock.now
            call.cancel()
            #expect(await meeting.witness.sees("cancelled", within: .seconds(5)))
            best = min(best, clock.now - start)
            let failure = await failure { try await call.value }
            #expect(failure?.code == .cancelled)
        }
        #expect(best < .milliseconds(100))
    }

    @Test func aConsumerThatThrowsCancelsTheStream() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let failure = await failure {
            try await meeting.client.serverStream(
                Probe.pour, Probe.note("100000", bytes: 10_000)
            ) { _ in throw Stumble() }
        }
        #expect(failure?.code == .unknown)
        let written = meeting.witness.written
        try await Task.sleep(for: .milliseconds(100))
        #expect(meeting.witness.written <= written + 60)
        #expect(meeting.witness.written < 100_000)
    }

    @Test func aLostConnectionEndsItsCalls() async throws {
        let meeting = try await Meeting()
        let client = meeting.client
        let call = Task { try await client.unary(Probe.sleep, Note()) }
        #expect(await meeting.witness.sees("started", within: .seconds(5)))
        meeting.server.close()
        let lost = await failure { try await call.value }
        #expect(lost?.code == .unavailable)
        #expect(await meeting.witness.sees("cancelled", within: .seconds(2)))
        let after = await failure { try await client.unary(Probe.quick, Note()) }
        #expect(after?.code == .unavailable)
    }

    @Test func drainingLetsTheRunningCallsEnd() async throws {
        let meeting = try await Meeting()
        let client = meeting.client
        let running = Task {
            var count = 0
            try await client.serverStream(Probe.pour, Probe.note("50", bytes: 50_000)) { _ in
                count += 1
                try await Task.sleep(for: .milliseconds(1))
            }
            return count
        }
        while meeting.witness.written == 0 { try await Task.sleep(for: .milliseconds(1)) }
        meeting.server.link.drain()
        #expect(try await running.value == 50)
        let after = await failure { try await client.unary(Probe.quick, Note()) }
        #expect(after?.code == .unavailable)
    }

    @Test(arguments: ["GET / HTTP/1.1\r\n\r\n", "worker: loading the law book\n"])
    func aWrongPrefaceIsNamed(text: String) async throws {
        let ends = try Meeting.socketPair()
        let bytes = Array(text.utf8)
        #expect(write(ends.1, bytes, bytes.count) == bytes.count)
        let failure = await failure {
            try await Channel.connect(
                fd: ends.0, side: .dialler, hello: HelloInfo(role: .client, software: "c"))
        }
        #expect(failure?.reason == "PROTOCOL_ERROR")
        #expect(failure?.message.contains("does not speak CDP/1") == true)
        close(ends.1)
    }

    @Test func aPeerThatHangsUpAtOnceIsNamed() async throws {
        let ends = try Meeting.socketPair()
        close(ends.1)
        let failure = await failure {
            try await Channel.connect(
                fd: ends.0, side: .dialler, hello: HelloInfo(role: .client, software: "c"))
        }
        #expect(failure?.code == .unavailable)
    }

    @Test func callsFromTheLoopNeedNoTask() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let client = meeting.client
        let reply: Result<Note, Failure> = await withCheckedContinuation { continuation in
            client.link.loop.execute {
                client.unary(Probe.quick, Probe.note("loop")) { continuation.resume(returning: $0) }
            }
        }
        #expect(try reply.get().key == "loop")
    }
}

/// The failure that a call ends with; nil when it succeeds.
func failure<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
) async -> Failure? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? Failure
    }
}
