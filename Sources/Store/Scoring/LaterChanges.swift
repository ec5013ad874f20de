internal import GRDB

/// One change of the store: which, of what sort, when and by whom.
public struct ChangeEntry: Sendable, Equatable {
    public var change: Int64
    public var kind: String
    public var principal: String
    /// Milliseconds since 1970.
    public var receivedAtMilliseconds: Int64
    /// Names of the imported files, in their order; empty for other changes.
    public var files: [String]
}

extension ReadScope {
    /// The changes after `change` that brought, corrected or took away anything of the unit's cases, by
    /// decision number, ascending.
    public func changes(unit: String, after change: Int64) throws -> [String: [Int64]] {
        var parts: [String] = []
        let cases = """
            (SELECT id, unit_id, decision_no FROM cases
            UNION SELECT id, unit_id, decision_no FROM cases_history)
            """
        func isLater(_ column: String) -> String {
            "NOT \(ReadScope.isSeen(column, at: change)) AND "
                + ReadScope.isSeen(column, at: Int64.max)
        }
        let units = "\(cases) c JOIN units u ON u.id = c.unit_id"
        func add(_ joins: String, table: String) {
            for (source, column) in [
                (table, "t.change_no"), ("\(table)_history", "t.change_no"),
                ("\(table)_history", "t.superseded_by"),
            ] {
                parts.append(
                    "SELECT c.decision_no, \(column) FROM \(units) JOIN \(source) t ON \(joins) "
                        + "WHERE u.unit_code = ?1 AND \(isLater(column))")
            }
        }
        add("t.id = c.id", table: "cases")
        for table in ReadScope.ofCases { add("t.case_id = c.id", table: table) }
        for table in ReadScope.ofAssets {
            add(
                """
                t.asset_id IN (SELECT id FROM assets WHERE case_id = c.id
                    UNION SELECT id FROM assets_history WHERE case_id = c.id)
                """, table: table)
        }
        var changes: [String: [Int64]] = [:]
        try db.forEachFact(
            parts.joined(separator: "\nUNION\n") + "\nORDER BY 1, 2",
            [.text(unit)], keepsStatement: false
        ) { row in changes[row.text(0), default: []].append(row.int64(1)) }
        return changes
    }

    /// The named changes, ascending.
    public func entries(of changes: some Sequence<Int64>) throws -> [ChangeEntry] {
        try changes.sorted().compactMap { change in
            let row = try Row.fetchOne(
                db,
                sql: "SELECT kind, principal, received_at_ms FROM changes WHERE change_no = ?",
                arguments: [change])
            guard let row else { return nil }
            return ChangeEntry(
                change: change, kind: row[0], principal: row[1], receivedAtMilliseconds: row[2],
                files: try String.fetchAll(
                    db, sql: "SELECT name FROM import_files WHERE change_no = ? ORDER BY file_no",
                    arguments: [change]))
        }
    }
}
