internal import GRDB

/// A table of facts as a migration makes it: its own columns, and those that every fact carries (the change,
/// file and line that it came with), with the same columns in `<name>_history` for superseded versions.
///
/// A migration calls `createWithStaging(in:)`; those before schema 3 call the two steps apart.
struct FactTable {
    let name: String
    /// One column a line, as in CREATE TABLE; the first word is its name, the second its type.
    let columns: String
    /// Columns that tell the rows apart; what the row hangs on stands first.
    let key: String

    private static let provenance = """
        change_no INTEGER NOT NULL REFERENCES changes,
            file_no INTEGER NOT NULL,
            line INTEGER NOT NULL
        """

    /// Makes the table, its history, and what a batch of an import needs (schema 3 and later).
    func createWithStaging(in db: Database) throws {
        try create(in: db)
        try FactTable.stage(name, in: db)
        try FactTable.indexHistory(of: name, in: db)
    }

    /// Finds the former versions of what hangs on a unit, a case or an asset: readers of an earlier time of
    /// knowledge look there.
    static func indexHistory(of kind: String, in db: Database) throws {
        let columns = try db.columns(in: kind).map(\.name)
        let parents = ["asset_id", "case_id", "unit_id"]
        guard let parent = parents.first(where: columns.contains) else { return }
        try db.execute(
            sql: """
                CREATE INDEX IF NOT EXISTS \(kind)_history_of ON \(kind)_history (\(parent))
                """)
    }

    /// Makes the table, its history and the index of its key.
    func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE \(name) (
                    id INTEGER PRIMARY KEY,
                    \(columns),
                    \(FactTable.provenance)
                ) STRICT
                """)
        try db.execute(sql: createHistory)
        try db.execute(sql: "CREATE UNIQUE INDEX \(name)_key ON \(name) (\(key))")
    }

    /// The same columns without constraints, and the change that superseded the row.
    private var createHistory: String {
        let bare: [String] = columns.split(separator: "\n").map { line -> String in
            let words = line.split(separator: " ")
            let type = words.dropFirst().first ?? "TEXT"
            return "\(words.first ?? "") \(type.hasSuffix(",") ? type.dropLast() : type)"
        }
        return """
            CREATE TABLE \(name)_history (
                id INTEGER NOT NULL, \(bare.joined(separator: ", ") as String),
                change_no INTEGER NOT NULL, file_no INTEGER NOT NULL, line INTEGER NOT NULL,
                superseded_by INTEGER NOT NULL,
                PRIMARY KEY (id, superseded_by)
            ) STRICT, WITHOUT ROWID
            """
    }

    /// Gives a kind its waiting corrections and its two views: what readers see, and what will stand once
    /// the change under way is published.
    static func stage(_ kind: String, in db: Database) throws {
        let columns = try db.columns(in: kind).filter { $0.name != "id" }
        let declared = columns.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
        try db.execute(
            sql: """
                CREATE TABLE \(kind)_staged (
                    id INTEGER PRIMARY KEY, \(declared), base_change INTEGER NOT NULL
                ) STRICT
                """)
        try db.execute(
            sql: """
                CREATE VIEW current_\(kind) AS SELECT * FROM \(kind) WHERE change_no NOT IN
                    (SELECT change_no FROM staged_changes WHERE published_as IS NULL)
                """)
        let standing = columns.map { column -> String in
            // What a row hangs on is its key, which no correction changes: the index serves it as it is.
            if ["case_id", "asset_id"].contains(column.name) { return "t.\(column.name)" }
            return
                "CASE WHEN s.id IS NULL THEN t.\(column.name) ELSE s.\(column.name) END AS \(column.name)"
        }
        try db.execute(
            sql: """
                CREATE VIEW standing_\(kind) AS SELECT t.id, \(standing.joined(separator: ", "))
                FROM \(kind) t LEFT JOIN \(kind)_staged s ON s.id = t.id
                """)
    }
}
