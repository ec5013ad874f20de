internal import Foundation
internal import GRDB
public import Rules

/// One import as it was kept: who asked for it, when, and what was answered.
public struct ImportRecord: Sendable {
    public var id: String
    public var change: Int64
    /// `applied` or `unchanged`; what was rejected is not kept.
    public var status: String
    public var principal: String
    /// Milliseconds since 1970.
    public var receivedAtMilliseconds: Int64
    /// The encoded answer.
    public var result: [UInt8]
    public var files: [ImportedFile]
    /// The change that took the import back.
    public var retractedBy: Int64?
}

/// One row that an import corrected.
public struct CorrectedRow: Sendable {
    /// One column whose value differs; both values as the store has them.
    public struct Difference: Sendable, Equatable {
        public var column: ImportColumn
        public var old: FieldValue
        public var new: FieldValue

        public static func == (left: Difference, right: Difference) -> Bool {
            left.column.name == right.column.name && left.old == right.old
                && left.new == right.new
        }
    }

    public var kind: ImportKind
    /// Values of the kind's key columns, in their order.
    public var key: [FieldValue]
    public var file: Int
    public var line: Int
    public var differences: [Difference]
}

extension ReadScope {
    /// The imports kept, newest first.
    ///
    /// - Parameters:
    ///   - before: only those with a lower change number; nil for the newest.
    ///   - limit: at most so many.
    public func imports(before: Int64? = nil, limit: Int) throws -> [ImportRecord] {
        try importRecords(
            where: "i.change_no < ?", [before ?? Int64.max], limit: limit)
    }

    /// One import by its id or by the number of its change.
    public func importRecord(_ name: String) throws -> ImportRecord? {
        if let change = Int64(name) {
            return try importRecords(where: "i.change_no = ?", [change], limit: 1).first
        }
        return try importRecords(where: "i.import_id = ?", [name], limit: 1).first
    }

    /// Whether some import that was kept had a file of these bytes.
    public func hasImportedFile(sha256: String) throws -> Bool {
        try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM import_files WHERE sha256 = ?)",
            arguments: [sha256]) ?? false
    }

    private func importRecords(
        where condition: String, _ arguments: StatementArguments, limit: Int
    ) throws -> [ImportRecord] {
        var records = try Row.fetchAll(
            db,
            sql: """
                SELECT i.import_id, i.change_no, i.status, c.principal, c.received_at_ms, i.result,
                    (SELECT r.change_no FROM retractions r WHERE r.retracted = i.change_no)
                FROM imports i JOIN changes c ON c.change_no = i.change_no
                WHERE \(condition) ORDER BY i.change_no DESC LIMIT \(limit)
                """, arguments: arguments
        ).map { row in
            ImportRecord(
                id: row[0], change: row[1], status: row[2], principal: row[3],
                receivedAtMilliseconds: row[4], result: Array(row[5] as Data), files: [],
                retractedBy: row[6])
        }
        for index in records.indices {
            records[index].files = try files(of: records[index].change)
        }
        return records
    }

    private func files(of change: Int64) throws -> [ImportedFile] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT name, kind, sha256, size FROM import_files WHERE change_no = ?
                ORDER BY file_no
                """, arguments: [change]
        ).map { ImportedFile(name: $0[0], kind: $0[1], sha256: $0[2], size: $0[3]) }
    }

    /// Hands `body` each row that the change corrected, kind by kind in row order.
    public func forEachCorrection(
        of change: Int64, _ body: (CorrectedRow) throws -> Void
    ) throws {
        for kind in ImportKind.all {
            let query = CorrectionQuery(kind)
            try db.forEachFact(query.sql, [.integer(change)]) { row in
                let key = (0..<kind.keyCount).map { row.value(Int32($0)) }
                let first = kind.keyCount + 2
                var differences: [CorrectedRow.Difference] = []
                for (index, column) in kind.values.enumerated() {
                    let old = row.value(Int32(first + 2 * index))
                    let new = row.value(Int32(first + 2 * index + 1))
                    if old != new {
                        differences.append(.init(column: column, old: old, new: new))
                    }
                }
                try body(
                    CorrectedRow(
                        kind: kind, key: key, file: Int(row.int64(Int32(kind.keyCount))),
                        line: Int(row.int64(Int32(kind.keyCount + 1))), differences: differences))
            }
        }
    }
}

/// Pairs the version that a change superseded (`h`) with the one that it brought (`n`).
private struct CorrectionQuery {
    let sql: String

    init(_ kind: ImportKind) {
        let table = kind.name
        let key = kind.key.map { CorrectionQuery.expression($0, of: kind, "h") }
        let pairs = kind.values.flatMap { column in
            ["h", "n"].map { CorrectionQuery.expression(column, of: kind, $0) }
        }
        let selected = (key + ["n.file_no", "n.line"] + pairs).joined(separator: ", ")
        let columns =
            "id, change_no, file_no, line"
            + kind.values.map { ", " + CorrectionQuery.storeColumn($0, of: kind) }.joined()
        sql = """
            SELECT \(selected) FROM \(table)_history h
            JOIN (SELECT \(columns) FROM \(table) WHERE change_no = ?1
                UNION ALL SELECT \(columns) FROM \(table)_history WHERE change_no = ?1) n
                ON n.id = h.id
            WHERE h.superseded_by = ?1 ORDER BY h.id
            """
    }

    /// The store's column of a value: codes of units and officers are kept as ids.
    static func storeColumn(_ column: ImportColumn, of kind: ImportKind) -> String {
        switch (kind.name, column.name) {
        case ("officers", "unit_code"): "unit_id"
        case ("cases", "officer_code"): "officer_id"
        default: column.name
        }
    }

    private static func expression(
        _ column: ImportColumn, of kind: ImportKind, _ version: String
    ) -> String {
        let isParentKey = kind.columns.prefix(kind.parentKeyCount).contains {
            $0.name == column.name
        }
        if isParentKey { return parentKey(column.name, of: kind, version) }
        return switch storeColumn(column, of: kind) {
        case "unit_id": "(SELECT unit_code FROM units WHERE id = \(version).unit_id)"
        case "officer_id": "(SELECT officer_code FROM officers WHERE id = \(version).officer_id)"
        default: "\(version).\(column.name)"
        }
    }

    private static func parentKey(
        _ name: String, of kind: ImportKind, _ version: String
    ) -> String {
        let caseID =
            switch kind.parent {
            case .asset: "(SELECT case_id FROM assets WHERE id = \(version).asset_id)"
            default: "\(version).case_id"
            }
        return switch name {
        case "asset_no": "(SELECT asset_no FROM assets WHERE id = \(version).asset_id)"
        case "decision_no": "(SELECT decision_no FROM cases WHERE id = \(caseID))"
        default:
            if case .unit = kind.parent {
                "(SELECT unit_code FROM units WHERE id = \(version).unit_id)"
            } else {
                "(SELECT unit_code FROM units WHERE id = "
                    + "(SELECT unit_id FROM cases WHERE id = \(caseID)))"
            }
        }
    }
}
