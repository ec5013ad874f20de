internal import GRDB
internal import Rules

/// The rows of one kind on their way in under one change.
final class KindIntake {
    let kind: ImportKind
    let statements: KindStatements
    /// The first id that this import gave.
    let firstID: Int64
    private let change: Int64
    private let db: Database
    private var nextID: Int64
    /// The last id that the digests took in.
    private var lastSealed: Int64 = 0
    /// The last row was new.
    private var expectsNew = false
    private var seen = RowBitmap()
    /// The file whose number is bound to the insertion, with the change's.
    private var boundFile: Int?
    /// Columns of the insertion that hold no value, one bit each; those after the 64th are bound each time.
    private var boundNulls: UInt64 = 0
    /// What the columns that name another row were found to name, by their place among the columns.
    private var resolved: [Int64?]
    /// Digests of the rows that this import inserted.
    private var inserted = RowParts()
    /// Where the columns of the insertion stand in the table, ascending, and the numbers of id, file and line.
    private let sealOrder: [(number: Int, index: Int)]
    private let ownNumbers: (id: Int, file: Int, line: Int)
    private let sealed: SealedColumns

    init(_ db: Database, kind: ImportKind, change: Int64) throws {
        self.db = db
        self.kind = kind
        self.change = change
        statements = try KindStatements(db, kind: kind)
        firstID = try statements.firstFreeID(db)
        nextID = firstID
        resolved = [Int64?](repeating: nil, count: statements.columns.count)
        sealed = try SealedColumns(db, kind: kind.name)
        let numbers = Dictionary(
            uniqueKeysWithValues: sealed.columns.map { ($0.name, $0.number) })
        sealOrder = statements.columns.enumerated().compactMap { index, column in
            numbers[column.name].map { (number: $0, index: index) }
        }.sorted { $0.number < $1.number }
        ownNumbers = (numbers["id"] ?? 0, numbers["file_no"] ?? 0, numbers["line"] ?? 0)
    }

    /// Other changes may have come in since the last batch.
    func resume() throws { nextID = max(nextID, try statements.firstFreeID(db)) }

    /// Lets go of the rows that were bound.
    func suspend() {
        boundFile = nil
        boundNulls = 0
        for statement in [statements.find, statements.insert, statements.stage] {
            statement.clear()
        }
    }

    func apply(
        _ row: FactRow, present: [Bool], at position: RowPosition, _ references: References
    ) throws -> RowOutcome {
        if let missing = try resolve(row, references) { return missing }
        // New rows come in runs: after one the next is tried without looking for its key first.
        if expectsNew, try insert(row, at: position) { return .inserted }
        for index in 0..<statements.keyCount {
            bind(row, index, to: statements.find, at: Int32(index + 1))
        }
        let found = try statements.find.first { stored in
            look(at: stored, row, present: present)
        }
        guard let found else {
            guard try insert(row, at: position) else {
                throw StoreFailure(.other, "a row of \(kind.name) is and is not there")
            }
            expectsNew = true
            return .inserted
        }
        expectsNew = false
        if found.outcome == .corrected {
            bindChange(to: statements.stage, file: position.file)
            try run(statements.stage, found.id, line: position.line)
        }
        return found.outcome
    }

    /// What the row hangs on and is not there; an empty cell names nothing.
    func missingReference(_ row: FactRow, _ references: References) throws -> RowOutcome? {
        let parentKey = kind.parentKeyCount
        if parentKey > 0, !row.cells.prefix(parentKey).contains(where: \.isNull),
            case .missing(let outcome) = try references.parent(of: kind, row)
        {
            return outcome
        }
        for source in statements.sources {
            switch source {
            case .unit(let column):
                if !row.cells[column].isNull, try references.unit(row, column) == nil {
                    return .unknownUnit
                }
            case .officer(let column):
                if !row.cells[column].isNull, try references.officer(row, column) == nil {
                    return .unknownOfficer
                }
            case .parentID, .field: continue
            }
        }
        return nil
    }

    /// Looks up what the row names; what is not there comes back.
    private func resolve(_ row: FactRow, _ references: References) throws -> RowOutcome? {
        for index in statements.references {
            switch statements.sources[index] {
            case .field: continue
            case .parentID:
                switch try references.parent(of: kind, row) {
                case .found(let id): resolved[index] = id
                case .missing(let outcome): return outcome
                }
            case .unit(let column):
                guard let id = try references.unit(row, column) else { return .unknownUnit }
                resolved[index] = id
            case .officer(let column):
                if row.cells[column].isNull {
                    resolved[index] = nil
                } else {
                    guard let id = try references.officer(row, column) else {
                        return .unknownOfficer
                    }
                    resolved[index] = id
                }
            }
        }
        return nil
    }

    /// Compares the row with the one that is there; a correction is bound, to be put aside.
    private func look(
        at stored: BoundStatement, _ row: FactRow, present: [Bool]
    ) -> (id: Int64, outcome: RowOutcome) {
        let id = stored.int64(0)
        guard seen.insert(id) else { return (id, .duplicate) }
        let keyCount = statements.keyCount
        let values = keyCount..<statements.sources.count
        let isSame = values.allSatisfy { index in
            !isPresent(index, present) || equals(row, index, stored, Int32(index - keyCount + 2))
        }
        if isSame { return (id, .unchanged) }
        for index in statements.sources.indices {
            let place = Int32(index + 2)
            if isPresent(index, present) {
                bind(row, index, to: statements.stage, at: place)
            } else {
                statements.stage.bind(stored.value(Int32(index - keyCount + 2)), at: place)
            }
        }
        statements.stage.bind(stored.int64(1), at: Int32(statements.sources.count + 5))
        return (id, .corrected)
    }

    /// Adds the row; false when its key is there.
    private func insert(_ row: FactRow, at position: RowPosition) throws -> Bool {
        bindInsertion(row)
        if boundFile != position.file {
            boundFile = position.file
            bindChange(to: statements.insert, file: position.file)
        }
        try run(statements.insert, nextID, line: position.line)
        guard db.changesCount > 0 else { return false }
        _ = seen.insert(nextID)
        seal(row, nextID, at: position)
        nextID += 1
        return true
    }

    /// Takes the row that was just inserted into the digests, as its table holds it.
    private func seal(_ row: FactRow, _ id: Int64, at position: RowPosition) {
        let isNext = id == lastSealed + 1
        lastSealed = id
        inserted.add(id, startsPart: !isNext) { encoding in
            encoding.append(column: ownNumbers.id, id)
            for (number, index) in sealOrder where number < ownNumbers.file {
                encode(row, index, number, into: &encoding)
            }
            encoding.append(column: ownNumbers.file, Int64(position.file))
            encoding.append(column: ownNumbers.line, Int64(position.line))
            for (number, index) in sealOrder where number > ownNumbers.line {
                encode(row, index, number, into: &encoding)
            }
        }
    }

    private func encode(
        _ row: FactRow, _ index: Int, _ number: Int, into encoding: inout RowEncoding
    ) {
        guard case .field(let column) = statements.sources[index] else {
            if let id = resolved[index] { encoding.append(column: number, id) }
            return
        }
        switch row.cells[column] {
        case .null: return
        case .integer(let value): encoding.append(column: number, value)
        case .text:
            guard let text = row.text(column) else { return }
            encoding.append(column: number, text: UnsafeRawBufferPointer(text))
        }
    }

    /// Brings the corrections into the table, and keeps the digests of all rows that came with the change.
    func publish() throws {
        let corrected = try statements.publish(
            db, change: change, sealed: sealed, firstInserted: firstID)
        inserted.close()
        try db.keep(corrected + inserted.parts, of: kind.name, change: change)
    }

    private func bindInsertion(_ row: FactRow) {
        let (resolved, former) = (resolved, boundNulls)
        var nulls: UInt64 = 0
        for (index, source) in statements.sources.enumerated() {
            let bit: UInt64 = index < 64 ? 1 << UInt64(index) : 0
            let isNull =
                if case .field(let column) = source { row.cells[column].isNull } else {
                    resolved[index] == nil
                }
            if isNull { nulls |= bit }
            // Most columns that are empty were so in the row before.
            if isNull, former & bit != 0 { continue }
            if case .field(let column) = source {
                statements.insert.bind(row, column, at: Int32(index + 2))
            } else if let id = resolved[index] {
                statements.insert.bind(id, at: Int32(index + 2))
            } else {
                statements.insert.bind(.null, at: Int32(index + 2))
            }
        }
        boundNulls = nulls
    }

    private func bindChange(to statement: BoundStatement, file: Int) {
        let provenance = Int32(statements.sources.count + 2)
        statement.bind(change, at: provenance)
        statement.bind(Int64(file), at: provenance + 1)
    }

    /// Runs an insertion whose columns are bound, with the id and the line.
    private func run(_ statement: BoundStatement, _ id: Int64, line: Int) throws {
        statement.bind(id, at: 1)
        statement.bind(Int64(line), at: Int32(statements.sources.count + 4))
        try statement.run()
    }

    private func bind(_ row: FactRow, _ index: Int, to statement: BoundStatement, at place: Int32) {
        if case .field(let column) = statements.sources[index] {
            statement.bind(row, column, at: place)
        } else if let id = resolved[index] {
            statement.bind(id, at: place)
        } else {
            statement.bind(.null, at: place)
        }
    }

    private func equals(
        _ row: FactRow, _ index: Int, _ stored: BoundStatement, _ place: Int32
    ) -> Bool {
        if case .field(let column) = statements.sources[index] {
            return stored.column(place, equals: row, column)
        }
        return stored.column(place, equals: resolved[index])
    }

    /// Whether the file has the column.
    private func isPresent(_ index: Int, _ present: [Bool]) -> Bool {
        switch statements.sources[index] {
        case .parentID: true
        case .field(let column), .unit(let column), .officer(let column): present[column]
        }
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
