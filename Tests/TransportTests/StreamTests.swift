import Glibc
import Synchronization
import Testing
import Transport
import Wire

@Suite(.timeLimit(.minutes(1))) struct StreamTests {
    @Test(arguments: [(0, 0), (1, 0), (5, 70_000), (20_000, 1), (3, 1 << 20)])
    func requestsAreSummed(count: Int, bytes: Int) async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let reply: Note = try await meeting.client.clientStream(Probe.total) { writer in
            for _ in 0..<count { try await writer.write(Probe.note("", bytes: bytes)) }
        }
        #expect(reply.key == "\(count) \(count * bytes)")
    }

    @Test func aSlowServerSlowsTheSender() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let written = Mutex(0)
        let client = meeting.client
        let call = Task {
            let _: Note = try await client.clientStream(Probe.total) { writer in
                try await writer.write(Probe.note("wait"))
                for _ in 0..<1000 {
                    try await writer.write(Probe.note("", bytes: 10_000))
                    written.withLock { $0 += 1 }
                }
            }
        }
        try await Task.sleep(for: .milliseconds(300))
        #expect(written.withLock { $0 } < 60)
        call.cancel()
        let failure = await failure { try await call.value }
        #expect(failure?.code == .cancelled)
    }

    @Test func anEarlyAnswerEndsTheSending() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let reply: Note = try await meeting.client.clientStream(Probe.total) { writer in
            try await writer.write(Probe.note("enough"))
            while true { try await writer.write(Probe.note("", bytes: 10_000)) }
        }
        #expect(reply.key == "enough")
    }

    @Test func aSenderThatThrowsCancelsTheCall() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let thrown = await failure {
            let _: Note = try await meeting.client.clientStream(Probe.total) { _ in
                throw Failure(.dataLoss, "the file cannot be read")
            }
        }
        #expect(thrown == Failure(.dataLoss, "the file cannot be read"))
        let talk = await failure {
            try await meeting.client.bidirectional(Probe.talk) { writer in
                try await writer.write(Probe.note("a"))
                throw Failure(.dataLoss, "the file cannot be read")
            } onReply: { _ in
            }
        }
        #expect(talk?.code == .dataLoss)
        #expect(await meeting.witness.sees("talk over", within: .seconds(2)))
    }

    @Test func requestsAndRepliesPassEachOther() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let (gate, opener) = AsyncStream.makeStream(of: Int.self)
        var keys: [String] = []
        try await meeting.client.bidirectional(Probe.talk) { writer in
            var turn = gate.makeAsyncIterator()
            for number in 0..<50 {
                try await writer.write(Probe.note("\(number)", bytes: 1000))
                _ = await turn.next()
            }
        } onReply: { reply in
            keys.append(reply.key)
            opener.yield(0)
        }
        #expect(keys == (0..<50).map(String.init))
    }

    @Test func aManyMegabyteEchoKeepsItsOrder() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        var bytes = 0
        try await meeting.client.bidirectional(Probe.talk) { writer in
            for _ in 0..<200 { try await writer.write(Probe.note("x", bytes: 100_000)) }
        } onReply: {
            bytes += $0.value.count
        }
        #expect(bytes == 20_000_000)
    }

    @Test func aHandlerThatThrowsEndsBothHalves() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let failure = await failure {
            try await meeting.client.bidirectional(Probe.talk) { writer in
                try await writer.write(Probe.note("stumble"))
                while true { try await writer.write(Probe.note("mute", bytes: 1000)) }
            } onReply: { _ in
            }
        }
        #expect(failure?.code == .unknown)
    }

    @Test func aCancelOfAStreamReachesItsHandler() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let client = meeting.client
        let call = Task {
            try await client.bidirectional(Probe.talk) { writer in
                try await writer.write(Probe.note("a"))
                try await Task.sleep(for: .seconds(20))
            } onReply: { _ in
            }
        }
        try await Task.sleep(for: .milliseconds(50))
        let clock = ContinuousClock()
        let start = clock.now
        call.cancel()
        #expect(await meeting.witness.sees("talk over", within: .seconds(5)))
        #expect(clock.now - start < .milliseconds(300))
        #expect(await failure { try await call.value }?.code == .cancelled)
    }

    @Test func aDeadlineEndsAStream() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let failure = await failure {
            let _: Note = try await meeting.client.clientStream(
                Probe.total, timeout: .milliseconds(100)
            ) { writer in
                while true {
                    try await writer.write(Probe.note("", bytes: 10_000))
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
        }
        #expect(failure?.code == .deadlineExceeded)
    }
}

@Suite(.timeLimit(.minutes(1))) struct MetadataTests {
    private static let entries = [
        ("x-name", Array("Cao Điềm".utf8)), ("x-raw-bin", [0, 255, 7]), ("x-name", [65]),
    ].map { key, value in Note.with { ($0.key, $0.value) = (key, value) } }

    @Test(arguments: [Probe.tag.path, Probe.talk.path])
    func metadataGoBothWays(path: String) async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let call = meeting.client.raw(path: path, metadata: Self.entries)
        let message = try Probe.note("m", bytes: 10).encoded()
        try await call.send(message)
        call.finishSending()
        #expect(await call.initialMetadata() == Self.entries)
        #expect(try await call.next() == message)
        #expect(try await call.next() == nil)
        let trailing = path == Probe.tag.path ? Self.entries.reversed() : Self.entries
        #expect(await call.trailingMetadata() == trailing)
    }

    @Test func metadataComeWithAFailure() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let call = meeting.client.raw(path: Probe.tag.path, metadata: Self.entries)
        try await call.send(Probe.note("refuse").encoded())
        call.finishSending()
        let failure = await failure { try await call.next() }
        #expect(failure == Failure(.notFound, "không có"))
        #expect(await call.trailingMetadata() == Self.entries.reversed())
    }

    @Test func noMetadataIsNone() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let call = meeting.client.raw(path: Probe.echo.path)
        try await call.send(Probe.note("a").encoded())
        call.finishSending()
        #expect(await call.initialMetadata().isEmpty)
        #expect(try await call.next() != nil)
        #expect(try await call.next() == nil)
        #expect(await call.trailingMetadata().isEmpty)
    }

    /// The client takes 1 KiB: one entry of exactly that passes, one byte more ends the call.
    @Test(arguments: [(0, StatusCode?.none), (1, .resourceExhausted)])
    func metadataBeyondThePeersLimitEndThatCall(extra: Int, code: StatusCode?) async throws {
        var limits = Limits()
        limits.metadata = 1 << 10
        let meeting = try await Meeting(client: limits)
        defer { meeting.close() }
        let entry = Note.with {
            ($0.key, $0.value) = ("k", .init(repeating: 1, count: 991 + extra))
        }
        let call = meeting.client.raw(path: Probe.tag.path, metadata: [entry])
        try await call.send(Probe.note("a").encoded())
        call.finishSending()
        let failure = await failure {
            while try await call.next() != nil {}
        }
        #expect(failure?.code == code)
        _ = try await meeting.client.unary(Probe.quick, Note())
    }
}
