internal import GRDB

/// Schema 6: frozen answers, closed lists, and the former versions of facts found by what they hang on, for readers of an
/// earlier time of knowledge.
enum Migration0006 {
    static func run(_ db: Database) throws {
        try db.execute(sql: freezes)
        try db.execute(sql: locks)
        let kinds = try String.fetchAll(
            db,
            sql: """
                SELECT substr(name, 1, length(name) - length('_history')) FROM sqlite_master
                WHERE type = 'table' AND name LIKE '%\\_history' ESCAPE '\\' ORDER BY name
                """)
        for kind in kinds { try FactTable.indexHistory(of: kind, in: db) }
    }

    private static let freezes = """
        CREATE TABLE freezes (
            freeze_id TEXT PRIMARY KEY,
            change_no INTEGER NOT NULL REFERENCES changes,
            campaign_id TEXT NOT NULL,
            plan_version INTEGER NOT NULL,
            law_book TEXT NOT NULL,
            as_of INTEGER NOT NULL,
            known_at INTEGER NOT NULL,
            score BLOB NOT NULL,
            rank BLOB NOT NULL,
            sha256 TEXT NOT NULL,
            UNIQUE (campaign_id, plan_version, law_book, as_of, known_at),
            FOREIGN KEY (campaign_id, plan_version) REFERENCES plans (campaign_id, version)
        ) STRICT, WITHOUT ROWID
        """

    private static let locks = """
        CREATE TABLE nomination_locks (
            campaign_id TEXT NOT NULL,
            list TEXT NOT NULL,
            unit_id INTEGER NOT NULL REFERENCES units,
            change_no INTEGER NOT NULL REFERENCES changes,
            locked_on INTEGER NOT NULL,
            PRIMARY KEY (campaign_id, list, unit_id)
        ) STRICT, WITHOUT ROWID
        """
}
