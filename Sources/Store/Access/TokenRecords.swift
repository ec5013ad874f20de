internal import GRDB

/// An access token as the store keeps it.
public struct StoredToken: Sendable, Equatable {
    public var name: String
    /// Of the secret, 64 hex digits.
    public var sha256: String
    public var role: String
    /// nothing, units, officers, province
    public var scope: String
    public var units: [String] = []
    public var officers: [String] = []
    public var unmasks = false
    public var methods: [String] = []
    /// Milliseconds since 1970.
    public var createdAtMilliseconds: Int64
    public var createdBy: String
    public var expiresAtMilliseconds: Int64
    /// nil while it was not revoked.
    public var revokedAtMilliseconds: Int64?
    public var revokedBy: String?

    public init(
        name: String, sha256: String, role: String, scope: String,
        createdAtMilliseconds: Int64, createdBy: String, expiresAtMilliseconds: Int64
    ) {
        self.name = name
        self.sha256 = sha256
        self.role = role
        self.scope = scope
        self.createdAtMilliseconds = createdAtMilliseconds
        self.createdBy = createdBy
        self.expiresAtMilliseconds = expiresAtMilliseconds
    }
}

extension ReadScope {
    /// All tokens that there are or were, by name.
    public func accessTokens() throws -> [StoredToken] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT name, sha256, role, scope, created_at_ms, created_by, expires_at_ms, units,
                    officers, unmask, methods, revoked_at_ms, revoked_by
                FROM access_tokens ORDER BY name
                """
        ).map { row in
            var token = StoredToken(
                name: row[0], sha256: row[1], role: row[2], scope: row[3],
                createdAtMilliseconds: row[4], createdBy: row[5], expiresAtMilliseconds: row[6])
            token.units = parts(row[7])
            token.officers = parts(row[8])
            token.unmasks = row[9]
            token.methods = parts(row[10])
            token.revokedAtMilliseconds = row[11]
            token.revokedBy = row[12]
            return token
        }
    }
}

extension WriteScope {
    /// Keeps a new token; false when there is, or was, one of its name or its secret.
    public func keep(_ token: StoredToken) throws -> Bool {
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO access_tokens (name, sha256, role, scope, units, officers, unmask,
                    methods, created_at_ms, created_by, expires_at_ms)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                token.name, token.sha256, token.role, token.scope, lines(token.units),
                lines(token.officers), token.unmasks, lines(token.methods),
                token.createdAtMilliseconds, token.createdBy, token.expiresAtMilliseconds,
            ])
        return db.changesCount == 1
    }

    /// Revokes a token; false when it is not there, or was revoked before.
    public func revokeToken(_ name: String, by principal: String, atMilliseconds: Int64) throws
        -> Bool
    {
        try db.execute(
            sql: """
                UPDATE access_tokens SET revoked_at_ms = ?, revoked_by = ?
                WHERE name = ? AND revoked_at_ms IS NULL
                """, arguments: [atMilliseconds, principal, name])
        return db.changesCount == 1
    }
}

/// Codes and paths hold no line ends.
private func lines(_ parts: [String]) -> String { parts.joined(separator: "\n") }

private func parts(_ lines: String) -> [String] { lines.split(separator: "\n").map(String.init) }
