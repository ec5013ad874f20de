internal import GRDB
internal import Rules

/// What taking an import back came to.
public enum RetractionOutcome: Sendable, Equatable {
    /// Taken back under a new change: rows that were taken out, and rows whose former values stand again.
    case retracted(change: Int64, removed: Int, restored: Int)
    /// Later changes built on it; these would have to be taken back before.
    case builtUpon(changes: [Int64])
    /// It has been taken back by that change.
    case already(change: Int64)
}

extension WriteScope {
    /// Takes an import back under a new change. What it brought moves to the history, what it corrected
    /// stands again as it was; nothing is lost, and an earlier time of knowledge is answered as before.
    /// To be called only while no import is under way.
    public func retractImport(
        change: Int64, stamp: ChangeStamp
    ) throws -> RetractionOutcome {
        if let by = try Int64.fetchOne(
            db, sql: "SELECT change_no FROM retractions WHERE retracted = ?", arguments: [change])
        {
            return .already(change: by)
        }
        let later = try changesBuiltUpon(change)
        guard later.isEmpty else { return .builtUpon(changes: later) }
        let own = try untoldChange(kind: "retract", stamp: stamp)
        var (removed, restored) = (0, 0)
        try db.execute(sql: "CREATE TEMP TABLE IF NOT EXISTS retracting (id INTEGER PRIMARY KEY)")
        for kind in ImportKind.all.reversed() {
            let counts = try take(kind.name, of: change, under: own)
            removed += counts.removed
            restored += counts.restored
        }
        try db.execute(
            sql: "INSERT INTO retractions (change_no, retracted) VALUES (?, ?)",
            arguments: [own, change])
        try record(
            AuditedAct(
                "retract", subject: "import \(change)", change: own,
                detail: try sealDetail(of: own)), stamp: stamp)
        return .retracted(change: own, removed: removed, restored: restored)
    }

    /// Takes back what the change brought into one table, set by set.
    private func take(
        _ table: String, of change: Int64, under own: Int64
    ) throws -> (removed: Int, restored: Int) {
        try db.execute(sql: "DELETE FROM retracting")
        try db.execute(
            sql: "INSERT INTO retracting \(WriteScope.rowsOf(table))", arguments: [change])
        try db.execute(
            sql: """
                INSERT INTO \(table)_history SELECT t.*, ? FROM \(table) t
                WHERE t.id IN (SELECT id FROM retracting)
                """, arguments: [own])
        // The version that the change superseded stands again, as a new one.
        let columns = try db.columns(in: table).map(\.name)
            .filter { $0 != "id" && $0 != "change_no" }
        let set = columns.map { "\($0) = h.\($0)" }.joined(separator: ", ")
        try db.execute(
            sql: """
                UPDATE \(table) SET change_no = ?1, \(set) FROM \(table)_history h
                WHERE \(table).id IN (SELECT id FROM retracting)
                    AND h.id = \(table).id AND h.superseded_by = ?2
                """, arguments: [own, change])
        let restored = db.changesCount
        try db.execute(
            sql: """
                INSERT INTO restored_rows (kind, id, change_no, origin)
                SELECT ?3, h.id, ?1, coalesce(
                    (SELECT r.origin FROM restored_rows r
                        WHERE r.kind = ?3 AND r.id = h.id AND r.change_no = h.change_no),
                    h.change_no)
                FROM \(table)_history h
                WHERE h.id IN (SELECT id FROM retracting) AND h.superseded_by = ?2
                """, arguments: [own, change, table])
        let sealed = try SealedColumns(db, kind: table)
        var parts = RowParts()
        try parts.add(
            db, sealed,
            """
            SELECT \(sealed.list(of: "t")) FROM \(table) t
            WHERE t.id IN (SELECT id FROM retracting) AND t.change_no = \(own) ORDER BY t.id
            """)
        try db.keep(parts.parts, of: table, change: own)
        // What had no former version is taken out.
        try db.execute(
            sql: """
                DELETE FROM \(table) WHERE id IN (SELECT id FROM retracting)
                    AND change_no <> ?
                """, arguments: [own])
        return (db.changesCount, restored)
    }

    /// Ids of the current rows whose values came with change ?1, also where a retraction brought them back.
    private static func rowsOf(_ table: String) -> String {
        """
        SELECT t.id FROM \(table) t WHERE t.change_no = ?1
        UNION SELECT r.id FROM restored_rows r JOIN \(table) t
            ON t.id = r.id AND t.change_no = r.change_no
        WHERE r.kind = '\(table)' AND r.origin = ?1
        """
    }

    /// Later changes that corrected a row of this one, or hung rows on one that it inserted, and stand;
    /// ascending.
    private func changesBuiltUpon(_ change: Int64) throws -> [Int64] {
        let stands = "NOT IN (SELECT retracted FROM retractions)"
        var queries: [String] = []
        for kind in ImportKind.all {
            let table = kind.name
            queries.append(
                """
                SELECT superseded_by FROM \(table)_history
                WHERE change_no = ?1 AND superseded_by \(stands)
                UNION SELECT h.superseded_by FROM restored_rows r JOIN \(table)_history h
                    ON h.id = r.id AND h.change_no = r.change_no
                WHERE r.kind = '\(table)' AND r.origin = ?1 AND h.superseded_by \(stands)
                """)
            for link in WriteScope.links(of: table) {
                queries.append(
                    """
                    SELECT coalesce((SELECT r.origin FROM restored_rows r WHERE r.kind = '\(table)'
                        AND r.id = t.id AND r.change_no = t.change_no), t.change_no)
                    FROM \(table) t
                    WHERE t.\(link.column) IN (\(WriteScope.rowsOf(link.parent)))
                        AND t.id NOT IN (\(WriteScope.rowsOf(table)))
                        AND NOT EXISTS (SELECT 1 FROM \(link.parent)_history h
                            WHERE h.id = t.\(link.column) AND h.superseded_by = ?1)
                    """)
            }
        }
        let sql = queries.joined(separator: "\nUNION\n") + "\nORDER BY 1"
        return try Int64.fetchAll(db, sql: sql, arguments: [change])
    }

    /// What the rows of a table hang on.
    private static func links(of table: String) -> [(column: String, parent: String)] {
        guard let kind = ImportKind.named(table) else { return [] }
        var links: [(column: String, parent: String)] = []
        switch kind.parent {
        case .none: if table == "officers" { links.append(("unit_id", "units")) }
        case .unit: links.append(("unit_id", "units"))
        case .aCase: links.append(("case_id", "cases"))
        case .asset: links.append(("asset_id", "assets"))
        }
        if table == "cases" { links.append(("officer_id", "officers")) }
        return links
    }
}
