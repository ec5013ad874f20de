import Synchronization
import Testing
import Transport
import Wire

private enum Streams {
    static let gather = Method<Note, Note>(
        path: "/caodiem.test.v1.Streams/Gather", kind: .clientStreaming, idempotency: .unknown)
    static let early = Method<Note, Note>(
        path: "/caodiem.test.v1.Streams/Early", kind: .clientStreaming, idempotency: .unknown)
    static let chat = Method<Note, Note>(
        path: "/caodiem.test.v1.Streams/Chat", kind: .bidirectional, idempotency: .unknown)
    static let lazy = Method<Note, Note>(
        path: "/caodiem.test.v1.Streams/Lazy", kind: .clientStreaming, idempotency: .unknown)

    static func table(_ witness: Witness) -> ServiceTable {
        var table = ServiceTable()
        table.registerClientStreaming(gather) { requests, context in
            try context.setInitialMetadata([Probe.note("first", bytes: 2)])
            context.setTrailingMetadata([Probe.note("last-bin", bytes: 3)])
            var sum = 0
            var count = 0
            while let request = try await requests.next() {
                sum += request.value.count
                count += 1
            }
            return Probe.note("\(count):\(sum)")
        }
        table.registerClientStreaming(early) { requests, _ in
            _ = try await requests.next()
            throw Failure(.failedPrecondition, "đủ rồi", reason: "ENOUGH")
        }
        table.registerClientStreaming(lazy) { _, _ in
            do {
                try await Task.sleep(for: .seconds(20))
            } catch {
                witness.note("cancelled")
                throw error
            }
            return Note()
        }
        table.registerBidirectional(chat) { requests, _, writer in
            do {
                while let request = try await requests.next() {
                    try await writer.write(request)
                }
                witness.note("all read")
            } catch let failure as Failure {
                witness.note("gone: \(failure.code)")
                throw failure
            }
        }
        return table
    }
}

@Suite(.timeLimit(.minutes(1))) struct StreamKindTests {
    private func meet(
        client: Limits = Limits(), server: Limits = Limits()
    ) async throws -> (client: Channel, server: Channel, witness: Witness) {
        let ends = try Meeting.socketPair()
        let witness = Witness()
        async let serving = Channel.connect(
            fd: ends.1, side: .acceptor,
            hello: HelloInfo(role: .worker, software: "server", limits: server),
            services: Streams.table(witness))
        let calling = try await Channel.connect(
            fd: ends.0, side: .dialler,
            hello: HelloInfo(role: .client, software: "client", limits: client))
        return (calling, try await serving, witness)
    }

    @Test(arguments: [(0, 0), (1, 0), (3, 10), (2000, 100), (40, 256 << 10)])
    func requestsAreGathered(count: Int, bytes: Int) async throws {
        let (client, _, _) = try await meet()
        defer { client.close() }
        let reply = try await client.clientStream(Streams.gather) { writer in
            for number in 0..<count {
                try await writer.write(Probe.note("\(number)", bytes: bytes))
            }
        }
        #expect(reply.key == "\(count):\(count * bytes)")
    }

    @Test func metadataComesBothWays() async throws {
        let (client, _, _) = try await meet()
        defer { client.close() }
        let call = client.raw(path: Streams.gather.path)
        try await call.send(Probe.note("", bytes: 5).encoded())
        call.finishSending()
        #expect(await call.initialMetadata() == [Probe.note("first", bytes: 2)])
        let replies = try await call.nextBatch()
        #expect(try replies.map { try Note(decoding: $0).key } == ["1:5"])
        #expect(try await call.nextBatch().isEmpty)
        #expect(await call.trailingMetadata() == [Probe.note("last-bin", bytes: 3)])
    }

    @Test func anEarlyAnswerEndsTheWriting() async throws {
        let (client, _, _) = try await meet()
        defer { client.close() }
        let failure = await #expect(throws: Failure.self) {
            _ = try await client.clientStream(Streams.early) { writer in
                while true { try await writer.write(Probe.note("", bytes: 10_000)) }
            }
        }
        #expect(failure?.code == .failedPrecondition)
        #expect(failure?.reason == "ENOUGH")
    }

    @Test func aChatGoesBackAndForth() async throws {
        let (client, _, witness) = try await meet()
        defer { client.close() }
        let turns = AsyncStream.makeStream(of: Int.self)
        turns.continuation.yield(0)
        let heard = Mutex<[String]>([])
        try await client.bidirectional(
            Streams.chat,
            send: { writer in
                for await turn in turns.stream { try await writer.write(Probe.note("\(turn)")) }
            },
            onReply: { reply in
                heard.withLock { $0.append(reply.key) }
                let turn = (Int(reply.key) ?? 0) + 1
                if turn < 100 {
                    turns.continuation.yield(turn)
                } else {
                    turns.continuation.finish()
                }
            })
        #expect(heard.withLock { $0 } == (0..<100).map(String.init))
        #expect(await witness.sees("all read", within: .seconds(5)))
    }

    /// Far more than the windows, both ways at once; the echo reads no faster than it can write.
    @Test func aChatOfManyMebibytesComesWhole() async throws {
        var limits = Limits()
        limits.window = 64 << 10
        let (client, _, _) = try await meet(client: limits, server: limits)
        defer { client.close() }
        var bytes = 0
        try await client.bidirectional(
            Streams.chat,
            send: { writer in
                for _ in 0..<200 { try await writer.write(Probe.note("", bytes: 100_000)) }
            },
            onReply: { reply in bytes += reply.value.count })
        #expect(bytes == 20_000_000)
    }

    @Test func aHandlerThatDoesNotReadHoldsTheWriterBack() async throws {
        let (client, _, witness) = try await meet()
        defer { client.close() }
        let written = Mutex(0)
        let failure = await #expect(throws: Failure.self) {
            _ = try await client.clientStream(Streams.lazy, timeout: .milliseconds(400)) { writer in
                while true {
                    try await writer.write(Probe.note("", bytes: 32 << 10))
                    written.withLock { $0 += 1 }
                }
            }
        }
        #expect(failure?.code == .deadlineExceeded)
        #expect(written.withLock { $0 } < 64)
        #expect(await witness.sees("cancelled", within: .seconds(5)))
    }

    @Test func theHandlerHearsThatTheCallerHasGone() async throws {
        let (client, _, witness) = try await meet()
        let call = client.raw(path: Streams.chat.path)
        try await call.send(Probe.note("a").encoded())
        #expect(try await call.nextBatch().count == 1)
        call.cancel()
        #expect(await witness.sees("gone: cancelled", within: .seconds(5)))
        let failure = await #expect(throws: Failure.self) { _ = try await call.nextBatch() }
        #expect(failure?.code == .cancelled)
        client.close()
    }

    @Test func anErrorOfTheSenderCancelsTheCall() async throws {
        let (client, _, witness) = try await meet()
        defer { client.close() }
        let failure = await #expect(throws: Failure.self) {
            try await client.bidirectional(
                Streams.chat,
                send: { writer in
                    try await writer.write(Probe.note("a"))
                    throw Failure(.dataLoss, "the file ended early")
                },
                onReply: { _ in })
        }
        #expect(failure?.code == .dataLoss)
        #expect(await witness.sees("gone: cancelled", within: .seconds(5)))
    }
}
