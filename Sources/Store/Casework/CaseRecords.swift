internal import GRDB
public import Rules

extension ReadScope {
    /// All units, by code.
    public func units() throws -> [Unit] { try unitRows().map(\.unit) }

    /// All units with their row ids, by code.
    func unitRows() throws -> [(id: Int64, unit: Unit)] {
        var rows: [(id: Int64, unit: Unit)] = []
        try forEachFact(
            """
            SELECT id, unit_code, name, level, parent_code, cluster FROM \(try facts("units"))
            ORDER BY unit_code
            """
        ) { row in
            let unit = Unit(
                code: row.text(1), name: row.text(2), level: try row.word(3, UnitLevel.self),
                parentCode: row.optionalText(4), cluster: row.optionalText(5))
            rows.append((row.int64(0), unit))
        }
        return rows
    }

    /// The unit with all its cases, in the order in which they were recorded, its reports and its duties.
    public func unitFile(_ unit: Unit) throws -> UnitFile {
        UnitFile(
            unit: unit, cases: try caseFiles(.unit(unit.code)), reports: try reports(of: unit.code),
            duties: try duties(of: unit.code))
    }

    /// One case with all its facts; nil when there is none of that key.
    public func caseFile(_ key: CaseKey) throws -> CaseFile? {
        try caseFiles(.one(key)).first
    }

    /// The unit's cases that have ever had an asset seized, with all their facts.
    public func caseFilesWithAssets(unit code: String) throws -> [CaseFile] {
        try caseFiles(.withAssets(code))
    }

    func reports(of unit: String) throws -> [Report] {
        var reports: [Report] = []
        try forEachFact(
            """
            SELECT r.kind, r.submitted_on, r.emailed_on FROM \(try facts("reports")) r
            JOIN \(try keys("units")) u ON u.id = r.unit_id WHERE u.unit_code = ? ORDER BY r.id
            """, [.text(unit)]
        ) { row in
            reports.append(
                Report(
                    kind: try row.word(0, ReportKind.self), submittedOn: try row.day(1),
                    emailedOn: try row.optionalDay(2)))
        }
        return reports
    }
}

/// Which cases a query is about: a condition over `c` (cases) and `u` (its unit).
enum CaseSelection {
    case unit(String)
    case withAssets(String)
    case one(CaseKey)

    /// - Parameter assets: what assets are read from.
    func condition(assets: String) -> String {
        switch self {
        case .unit: "u.unit_code = ?"
        case .withAssets:
            "u.unit_code = ? AND EXISTS (SELECT 1 FROM \(assets) a WHERE a.case_id = c.id)"
        case .one: "u.unit_code = ? AND c.decision_no = ?"
        }
    }

    var arguments: [FieldValue] {
        switch self {
        case .unit(let code), .withAssets(let code): [.text(code)]
        case .one(let key): [.text(key.unit), .text(key.decisionNo)]
        }
    }
}

extension ReadScope {
    func condition(_ selection: CaseSelection) throws -> String {
        selection.condition(assets: try facts("assets"))
    }

    private func caseFiles(_ selection: CaseSelection) throws -> [CaseFile] {
        var files: [CaseFile] = []
        var index: [Int64: Int] = [:]
        try forEachFact(
            """
            SELECT c.id, u.unit_code, c.decision_no, c.decision_on, c.initiative, c.amount_due,
                o.officer_code, c.received_on, c.judgment_effective_on, c.assigned_on,
                c.debtor_notified_on, c.first_decision_on, c.state_revenue, c.revenue_kind,
                c.address_unknown, c.prison_until, c.coercion_cost, c.credit_institution,
                c.sensitivity
            FROM \(try facts("cases")) c JOIN \(try keys("units")) u ON u.id = c.unit_id
            LEFT JOIN \(try keys("officers")) o ON o.id = c.officer_id
            WHERE \(try condition(selection)) ORDER BY c.id
            """, selection.arguments
        ) { row in
            let file = try CaseFile(reading: row)
            if let sight, sight.touches(unit: file.key.unit),
                !sight.covers(unit: file.key.unit, officer: file.officer)
            {
                return
            }
            index[row.int64(0)] = files.count
            files.append(file)
        }
        try readDecisions(selection) { id, fact in
            if let at = index[id] { files[at].decisions.append(fact) }
        }
        try readPayments(selection) { id, fact in
            if let at = index[id] { files[at].payments.append(fact) }
        }
        try readVerifications(selection) { id, fact in
            if let at = index[id] { files[at].verifications.append(fact) }
        }
        try readNominations(selection) { id, fact in
            if let at = index[id] { files[at].nominations.append(fact) }
        }
        try readCommitments(selection) { id, fact in
            if let at = index[id] { files[at].commitments.append(fact) }
        }
        try readViolations(selection) { id, fact in
            if let at = index[id] { files[at].violations.append(fact) }
        }
        try readCampaignFacts(selection, into: &files, index: index)
        for (id, assets) in try assets(selection) {
            if let at = index[id] { files[at].assets = assets }
        }
        return files
    }

    /// Runs `SELECT case_id, columns FROM table` over the selected cases, in order of case and row.
    func forEachCaseFact(
        _ table: String, _ columns: String, _ selection: CaseSelection,
        _ body: (FactReader) throws -> Void
    ) throws {
        let listed = columns.split(separator: ",").map { "t." + $0.drop { $0 == " " } }
        try forEachFact(
            """
            SELECT t.case_id, \(listed.joined(separator: ", "))
            FROM \(try keys("cases")) c JOIN \(try keys("units")) u ON u.id = c.unit_id
            JOIN \(try facts(table)) t ON t.case_id = c.id
            WHERE \(try condition(selection)) ORDER BY t.case_id, t.id
            """, selection.arguments, body)
    }

    private func readDecisions(
        _ selection: CaseSelection, _ take: (Int64, Decision) -> Void
    ) throws {
        try forEachCaseFact(
            "decisions", "kind, decided_on, number, ground, ground_on, until_on, amount", selection
        ) { row in
            take(
                row.int64(0),
                Decision(
                    kind: try row.word(1, DecisionKind.self), decidedOn: try row.day(2),
                    number: row.optionalText(3), ground: row.optionalText(4),
                    groundOn: try row.optionalDay(5), untilOn: try row.optionalDay(6),
                    amount: row.optionalDong(7)))
        }
    }

    private func readPayments(
        _ selection: CaseSelection, _ take: (Int64, Payment) -> Void
    ) throws {
        try forEachCaseFact(
            "payments", "receipt_no, paid_on, amount, source, reversed_on", selection
        ) { row in
            take(
                row.int64(0),
                Payment(
                    receiptNo: row.text(1), paidOn: try row.day(2), amount: row.dong(3),
                    source: try row.word(4, PaymentSource.self), reversedOn: try row.optionalDay(5))
            )
        }
    }

    private func readVerifications(
        _ selection: CaseSelection, _ take: (Int64, Verification) -> Void
    ) throws {
        try forEachCaseFact("verifications", "verified_on, result, ground", selection) { row in
            take(
                row.int64(0),
                Verification(
                    verifiedOn: try row.day(1), result: try row.word(2, VerificationResult.self),
                    ground: row.optionalText(3)))
        }
    }

    private func readNominations(
        _ selection: CaseSelection, _ take: (Int64, Nomination) -> Void
    ) throws {
        try forEachCaseFact(
            "nominations", "list, submitted_on, withdrawn_on, reason", selection
        ) { row in
            take(
                row.int64(0),
                Nomination(
                    list: row.text(1), submittedOn: try row.day(2),
                    withdrawnOn: try row.optionalDay(3),
                    reason: row.optionalText(4)))
        }
    }

    private func readCommitments(
        _ selection: CaseSelection, _ take: (Int64, Commitment) -> Void
    ) throws {
        try forEachCaseFact("commitments", "due_on, amount", selection) { row in
            take(row.int64(0), Commitment(dueOn: try row.day(1), amount: row.dong(2)))
        }
    }

    private func readViolations(
        _ selection: CaseSelection, _ take: (Int64, Violation) -> Void
    ) throws {
        try forEachCaseFact("violations", "found_on, severity, repaired_on", selection) { row in
            take(
                row.int64(0),
                Violation(
                    foundOn: try row.day(1), severity: try row.word(2, Severity.self),
                    repairedOn: try row.optionalDay(3)))
        }
    }
}

extension CaseFile {
    /// From the columns of `caseFiles`, in their order.
    fileprivate init(reading row: FactReader) throws {
        self.init(
            key: CaseKey(unit: row.text(1), decisionNo: row.text(2)), decisionOn: try row.day(3),
            initiative: try row.word(4, Initiative.self), amountDue: row.dong(5),
            stateRevenue: row.flag(12))
        officer = row.optionalText(6)
        receivedOn = try row.optionalDay(7)
        judgmentEffectiveOn = try row.optionalDay(8)
        assignedOn = try row.optionalDay(9)
        debtorNotifiedOn = try row.optionalDay(10)
        firstDecisionOn = try row.optionalDay(11)
        revenueKind = row.optionalText(13)
        addressUnknown = row.flag(14)
        prisonUntil = try row.optionalDay(15)
        coercionCost = row.optionalDong(16)
        creditInstitution = row.flag(17)
        sensitivity = row.optionalText(18)
    }
}
