internal import Digests
internal import GRDB
internal import GRDBSQLite
internal import Rules

/// Seals of the rows of all tables that hold no facts: a digest a row, kept by triggers that call a function which
/// only this product's connections have. Another program that writes to such a table is refused by SQLite; one that
/// takes the triggers away first is found by the deep check.
enum RowSeals {
    static let function = "caodiem_seal"
    /// Tables that no answer rests on, or that are covered otherwise: the trail by its chain, digests of facts by
    /// the trail.
    private static let unsealed: Set<String> = [
        "audit", "row_digests", "row_seals", "staged_kinds", "plugin_events", "plugin_exits",
    ]

    /// Makes the function known to a connection.
    static func register(in db: Database) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
        sqlite3_create_function_v2(
            db.sqliteConnection, function, -1, flags, nil,
            { context, count, arguments in
                var encoding = RowEncoding()
                for place in 0..<Int(count) {
                    if let value = arguments?[place] { encoding.append(column: place, value) }
                }
                encoding.endRow()
                RowSeals.answer(encoding.bytes, context)
            }, nil, nil, nil)
    }

    /// Tables that are sealed row by row.
    static func tables(in db: Database) throws -> [String] {
        let facts = Set(
            ImportKind.all.flatMap { [$0.name, $0.name + "_history", $0.name + "_staged"] })
        return try String.fetchAll(
            db,
            sql: """
                SELECT name FROM sqlite_schema WHERE type = 'table'
                    AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%' ORDER BY name
                """
        ).filter { !facts.contains($0) && !unsealed.contains($0) }
    }

    /// Gives every table its triggers and every row its seal, also those of later migrations; to be called after
    /// the migrations, in their transaction's stead.
    static func complete(in db: Database) throws {
        for table in try tables(in: db) {
            let shape = try SealedTable(db, table)
            let standing = try String.fetchAll(
                db,
                sql: """
                    SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?
                        AND name GLOB '*_sealed_*' ORDER BY name
                    """, arguments: [table])
            guard standing != shape.triggers.map(\.sql) else { continue }
            for trigger in shape.triggers {
                try db.execute(sql: "DROP TRIGGER IF EXISTS \(trigger.name)")
                try db.execute(sql: trigger.sql)
            }
            try db.execute(sql: "DELETE FROM row_seals WHERE table_name = ?", arguments: [table])
            try db.execute(
                sql: """
                    INSERT INTO row_seals SELECT '\(table)', \(shape.key("t")), \(shape.seal("t"))
                    FROM "\(table)" t
                    """)
        }
    }

    private static func answer(_ bytes: [UInt8], _ context: OpaquePointer?) {
        var hasher = SHA256Hasher()
        hasher.update(bytes)
        hasher.bytes().withUnsafeBytes { digest in
            sqlite3_result_blob(
                context, digest.baseAddress, Int32(digest.count),
                unsafeBitCast(-1, to: sqlite3_destructor_type.self))
        }
    }
}

/// How a table's rows are named and sealed.
struct SealedTable {
    let name: String
    /// All columns, in the order of the table.
    private let columns: [String]
    private let keyColumns: [String]

    init(_ db: Database, _ name: String) throws {
        self.name = name
        columns = try db.columns(in: name).map(\.name)
        let primary = try db.primaryKey(name)
        keyColumns = primary.columns.isEmpty ? ["rowid"] : primary.columns
    }

    /// The SQL of a row's name: its primary key, or the row's number.
    func key(_ row: String) -> String {
        keyColumns.map { "quote(\(row).\($0))" }.joined(separator: " || ',' || ")
    }

    /// The SQL of a row's seal, which also covers the table's name.
    func seal(_ row: String) -> String {
        let values = columns.map { "\(row).\"\($0)\"" }.joined(separator: ", ")
        return "\(RowSeals.function)('\(name)', \(values))"
    }

    /// Ascending by name.
    var triggers: [(name: String, sql: String)] {
        let put = """
            INSERT OR REPLACE INTO row_seals VALUES ('\(name)', \(key("NEW")), \(seal("NEW")));
            """
        let drop = "DELETE FROM row_seals WHERE table_name = '\(name)' AND row_key = \(key("OLD"));"
        return [
            ("\(name)_sealed_delete", "AFTER DELETE", drop),
            ("\(name)_sealed_insert", "AFTER INSERT", put),
            ("\(name)_sealed_update", "AFTER UPDATE", drop + " " + put),
        ].map { name, when, body in
            (name, "CREATE TRIGGER \(name) \(when) ON \(self.name) BEGIN \(body) END")
        }
    }
}
