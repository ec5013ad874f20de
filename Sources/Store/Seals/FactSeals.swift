internal import Digests
internal import GRDB
internal import GRDBSQLite
internal import Rules

/// The columns of a kind's table that a digest covers: all but the change, which the digest stands under.
struct SealedColumns {
    let kind: String
    /// Names with their numbers in the table, ascending.
    let columns: [(number: Int, name: String)]

    init(_ db: Database, kind: String) throws {
        self.kind = kind
        columns = try db.columns(in: kind).enumerated().compactMap { number, column in
            column.name == "change_no" ? nil : (number, column.name)
        }
    }

    /// Column list of a SELECT, in the order of the numbers; the id is the first.
    func list(of table: String = "") -> String {
        let prefix = table.isEmpty ? "" : table + "."
        return columns.map { "\(prefix)\"\($0.name)\"" }.joined(separator: ", ")
    }

    /// Appends the row that a statement made with `list` stands on.
    ///
    /// - Parameter offset: columns of the statement before those of the list.
    func encode(_ row: OpaquePointer, offset: Int32, into encoding: inout RowEncoding) {
        for (place, column) in columns.enumerated() {
            guard let value = sqlite3_column_value(row, offset + Int32(place)) else { continue }
            encoding.append(column: column.number, value)
        }
    }
}

extension RowParts {
    /// Takes in the rows of a query over `SealedColumns.list`, ascending by id.
    ///
    /// - Parameter singleFrom: rows from this id on get a part each, since rows that came otherwise with the same
    ///   change may lie between them.
    mutating func add(
        _ db: Database, _ columns: SealedColumns, _ sql: String, singleFrom: Int64 = .max
    ) throws {
        let statement = try BoundStatement(db, sql, isKept: false)
        var wasSingle = false
        try statement.forEach { row in
            let id = sqlite3_column_int64(row, 0)
            let isSingle = id >= singleFrom
            add(id, startsPart: isSingle || wasSingle) { encoding in
                columns.encode(row, offset: 0, into: &encoding)
            }
            wasSingle = isSingle
        }
        close()
    }
}

/// Keeps the digests of the rows of one change, and gives the digest over all of them.
struct ChangeSeal {
    private var hasher = SHA256Hasher()
    private var isEmpty = true

    mutating func add(_ parts: [RowPart], of kind: String) {
        for part in parts.sorted(by: { $0.firstID < $1.firstID }) {
            isEmpty = false
            let line = "\(kind) \(part.firstID) \(part.lastID) \(part.rows) \(part.digest)\n"
            hasher.update(Array(line.utf8))
        }
    }

    /// 64 hex digits; nil of a change without rows.
    var digest: String? { isEmpty ? nil : hasher.hex() }

    /// How the audit trail tells it.
    static let mark = "rows sha256:"
}

extension Database {
    /// Keeps the parts' digests beside the rows, in the transaction that wrote them.
    func keep(_ parts: [RowPart], of kind: String, change: Int64) throws {
        for part in parts {
            try execute(
                sql: """
                    INSERT INTO row_digests
                        (change_no, kind, first_id, last_id, row_count, digest)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    change, kind, part.firstID, part.lastID, part.rows, part.digest,
                ])
        }
    }

    /// The digest over all rows of a change, as the trail tells it; nil where it brought none.
    func sealOfChange(_ change: Int64) throws -> String? {
        var seal = ChangeSeal()
        for row in try Row.fetchAll(
            self,
            sql: """
                SELECT kind, first_id, last_id, row_count, digest FROM row_digests
                WHERE change_no = ? ORDER BY kind, first_id
                """, arguments: [change])
        {
            seal.add(
                [RowPart(firstID: row[1], lastID: row[2], rows: row[3], digest: row[4])],
                of: row[0])
        }
        return seal.digest
    }
}

extension WriteScope {
    /// What the audit trail tells of a change's rows; empty where it brought none.
    func sealDetail(of change: Int64) throws -> String {
        try db.sealOfChange(change).map { ChangeSeal.mark + $0 } ?? ""
    }
}
