internal import GRDB
public import Rules

/// A row of an import that was taken as recorded, but that the law or sense would have otherwise.
public struct RecordedFinding: Sendable {
    public enum Code: String, Sendable, CaseIterable {
        /// A payment dated before the case's decision.
        case paymentBeforeDecision = "payment_before_decision"
        /// A decision on the case dated before the case's own decision.
        case decisionBeforeCase = "decision_before_case"
        /// A seizure dated before the case's decision.
        case seizureBeforeDecision = "seizure_before_decision"
        /// A completed case with debt left.
        case completedWithDebt = "completed_with_debt"
        /// A reduction below the cap of LTHADS Art. 104.5 on the price of the auction just before.
        case reductionTooDeep = "reduction_too_deep"
    }

    public var code: Code
    public var file: Int
    public var line: Int
    /// The money in question: the debt left, or the lowest price that was allowed.
    public var amount: Dong?
}

extension WriteScope {
    /// What this change brought in that the register has to name, at most `limit` rows a code.
    /// `cap` is the largest share by which one reduction may lower the price (rule R-04).
    public func findings(
        change: Int64, cap: Ratio, limit: Int
    ) throws -> [RecordedFinding] {
        var found: [RecordedFinding] = []
        for code in RecordedFinding.Code.allCases {
            var arguments: [FieldValue] = [.integer(change)]
            if code == .reductionTooDeep {
                guard let keep = Int64(exactly: cap.denominator - cap.numerator),
                    let whole = Int64(exactly: cap.denominator)
                else { throw StoreFailure(.other, "the cap of rule R-04 is out of range") }
                arguments = [.integer(keep), .integer(whole)] + arguments
            }
            try db.forEachFact("\(code.query) LIMIT \(limit)", arguments) { row in
                found.append(
                    RecordedFinding(
                        code: code, file: Int(row.int64(0)), line: Int(row.int64(1)),
                        amount: row.optionalDong(2)))
            }
        }
        return found
    }
}

extension RecordedFinding.Code {
    /// Gives file, line and money of each row found.
    fileprivate var query: String {
        switch self {
        case .paymentBeforeDecision:
            """
            SELECT t.file_no, t.line, NULL FROM payments t JOIN cases c ON c.id = t.case_id
            WHERE t.change_no = ? AND t.paid_on < c.decision_on ORDER BY t.id
            """
        case .decisionBeforeCase:
            """
            SELECT t.file_no, t.line, NULL FROM decisions t JOIN cases c ON c.id = t.case_id
            WHERE t.change_no = ? AND t.decided_on < c.decision_on ORDER BY t.id
            """
        case .seizureBeforeDecision:
            """
            SELECT t.file_no, t.line, NULL FROM assets t JOIN cases c ON c.id = t.case_id
            WHERE t.change_no = ? AND t.seized_on < c.decision_on ORDER BY t.id
            """
        case .completedWithDebt:
            """
            SELECT * FROM (
                SELECT t.file_no, t.line, c.amount_due
                    - coalesce((SELECT sum(p.amount) FROM payments p WHERE p.case_id = c.id
                        AND p.paid_on <= t.decided_on
                        AND (p.reversed_on IS NULL OR p.reversed_on > t.decided_on)), 0)
                    - coalesce((SELECT sum(d.amount) FROM decisions d WHERE d.case_id = c.id
                        AND d.kind IN ('terminate', 'reduce_obligation')
                        AND d.decided_on <= t.decided_on), 0) AS debt
                FROM decisions t JOIN cases c ON c.id = t.case_id
                WHERE t.change_no = ? AND t.kind = 'complete' ORDER BY t.id
            ) WHERE debt > 0
            """
        case .reductionTooDeep:
            """
            SELECT file_no, line, before * keep / whole FROM (
                SELECT t.id, t.file_no, t.line, t.reduced_price, ? AS keep, ? AS whole,
                    (SELECT r.starting_price FROM rounds r WHERE r.asset_id = t.asset_id
                        AND r.held_on <= t.reduced_on ORDER BY r.held_on DESC LIMIT 1) AS before
                FROM reductions t WHERE t.change_no = ? AND t.reduced_price IS NOT NULL
            ) WHERE reduced_price * whole < before * keep ORDER BY id
            """
        }
    }
}
