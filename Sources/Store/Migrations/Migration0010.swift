internal import GRDB
internal import Rules

/// Digests of rows: a row that another program altered in the file is found. Facts get theirs change by change; the
/// rows of all other tables each one of their own, by triggers (`RowSeals`).
enum Migration0010 {
    static func run(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE row_digests (
                    change_no INTEGER NOT NULL,
                    kind TEXT NOT NULL,
                    first_id INTEGER NOT NULL,
                    last_id INTEGER NOT NULL,
                    row_count INTEGER NOT NULL,
                    digest TEXT NOT NULL,
                    PRIMARY KEY (change_no, kind, first_id)
                ) STRICT, WITHOUT ROWID
                """)
        try db.execute(
            sql: """
                CREATE TABLE row_seals (
                    table_name TEXT NOT NULL,
                    row_key TEXT NOT NULL,
                    seal BLOB NOT NULL,
                    PRIMARY KEY (table_name, row_key)
                ) STRICT, WITHOUT ROWID
                """)
        for kind in ImportKind.all where try db.tableExists(kind.name) {
            try seal(kind.name, in: db)
        }
    }

    /// Gives the rows that are there their digests, as if they had come today.
    private static func seal(_ kind: String, in db: Database) throws {
        let columns = try SealedColumns(db, kind: kind)
        let rows = """
            SELECT change_no, \(columns.list()) FROM \(kind)
            UNION ALL SELECT change_no, \(columns.list()) FROM \(kind)_history
            """
        let statement = try BoundStatement(
            db,
            """
            SELECT * FROM (\(rows)) WHERE change_no NOT IN
                (SELECT change_no FROM staged_changes WHERE published_as IS NULL)
            ORDER BY 1, 2
            """, isKept: false)
        var sealed: [(change: Int64, parts: RowParts)] = []
        try statement.forEach { row in
            let change = FactReader(handle: row).int64(0)
            if sealed.last?.change != change { sealed.append((change, RowParts())) }
            sealed[sealed.count - 1].parts.add(
                FactReader(handle: row).int64(1), startsPart: false
            ) { encoding in columns.encode(row, offset: 1, into: &encoding) }
        }
        for index in sealed.indices {
            sealed[index].parts.close()
            try db.keep(sealed[index].parts.parts, of: kind, change: sealed[index].change)
        }
    }
}
