import Digests
import Transport
import Wire

/// Says who calls and whether it may: policy, tokens and sessions as they hold now. Lives on the loop.
final class AccessDesk: @unchecked Sendable {
    // Unchecked: its variables are touched on the loop only.
    private(set) var policy: AccessPolicy
    private(set) var tokens = TokenTable()
    private(set) var sessions = SessionTable()
    /// Whether a plugin may make calls on behalf of others.
    var mayImpersonate: (String) -> Bool = { _ in false }
    /// Whether a plugin runs as the coordinator's own user, and so could do all that the owner can.
    var runsAsOwner: (String) -> Bool = { _ in false }
    /// Told of each refusal for want of a right.
    var refused: (_ principal: String, _ path: String, Failure) -> Void = { _, _, _ in }
    /// Told when what some callers may do has shrunk.
    var narrowed: () -> Void = {}
    private var callers: [String: Caller] = [:]
    /// Digests of the tokens that clients showed in HELLO, by connection.
    private var shown: [ObjectIdentifier: String] = [:]

    init(policy: AccessPolicy = AccessPolicy()) { self.policy = policy }

    // MARK: What holds

    func take(_ policy: AccessPolicy) {
        self.policy = policy
        callers = [:]
        narrowed()
    }

    func take(_ kept: [KeptToken]) {
        tokens.take(kept)
        callers = [:]
    }

    func add(_ token: KeptToken) { tokens.add(token) }

    /// What the token had opened is closed before this returns.
    func revoke(_ name: String, by principal: String, atMilliseconds: Int64) {
        guard let digest = tokens.revoke(name, by: principal, atMilliseconds: atMilliseconds) else {
            return
        }
        forget(digest)
        narrowed()
    }

    /// Ends what expired tokens had opened.
    func sweep(at milliseconds: Int64) {
        let ended = tokens.expired(at: milliseconds).filter { digest in
            shown.values.contains(digest) || sessions.has(digest)
        }
        guard !ended.isEmpty else { return }
        for digest in ended { forget(digest) }
        narrowed()
    }

    private func forget(_ digest: String) {
        sessions.end(of: digest)
        callers = callers.filter { $0.value.token != digest }
    }

    // MARK: Connections

    func joined(_ link: Link) {
        guard link.peer.pluginID.isEmpty, let token = link.peerHello?.info.sessionToken,
            !token.isEmpty
        else { return }
        shown[ObjectIdentifier(link)] = Digests.sha256(of: token)
    }

    func left(_ link: Link) { shown[ObjectIdentifier(link)] = nil }

    /// Why a connection must end now; nil when it may go on.
    func ending(of link: Link, at milliseconds: Int64) -> Failure? {
        guard let digest = shown[ObjectIdentifier(link)] else { return nil }
        do throws(Failure) {
            _ = try tokens.good(digest, at: milliseconds)
            return nil
        } catch {
            return error.reason == "TOKEN_UNKNOWN" ? nil : error
        }
    }

    // MARK: Callers

    /// - Throws: UNAUTHENTICATED for a token or a session that opens nothing; PERMISSION_DENIED for a plugin
    ///   that may not speak for others.
    func caller(
        of link: Link, _ metadata: [WireV1.MetadataEntry]
    ) throws(Failure) -> Caller {
        let peer = link.peer
        let now = WallClock.milliseconds()
        if peer.pluginID.isEmpty {
            if let digest = shown[ObjectIdentifier(link)] { return try caller(token: digest, now) }
            return caller(peer.principal, isOwner: isOwner(peer))
        }
        guard let named = metadata.last(where: { $0.key == CallStamp.onBehalfKey }) else {
            return caller(peer.principal, isOwner: runsAsOwner(peer.pluginID))
        }
        guard mayImpersonate(peer.pluginID) else {
            throw Failure.mayNotImpersonate(peer.principal)
        }
        guard let session = String(validating: named.value, as: UTF8.self),
            let digest = sessions.token(of: session, plugin: peer.pluginID)
        else { throw Failure.sessionUnknown }
        return try caller(token: digest, now)
    }

    /// Whoever has that name; nil for a token that is not there.
    func caller(named principal: String) -> Caller? {
        if principal.hasPrefix(TokenTable.prefix) {
            guard
                let digest = tokens.digest(of: String(principal.dropFirst(TokenTable.prefix.count)))
            else { return nil }
            return try? caller(token: digest, WallClock.milliseconds())
        }
        var isOwner = false
        if principal.hasPrefix("uid:"), let uid = UInt32(principal.dropFirst(4)) {
            isOwner = uid == 0 || uid == policy.owner
        }
        if principal.hasPrefix("plugin:") { isOwner = runsAsOwner(String(principal.dropFirst(7))) }
        return caller(principal, isOwner: isOwner)
    }

    private func isOwner(_ peer: Peer) -> Bool {
        peer.certificate == nil && peer.userID.map { $0 == 0 || $0 == policy.owner } ?? false
    }

    private func caller(_ principal: String, isOwner: Bool) -> Caller {
        if let known = callers[principal] { return known }
        let made = Caller(
            principal: principal, grants: policy.grants(of: principal, isOwner: isOwner),
            policy: policy)
        if !made.grants.isEmpty { callers[principal] = made }
        return made
    }

    private func caller(token digest: String, _ now: Int64) throws(Failure) -> Caller {
        let token = try tokens.good(digest, at: now)
        let principal = TokenTable.prefix + token.message.name
        if let known = callers[principal] { return known }
        let made = Caller(
            principal: principal, grants: [token.grant], policy: policy, token: digest,
            expiresAt: token.message.expiresAtMs)
        callers[principal] = made
        return made
    }

    // MARK: Calls

    /// The rights by which the caller may make the call, as a worker is told of them.
    ///
    /// - Throws: PERMISSION_DENIED, which names what is missing.
    func allow(_ caller: Caller, _ path: String) throws(Failure) -> [UInt8] {
        if let stamp = caller.stamp(for: path) { return stamp }
        let refusal = Failure.notAllowed(
            caller.verdict(on: path), hasGrants: !caller.grants.isEmpty)
        refused(caller.principal, path, refusal)
        throw refusal
    }

    /// Whether a call that runs may go on; nil when it may.
    func ending(of principal: String, _ path: String, _ stamp: [UInt8]) -> Failure? {
        guard let caller = caller(named: principal) else {
            return principal.hasPrefix(TokenTable.prefix)
                ? tokens.fault(of: principal, at: WallClock.milliseconds()) : nil
        }
        guard let held = caller.stamp(for: path) else {
            return .notAllowed(caller.verdict(on: path), hasGrants: !caller.grants.isEmpty)
        }
        guard held == stamp else {
            return Failure(
                .permissionDenied, "what \(principal) may see has changed",
                hint: "make the call again", reason: "ACCESS_CHANGED")
        }
        return nil
    }

    // MARK: Sessions

    /// - Throws: UNAUTHENTICATED for a token that opens nothing, RESOURCE_EXHAUSTED for too many sessions.
    func signIn(
        _ token: [UInt8], plugin: String
    ) throws(Failure) -> (session: String, caller: Caller) {
        let bytes = TokenText.bytes(token) ?? token
        let caller = try caller(token: Digests.sha256(of: bytes), WallClock.milliseconds())
        let session = try sessions.begin(caller.token ?? "", plugin: plugin)
        return (session, caller)
    }

    /// No process of the plugin is left to use its sessions.
    func ended(plugin: String) { sessions.end(plugin: plugin) }

    func signOut(_ session: String, plugin: String) { sessions.end(session, plugin: plugin) }
}
