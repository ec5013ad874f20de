internal import GRDB
public import Rules

extension ReadScope {
    /// Every case whose judgment some unit has delegated by the day, with the days of its own delegations.
    public func delegatedJudgments(by day: Day) throws -> [DelegatedCase] {
        var cases: [DelegatedCase] = []
        try forEachFact(
            """
            SELECT u.unit_code, c.decision_no, c.judgment_no, c.decision_on, c.debtor,
                (SELECT group_concat(d.decided_on) FROM \(try facts("decisions")) d
                    WHERE d.case_id = c.id AND d.kind = 'delegate' AND d.decided_on <= ?1)
            FROM \(try facts("cases")) c JOIN \(try keys("units")) u ON u.id = c.unit_id
            WHERE c.decision_on <= ?1 AND (c.judgment_no, coalesce(c.debtor, '')) IN (
                SELECT k.judgment_no, coalesce(k.debtor, '') FROM \(try facts("decisions")) e
                JOIN \(try facts("cases")) k ON k.id = e.case_id
                WHERE e.kind = 'delegate' AND e.decided_on <= ?1)
            ORDER BY u.unit_code, c.decision_no
            """, [.integer(Int64(day.number))]
        ) { row in
            let days = (row.optionalText(5) ?? "").split(separator: ",").compactMap {
                Int32($0).map { Day(number: $0) }
            }
            cases.append(
                DelegatedCase(
                    key: CaseKey(unit: row.text(0), decisionNo: row.text(1)),
                    judgmentNo: row.text(2), debtor: row.optionalText(4),
                    decisionOn: try row.day(3),
                    delegatedOn: days.sorted()))
        }
        return cases
    }

    /// Kinds whose day makes a result, with the column of that day.
    private static let datedKinds = [
        ("decisions", "decided_on"), ("payments", "paid_on"), ("verifications", "verified_on"),
        ("nominations", "submitted_on"), ("assets", "seized_on"),
    ]

    /// Facts dated within the window up to its end that came first with a change after `change`.
    public func lateRecords(
        window: DayRange, after change: Int64
    ) throws -> [(unit: String, decisionNo: String, kind: String, datedOn: Day, change: Int64)] {
        var records: [(String, String, String, Day, Int64)] = []
        for (kind, column) in ReadScope.datedKinds {
            let isLate = "NOT \(ReadScope.isSeen("t.change_no", at: change))"
            let wasKnown = ReadScope.isSeen("h.change_no", at: change)
            try db.forEachFact(
                """
                SELECT u.unit_code, c.decision_no, t.\(column), t.change_no
                FROM \(try facts(kind)) t JOIN \(try keys("cases")) c ON c.id = t.case_id
                JOIN \(try keys("units")) u ON u.id = c.unit_id
                WHERE \(isLate) AND t.\(column) BETWEEN ?1 AND ?2 AND NOT EXISTS (
                    SELECT 1 FROM \(kind)_history h WHERE h.id = t.id AND \(wasKnown)
                        AND h.\(column) = t.\(column))
                ORDER BY t.id
                """,
                [
                    .integer(Int64(window.start.number)), .integer(Int64(window.end.number)),
                ], keepsStatement: false
            ) { row in
                records.append((row.text(0), row.text(1), kind, try row.day(2), row.int64(3)))
            }
        }
        return records.map {
            (unit: $0.0, decisionNo: $0.1, kind: $0.2, datedOn: $0.3, change: $0.4)
        }
    }
}
