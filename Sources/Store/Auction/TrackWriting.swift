internal import GRDB
public import Rules

/// One row of facts to be recorded.
public struct RecordedRow: Sendable {
    public let kind: ImportKind
    /// In the order of `kind.columns`.
    public let values: [FieldValue]
    /// Which of them were given; a row that stands already keeps the others.
    public let present: [Bool]

    public init(kind: ImportKind, values: [FieldValue], present: [Bool]) {
        self.kind = kind
        self.values = values
        self.present = present
    }
}

extension WriteScope {
    /// Records rows that belong together as one change, through the statements of an import: new rows, or
    /// corrections whose former versions move to the history.
    ///
    /// - Parameters:
    ///   - subject: what the audit trail calls the asset.
    ///   - detail: what happened to it, in a word.
    /// - Returns: the change.
    /// - Throws: `busy` where an import under way touches one of the rows.
    public func recordRows(
        _ rows: [RecordedRow], subject: String, detail: String, stamp: ChangeStamp
    ) throws -> Int64 {
        let writer = try ImportWriter(self, stamp: stamp, reason: "record")
        for row in rows {
            let outcome: RowOutcome
            do {
                outcome = try writer.apply(
                    FactRows(row.values), row: 0, of: row.kind, present: row.present,
                    at: RowPosition(file: 0, line: 0))
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                throw StoreFailure(
                    .busy, "an import under way touches the same row of \(row.kind.name)",
                    hint: "record it again once the import is through")
            }
            switch outcome {
            case .inserted, .corrected, .unchanged: continue
            default:
                throw StoreFailure(.other, "a row of \(row.kind.name) hangs on nothing: \(outcome)")
            }
        }
        try writer.publish()
        try record(
            AuditedAct(
                "record", subject: subject, change: writer.change,
                detail: [detail, try sealDetail(of: writer.change)].filter { !$0.isEmpty }
                    .joined(separator: ", ")),
            stamp: stamp)
        return writer.change
    }
}
