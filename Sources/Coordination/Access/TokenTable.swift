import Wire

/// The tokens that open something, or did; by the digest of their secret. Knows no clock.
struct TokenTable: Sendable {
    /// Before a token's name, in its principal.
    static let prefix = "token:"

    struct Entry: Sendable, Equatable {
        var message: AdminV1.AccessToken
        var grant: AccessGrant
    }

    private var entries: [String: Entry] = [:]
    private var digests: [String: String] = [:]

    mutating func take(_ kept: [KeptToken]) {
        (entries, digests) = ([:], [:])
        for token in kept { add(token) }
    }

    mutating func add(_ token: KeptToken) {
        guard let grant = AccessGrant(token.message) else { return }
        entries[token.sha256] = Entry(message: token.message, grant: grant)
        digests[token.message.name] = token.sha256
    }

    /// - Returns: the digest of the token; nil when it opens nothing already.
    mutating func revoke(_ name: String, by principal: String, atMilliseconds: Int64) -> String? {
        guard let digest = digests[name], entries[digest]?.message.revokedAtMs == 0 else {
            return nil
        }
        entries[digest]?.message.revokedAtMs = atMilliseconds
        entries[digest]?.message.revokedBy = principal
        return digest
    }

    func digest(of name: String) -> String? { digests[name] }

    func named(_ name: String) -> Entry? { digests[name].flatMap { entries[$0] } }

    /// The token whose secret has that digest.
    ///
    /// - Throws: UNAUTHENTICATED when it is unknown, revoked, or has ended.
    func good(_ digest: String, at milliseconds: Int64) throws(Failure) -> Entry {
        guard let entry = entries[digest] else { throw .tokenUnknown }
        if let fault = entry.fault(at: milliseconds) { throw fault }
        return entry
    }

    /// Why a principal's token opens nothing; nil when it does.
    func fault(of principal: String, at milliseconds: Int64) -> Failure? {
        guard let entry = named(String(principal.dropFirst(TokenTable.prefix.count))) else {
            return .tokenUnknown
        }
        return entry.fault(at: milliseconds)
    }

    /// Digests of tokens that have ended.
    func expired(at milliseconds: Int64) -> [String] {
        entries.filter { $0.value.message.expiresAtMs <= milliseconds }.map(\.key)
    }

    /// For people, by name.
    func list(at milliseconds: Int64) -> [AdminV1.AccessToken] {
        entries.values.sorted { $0.message.name < $1.message.name }.map { entry in
            var message = entry.message
            message.state = entry.state(at: milliseconds)
            return message
        }
    }
}

extension TokenTable.Entry {
    func fault(at milliseconds: Int64) -> Failure? {
        if message.revokedAtMs != 0 { return .tokenRevoked(message.name) }
        return message.expiresAtMs <= milliseconds ? .tokenExpired(message.name) : nil
    }

    func state(at milliseconds: Int64) -> String {
        if message.revokedAtMs != 0 { return "revoked" }
        return message.expiresAtMs <= milliseconds ? "expired" : "good"
    }
}
