internal import GRDB

extension ReadScope {
    /// Tables whose rows hang on a case, and on an asset of one.
    private static let ofCases = [
        "decisions", "payments", "verifications", "nominations", "commitments", "violations",
        "assets", "plan_steps", "persuasions", "coercions", "guidance", "directions", "obstacles",
        "coordination", "file_reviews", "exemptions",
    ]
    private static let ofAssets = ["valuations", "rounds", "reductions", "offers"]

    /// The changes that brought each case of the unit and its facts as they stand, ascending, by decision number.
    public func changes(
        unit: String, decisionNo: String? = nil
    ) throws -> [String: [Int64]] {
        let condition = "u.unit_code = ?1" + (decisionNo == nil ? "" : " AND c.decision_no = ?2")
        let cases = "cases c JOIN units u ON u.id = c.unit_id"
        var parts = [
            "SELECT c.decision_no, c.change_no FROM current_\(cases) WHERE \(condition)"
        ]
        parts += ReadScope.ofCases.map { table in
            "SELECT c.decision_no, t.change_no FROM \(cases) JOIN current_\(table) t ON t.case_id = c.id "
                + "WHERE \(condition)"
        }
        parts += ReadScope.ofAssets.map { table in
            "SELECT c.decision_no, t.change_no FROM \(cases) JOIN assets s ON s.case_id = c.id "
                + "JOIN current_\(table) t ON t.asset_id = s.id WHERE \(condition)"
        }
        var changes: [String: [Int64]] = [:]
        let arguments = [FieldValue.text(unit)] + (decisionNo.map { [.text($0)] } ?? [])
        try db.forEachFact(
            parts.joined(separator: "\nUNION\n") + "\nORDER BY 1, 2", arguments
        ) { row in changes[row.text(0), default: []].append(row.int64(1)) }
        return changes
    }
}
