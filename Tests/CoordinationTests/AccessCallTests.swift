import Digests
import Foundation
import Reflection
import Synchronization
import Testing
import Transport
import Wire

@testable import Coordination

/// Every method tried as every role, through a coordinator at work; tokens and sessions as they end.
@Suite(.timeLimit(.minutes(3))) struct AccessCallTests {
    /// Services that a client can reach, by the descriptor set that ships; those between coordinator and
    /// workers are not.
    private static func methods() throws -> [String] {
        let definitions = try DescriptorSet(encoded: Descriptors.fileSet)
        let inner: Set = ["caodiem.plugin.v1.Plugin", "caodiem.host.v1.Host"]
        return definitions.serviceNames.filter { !inner.contains($0) }.flatMap { service in
            (definitions.service(named: service)?.methods ?? []).map { "/\(service)/\($0.name)" }
        }
    }

    private static func table() throws -> String {
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let file = here.appendingPathComponent("../../Plugins/access.yaml").standardizedFileURL
        return try String(contentsOf: file, encoding: .utf8)
    }

    @Test func everyMethodHasARowAndEveryRowAMethod() throws {
        let methods = Set(try Self.methods())
        let policy = try PolicyReader.parse(
            Array(try Self.table().utf8), file: "Plugins/access.yaml")
        let without = methods.subtracting(policy.methods.keys).sorted()
        #expect(without == [], "give each a row in Plugins/access.yaml: who may call it?")
        let dead = Set(policy.methods.keys).subtracting(methods).sorted()
        #expect(dead == [], "Plugins/access.yaml has rows of methods that are not there")
        #expect(policy.faults(KnownMethods(try .init(encoded: Descriptors.fileSet))) == [])
    }

    /// What the table says is what happens: each method called as each role, and as nobody.
    @Test func everyMethodAsEveryRole() async throws {
        let roles: [(role: AccessRole, scope: AccessScope.Kind)] = AccessRole.allCases.map { role in
            let kind: AccessScope.Kind =
                switch role.reach {
                case .units: .units
                case .officers: .officers
                default: .nothing
                }
            return (role, kind)
        }
        let keeping = KeptInMemory()
        var secrets: [AccessRole: [UInt8]] = [:]
        for (role, kind) in roles {
            let secret = (0..<32).map { _ in UInt8.random(in: 0...255) }
            secrets[role] = secret
            await keeping.add(role.rawValue, role, kind, secret, until: .max)
        }
        // Without the limits: this calls faster than a person does.
        let rows = try Self.table().components(separatedBy: "\nlimits:")[0]
        let text = rows.components(separatedBy: "\nschema_version: 1\n")[1]
        let fleet = try await fleet(policy: text, keeping)
        let policy = try PolicyReader.parse(Array(("schema_version: 1\n" + text).utf8), file: "t")
        var wrong: [String] = []
        for (role, secret) in secrets {
            let channel = try await connect(fleet, secret)
            for path in try Self.methods() where !Self.isEndless(path) {
                let failure = await Self.outcome(channel, path)
                let mayCall =
                    role == .administrator
                    || policy.methods[path]?.roles.contains(AccessRoles(role)) == true
                let isRefused = failure?.reason == "NOT_GRANTED"
                if isRefused == mayCall {
                    wrong.append("\(role.rawValue) \(path): \(failure?.reason ?? "OK")")
                }
            }
            channel.close()
        }
        #expect(wrong == [])
        // A token that nobody made opens nothing at all.
        let stranger = try await connect(fleet, Array(repeating: 7, count: 32))
        for path in try Self.methods() {
            #expect(await Self.outcome(stranger, path)?.reason == "TOKEN_UNKNOWN")
        }
        stranger.close()
        await fleet.stop()
    }

    @Test func aRevokedTokenEndsWhatItHasOpen() async throws {
        let keeping = KeptInMemory()
        let secret = Array(repeating: UInt8(9), count: 32)
        await keeping.add("an", .division, .nothing, secret, until: .max)
        let trail = TrailInMemory()
        let fleet = try await fleet(
            policy: "methods: {test.v1.Echo: {Say: [division], Sleep: [division]}}", keeping, trail)
        let channel = try await connect(fleet, secret)
        let said = try await TestFleet.say(channel)
        #expect(said.key.contains("caodiem-principal=token:an\n"), "\(said.key)")
        #expect(said.key.contains("caodiem-access=division\tfull\tprovince"), "\(said.key)")
        async let open = failed { try await TestFleet.say(channel, "Sleep", "20") }
        try await Task.sleep(for: .milliseconds(200))
        let owner = try await fleet.connect()
        let began = ContinuousClock.now
        _ = try await owner.unary(AdminV1.Access.revokeToken, .with { $0.name = "an" })
        #expect(await open?.reason == "TOKEN_REVOKED")
        #expect(ContinuousClock.now - began < .seconds(1))
        let again = try await connect(fleet, secret)
        #expect(await failed { try await TestFleet.say(again) }?.reason == "TOKEN_REVOKED")
        // Whom the coordinator refused for want of a right stands in the trail.
        let clerk = Array(repeating: UInt8(8), count: 32)
        _ = try await owner.unary(
            AdminV1.Access.createToken,
            .with {
                $0.name = "vt"
                $0.sha256 = Self.digest(clerk)
                $0.role = "clerk"
                $0.scope = .with { $0.units = ["VC"] }
                $0.validSeconds = 1
            })
        let other = try await connect(fleet, clerk)
        let refusal = await failed { try await TestFleet.say(other) }
        #expect(refusal?.code == .permissionDenied && refusal?.hint.contains("division") == true)
        let end = ContinuousClock.now + .seconds(5)
        while await trail.refusals.isEmpty, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(await trail.refusals == ["token:vt /test.v1.Echo/Say"])
        // A second later the token has ended, and the connection with it.
        try await Task.sleep(for: .milliseconds(1700))
        #expect(await failed { try await TestFleet.say(other) } != nil)
        let late = try await connect(fleet, clerk)
        #expect(await failed { try await TestFleet.say(late) }?.reason == "TOKEN_EXPIRED")
        for channel in [owner, again, other, late] { channel.close() }
        await fleet.stop()
    }

    // MARK: Parts

    /// Methods that answer for ever to who may call them.
    private static func isEndless(_ path: String) -> Bool {
        path.hasSuffix("/WatchLog") || path.hasSuffix("/WatchEvents")
            || path == "/grpc.health.v1.Health/Watch"
    }

    private static func outcome(_ channel: Transport.Channel, _ path: String) async -> Failure? {
        let call = channel.raw(path: path, timeout: .seconds(5), metadata: [])
        do {
            try await call.send([])
            call.finishSending()
            while !(try await call.nextBatch()).isEmpty {}
            return nil
        } catch {
            return error
        }
    }

    private static func digest(_ secret: [UInt8]) -> [UInt8] {
        let hex = Array(Digests.sha256(of: secret))
        return stride(from: 0, to: hex.count, by: 2).compactMap {
            UInt8(String(hex[$0...($0 + 1)]), radix: 16)
        }
    }

    private func fleet(
        policy: String, _ keeping: KeptInMemory, _ trail: TrailInMemory = TrailInMemory()
    ) async throws -> TestFleet {
        let manifest = """
            executable: \(TestFleet.binaries)/caodiem-test-worker
            arguments: ["--service", "test.v1.Echo"]
            """
        let fleet = try await TestFleet(
            ["echo": manifest], policy: policy, audit: trail, tokens: keeping)
        try await fleet.reach(.ready, "echo")
        return fleet
    }

    private func connect(_ fleet: TestFleet, _ secret: [UInt8]) async throws -> Transport.Channel {
        var hello = HelloInfo(role: .client, software: "test")
        hello.sessionToken = secret
        return try await Transport.Channel.connect(unixPath: fleet.socket, hello: hello)
    }
}

private func failed<Value>(_ body: () async throws -> Value) async -> Failure? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? Failure
    }
}

/// Tokens in memory.
private actor KeptInMemory: TokenKeeping {
    private var kept: [KeptToken] = []

    func add(
        _ name: String, _ role: AccessRole, _ kind: AccessScope.Kind, _ secret: [UInt8],
        until end: Int64
    ) {
        var message = AdminV1.AccessToken()
        message.name = name
        message.expiresAtMs = end
        message.grant = .with {
            $0.role = role.rawValue
            $0.scope = .with {
                if kind != .nothing { $0.units = ["VC"] }
                if kind == .officers { $0.officers = ["CHV-1"] }
            }
        }
        kept.append(KeptToken(message, sha256: Digests.sha256(of: secret)))
    }

    func tokens() -> [KeptToken] { kept }

    func keep(_ token: KeptToken) -> Bool {
        guard !kept.contains(where: { $0.message.name == token.message.name }) else { return false }
        kept.append(token)
        return true
    }

    func revoke(_ name: String, by principal: String, atMilliseconds: Int64) {
        for place in kept.indices where kept[place].message.name == name {
            kept[place].message.revokedAtMs = atMilliseconds
        }
    }
}

/// An audit trail in memory.
private actor TrailInMemory: AuditTrail {
    private(set) var refusals: [String] = []

    func verify(_ request: AdminV1.VerifyAuditRequest) -> AdminV1.VerifyAuditReply { .init() }
    func entries(after number: UInt64, limit: Int) -> [AdminV1.AuditEntry] { [] }
    func record(_ entry: AdminV1.AuditEntry) {
        if entry.outcome == "refused" { refusals.append("\(entry.principal) \(entry.action)") }
    }
}
