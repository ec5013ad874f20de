internal import GRDB
public import Rules

/// What became of one row.
public enum RowOutcome: Sendable, Equatable {
    case inserted, corrected, unchanged
    /// The same key stood in this import before.
    case duplicate
    case unknownUnit, unknownOfficer, unknownCase, unknownAsset
}

/// Where a row stands in its import.
public struct RowPosition: Sendable {
    public let file: Int
    /// 1-based, the heading counts.
    public let line: Int

    public init(file: Int, line: Int) {
        self.file = file
        self.line = line
    }
}

/// Takes in the rows of one import, kinds in the order of `ImportKind.all`, in one write transaction or in
/// several batches; nobody sees any of them before `publish`. A row whose key exists with other values is a
/// correction: the former version moves to the history. A refused row changes nothing.
///
///     write { ImportWriter(scope); apply…; suspend }   write { resume; apply…; suspend }   write { resume; publish }
public final class ImportWriter {
    /// The change number under which the rows are written.
    public let change: Int64
    private let db: Database
    /// Whether batches of this import have been committed.
    public private(set) var isStaged = false
    private var kinds: [String: KindStatements] = [:]
    /// Kinds whose last row was new.
    private var expectsNew: Set<String> = []
    private var seen: [String: RowBitmap] = [:]
    /// The first id that this import gave in each kind it touched, and the next one.
    private var firstIDs: [String: Int64] = [:]
    private var nextIDs: [String: Int64] = [:]
    private var units: [String: Int64] = [:]
    private var officers: [String: Int64] = [:]
    private var lastCase: (unit: String, decision: String, id: Int64)?
    private var lastAsset: (caseID: Int64, asset: String, id: Int64)?
    private let findUnit: BoundStatement
    private let findOfficer: BoundStatement
    private let findCase: BoundStatement
    private let findAsset: BoundStatement

    /// - Parameter reason: what the change is kept as: `import`, or `record` and `decide` for a single row.
    public init(_ scope: WriteScope, stamp: ChangeStamp, reason: String = "import") throws {
        db = scope.db
        change = try scope.newChange(kind: reason, stamp: stamp)
        findUnit = try BoundStatement(db, "SELECT id FROM units WHERE unit_code = ?")
        findOfficer = try BoundStatement(db, "SELECT id FROM officers WHERE officer_code = ?")
        findCase = try BoundStatement(
            db, "SELECT id FROM cases WHERE unit_id = ? AND decision_no = ?")
        findAsset = try BoundStatement(
            db, "SELECT id FROM assets WHERE case_id = ? AND asset_no = ?")
    }

    /// Applies one row: its values in the order of `kind.columns`; `present` says which columns the file has.
    /// A correction leaves a column that the file does not have as it was.
    public func apply(
        _ row: ArraySlice<FieldValue>, of kind: ImportKind, present: [Bool],
        at position: RowPosition
    ) throws -> RowOutcome {
        let statements = try statements(of: kind)
        let values = Row(row)
        var stored: [FieldValue] = []
        stored.reserveCapacity(statements.columns.count)
        for column in statements.columns {
            switch column.source {
            case .field(let index): stored.append(values[index])
            case .parentID:
                switch try parent(of: kind, values) {
                case .found(let id): stored.append(.integer(id))
                case .missing(let outcome): return outcome
                }
            case .unit(let index):
                guard let id = try unitID(values[index]) else { return .unknownUnit }
                stored.append(.integer(id))
            case .officer(let index):
                if values[index] == .null {
                    stored.append(.null)
                } else {
                    guard let id = try officerID(values[index]) else { return .unknownOfficer }
                    stored.append(.integer(id))
                }
            }
        }
        return try upsert(stored, statements, kind, present: present, at: position)
    }

    /// What a row that cannot be applied hangs on and is not there: of a row with a bad cell the references
    /// are looked at all the same. Nil where nothing is missing or the cell that names it is empty.
    public func missingReference(
        _ row: ArraySlice<FieldValue>, of kind: ImportKind
    ) throws -> RowOutcome? {
        let values = Row(row)
        if kind.parentKeyCount > 0, !row.prefix(kind.parentKeyCount).contains(.null),
            case .missing(let outcome) = try parent(of: kind, values)
        {
            return outcome
        }
        for column in try statements(of: kind).columns {
            switch column.source {
            case .unit(let index):
                if values[index] != .null, try unitID(values[index]) == nil { return .unknownUnit }
            case .officer(let index):
                if values[index] != .null, try officerID(values[index]) == nil {
                    return .unknownOfficer
                }
            case .parentID, .field: continue
            }
        }
        return nil
    }

    private func upsert(
        _ stored: [FieldValue], _ statements: KindStatements, _ kind: ImportKind, present: [Bool],
        at position: RowPosition
    ) throws -> RowOutcome {
        // New rows come in runs: after one the next is tried without looking for its key first.
        if expectsNew.contains(kind.name),
            try insert(stored, statements, kind, at: position)
        {
            return .inserted
        }
        let keyCount = statements.keyCount
        for index in 0..<keyCount { statements.find.bind(stored[index], at: Int32(index + 1)) }
        var merged = stored
        let found = try statements.find.first { row -> (id: Int64, base: Int64, same: Bool) in
            var same = true
            for index in keyCount..<stored.count {
                let column = Int32(index - keyCount + 2)
                if isPresent(statements.columns[index], present) {
                    if !row.column(column, equals: stored[index]) { same = false }
                } else {
                    merged[index] = row.value(column)
                }
            }
            return (row.int64(0), row.int64(1), same)
        }
        guard let found else {
            guard try insert(stored, statements, kind, at: position) else {
                throw StoreFailure(.other, "a row of \(kind.name) is and is not there")
            }
            expectsNew.insert(kind.name)
            return .inserted
        }
        expectsNew.remove(kind.name)
        guard seen[kind.name, default: RowBitmap()].insert(found.id) else { return .duplicate }
        if found.same { return .unchanged }
        statements.stage.bind(.integer(found.base), at: Int32(merged.count + 5))
        try write(merged, id: found.id, with: statements.stage, at: position)
        return .corrected
    }

    /// Adds the row; false when its key is there.
    private func insert(
        _ stored: [FieldValue], _ statements: KindStatements, _ kind: ImportKind,
        at position: RowPosition
    ) throws -> Bool {
        let id = nextIDs[kind.name, default: 1]
        try write(stored, id: id, with: statements.insert, at: position)
        guard db.changesCount > 0 else { return false }
        nextIDs[kind.name] = id + 1
        _ = seen[kind.name, default: RowBitmap()].insert(id)
        return true
    }

    /// Runs an insertion of id, columns and provenance.
    private func write(
        _ values: [FieldValue], id: Int64, with statement: BoundStatement,
        at position: RowPosition
    ) throws {
        statement.bind(.integer(id), at: 1)
        for (index, value) in values.enumerated() { statement.bind(value, at: Int32(index + 2)) }
        let provenance = Int32(values.count + 2)
        statement.bind(.integer(change), at: provenance)
        statement.bind(.integer(Int64(position.file)), at: provenance + 1)
        statement.bind(.integer(Int64(position.line)), at: provenance + 2)
        try statement.run()
    }

    private func isPresent(_ column: KindStatements.StoreColumn, _ present: [Bool]) -> Bool {
        switch column.source {
        case .parentID: true
        case .field(let index), .unit(let index), .officer(let index): present[index]
        }
    }

    private func statements(of kind: ImportKind) throws -> KindStatements {
        if let known = kinds[kind.name] { return known }
        let made = try KindStatements(db, kind: kind)
        kinds[kind.name] = made
        let first = try made.firstFreeID(db)
        (firstIDs[kind.name], nextIDs[kind.name]) = (first, first)
        if isStaged { try mark(kind.name, from: first) }
        return made
    }
}

extension ImportWriter {
    /// Ends a batch whose transaction is to be committed while more is to come.
    public func suspend() throws {
        guard !isStaged else { return }
        isStaged = true
        try db.execute(
            sql: "INSERT INTO staged_changes (change_no) VALUES (?)", arguments: [change])
        for (kind, first) in firstIDs { try mark(kind, from: first) }
    }

    /// Begins the next batch in a transaction of its own.
    public func resume(in scope: WriteScope) throws {
        guard scope.db === db else {
            throw StoreFailure(.other, "the batches of an import go through one connection")
        }
        for (kind, statements) in kinds {
            nextIDs[kind] = max(nextIDs[kind, default: 1], try statements.firstFreeID(db))
        }
    }

    /// Makes all rows of the import current at once: the last thing in its last transaction.
    ///
    /// - Throws: `busy` when a row to be corrected was changed since it was read; nothing is published then.
    public func publish() throws {
        for kind in ImportKind.all {
            try kinds[kind.name]?.publish(db, change: change)
        }
        guard isStaged else { return }
        try db.execute(
            sql: """
                INSERT INTO changes (kind, principal, request_id, received_at_ms)
                SELECT 'publish', principal, request_id, received_at_ms FROM changes
                WHERE change_no = ?
                """, arguments: [change])
        try db.execute(
            sql: "UPDATE staged_changes SET published_as = ? WHERE change_no = ?",
            arguments: [db.lastInsertedRowID, change])
        try db.execute(sql: "DELETE FROM staged_kinds WHERE change_no = ?", arguments: [change])
    }

    /// The rows that this import touched, for the queries that look over them.
    var touched: [String: Int64] { firstIDs }

    private func mark(_ kind: String, from first: Int64) throws {
        try db.execute(
            sql: "INSERT INTO staged_kinds (change_no, kind, first_id) VALUES (?, ?, ?)",
            arguments: [change, kind, first])
    }

    /// A row of a batch, its columns counted from 0.
    private struct Row {
        private let values: ArraySlice<FieldValue>

        init(_ values: ArraySlice<FieldValue>) { self.values = values }

        subscript(_ index: Int) -> FieldValue { values[values.startIndex + index] }
    }

    private enum Parent {
        case found(Int64)
        case missing(RowOutcome)
    }

    private func parent(of kind: ImportKind, _ values: Row) throws -> Parent {
        guard let unit = try unitID(values[0]) else { return .missing(.unknownUnit) }
        if case .unit = kind.parent { return .found(unit) }
        guard case .text(let code) = values[0], case .text(let decision) = values[1],
            let caseID = try caseID(unit: unit, code: code, decision: decision)
        else { return .missing(.unknownCase) }
        if case .aCase = kind.parent { return .found(caseID) }
        guard case .text(let number) = values[2],
            let asset = try assetID(caseID: caseID, number: number)
        else { return .missing(.unknownAsset) }
        return .found(asset)
    }

    private func unitID(_ value: FieldValue) throws -> Int64? {
        guard case .text(let code) = value else { return nil }
        if let known = units[code] { return known }
        findUnit.bind(value, at: 1)
        guard let id = try findUnit.first({ $0.int64(0) }) else { return nil }
        units[code] = id
        return id
    }

    private func officerID(_ value: FieldValue) throws -> Int64? {
        guard case .text(let code) = value else { return nil }
        if let known = officers[code] { return known }
        findOfficer.bind(value, at: 1)
        guard let id = try findOfficer.first({ $0.int64(0) }) else { return nil }
        officers[code] = id
        return id
    }

    private func caseID(unit: Int64, code: String, decision: String) throws -> Int64? {
        if let last = lastCase, last.decision == decision, last.unit == code { return last.id }
        findCase.bind(.integer(unit), at: 1)
        findCase.bind(.text(decision), at: 2)
        guard let id = try findCase.first({ $0.int64(0) }) else { return nil }
        lastCase = (code, decision, id)
        return id
    }

    private func assetID(caseID: Int64, number: String) throws -> Int64? {
        if let last = lastAsset, last.caseID == caseID, last.asset == number { return last.id }
        findAsset.bind(.integer(caseID), at: 1)
        findAsset.bind(.text(number), at: 2)
        guard let id = try findAsset.first({ $0.int64(0) }) else { return nil }
        lastAsset = (caseID, number, id)
        return id
    }
}

/// Which rows of a table this import has touched: one bit a row, since ids are dense.
struct RowBitmap {
    private var words: [UInt64] = []

    /// Marks the row; false when it was marked before.
    mutating func insert(_ id: Int64) -> Bool {
        let index = Int(id >> 6)
        if index >= words.count {
            words.append(
                contentsOf: repeatElement(0, count: max(index + 1 - words.count, words.count)))
        }
        let bit = UInt64(1) << UInt64(id & 63)
        guard words[index] & bit == 0 else { return false }
        words[index] |= bit
        return true
    }
}
