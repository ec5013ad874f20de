internal import GRDB
internal import Rules

/// The statements that apply rows of one kind, made once an import.
struct KindStatements {
    /// Store columns in table order: the parent's id first where there is one, then the rest.
    let columns: [StoreColumn]
    /// Where the values of `columns` come from.
    let sources: [Source]
    /// Places in `columns` of those that name another row.
    let references: [Int]
    /// How many of `columns` make the key.
    let keyCount: Int
    /// The current row of a key.
    let find: BoundStatement
    /// Adds a row unless its key is there.
    let insert: BoundStatement
    /// Puts a corrected row aside until the change is published.
    let stage: BoundStatement
    private let table: String

    /// Where a store column's value comes from.
    enum Source {
        /// The resolved parent.
        case parentID
        /// The row's column of that index, as it is.
        case field(Int)
        /// The unit named in that column.
        case unit(Int)
        /// The officer named in that column; null where the cell is empty.
        case officer(Int)
    }

    struct StoreColumn {
        let name: String
        let source: Source
    }

    init(_ db: Database, kind: ImportKind) throws {
        var columns: [StoreColumn] = []
        switch kind.parent {
        case .none: break
        case .unit: columns.append(StoreColumn(name: "unit_id", source: .parentID))
        case .aCase: columns.append(StoreColumn(name: "case_id", source: .parentID))
        case .asset: columns.append(StoreColumn(name: "asset_id", source: .parentID))
        }
        for (index, column) in kind.columns.enumerated() where index >= kind.parentKeyCount {
            switch (kind.name, column.name) {
            case ("officers", "unit_code"):
                columns.append(StoreColumn(name: "unit_id", source: .unit(index)))
            case ("cases", "officer_code"):
                columns.append(StoreColumn(name: "officer_id", source: .officer(index)))
            default:
                columns.append(StoreColumn(name: column.name, source: .field(index)))
            }
        }
        self.columns = columns
        sources = columns.map(\.source)
        references = sources.indices.filter { index in
            if case .field = columns[index].source { false } else { true }
        }
        let parentColumns = kind.parentKeyCount == 0 ? 0 : 1
        keyCount = kind.keyCount - kind.parentKeyCount + parentColumns

        let table = kind.name
        let names = columns.map(\.name)
        let keyMatch = names.prefix(keyCount).map { "\($0) = ?" }.joined(separator: " AND ")
        let values = names.dropFirst(keyCount)
        self.table = table
        try KindStatements.requireLookups(db, of: table, columns, sources)
        let all = names + ["change_no", "file_no", "line"]
        find = try BoundStatement(
            db,
            """
            SELECT id, change_no\(values.map { ", \($0)" }.joined()) FROM \(table)
            WHERE \(keyMatch)
            """)
        let key = names.prefix(keyCount).joined(separator: ", ")
        insert = try BoundStatement(
            db,
            KindStatements.insertion(into: table, ["id"] + all)
                + " ON CONFLICT (\(key)) DO NOTHING")
        stage = try BoundStatement(
            db, KindStatements.insertion(into: "\(table)_staged", ["id"] + all + ["base_change"]))
    }

    /// The rows of an import are added without the store's own look at what they refer to: each reference must be
    /// one that the import looks up itself.
    private static func requireLookups(
        _ db: Database, of table: String, _ columns: [StoreColumn], _ sources: [Source]
    ) throws {
        let lookedUp = zip(columns, sources).compactMap { column, source -> String? in
            if case .field = source { nil } else { column.name }
        }
        for key in try db.foreignKeys(on: table) {
            for column in key.originColumns
            where column != "change_no" && !lookedUp.contains(column) {
                throw StoreFailure(.other, "nobody looks up what \(table).\(column) refers to")
            }
        }
    }

    private static func insertion(into table: String, _ columns: [String]) -> String {
        """
        INSERT INTO \(table) (\(columns.joined(separator: ", ")))
        VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
        """
    }

    /// The first id that neither a row nor a former version of this kind has.
    func firstFreeID(_ db: Database) throws -> Int64 {
        let used = try Int64.fetchOne(
            db,
            sql: """
                SELECT max(coalesce((SELECT max(id) FROM \(table)), 0),
                    coalesce((SELECT max(id) FROM \(table)_history), 0))
                """)
        return (used ?? 0) + 1
    }

    /// Brings the corrections that the change put aside into the table; the former versions move to the
    /// history. What another change under way has put aside stays there.
    ///
    /// - Returns: digests of the corrected rows.
    func publish(
        _ db: Database, change: Int64, sealed: SealedColumns, firstInserted: Int64
    ) throws -> [RowPart] {
        let staged = "\(table)_staged"
        let moved =
            try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM \(staged) s JOIN \(table) t ON t.id = s.id
                    WHERE s.change_no = \(change) AND t.change_no <> s.base_change
                    """) ?? 0
        guard moved == 0 else {
            throw StoreFailure(
                .busy, "\(moved) rows of \(table) were changed while this import came in",
                hint: "import again; nothing was changed")
        }
        let set = (columns.dropFirst(keyCount).map(\.name) + ["change_no", "file_no", "line"])
            .map { "\($0) = s.\($0)" }
        try db.execute(
            sql: """
                INSERT INTO \(table)_history
                SELECT t.*, \(change) FROM \(table) t JOIN \(staged) s ON s.id = t.id
                WHERE s.change_no = \(change)
                """)
        try db.execute(
            sql: """
                UPDATE \(table) SET \(set.joined(separator: ", ")) FROM \(staged) s
                WHERE s.id = \(table).id AND s.change_no = \(change)
                """)
        var parts = RowParts()
        try parts.add(
            db, sealed,
            """
            SELECT \(sealed.list(of: "t")) FROM \(staged) s JOIN \(table) t ON t.id = s.id
            WHERE s.change_no = \(change) ORDER BY s.id
            """, singleFrom: firstInserted)
        try db.execute(sql: "DELETE FROM \(staged) WHERE change_no = \(change)")
        return parts.parts
    }
}
