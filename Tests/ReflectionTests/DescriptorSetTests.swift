import Testing
import Wire

@testable import Reflection

/// The built-in definitions, and damaged or hostile ones.
@Suite struct DescriptorSetTests {
    @Test func theBuiltInSetKnowsEveryGeneratedMethod() throws {
        let set = try DescriptorSet(encoded: Descriptors.fileSet)
        let generated = [
            AdminV1.Admin.all, AuctionV1.Auction.all, CampaignV1.Campaign.all,
            HealthV1.Health.all, IngestionV1.Ingestion.all, PluginV1.Plugin.all,
            ReflectionV1.ServerReflection.all, ScoringV1.Scoring.all,
        ].flatMap(\.self)
        for method in generated {
            let parts = method.path.split(separator: "/").map(String.init)
            let service = try #require(set.service(named: parts[0]))
            let found = try #require(service.methods.first { $0.name == parts[1] })
            #expect(found.path == method.path)
            #expect(found.request == method.request.messageName)
            #expect(found.reply == method.reply.messageName)
            #expect(found.isIdempotent == method.idempotency.allowsRetry)
            let kind: CallKind =
                switch (found.isClientStreaming, found.isServerStreaming) {
                case (false, false): .unary
                case (false, true): .serverStreaming
                case (true, false): .clientStreaming
                case (true, true): .bidirectional
                }
            #expect(kind == method.kind)
        }
    }

    /// Two services that both have a method `Get`.
    private func twins() throws -> DescriptorSet {
        var method = FieldWriter()
        method.content(1, Array("Get".utf8))
        method.content(2, Array(".a.M".utf8))
        method.content(3, Array(".a.M".utf8))
        var file = FieldWriter()
        file.content(1, Array("twins".utf8))
        file.content(2, Array("twins.v1".utf8))
        for name in ["One", "Two"] {
            var service = FieldWriter()
            service.content(1, Array(name.utf8))
            service.content(2, method.bytes)
            file.content(6, service.bytes)
        }
        return try DescriptorSet(files: [
            file.bytes, self.file("a", imports: [], needs: "a.M"),
        ])
    }

    @Test func anEndThatSeveralHaveIsRefusedWithTheirNames() throws {
        let set = try twins()
        #expect(
            try set.method(matching: "Two.Get", in: set.serviceNames).path == "/twins.v1.Two/Get")
        #expect(try set.method(matching: "Get", in: ["twins.v1.One"]).path == "/twins.v1.One/Get")
        #expect {
            try set.method(matching: "Get", in: set.serviceNames)
        } throws: { error in
            (error as? ReflectionFailure)?.hint
                == "write one of: twins.v1.One/Get, twins.v1.Two/Get"
        }
        #expect(throws: ReflectionFailure.self) { try set.name(matching: "Get") }
        #expect(throws: ReflectionFailure.self) { try set.name(matching: "") }
        #expect(throws: ReflectionFailure.self) { try set.method(matching: "/", in: ["a"]) }
    }

    @Test func symbolsAreFoundInTheirFiles() throws {
        let set = try DescriptorSet(encoded: Descriptors.fileSet)
        let health = "grpc/health/v1/health.proto"
        for symbol in [
            "grpc.health.v1.Health", "grpc.health.v1.Health.Check",
            "grpc.health.v1.HealthCheckResponse", "grpc.health.v1.HealthCheckRequest.service",
            "grpc.health.v1.HealthCheckResponse.ServingStatus",
            "grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING",
        ] {
            #expect(set.file(defining: symbol)?.name == health, "\(symbol)")
        }
        for symbol in ["", ".", "grpc", "grpc.health.v1", "grpc.health.v1.Health.Chec", "Health"] {
            #expect(set.file(defining: symbol) == nil, "\(symbol)")
        }
    }

    @Test func aFileComesWithWhatItImports() throws {
        let set = try DescriptorSet(encoded: Descriptors.fileSet)
        for file in set.files {
            let closure = set.closure(of: file)
            #expect(closure.first == file)
            // On its own it is whole again.
            let alone = try DescriptorSet(files: closure.map(\.encoded))
            #expect(alone.files.count == closure.count)
        }
    }

    @Test func fieldsAreKnownWithTheirForms() throws {
        let golden = try GoldenFiles().definitions
        let everything = try #require(golden.message(named: "golden.v1.Everything"))
        func field(_ name: String) throws -> FieldDescriptor {
            try #require(everything.field(named: name))
        }
        #expect(try field("a_double").jsonName == "aDouble")
        #expect(try field("renamed").jsonName == "@type/of it")
        #expect(try field("_odd__name_1").jsonName == "OddName1")
        #expect(try field("maybe_int32").hasPresence)
        #expect(try field("maybe_int32").oneof == nil)
        #expect(try field("chosen_leaf").oneof == field("chosen_int64").oneof)
        #expect(try !field("an_int32").hasPresence)
        #expect(try field("int32s").isPacked)
        #expect(try !field("unpacked").isPacked)
        #expect(try !field("strings").isPacked)
        let entry = try #require(golden.message(named: field("byName").typeName))
        #expect(entry.isMapEntry)
    }

    /// A file `name` that imports `imports` and holds a message with a field of the type `needs`.
    private func file(_ name: String, imports: [String], needs: String) -> [UInt8] {
        var field = FieldWriter()
        field.content(1, Array("f".utf8))
        field.tag(3, 0)
        field.varint(1)
        field.tag(5, 0)
        field.varint(FieldDescriptor.Kind.message.rawValue)
        field.content(6, Array(".\(needs)".utf8))
        var message = FieldWriter()
        message.content(1, Array("M".utf8))
        message.content(2, field.bytes)
        var file = FieldWriter()
        file.content(1, Array(name.utf8))
        file.content(2, Array(name.utf8))
        for name in imports { file.content(3, Array(name.utf8)) }
        file.content(4, message.bytes)
        return file.bytes
    }

    @Test func importsAreFollowedOnceAndInOrder() throws {
        let a = file("a", imports: ["b", "c"], needs: "b.M")
        let b = file("b", imports: ["c"], needs: "c.M")
        let c = file("c", imports: ["a"], needs: "a.M")
        let set = try DescriptorSet(files: [c, a, b])
        let first = try #require(set.file(named: "a"))
        #expect(set.closure(of: first).map(\.name) == ["a", "b", "c"])
    }

    @Test func anIncompleteSetIsRefused() throws {
        let lonely = file("a", imports: ["b"], needs: "b.M")
        #expect {
            try DescriptorSet(files: [lonely])
        } throws: { error in
            let failure = error as? ReflectionFailure
            return failure?.message == "the definition of “b.M” is missing"
                && failure?.path == "a.M.f" && failure?.hint.contains("include_imports") == true
        }
    }

    @Test func twoVersionsOfAFileAreRefusedAndOneTwiceCountsOnce() throws {
        let file = try #require(try DescriptorSet(encoded: Descriptors.fileSet).files.first)
        #expect(try DescriptorSet(files: [file.encoded, file.encoded]).files.count == 1)
        var other = FieldWriter()
        other.content(1, Array(file.name.utf8))
        #expect(throws: ReflectionFailure.self) {
            try DescriptorSet(files: [file.encoded, other.bytes])
        }
    }

    @Test func definitionsInsideDefinitionsAreBounded() {
        var message: [UInt8] = []
        for _ in 0..<100_000 {
            var writer = FieldWriter()
            writer.content(3, message)
            message = writer.bytes.count < 1_000_000 ? writer.bytes : message
        }
        var file = FieldWriter()
        file.content(4, message)
        #expect(throws: ReflectionFailure.self) { try DescriptorSet(files: [file.bytes]) }
        var limits = ReflectionLimits()
        limits.definitions = 10
        #expect(throws: ReflectionFailure.self) {
            try DescriptorSet(encoded: Descriptors.fileSet, limits: limits)
        }
        limits = ReflectionLimits()
        limits.descriptorBytes = 1000
        #expect(throws: ReflectionFailure.self) {
            try DescriptorSet(encoded: Descriptors.fileSet, limits: limits)
        }
    }

    @Test func damagedSetsNeverCrash() throws {
        var dice = SplitMix(state: 3)
        for _ in 0..<500 {
            _ = try? DescriptorSet(encoded: dice.damaged(Descriptors.fileSet))
        }
    }
}
