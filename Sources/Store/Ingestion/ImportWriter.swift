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

/// Applies the rows of one import inside one write transaction, kinds in the order of `ImportKind.all`.
/// A row whose key exists with other values is a correction: the former version moves to the history.
/// A refused row changes nothing.
public final class ImportWriter {
    /// The change number under which the rows are written.
    public let change: Int64
    private let db: Database
    private var kinds: [String: KindStatements] = [:]
    private var seen: [String: RowBitmap] = [:]
    private var units: [String: Int64] = [:]
    private var officers: [String: Int64] = [:]
    private var lastCase: (unit: String, decision: String, id: Int64)?
    private var lastAsset: (caseID: Int64, asset: String, id: Int64)?
    private let findUnit: BoundStatement
    private let findOfficer: BoundStatement
    private let findCase: BoundStatement
    private let findAsset: BoundStatement

    public init(_ scope: WriteScope, stamp: ChangeStamp) throws {
        db = scope.db
        change = try scope.newChange(kind: "import", stamp: stamp)
        findUnit = try BoundStatement(db, "SELECT id FROM units WHERE unit_code = ?")
        findOfficer = try BoundStatement(db, "SELECT id FROM officers WHERE officer_code = ?")
        findCase = try BoundStatement(
            db, "SELECT id FROM cases WHERE unit_id = ? AND decision_no = ?")
        findAsset = try BoundStatement(
            db, "SELECT id FROM assets WHERE case_id = ? AND asset_no = ?")
    }

    /// Applies one row: `values` in the order of `kind.columns`; `present` says which columns the file has.
    /// A correction leaves a column that the file does not have as it was.
    public func apply(
        _ values: [FieldValue], of kind: ImportKind, present: [Bool], at position: RowPosition
    ) throws -> RowOutcome {
        let statements = try statements(of: kind)
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
        _ values: [FieldValue], of kind: ImportKind
    ) throws -> RowOutcome? {
        if kind.parentKeyCount > 0, !values.prefix(kind.parentKeyCount).contains(.null),
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
        let keyCount = statements.keyCount
        for index in 0..<keyCount { statements.find.bind(stored[index], at: Int32(index + 1)) }
        var merged = stored
        let found = try statements.find.first { row -> (id: Int64, same: Bool) in
            var same = true
            for index in keyCount..<stored.count {
                let column = Int32(index - keyCount + 1)
                if isPresent(statements.columns[index], present) {
                    if !row.column(column, equals: stored[index]) { same = false }
                } else {
                    merged[index] = row.value(column)
                }
            }
            return (row.int64(0), same)
        }
        guard let found else {
            try insert(stored, statements, at: position)
            _ = seen[kind.name, default: RowBitmap()].insert(db.lastInsertedRowID)
            return .inserted
        }
        guard seen[kind.name, default: RowBitmap()].insert(found.id) else { return .duplicate }
        if found.same { return .unchanged }
        statements.archive.bind(.integer(change), at: 1)
        statements.archive.bind(.integer(found.id), at: 2)
        try statements.archive.run()
        var parameter: Int32 = 1
        for value in merged.dropFirst(keyCount) {
            statements.update.bind(value, at: parameter)
            parameter += 1
        }
        bindProvenance(statements.update, from: parameter, position)
        statements.update.bind(.integer(found.id), at: parameter + 3)
        try statements.update.run()
        return .corrected
    }

    private func insert(
        _ stored: [FieldValue], _ statements: KindStatements, at position: RowPosition
    ) throws {
        for (index, value) in stored.enumerated() {
            statements.insert.bind(value, at: Int32(index + 1))
        }
        bindProvenance(statements.insert, from: Int32(stored.count + 1), position)
        try statements.insert.run()
    }

    private func bindProvenance(
        _ statement: BoundStatement, from parameter: Int32, _ position: RowPosition
    ) {
        statement.bind(.integer(change), at: parameter)
        statement.bind(.integer(Int64(position.file)), at: parameter + 1)
        statement.bind(.integer(Int64(position.line)), at: parameter + 2)
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
        return made
    }
}

extension ImportWriter {
    private enum Parent {
        case found(Int64)
        case missing(RowOutcome)
    }

    private func parent(of kind: ImportKind, _ values: [FieldValue]) throws -> Parent {
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
