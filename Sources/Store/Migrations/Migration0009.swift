internal import GRDB

/// Access tokens: what each opens, and the digest of its secret, which itself is nowhere kept. A name is used
/// once, also after the token was revoked: the audit trail tells of it.
enum Migration0009 {
    static func run(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE access_tokens (
                    name TEXT PRIMARY KEY,
                    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
                    role TEXT NOT NULL,
                    scope TEXT NOT NULL,
                    units TEXT NOT NULL,
                    officers TEXT NOT NULL,
                    unmask INTEGER NOT NULL,
                    methods TEXT NOT NULL,
                    created_at_ms INTEGER NOT NULL,
                    created_by TEXT NOT NULL,
                    expires_at_ms INTEGER NOT NULL,
                    revoked_at_ms INTEGER,
                    revoked_by TEXT
                ) STRICT
                """)
    }
}
