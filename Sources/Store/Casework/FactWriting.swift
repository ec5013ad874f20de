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
    /// correction of the row of that key whose former version moves to the history. The audit trail hears of
    /// it; a row that stands so already makes no change.
    ///
    /// - Parameters:
    ///   - values: in the order of `kind.columns`.
    ///   - present: which of them were given; a correction leaves the others as they stand.
    ///   - reason: what the change is kept as.
    public func recordFact(
        _ values: [FieldValue], of kind: ImportKind, present: [Bool], reason: String,
        stamp: ChangeStamp
    ) throws -> Result<RecordedFact, FactProblem> {
        let rows = FactRows(values)
        let standing: StandingRow?
        switch try standingRow(rows, of: kind) {
        case .failure(let problem): return .failure(problem)
        case .success(let found): standing = found
        }
        if let standing, try isUnderWay(standing.change) { return .failure(.beingImported) }
        var merged = values
        for (index, value) in (standing?.values ?? []).enumerated()
        where !present[kind.keyCount + index] {
            merged[kind.keyCount + index] = value
        }
        for (index, column) in kind.columns.enumerated()
        where column.isRequired && merged[index] == .null {
            return .failure(.missing(column: column.name))
        }
        if standing?.values == Array(merged[kind.keyCount...]) {
            return .success(RecordedFact(outcome: .unchanged, change: nil, row: merged))
        }
        let writer = try ImportWriter(self, stamp: stamp, reason: reason)
        do {
            let outcome = try writer.apply(
                rows, row: 0, of: kind, present: present, at: RowPosition(file: 0, line: 0))
            try writer.publish()
            try record(
                AuditedAct(
                    reason, subject: kind.name, change: writer.change,
                    detail: try sealDetail(of: writer.change)), stamp: stamp)
            return .success(RecordedFact(outcome: outcome, change: writer.change, row: merged))
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            // The row waits to be corrected by an import that came in by batches.
            return .failure(.beingImported)
        }
    }

    private struct StandingRow {
        let change: Int64
        /// In the order of `kind.values`.
        let values: [FieldValue]
    }

    /// The row of the same key as it stands; nil when there is none.
    private func standingRow(
        _ rows: FactRows, of kind: ImportKind
    ) throws -> Result<StandingRow?, FactProblem> {
        let statements = try KindStatements(db, kind: kind)
        let references = try References(db)
        // Text is bound in place: it must not be asked for once the row is gone.
        defer { statements.find.clear() }
        return try rows.withRow(0) { row in
            for (index, source) in statements.sources.prefix(statements.keyCount).enumerated() {
                let place = Int32(index + 1)
                switch source {
                case .parentID:
                    switch try references.parent(of: kind, row) {
                    case .found(let id): statements.find.bind(id, at: place)
                    case .missing(let outcome): return .failure(.unknown(outcome))
                    }
                case .field(let column), .unit(let column), .officer(let column):
                    statements.find.bind(row, column, at: place)
                }
            }
            let count = statements.sources.count - statements.keyCount
            return .success(
                try statements.find.first { found in
                    StandingRow(
                        change: found.int64(1),
                        values: (0..<count).map { found.value(Int32($0 + 2)) })
                })
        }
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
