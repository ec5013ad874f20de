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
    private var intakes: [String: KindIntake] = [:]
    /// Of the kind whose rows come in just now.
    private var current: KindIntake?
    private let references: References

    /// - Parameter reason: what the change is kept as: `import`, or `record` and `decide` for a single row. Who
    ///   writes it tells the audit trail.
    public init(_ scope: WriteScope, stamp: ChangeStamp, reason: String = "import") throws {
        db = scope.db
        change = try scope.untoldChange(kind: reason, stamp: stamp)
        references = try References(db)
    }

    /// Applies one row, whose values are in the order of `kind.columns`; `present` says which columns the file has.
    /// A correction leaves a column that the file does not have as it was.
    public func apply(
        _ rows: FactRows, row: Int, of kind: ImportKind, present: [Bool], at position: RowPosition
    ) throws -> RowOutcome {
        let intake = try intake(of: kind)
        return try rows.withRow(row) { row in
            try intake.apply(row, present: present, at: position, references)
        }
    }

    /// What a row that cannot be applied hangs on and is not there: of a row with a bad cell the references
    /// are looked at all the same. Nil where nothing is missing or the cell that names it is empty.
    public func missingReference(
        _ rows: FactRows, row: Int, of kind: ImportKind
    ) throws -> RowOutcome? {
        let intake = try intake(of: kind)
        return try rows.withRow(row) { row in try intake.missingReference(row, references) }
    }

    private func intake(of kind: ImportKind) throws -> KindIntake {
        if let current, current.kind.name == kind.name { return current }
        if let known = intakes[kind.name] {
            current = known
            return known
        }
        let made = try KindIntake(db, kind: kind, change: change)
        (intakes[kind.name], current) = (made, made)
        if isStaged { try mark(kind.name, from: made.firstID) }
        return made
    }
}

extension ImportWriter {
    /// Ends a batch whose transaction is to be committed while more is to come.
    public func suspend() throws {
        for intake in intakes.values { intake.suspend() }
        guard !isStaged else { return }
        isStaged = true
        try db.execute(
            sql: "INSERT INTO staged_changes (change_no) VALUES (?)", arguments: [change])
        for (kind, intake) in intakes { try mark(kind, from: intake.firstID) }
    }

    /// Begins the next batch in a transaction of its own.
    public func resume(in scope: WriteScope) throws {
        guard scope.db === db else {
            throw StoreFailure(.other, "the batches of an import go through one connection")
        }
        references.forget()
        for intake in intakes.values { try intake.resume() }
    }

    /// Makes all rows of the import current at once: the last thing in its last transaction.
    ///
    /// - Throws: `busy` when a row to be corrected was changed since it was read; nothing is published then.
    public func publish() throws {
        for kind in ImportKind.all {
            try intakes[kind.name]?.publish()
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
    var touched: [String: Int64] { intakes.mapValues(\.firstID) }

    private func mark(_ kind: String, from first: Int64) throws {
        try db.execute(
            sql: "INSERT INTO staged_kinds (change_no, kind, first_id) VALUES (?, ?, ?)",
            arguments: [change, kind, first])
    }
}
