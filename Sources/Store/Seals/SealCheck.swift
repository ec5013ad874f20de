internal import Digests
internal import GRDB
internal import GRDBSQLite
internal import Rules

/// Rows that are not as the product wrote them.
public struct SealFinding: Sendable, Equatable {
    public enum Reason: String, Sendable {
        /// A row was altered, or exchanged with another.
        case altered
        /// A row was taken out.
        case missing
        /// A row was put in.
        case added
        /// The digests themselves were altered: the audit trail tells another.
        case untrue
    }

    public var table: String
    public var reason: Reason
    /// The change that the rows came with; nil of rows that hold no facts.
    public var change: Int64?
    /// Ids of the rows among which it is, or the row's key as SQL writes it.
    public var rows: String
}

extension StoreInspection {
    private static let firstWithSeals = Schema.firstWithSeals
    /// Findings of one table that are told.
    private static let toldOfTable = 20

    /// Holds every row against its digest; empty when all are as they were written, or the schema has no digests.
    public func sealFindings() throws(StoreFailure) -> [SealFinding] {
        guard schema >= StoreInspection.firstWithSeals else { return [] }
        return try read { db in
            var findings: [SealFinding] = []
            for kind in ImportKind.all where try db.tableExists(kind.name) {
                var check = try FactSealCheck(db, kind: kind.name)
                findings += try check.run(db).prefix(StoreInspection.toldOfTable)
            }
            for table in try RowSeals.tables(in: db) {
                findings += try StoreInspection.rows(of: table, db)
                    .prefix(StoreInspection.toldOfTable)
            }
            return findings + (try StoreInspection.untrueDigests(db))
        }
    }

    /// Rows of a table without facts whose seal is another, or that have none, or whose seal has no row.
    private static func rows(of table: String, _ db: Database) throws -> [SealFinding] {
        let shape = try SealedTable(db, table)
        let rows = "SELECT \(shape.key("t")) AS k, \(shape.seal("t")) AS s FROM \"\(table)\" t"
        let sql = """
            SELECT r.k, CASE WHEN s.seal IS NULL THEN 'added' ELSE 'altered' END
            FROM (\(rows)) r LEFT JOIN row_seals s ON s.table_name = ?1 AND s.row_key = r.k
            WHERE s.seal IS NOT r.s
            UNION ALL
            SELECT s.row_key, 'missing' FROM row_seals s
            WHERE s.table_name = ?1 AND s.row_key NOT IN (SELECT k FROM (\(rows)))
            ORDER BY 1 LIMIT \(toldOfTable)
            """
        return try Row.fetchAll(db, sql: sql, arguments: [table]).map { row in
            SealFinding(
                table: table, reason: SealFinding.Reason(rawValue: row[1]) ?? .altered,
                change: nil, rows: row[0])
        }
    }

    /// Changes whose digests are others than the audit trail tells.
    private static func untrueDigests(_ db: Database) throws -> [SealFinding] {
        let told = try Row.fetchAll(
            db,
            sql: """
                SELECT change_no, detail FROM audit
                WHERE change_no IS NOT NULL AND outcome = 'done' AND detail LIKE ?
                ORDER BY change_no
                """, arguments: ["%\(ChangeSeal.mark)%"])
        return try told.compactMap { row in
            let detail: String = row[1]
            let digest = detail.components(after: ChangeSeal.mark)
            let change: Int64 = row[0]
            guard try db.sealOfChange(change) != digest else { return nil }
            return SealFinding(
                table: "row_digests", reason: .untrue, change: change, rows: "*")
        }
    }
}

extension String {
    /// The 64 characters behind a mark.
    fileprivate func components(after mark: String) -> String? {
        let (all, wanted) = (Array(utf8), Array(mark.utf8))
        guard all.count >= wanted.count else { return nil }
        for start in 0...(all.count - wanted.count)
        where all[start..<start + wanted.count].elementsEqual(wanted) {
            return String(decoding: all[(start + wanted.count)...].prefix(64), as: UTF8.self)
        }
        return nil
    }
}

/// The parts of a change that are still to come, and what was seen of the first.
private struct OpenParts {
    var parts: ArraySlice<RowPart>
    private(set) var seen: Int64 = 0
    private var encoding = RowEncoding()
    private var hasher: SHA256Hasher?

    init(parts: ArraySlice<RowPart>) { self.parts = parts }

    mutating func add(_ row: OpaquePointer, _ columns: SealedColumns) {
        columns.encode(row, offset: 0, into: &encoding)
        encoding.endRow()
        seen += 1
        var hasher = hasher ?? SHA256Hasher()
        hasher.update(encoding.bytes)
        encoding.clear()
        self.hasher = hasher
    }

    /// The digest of what was seen; the next part begins.
    mutating func end() -> String {
        let digest = (hasher ?? SHA256Hasher()).hex()
        hasher = nil
        seen = 0
        return digest
    }
}

/// Holds the rows of one kind, current and former, against the digests of their changes in one pass over both
/// tables, ascending by id.
struct FactSealCheck {
    private let kind: String
    private let columns: SealedColumns
    /// The parts of each change that are still to come or under way.
    private var open: [Int64: OpenParts] = [:]
    private var findings: [SealFinding] = []

    init(_ db: Database, kind: String) throws {
        self.kind = kind
        columns = try SealedColumns(db, kind: kind)
        for row in try Row.fetchAll(
            db,
            sql: """
                SELECT change_no, first_id, last_id, row_count, digest FROM row_digests
                WHERE kind = ? ORDER BY change_no, first_id
                """, arguments: [kind])
        {
            let part = RowPart(firstID: row[1], lastID: row[2], rows: row[3], digest: row[4])
            open[row[0], default: OpenParts(parts: [])].parts.append(part)
        }
    }

    mutating func run(_ db: Database) throws -> [SealFinding] {
        let list = columns.list()
        let statement = try BoundStatement(
            db,
            """
            SELECT \(list), change_no FROM \(kind)
            WHERE change_no NOT IN
                (SELECT change_no FROM staged_changes WHERE published_as IS NULL)
            UNION ALL SELECT \(list), change_no FROM \(kind)_history
            ORDER BY 1
            """, isKept: false)
        try statement.forEach { row in
            take(
                row, id: sqlite3_column_int64(row, 0),
                change: sqlite3_column_int64(row, Int32(columns.columns.count)))
        }
        for change in open.keys.sorted() {
            while open[change]?.parts.isEmpty == false { finish(change) }
        }
        return findings
    }

    private mutating func take(_ row: OpaquePointer, id: Int64, change: Int64) {
        while let part = open[change]?.parts.first, part.lastID < id { finish(change) }
        guard let part = open[change]?.parts.first, part.firstID <= id else {
            findings.append(
                SealFinding(table: kind, reason: .added, change: change, rows: "\(id)"))
            return
        }
        open[change]?.add(row, columns)
        if id == part.lastID { finish(change) }
    }

    /// Judges the first part of a change and goes on to the next.
    private mutating func finish(_ change: Int64) {
        guard let part = open[change]?.parts.first, let seen = open[change]?.seen else { return }
        let digest = open[change]?.end()
        if seen != part.rows || digest != part.digest {
            let reason: SealFinding.Reason =
                seen < part.rows ? .missing : seen > part.rows ? .added : .altered
            findings.append(
                SealFinding(
                    table: kind, reason: reason, change: change,
                    rows: "\(part.firstID)–\(part.lastID)"))
        }
        open[change]?.parts.removeFirst()
        if open[change]?.parts.isEmpty == true { open[change] = nil }
    }
}
