internal import GRDB
public import Rules

/// A row of an import that was taken as recorded, but that the law or sense would have otherwise.
public struct RecordedFinding: Sendable {
    public enum Code: String, Sendable, CaseIterable {
        /// A unit whose parent is no unit of the store.
        case unknownParentUnit = "unknown_parent_unit"
        /// A payment dated before the case's decision.
        case paymentBeforeDecision = "payment_before_decision"
        /// A decision on the case dated before the case's own decision.
        case decisionBeforeCase = "decision_before_case"
        /// A seizure dated before the case's decision.
        case seizureBeforeDecision = "seizure_before_decision"
        /// A completed case with debt left.
        case completedWithDebt = "completed_with_debt"
        /// A reduction that may be deeper than LTHADS Art. 104.5 allows: the law book decides.
        case reductionTooDeep = "reduction_too_deep"
    }

    public var code: Code
    public var file: Int
    public var line: Int
    /// The debt left, or the reduced price.
    public var amount: Dong
    /// The starting price of the auction just before a reduction.
    public var former: Dong?
    /// The day of a reduction.
    public var day: Day?
}

extension ReadScope {
    /// Hands `body` what the import brought in that the register has to name, code by code in row order.
    /// Rows are seen as they will stand once the import is published.
    public func forEachFinding(
        of writer: ImportWriter, _ body: (RecordedFinding) throws -> Void
    ) throws {
        for code in RecordedFinding.Code.allCases {
            guard let first = writer.touched[code.kind] else { continue }
            let query = code.query(rows: ReadScope.touchedRows(of: code.kind))
            try db.forEachFact(query, [.integer(first), .integer(writer.change)]) { row in
                try body(
                    RecordedFinding(
                        code: code, file: Int(row.int64(0)), line: Int(row.int64(1)),
                        amount: row.dong(2), former: row.optionalDong(3), day: row.optionalDay(4)))
            }
        }
    }

    /// The rows of one kind that an import inserted or corrects; ?1 is its first id there, ?2 its change.
    private static func touchedRows(of kind: String) -> String {
        """
        (SELECT * FROM standing_\(kind) WHERE id IN (
            SELECT id FROM \(kind) WHERE id >= ?1 AND change_no = ?2
            UNION ALL SELECT id FROM \(kind)_staged))
        """
    }
}

extension RecordedFinding.Code {
    /// The kind whose rows are looked at.
    fileprivate var kind: String {
        switch self {
        case .unknownParentUnit: "units"
        case .paymentBeforeDecision: "payments"
        case .decisionBeforeCase, .completedWithDebt: "decisions"
        case .seizureBeforeDecision: "assets"
        case .reductionTooDeep: "reductions"
        }
    }

    /// Gives file, line, amount, former price and day of each row found among `rows`.
    fileprivate func query(rows: String) -> String {
        switch self {
        case .unknownParentUnit:
            """
            SELECT t.file_no, t.line, 0, NULL, NULL FROM \(rows) t
            WHERE t.parent_code IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM units p WHERE p.unit_code = t.parent_code)
            ORDER BY t.id
            """
        case .paymentBeforeDecision: beforeDecision(rows, "paid_on")
        case .decisionBeforeCase: beforeDecision(rows, "decided_on")
        case .seizureBeforeDecision: beforeDecision(rows, "seized_on")
        case .completedWithDebt:
            """
            SELECT * FROM (
                SELECT t.file_no, t.line, c.amount_due
                    - coalesce((SELECT sum(p.amount) FROM standing_payments p
                        WHERE p.case_id = c.id AND p.paid_on <= t.decided_on
                        AND (p.reversed_on IS NULL OR p.reversed_on > t.decided_on)), 0)
                    - coalesce((SELECT sum(d.amount) FROM standing_decisions d
                        WHERE d.case_id = c.id AND d.kind IN ('terminate', 'reduce_obligation')
                        AND d.decided_on <= t.decided_on), 0) AS debt, NULL, NULL
                FROM \(rows) t JOIN standing_cases c ON c.id = t.case_id
                WHERE t.kind = 'complete' ORDER BY t.id
            ) WHERE debt > 0
            """
        case .reductionTooDeep:
            """
            SELECT * FROM (
                SELECT t.file_no, t.line, t.reduced_price,
                    (SELECT r.starting_price FROM standing_rounds r WHERE r.asset_id = t.asset_id
                        AND r.held_on <= t.reduced_on ORDER BY r.held_on DESC LIMIT 1) AS former,
                    t.reduced_on
                FROM \(rows) t WHERE t.reduced_price IS NOT NULL ORDER BY t.id
            ) WHERE reduced_price < former
            """
        }
    }

    private func beforeDecision(_ rows: String, _ day: String) -> String {
        """
        SELECT t.file_no, t.line, 0, NULL, NULL
        FROM \(rows) t JOIN standing_cases c ON c.id = t.case_id
        WHERE t.\(day) < c.decision_on ORDER BY t.id
        """
    }
}
