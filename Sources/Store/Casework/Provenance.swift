internal import GRDB

extension ReadScope {
    /// Tables whose rows hang on a case, and on an asset of one.
    static let ofCases = [
        "decisions", "payments", "verifications", "nominations", "commitments", "violations",
        "assets", "plan_steps", "persuasions", "coercions", "guidance", "directions", "obstacles",
        "coordination", "file_reviews", "exemptions",
    ]
    static let ofAssets = ["valuations", "rounds", "reductions", "offers"]

    /// The changes that brought each case of the unit and its facts as they stand, ascending, by decision number.
    public func changes(
        unit: String, decisionNo: String? = nil
    ) throws -> [String: [Int64]] {
        let condition = "u.unit_code = ?1" + (decisionNo == nil ? "" : " AND c.decision_no = ?2")
        let units = "JOIN \(try keys("units")) u ON u.id = c.unit_id"
        let cases = "\(try keys("cases")) c \(units)"
        var parts = [
            "SELECT c.decision_no, c.change_no FROM \(try facts("cases")) c \(units) "
                + "WHERE \(condition)"
        ]
        parts += try ReadScope.ofCases.map { table in
            "SELECT c.decision_no, t.change_no FROM \(cases) JOIN \(try facts(table)) t "
                + "ON t.case_id = c.id WHERE \(condition)"
        }
        parts += try ReadScope.ofAssets.map { table in
            "SELECT c.decision_no, t.change_no FROM \(cases) JOIN \(try keys("assets")) s "
                + "ON s.case_id = c.id JOIN \(try facts(table)) t ON t.asset_id = s.id "
                + "WHERE \(condition)"
        }
        var changes: [String: [Int64]] = [:]
        let arguments = [FieldValue.text(unit)] + (decisionNo.map { [.text($0)] } ?? [])
        try forEachFact(
            parts.joined(separator: "\nUNION\n") + "\nORDER BY 1, 2", arguments
        ) { row in changes[row.text(0), default: []].append(row.int64(1)) }
        return changes
    }
}
