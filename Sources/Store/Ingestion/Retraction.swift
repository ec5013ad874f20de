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
        let own = try newChange(kind: "retract", stamp: stamp)
        var (removed, restored) = (0, 0)
        for kind in ImportKind.all.reversed() {
            let table = kind.name
            try db.execute(
                sql: """
                    INSERT INTO \(table)_history
                    SELECT t.*, \(own) FROM \(table) t WHERE t.change_no = ?
                    """, arguments: [change])
            restored += try restore(kind, change, under: own)
            try db.execute(sql: "DELETE FROM \(table) WHERE change_no = ?", arguments: [change])
            removed += db.changesCount
        }
        try db.execute(
            sql: "INSERT INTO retractions (change_no, retracted) VALUES (?, ?)",
            arguments: [own, change])
        return .retracted(change: own, removed: removed, restored: restored)
    }

    /// The values that the change superseded stand again, as a new version.
    private func restore(_ kind: ImportKind, _ change: Int64, under own: Int64) throws -> Int {
        let table = kind.name
        let columns = try db.columns(in: table).map(\.name)
            .filter { $0 != "id" && $0 != "change_no" }
        let set = columns.map { "\($0) = h.\($0)" }.joined(separator: ", ")
        try db.execute(
            sql: """
                UPDATE \(table) SET change_no = \(own), \(set) FROM \(table)_history h
                WHERE h.id = \(table).id AND h.superseded_by = ?1 AND \(table).change_no = ?1
                """, arguments: [change])
        return db.changesCount
    }

    /// Later changes that corrected a row of this one, or hung rows on one that it inserted; ascending.
    private func changesBuiltUpon(_ change: Int64) throws -> [Int64] {
        var queries: [String] = []
        for kind in ImportKind.all {
            let table = kind.name
            queries.append(
                "SELECT superseded_by FROM \(table)_history WHERE change_no = ?1")
            for link in WriteScope.links(of: table) {
                queries.append(
                    """
                    SELECT t.change_no FROM \(table) t JOIN \(link.parent) p
                        ON p.id = t.\(link.column)
                    WHERE p.change_no = ?1 AND t.change_no <> ?1 AND NOT EXISTS (
                        SELECT 1 FROM \(link.parent)_history h
                        WHERE h.id = p.id AND h.superseded_by = ?1)
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
