internal import GRDB
internal import Rules

/// Looks up what the rows of an import hang on: units, officers, cases and assets by their keys.
final class References {
    enum Parent {
        case found(Int64)
        case missing(RowOutcome)
    }

    /// Officers whose keys are compared before any table of keys is asked: those of one unit.
    private static let recentOfficers = 16

    private let findUnit: BoundStatement
    private let findOfficer: BoundStatement
    private let findCase: BoundStatement
    private let findAsset: BoundStatement
    private var units: [String: Int64] = [:]
    private var officers: [String: Int64] = [:]
    /// Rows come in runs of one unit, one case, one asset.
    private var lastOfficers: [Last] = []
    private var nextOfficer = 0
    private var lastUnit = Last()
    private var lastCase = Last()
    private var lastAsset = Last()

    /// The key that was found last under a parent.
    private struct Last {
        var parent: Int64 = 0
        var key: [UInt8] = []
        var id: Int64?

        func find(_ key: UnsafeBufferPointer<UInt8>, under parent: Int64 = 0) -> Int64? {
            guard self.parent == parent, self.key.count == key.count, self.key.elementsEqual(key)
            else { return nil }
            return id
        }

        mutating func keep(_ key: UnsafeBufferPointer<UInt8>, under parent: Int64 = 0, _ id: Int64)
        {
            self.key.removeAll(keepingCapacity: true)
            self.key.append(contentsOf: key)
            (self.parent, self.id) = (parent, id)
        }
    }

    init(_ db: Database) throws {
        findUnit = try BoundStatement(db, "SELECT id FROM units WHERE unit_code = ?")
        findOfficer = try BoundStatement(db, "SELECT id FROM officers WHERE officer_code = ?")
        findCase = try BoundStatement(
            db, "SELECT id FROM cases WHERE unit_id = ? AND decision_no = ?")
        findAsset = try BoundStatement(
            db, "SELECT id FROM assets WHERE case_id = ? AND asset_no = ?")
    }

    /// Forgets what was found: in another transaction it may be there no longer.
    func forget() {
        units.removeAll(keepingCapacity: true)
        officers.removeAll(keepingCapacity: true)
        (lastUnit, lastCase, lastAsset) = (Last(), Last(), Last())
        lastOfficers.removeAll(keepingCapacity: true)
        for find in [findUnit, findOfficer, findCase, findAsset] { find.clear() }
    }

    func parent(of kind: ImportKind, _ row: FactRow) throws -> Parent {
        guard let unit = try unit(row, 0) else { return .missing(.unknownUnit) }
        if case .unit = kind.parent { return .found(unit) }
        guard let decision = row.text(1), let ofCase = try caseID(unit, decision, row) else {
            return .missing(.unknownCase)
        }
        if case .aCase = kind.parent { return .found(ofCase) }
        guard let number = row.text(2), let asset = try assetID(ofCase, number, row) else {
            return .missing(.unknownAsset)
        }
        return .found(asset)
    }

    /// The unit that the row names in that column.
    func unit(_ row: FactRow, _ column: Int) throws -> Int64? {
        guard let code = row.text(column) else { return nil }
        if let known = lastUnit.find(code) { return known }
        guard let id = try find(code, row, column, &units, with: findUnit) else { return nil }
        lastUnit.keep(code, id)
        return id
    }

    /// The officer that the row names in that column.
    func officer(_ row: FactRow, _ column: Int) throws -> Int64? {
        guard let code = row.text(column) else { return nil }
        for recent in lastOfficers.indices {
            if let known = lastOfficers[recent].find(code) { return known }
        }
        guard let id = try find(code, row, column, &officers, with: findOfficer) else { return nil }
        var found = Last()
        found.keep(code, id)
        if lastOfficers.count < References.recentOfficers {
            lastOfficers.append(found)
        } else {
            lastOfficers[nextOfficer % lastOfficers.count] = found
            nextOfficer += 1
        }
        return id
    }

    private func find(
        _ code: UnsafeBufferPointer<UInt8>, _ row: FactRow, _ column: Int,
        _ known: inout [String: Int64], with statement: BoundStatement
    ) throws -> Int64? {
        let name = String(decoding: code, as: UTF8.self)
        if let id = known[name] { return id }
        statement.bind(row, column, at: 1)
        guard let id = try statement.first({ $0.int64(0) }) else { return nil }
        known[name] = id
        return id
    }

    private func caseID(
        _ unit: Int64, _ decision: UnsafeBufferPointer<UInt8>, _ row: FactRow
    ) throws -> Int64? {
        if let known = lastCase.find(decision, under: unit) { return known }
        findCase.bind(unit, at: 1)
        findCase.bind(row, 1, at: 2)
        guard let id = try findCase.first({ $0.int64(0) }) else { return nil }
        lastCase.keep(decision, under: unit, id)
        return id
    }

    private func assetID(
        _ ofCase: Int64, _ number: UnsafeBufferPointer<UInt8>, _ row: FactRow
    ) throws -> Int64? {
        if let known = lastAsset.find(number, under: ofCase) { return known }
        findAsset.bind(ofCase, at: 1)
        findAsset.bind(row, 2, at: 2)
        guard let id = try findAsset.first({ $0.int64(0) }) else { return nil }
        lastAsset.keep(number, under: ofCase, id)
        return id
    }
}
