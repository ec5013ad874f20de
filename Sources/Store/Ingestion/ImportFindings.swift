internal import GRDB
public import Rules

/// A row of an import that was taken as recorded, but that the law or sense may have otherwise: the store
/// names the candidates, the law book decides.
public struct RecordedFinding: Sendable {
    public enum Code: String, Sendable, CaseIterable {
        /// A unit whose parent is no unit of the store.
        case unknownParentUnit = "unknown_parent_unit"
        /// A case's decision dated before the judgment it carries out.
        case caseBeforeJudgment = "case_before_judgment"
        /// A case's decision that may have come later than LTHADS Art. 36 allows.
        case decisionLate = "decision_late"
        /// A payment dated before the case's decision.
        case paymentBeforeDecision = "payment_before_decision"
        /// Payments that together are more than was due.
        case paymentBeyondDebt = "payment_beyond_debt"
        /// A decision on the case dated before the case's own decision.
        case decisionBeforeCase = "decision_before_case"
        /// A completed case with debt left.
        case completedWithDebt = "completed_with_debt"
        /// A seizure dated before the case's decision.
        case seizureBeforeDecision = "seizure_before_decision"
        /// A seizure that may lie in the debtor's voluntary period, LTHADS Art. 45.1.
        case seizureInVoluntaryPeriod = "seizure_in_voluntary_period"
        /// An auction dated before the seizure.
        case roundBeforeSeizure = "round_before_seizure"
        /// A reduction that may be deeper than LTHADS Art. 104.5 allows.
        case reductionTooDeep = "reduction_too_deep"
        /// A first reduction without agreement that may be earlier than LTHADS Art. 104.1 allows.
        case reductionTooEarly = "reduction_too_early"
    }

    public var code: Code
    public var file: Int
    public var line: Int
    /// The debt left, the sum paid too much, or the reduced price.
    public var amount: Dong
    /// The starting price of the auction just before a reduction.
    public var former: Dong?
    /// The day of the row.
    public var day: Day?
    /// The day that the law counts from.
    public var since: Day?
    /// The case was taken up without a request.
    public var isExOfficio: Bool
}

extension ReadScope {
    /// Hands `body` what the import brought in that the register has to name, code by code in row order.
    /// Rows are seen as they will stand once the import is published.
    public func forEachFinding(
        of writer: ImportWriter, _ body: (RecordedFinding) throws -> Void
    ) throws {
        for code in RecordedFinding.Code.allCases {
            guard let first = writer.touched[code.kind] else { continue }
            let query = code.query(rows: try touchedRows(of: code.kind))
            try db.forEachFact(query, [.integer(first), .integer(writer.change)]) { row in
                try body(
                    RecordedFinding(
                        code: code, file: Int(row.int64(0)), line: Int(row.int64(1)),
                        amount: row.dong(2), former: row.optionalDong(3),
                        day: try row.optionalDay(4),
                        since: try row.optionalDay(5), isExOfficio: row.flag(6)))
            }
        }
    }

    /// The rows of one kind that an import inserted or corrects; ?1 is its first id there, ?2 its change.
    private func touchedRows(of kind: String) throws -> String {
        let inserted = "SELECT * FROM \(kind) WHERE id >= ?1 AND change_no = ?2"
        let hasCorrections = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM \(kind)_staged)")
        // One table alone is read in the order of its ids; two are sorted first.
        guard hasCorrections == true else { return "(\(inserted))" }
        return """
            (\(inserted) UNION ALL
                SELECT * FROM standing_\(kind) WHERE id IN (SELECT id FROM \(kind)_staged))
            """
    }
}

extension RecordedFinding.Code {
    /// The kind whose rows are looked at.
    fileprivate var kind: String {
        switch self {
        case .unknownParentUnit: "units"
        case .caseBeforeJudgment, .decisionLate: "cases"
        case .paymentBeforeDecision, .paymentBeyondDebt: "payments"
        case .decisionBeforeCase, .completedWithDebt: "decisions"
        case .seizureBeforeDecision, .seizureInVoluntaryPeriod: "assets"
        case .roundBeforeSeizure: "rounds"
        case .reductionTooDeep, .reductionTooEarly: "reductions"
        }
    }

    /// Gives file, line, amount, former price, day, the day to count from and whether the case is ex
    /// officio, of each row found among `rows`.
    fileprivate func query(rows: String) -> String {
        switch self {
        case .unknownParentUnit:
            Self.select(
                "\(rows) t",
                where: """
                    t.parent_code IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM units p WHERE p.unit_code = t.parent_code)
                    """)
        case .caseBeforeJudgment:
            Self.select("\(rows) t", where: "t.decision_on < t.judgment_on", day: "t.decision_on")
        case .decisionLate:
            Self.select(
                "\(rows) t", where: "t.decision_on > t.received_on", day: "t.decision_on",
                since: "t.received_on", isExOfficio: "t.initiative = 'ex_officio'")
        case .paymentBeforeDecision: beforeDecision(rows, "paid_on")
        case .paymentBeyondDebt: paidTooMuch(rows)
        case .decisionBeforeCase: beforeDecision(rows, "decided_on")
        case .completedWithDebt: debtLeft(rows)
        case .seizureBeforeDecision: beforeDecision(rows, "seized_on")
        case .seizureInVoluntaryPeriod:
            Self.select(
                "\(rows) t JOIN standing_cases c ON c.id = t.case_id",
                where: "t.seized_on >= c.debtor_notified_on", day: "t.seized_on",
                since: "c.debtor_notified_on")
        case .roundBeforeSeizure:
            Self.select(
                "\(rows) t JOIN standing_assets a ON a.id = t.asset_id",
                where: "t.held_on < a.seized_on", day: "t.held_on")
        case .reductionTooDeep: reducedBelow(rows)
        case .reductionTooEarly:
            Self.select(
                """
                \(rows) t JOIN standing_assets a ON a.id = t.asset_id
                JOIN standing_cases c ON c.id = a.case_id
                """,
                where: """
                    t.number = 1 AND t.reduced_on >= t.notice_on AND coalesce(t.agreed, 0) = 0
                    AND coalesce(c.state_revenue, 0) = 0
                    """, day: "t.reduced_on", since: "t.notice_on")
        }
    }

    private static func select(
        _ tables: String, where condition: String, amount: String = "0", former: String = "NULL",
        day: String = "NULL", since: String = "NULL", isExOfficio: String = "0"
    ) -> String {
        """
        SELECT t.file_no, t.line, \(amount), \(former), \(day), \(since), \(isExOfficio)
        FROM \(tables) WHERE \(condition) ORDER BY t.id
        """
    }

    private func beforeDecision(_ rows: String, _ day: String) -> String {
        Self.select(
            "\(rows) t JOIN standing_cases c ON c.id = t.case_id",
            where: "t.\(day) < c.decision_on", day: "t.\(day)")
    }

    private func debtLeft(_ rows: String) -> String {
        """
        SELECT * FROM (
            SELECT t.file_no, t.line, c.amount_due
                - coalesce((SELECT sum(p.amount) FROM standing_payments p
                    WHERE p.case_id = c.id AND p.paid_on <= t.decided_on
                    AND (p.reversed_on IS NULL OR p.reversed_on > t.decided_on)), 0)
                - coalesce((SELECT sum(d.amount) FROM standing_decisions d
                    WHERE d.case_id = c.id AND d.kind IN ('terminate', 'reduce_obligation')
                    AND d.decided_on <= t.decided_on), 0) AS debt, NULL, t.decided_on, NULL, 0
            FROM \(rows) t JOIN standing_cases c ON c.id = t.case_id
            WHERE t.kind = 'complete' ORDER BY t.id
        ) WHERE debt > 0
        """
    }

    private func paidTooMuch(_ rows: String) -> String {
        """
        SELECT * FROM (
            SELECT t.file_no, t.line, (SELECT sum(p.amount) FROM standing_payments p
                WHERE p.case_id = c.id AND p.paid_on <= t.paid_on
                AND (p.reversed_on IS NULL OR p.reversed_on > t.paid_on)) - c.amount_due
                AS excess, NULL, t.paid_on, NULL, 0
            FROM \(rows) t JOIN standing_cases c ON c.id = t.case_id ORDER BY t.id
        ) WHERE excess > 0
        """
    }

    private func reducedBelow(_ rows: String) -> String {
        """
        SELECT * FROM (
            SELECT t.file_no, t.line, t.reduced_price,
                (SELECT r.starting_price FROM standing_rounds r WHERE r.asset_id = t.asset_id
                    AND r.held_on <= t.reduced_on ORDER BY r.held_on DESC LIMIT 1) AS former,
                t.reduced_on, NULL, 0
            FROM \(rows) t WHERE t.reduced_price IS NOT NULL ORDER BY t.id
        ) WHERE reduced_price < former
        """
    }
}
