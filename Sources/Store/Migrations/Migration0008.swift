internal import GRDB

/// The audit trail: a chain of what was done and what was refused. Entries can be added and never changed; a
/// store of an earlier schema begins its trail after the changes that it has.
enum Migration0008 {
    static func run(_ db: Database) throws {
        for statement in statements { try db.execute(sql: statement) }
    }

    private static let statements = [
        """
        CREATE TABLE audit (
            entry_no INTEGER PRIMARY KEY AUTOINCREMENT,
            at_ms INTEGER NOT NULL,
            principal TEXT NOT NULL,
            request_id TEXT NOT NULL,
            action TEXT NOT NULL,
            outcome TEXT NOT NULL,
            subject TEXT NOT NULL,
            change_no INTEGER,
            detail TEXT NOT NULL,
            previous TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX audit_change ON audit (change_no) WHERE change_no IS NOT NULL",
        """
        CREATE TRIGGER audit_keeps_what_it_said BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
        """,
        """
        CREATE TRIGGER audit_keeps_all_entries BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
        """,
        "CREATE TABLE audit_begin (change_no INTEGER NOT NULL) STRICT",
        "INSERT INTO audit_begin SELECT coalesce(max(change_no), 0) FROM changes",
    ]
}
