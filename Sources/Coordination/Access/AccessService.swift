import Digests
import Reflection
import Transport
import Wire

/// `caodiem.admin.v1.Access`, served by the coordinator itself.
struct AccessService: Sendable {
    let desk: AccessDesk
    let loop: Loop
    /// Where tokens are kept; nil when there is no store, and then there are none.
    let keeping: (any TokenKeeping)?
    /// Which methods a service has, as far as the coordinator's own definitions know.
    let known: KnownMethods

    /// The longest and the usual life of a token.
    static let longestSeconds: UInt32 = 366 * 86_400

    func table() -> ServiceTable {
        var table = ServiceTable()
        table.registerImmediate(AdminV1.Access.explain) { (request, _) throws(Failure) in
            try explain(request)
        }
        table.registerImmediate(AdminV1.Access.whoAmI) { _, call in whoAmI(call) }
        table.registerImmediate(AdminV1.Access.showPolicy) { _, _ in desk.policy.message }
        table.register(AdminV1.Access.checkPolicy) { request, _ in check(request) }
        table.registerImmediate(AdminV1.Access.listTokens) { _, _ in
            .with { $0.tokens = desk.tokens.list(at: WallClock.milliseconds()) }
        }
        table.register(AdminV1.Access.createToken) { request, call in
            try await create(request, by: call.principal)
        }
        table.register(AdminV1.Access.revokeToken) { request, call in
            try await revoke(request.name, by: call.principal)
        }
        return table
    }

    // MARK: Reading; on the loop

    private func explain(
        _ request: AdminV1.ExplainAccessRequest
    ) throws(Failure) -> AdminV1.ExplainAccessReply {
        guard let path = PrincipalName.path(request.method) else {
            throw Failure(
                .invalidArgument, "“\(request.method.prefix(200))” is no method", field: "method",
                hint: "write it as package.Service/Method")
        }
        let principal = request.principal
        guard PrincipalName.isGrantable(principal) || principal.hasPrefix(TokenTable.prefix) else {
            throw Failure(
                .invalidArgument, "“\(principal.prefix(200))” is no principal", field: "principal",
                hint: "write it as uid:1001, cert:NAME, plugin:ID or token:NAME")
        }
        var reply = AdminV1.ExplainAccessReply()
        (reply.principal, reply.method) = (principal, path)
        reply.roles = desk.policy.methods[path]?.roles.list.map(\.rawValue) ?? []
        guard let caller = desk.caller(named: principal) else {
            let fault = desk.tokens.fault(of: principal, at: WallClock.milliseconds())
            (reply.reason, reply.hint) = (fault?.message ?? "", fault?.hint ?? "")
            return reply
        }
        let verdict = caller.verdict(on: path)
        reply.allowed = verdict.isAllowed
        (reply.reason, reply.place, reply.hint) = (verdict.reason, verdict.place, verdict.hint)
        if verdict.isAllowed, let fault = known.fault(path) { reply.hint = fault }
        let allowing = desk.policy.rights(of: caller.grants, for: path)
        reply.grants = (verdict.isAllowed ? allowing : caller.grants).map(\.message)
        return reply
    }

    private func whoAmI(_ call: CallContext) -> AdminV1.WhoAmIReply {
        let principal = call.principal
        let caller = desk.caller(named: principal)
        return .with {
            $0.principal = principal
            $0.grants = (caller?.grants ?? []).map(\.message)
            $0.expiresAtMs = caller?.expiresAt ?? 0
        }
    }

    private func check(_ request: AdminV1.CheckPolicyRequest) -> AdminV1.CheckPolicyReply {
        let name = request.name.isEmpty ? PolicyReader.fileName : request.name
        var problems: [String] = []
        do throws(ManifestRefusal) {
            let policy = try PolicyReader.parse(request.content, file: name)
            problems = policy.faults(known)
        } catch {
            problems = error.problems
        }
        return .with { $0.problems = problems }
    }

    // MARK: Tokens

    private func create(
        _ request: AdminV1.CreateTokenRequest, by principal: String
    ) async throws(Failure) -> AdminV1.AccessToken {
        let keeping = try required()
        let token = try token(request, by: principal, at: WallClock.milliseconds())
        let isNew = try await kept { try await keeping.keep(token) }
        guard isNew else {
            throw Failure(
                .alreadyExists, "there is, or was, a token \(request.name)", field: "name",
                hint: "choose another name: what it did is told under its own")
        }
        await loop.run { [desk] in desk.add(token) }
        var message = token.message
        message.state = "good"
        return message
    }

    private func revoke(
        _ name: String, by principal: String
    ) async throws(Failure) -> AdminV1.AccessToken {
        let keeping = try required()
        guard let known = await loop.run({ [desk] in desk.tokens.named(name) }) else {
            throw Failure(
                .notFound, "there is no token “\(name.prefix(64))”", field: "name",
                hint: "see them with: caodiem access token list")
        }
        let now = WallClock.milliseconds()
        if known.message.revokedAtMs == 0 {
            try await kept { try await keeping.revoke(name, by: principal, atMilliseconds: now) }
        }
        return await loop.run { [desk] in
            desk.revoke(name, by: principal, atMilliseconds: now)
            let entry = desk.tokens.named(name)
            var message = entry?.message ?? known.message
            message.state = entry?.state(at: now) ?? "revoked"
            return message
        }
    }

    private func token(
        _ request: AdminV1.CreateTokenRequest, by principal: String, at now: Int64
    ) throws(Failure) -> KeptToken {
        func refuse(_ field: String, _ what: String, _ hint: String) -> Failure {
            Failure(.invalidArgument, what, field: field, hint: hint)
        }
        guard CertificateName(uri: "caodiem:principal:\(request.name)") != nil else {
            throw refuse(
                "name", "“\(request.name.prefix(64))” cannot name a token",
                "1 to 64 letters, digits, '.', '_', '-' or '@'")
        }
        guard request.sha256.count == TokenText.secretBytes else {
            throw refuse("sha256", "the digest has \(request.sha256.count) bytes", "send 32")
        }
        guard (1...AccessService.longestSeconds).contains(request.validSeconds) else {
            throw refuse(
                "valid_seconds", "a token must end, and within 366 days", "say when: --expires 90d")
        }
        var message = AdminV1.AccessToken()
        message.name = request.name
        message.grant = .with {
            $0.role = request.role
            $0.scope = request.scope
            $0.unmask = request.unmask
            $0.methods = request.methods
            $0.place = "token \(request.name)"
        }
        (message.createdAtMs, message.createdBy) = (now, principal)
        message.expiresAtMs = now + Int64(request.validSeconds) * 1000
        do throws(GrantFault) {
            message.grant = try AccessGrant(asked: message).message
        } catch {
            throw refuse(error.key, "'\(error.key)' \(error.what)", error.fix)
        }
        return KeptToken(message, sha256: Digests.hex(request.sha256))
    }

    private func required() throws(Failure) -> any TokenKeeping {
        guard let keeping else {
            throw Failure(.unimplemented, "this coordinator has no store to keep tokens in")
        }
        return keeping
    }

    private func kept<Value: Sendable>(
        _ body: () async throws -> Value
    ) async throws(Failure) -> Value {
        do {
            return try await body()
        } catch {
            throw Failure(
                .unavailable, "the store does not keep it: \(error)",
                hint: "nothing was changed; try again", retryable: true)
        }
    }
}

/// Methods of services that the coordinator has definitions of.
struct KnownMethods: Sendable {
    private let names: [String: [String]]

    init(_ definitions: DescriptorSet) {
        var names: [String: [String]] = [:]
        for name in definitions.serviceNames {
            names[name] = definitions.service(named: name)?.methods.map(\.name) ?? []
        }
        self.names = names
    }

    /// What is wrong with a path; nil when nothing is known to be.
    func fault(_ path: String) -> String? {
        guard let method = MethodPath(path), let known = names[method.service],
            !known.contains(method.method)
        else { return nil }
        return "\(method.service) has no method '\(method.method)'; "
            + (nearest(method.method, among: known)
                ?? "its methods: \(known.joined(separator: ", "))")
    }
}
