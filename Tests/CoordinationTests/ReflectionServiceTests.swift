import Glibc
import Testing
import Transport
import Wire

@testable import Coordination
@testable import Reflection

/// Reflection and health as clients see them, with real workers.
@Suite(.serialized) struct ReflectionServiceTests {
    private static let echo = ["echo": "executable: caodiem-test-worker\n"]

    private func ask(
        _ channel: Channel, _ questions: [ReflectionV1.ServerReflectionRequest.MessageRequest?]
    ) async throws -> [ReflectionV1.ServerReflectionResponse] {
        let replies = Replies<ReflectionV1.ServerReflectionResponse>()
        try await channel.bidirectional(
            ReflectionV1.ServerReflection.serverReflectionInfo, timeout: .seconds(10)
        ) { writer in
            for question in questions {
                try await writer.write(
                    .with {
                        $0.host = "here"
                        $0.messageRequest = question
                    })
            }
        } onReply: {
            await replies.add($0)
        }
        return await replies.all
    }

    @Test func servicesAreListedAndDefinitionsServed() async throws {
        let fleet = try await TestFleet(Self.echo)
        try await fleet.reach(.ready, "echo")
        let channel = try await fleet.connect()
        let replies = try await ask(
            channel,
            [
                .listServices("*"), .fileContainingSymbol("grpc.health.v1.Health.Check"),
                .fileByFilename("caodiem/wire/v1/wire.proto"), .fileContainingSymbol("no.Such"),
                .fileByFilename("../etc/passwd"), .allExtensionNumbersOfType("a.B"), nil,
            ])
        #expect(replies.count == 7)
        #expect(replies.allSatisfy { $0.validHost == "here" && $0.originalRequest != nil })
        guard case .listServicesResponse(let list)? = replies[0].messageResponse else {
            Issue.record("no list: \(replies[0])")
            return
        }
        #expect(
            list.service.map(\.name) == [
                "caodiem.admin.v1.Access", "caodiem.admin.v1.Admin", "caodiem.admin.v1.Audit",
                "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "test.v1.Echo",
            ])
        for reply in replies[1...2] {
            guard case .fileDescriptorResponse(let files)? = reply.messageResponse else {
                Issue.record("no files: \(reply)")
                continue
            }
            #expect(try !DescriptorSet(files: files.fileDescriptorProto).messageNames.isEmpty)
        }
        let codes = replies[3...].map { reply -> Int32 in
            guard case .errorResponse(let error)? = reply.messageResponse else { return 0 }
            return error.errorCode
        }
        #expect(codes == [5, 5, 5, 3])
        channel.close()
        await fleet.stop()
    }

    @Test func healthFollowsThePlugins() async throws {
        let fleet = try await TestFleet(Self.echo)
        try await fleet.reach(.ready, "echo")
        let channel = try await fleet.connect()
        #expect(try await check(channel, "") == .serving)
        #expect(try await check(channel, "test.v1.Echo") == .serving)
        #expect(try await check(channel, "caodiem.admin.v1.Admin") == .serving)
        await #expect {
            try await check(channel, "no.Such")
        } throws: {
            ($0 as? Failure)?.code == .notFound
        }
        let list = try await channel.unary(HealthV1.Health.list, .init())
        #expect(list.statuses.map(\.key).contains("test.v1.Echo"))
        #expect(list.statuses.allSatisfy { $0.value?.status == .serving })
        channel.close()
        await fleet.stop()
    }

    @Test func aWatcherIsToldOfEachChange() async throws {
        let fleet = try await TestFleet(Self.echo)
        let channel = try await fleet.connect()
        let seen = Replies<HealthV1.HealthCheckResponse.ServingStatus>()
        let watching = Task {
            try await channel.serverStream(
                HealthV1.Health.watch, .with { $0.service = "test.v1.Echo" }, isolation: nil
            ) { await seen.add($0.status) }
        }
        try await fleet.reach(.ready, "echo")
        try await seen.reach { $0.last == .serving }
        // A worker that dies comes back.
        let pid = try await fleet.summary("echo").pid
        #expect(pid > 0)
        kill(pid, SIGKILL)
        try await seen.reach { $0.suffix(2) == [.notServing, .serving] }
        watching.cancel()
        await #expect(throws: (any Error).self) { try await watching.value }
        // The handler has let go: nobody waits any more.
        let end = ContinuousClock.now + .seconds(10)
        let changes = fleet.running.router.changes
        while await fleet.running.fleet.loop.run({ changes.waiting }) > 0 {
            try #require(ContinuousClock.now < end)
            try await Task.sleep(for: .milliseconds(5))
        }
        channel.close()
        await fleet.stop()
    }

    private func check(
        _ channel: Channel, _ service: String
    ) async throws -> HealthV1.HealthCheckResponse.ServingStatus {
        try await channel.unary(
            HealthV1.Health.check, .with { $0.service = service }, timeout: .seconds(10)
        ).status
    }
}

/// What has come so far.
private actor Replies<Reply: Sendable> {
    private(set) var all: [Reply] = []

    func add(_ reply: Reply) { all.append(reply) }

    /// Waits until what has come is as wanted; fails after ten seconds.
    func reach(_ isReached: ([Reply]) -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(10)
        while !isReached(all) {
            try #require(ContinuousClock.now < end, "seen: \(all)")
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

/// Definitions that plugins bring along.
@Suite struct ReflectionDefinitionsTests {
    /// A set of one file with one message of that name.
    private func set(_ file: String, message: String) -> [UInt8] {
        var definition = FieldWriter()
        definition.content(1, Array(message.utf8))
        var content = FieldWriter()
        content.content(1, Array(file.utf8))
        content.content(2, Array("thing.v1".utf8))
        content.content(4, definition.bytes)
        var set = FieldWriter()
        set.content(1, content.bytes)
        return set.bytes
    }

    @Test func aPluginsDefinitionsComeBesideOursAndGoWithIt() throws {
        let builtIn = try DescriptorSet(encoded: Descriptors.fileSet)
        let definitions = ReflectionDefinitions(builtIn: builtIn)
        #expect(definitions.report(set("thing.proto", message: "One"), by: "a") == nil)
        #expect(definitions.all.message(named: "thing.v1.One") != nil)
        #expect(definitions.all.service(named: "grpc.health.v1.Health") != nil)
        #expect(definitions.report([], by: "a") == nil)
        #expect(definitions.all.message(named: "thing.v1.One") == nil)
        #expect(definitions.all.files == builtIn.files)
    }

    @Test func aFileThatIsThereAlreadyIsNotLookedAt() throws {
        let definitions = ReflectionDefinitions(
            builtIn: try DescriptorSet(encoded: Descriptors.fileSet))
        let older = set("caodiem/wire/v1/wire.proto", message: "Older")
        #expect(definitions.report(older, by: "a") == nil)
        #expect(definitions.all.message(named: "thing.v1.Older") == nil)
        #expect(definitions.report(Descriptors.fileSet, by: "a") == nil)
    }

    @Test func whatCannotBeUsedIsRefusedAndChangesNothing() throws {
        let definitions = ReflectionDefinitions(builtIn: DescriptorSet())
        #expect(definitions.report(set("a.proto", message: "One"), by: "a") == nil)
        let clash = definitions.report(set("b.proto", message: "One"), by: "b")
        #expect(clash?.contains("plugin b cannot be used: thing.v1.One is defined twice") == true)
        let broken = definitions.report([0x0A, 0x05, 0x01], by: "b")
        #expect(broken?.contains("the bytes end inside a field") == true)
        let large = definitions.report([UInt8](repeating: 0, count: 2 << 20), by: "b")
        #expect(large?.contains("larger than 1048576 bytes") == true)
        #expect(definitions.all.files.map(\.name) == ["a.proto"])
        // The same plugin may say something else after a restart.
        #expect(definitions.report(set("b.proto", message: "One"), by: "a") == nil)
        #expect(definitions.all.files.map(\.name) == ["b.proto"])
    }
}
