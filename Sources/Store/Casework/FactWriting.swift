internal import GRDB
public import Rules

/// What recording one fact came to.
public struct RecordedFact: Sendable, Equatable {
    public var outcome: RowOutcome
    /// The change that brought it; nil where nothing changed.
    public var change: Int64?
    /// The row as it stands now, in the order of the kind's columns.
    public var row: [FieldValue]
}

/// Why a fact was not recorded.
public enum FactProblem: Error, Sendable, Equatable {
    /// A column that a new row must have was not given.
    case missing(column: String)
    /// What the row hangs on is not there.
    case unknown(RowOutcome)
    /// An import under way touches the same row.
    case beingImported
}

extension WriteScope {
    /// Records one fact of a kind as a change of its own, through the statements of an import: a new row, or a
    /// correction of the row of that key whose former version moves to the history.
    ///
    /// - Parameters:
    ///   - values: in the order of `kind.columns`.
    ///   - present: which of them were given; a correction leaves the others as they stand.
    ///   - reason: what the change is kept as.
    public func recordFact(
        _ values: [FieldValue], of kind: ImportKind, present: [Bool], reason: String,
        stamp: ChangeStamp
    ) throws -> Result<RecordedFact, FactProblem> {
        let writer = try ImportWriter(self, stamp: stamp, reason: reason)
        let row = values[...]
        if let missing = try writer.missingReference(row, of: kind) {
            return .failure(.unknown(missing))
        }
        let standing = try writer.standing(row, of: kind)
        var merged = values
        if let standing {
            if try isUnderWay(standing.change) { return .failure(.beingImported) }
            for (index, value) in standing.values.enumerated()
            where !present[kind.keyCount + index] {
                merged[kind.keyCount + index] = value
            }
        }
        for (index, column) in kind.columns.enumerated()
        where column.isRequired && merged[index] == .null {
            return .failure(.missing(column: column.name))
        }
        let outcome: RowOutcome
        do {
            outcome = try writer.apply(
                row, of: kind, present: present, at: RowPosition(file: 0, line: 0))
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            // The row waits to be corrected by an import that came in by batches.
            return .failure(.beingImported)
        }
        try writer.publish()
        return .success(
            RecordedFact(
                outcome: outcome, change: outcome == .unchanged ? nil : writer.change, row: merged))
    }

    /// What the person who decides has confirmed, beside the change that made the decision.
    public func keepConfirmations(_ questions: [String], of change: Int64) throws {
        for question in questions {
            try db.execute(
                sql: "INSERT INTO confirmations (change_no, question) VALUES (?, ?)",
                arguments: [change, question])
        }
    }

    private func isUnderWay(_ change: Int64) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM staged_changes
                    WHERE change_no = ? AND published_as IS NULL)
                """, arguments: [change]) ?? false
    }
}

extension ReadScope {
    /// The unit of that code as readers see it, and whether it has a case of that number.
    public func stands(unit code: String, decisionNo: String?) throws -> Bool {
        var stands = false
        let condition = decisionNo == nil ? "" : " AND c.decision_no = ?"
        let tables =
            decisionNo == nil
            ? "current_units u" : "current_units u JOIN current_cases c ON c.unit_id = u.id"
        try db.forEachFact(
            "SELECT 1 FROM \(tables) WHERE u.unit_code = ?\(condition)",
            [.text(code)] + (decisionNo.map { [.text($0)] } ?? [])
        ) { _ in stands = true }
        return stands
    }
}
