internal import GRDB

/// Schema 3: imports that come in by batches. Rows of a batch carry the number of a change that is not yet
/// published, and readers go through views that leave them out; corrections wait in tables of their own
/// until one short transaction publishes the change. Also: what was retracted, and how large each imported
/// file was.
enum Migration0003 {
    /// The kinds of facts of schema 1.
    private static let kinds = [
        "units", "officers", "cases", "reports", "decisions", "payments", "verifications",
        "nominations", "commitments", "violations", "assets", "valuations", "rounds", "reductions",
        "offers",
    ]

    static func run(_ db: Database) throws {
        for statement in tables { try db.execute(sql: statement) }
        for kind in kinds { try FactTable.stage(kind, in: db) }
    }

    private static let tables = [
        """
        CREATE TABLE staged_changes (
            change_no INTEGER PRIMARY KEY REFERENCES changes,
            published_as INTEGER REFERENCES changes
        ) STRICT
        """,
        """
        CREATE TABLE staged_kinds (
            change_no INTEGER NOT NULL REFERENCES staged_changes,
            kind TEXT NOT NULL,
            first_id INTEGER NOT NULL,
            PRIMARY KEY (change_no, kind)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE retractions (
            change_no INTEGER PRIMARY KEY REFERENCES changes,
            retracted INTEGER NOT NULL UNIQUE REFERENCES changes
        ) STRICT
        """,
        """
        CREATE TABLE restored_rows (
            kind TEXT NOT NULL,
            id INTEGER NOT NULL,
            change_no INTEGER NOT NULL REFERENCES changes,
            origin INTEGER NOT NULL REFERENCES changes,
            PRIMARY KEY (kind, id, change_no)
        ) STRICT, WITHOUT ROWID
        """,
        "ALTER TABLE import_files ADD COLUMN size INTEGER",
    ]
}
