public import Rules

/// The parties of a case and the texts of its file: for people, never for rules or logs.
public struct CaseParties: Sendable, Equatable {
    public var judgmentNo: String?
    public var judgmentOn: Day?
    public var creditor: String?
    public var debtor: String?
    public var debtorAddress: String?
    public var obligation: String?
    public var note: String?
}

extension ReadScope {
    public func parties(of key: CaseKey) throws -> CaseParties? {
        var found: CaseParties?
        try forEachFact(
            """
            SELECT c.judgment_no, c.judgment_on, c.creditor, c.debtor, c.debtor_address,
                c.obligation, c.note
            FROM \(try facts("cases")) c JOIN \(try keys("units")) u ON u.id = c.unit_id
            WHERE u.unit_code = ? AND c.decision_no = ?
            """, [.text(key.unit), .text(key.decisionNo)]
        ) { row in
            found = CaseParties(
                judgmentNo: row.optionalText(0), judgmentOn: try row.optionalDay(1),
                creditor: row.optionalText(2), debtor: row.optionalText(3),
                debtorAddress: row.optionalText(4), obligation: row.optionalText(5),
                note: row.optionalText(6))
        }
        return found
    }
}
