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

extension WriteScope {
    /// Hands `body` what this change brought in that the register has to name, code by code in row order.
    public func forEachFinding(
        change: Int64, _ body: (RecordedFinding) throws -> Void
    ) throws {
        for code in RecordedFinding.Code.allCases {
            try db.forEachFact(code.query, [.integer(change)]) { row in
                try body(
                    RecordedFinding(
                        code: code, file: Int(row.int64(0)), line: Int(row.int64(1)),
                        amount: row.dong(2), former: row.optionalDong(3), day: row.optionalDay(4)))
            }
        }
    }
}

extension RecordedFinding.Code {
    /// Gives file, line, amount, former price and day of each row found.
    fileprivate var query: String {
        switch self {
        case .unknownParentUnit:
            """
            SELECT t.file_no, t.line, 0, NULL, NULL FROM units t
            WHERE t.change_no = ? AND t.parent_code IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM units p WHERE p.unit_code = t.parent_code)
            ORDER BY t.id
            """
        case .paymentBeforeDecision: beforeDecision("payments", "paid_on")
        case .decisionBeforeCase: beforeDecision("decisions", "decided_on")
        case .seizureBeforeDecision: beforeDecision("assets", "seized_on")
        case .completedWithDebt:
            """
            SELECT * FROM (
                SELECT t.file_no, t.line, c.amount_due
                    - coalesce((SELECT sum(p.amount) FROM payments p WHERE p.case_id = c.id
                        AND p.paid_on <= t.decided_on
                        AND (p.reversed_on IS NULL OR p.reversed_on > t.decided_on)), 0)
                    - coalesce((SELECT sum(d.amount) FROM decisions d WHERE d.case_id = c.id
                        AND d.kind IN ('terminate', 'reduce_obligation')
                        AND d.decided_on <= t.decided_on), 0) AS debt, NULL, NULL
                FROM decisions t JOIN cases c ON c.id = t.case_id
                WHERE t.change_no = ? AND t.kind = 'complete' ORDER BY t.id
            ) WHERE debt > 0
            """
        case .reductionTooDeep:
            """
            SELECT * FROM (
                SELECT t.file_no, t.line, t.reduced_price,
                    (SELECT r.starting_price FROM rounds r WHERE r.asset_id = t.asset_id
                        AND r.held_on <= t.reduced_on ORDER BY r.held_on DESC LIMIT 1) AS former,
                    t.reduced_on
                FROM reductions t
                WHERE t.change_no = ? AND t.reduced_price IS NOT NULL ORDER BY t.id
            ) WHERE reduced_price < former
            """
        }
    }

    private func beforeDecision(_ table: String, _ day: String) -> String {
        """
        SELECT t.file_no, t.line, 0, NULL, NULL FROM \(table) t JOIN cases c ON c.id = t.case_id
        WHERE t.change_no = ? AND t.\(day) < c.decision_on ORDER BY t.id
        """
    }
}
