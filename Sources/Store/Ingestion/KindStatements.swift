internal import GRDB
internal import Rules

/// The statements that apply rows of one kind, made once an import.
struct KindStatements {
    /// Store columns in table order: the parent's id first where there is one, then the rest.
    let columns: [StoreColumn]
    /// How many of `columns` make the key.
    let keyCount: Int
    let find: BoundStatement
    let insert: BoundStatement
    let archive: BoundStatement
    let update: BoundStatement

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
        let parentColumns = kind.parentKeyCount == 0 ? 0 : 1
        keyCount = kind.keyCount - kind.parentKeyCount + parentColumns

        let table = kind.name
        let names = columns.map(\.name)
        let keyMatch = names.prefix(keyCount).map { "\($0) = ?" }.joined(separator: " AND ")
        let values = names.dropFirst(keyCount)
        find = try BoundStatement(
            db,
            "SELECT \((["id"] + values).joined(separator: ", ")) FROM \(table) WHERE \(keyMatch)")
        let all = names + ["change_no", "file_no", "line"]
        insert = try BoundStatement(
            db,
            """
            INSERT INTO \(table) (\(all.joined(separator: ", ")))
            VALUES (\(all.map { _ in "?" }.joined(separator: ", ")))
            """)
        archive = try BoundStatement(
            db, "INSERT INTO \(table)_history SELECT *, ? FROM \(table) WHERE id = ?")
        let set = (values + ["change_no", "file_no", "line"]).map { "\($0) = ?" }
        update = try BoundStatement(
            db, "UPDATE \(table) SET \(set.joined(separator: ", ")) WHERE id = ?")
    }
}
