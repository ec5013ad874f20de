internal import GRDB
internal import Rules

/// The facts of a campaign's work, table by table. A table without rows costs one look, no join.
extension ReadScope {
    /// Adds the facts of the campaign's work to the case files; `index` finds a file by its row's id.
    func readCampaignFacts(
        _ selection: CaseSelection, into files: inout [CaseFile], index: [Int64: Int]
    ) throws {
        try read("plan_steps", selection, index) { files[$0].planSteps.append(try .init($1)) }
        try read("persuasions", selection, index) { files[$0].persuasions.append(try .init($1)) }
        try read("coercions", selection, index) { files[$0].coercions.append(try .init($1)) }
        try read("guidance", selection, index) { files[$0].guidance.append(try .init($1)) }
        try read("directions", selection, index) { files[$0].directions.append(try .init($1)) }
        try read("obstacles", selection, index) { files[$0].obstacles.append(try .init($1)) }
        try read("coordination", selection, index) {
            files[$0].coordination.append(try .init($1))
        }
        try read("file_reviews", selection, index) { files[$0].fileReviews.append(try .init($1)) }
        try read("exemptions", selection, index) { files[$0].exemptions.append(try .init($1)) }
    }

    private func read(
        _ table: String, _ selection: CaseSelection, _ index: [Int64: Int],
        _ body: (Int, FactReader) throws -> Void
    ) throws {
        guard let columns = ReadScope.campaignColumns[table], try !isEmpty(table) else { return }
        try forEachCaseFact(table, columns, selection) { row in
            if let at = index[row.int64(0)] { try body(at, row) }
        }
    }

    private func isEmpty(_ table: String) throws -> Bool {
        var isEmpty = true
        try db.forEachFact("SELECT 1 FROM \(table) LIMIT 1") { _ in isEmpty = false }
        return isEmpty
    }

    /// The columns that the readers below take, in their order.
    private static let campaignColumns = [
        "plan_steps": "step_no, measure, due_on, owner, description, done_on, result",
        "persuasions": "held_on, party, outcome, description",
        "coercions":
            "decided_on, measure, number, planned_on, notified_on, carried_out_on, mobilised, "
            + "cost, outcome",
        "guidance":
            "asked_on, asked_of, question, answered_on, answer_no, measure, due_on, done_on, "
            + "obstacle_reported_on",
        "directions":
            "direction_no, issued_on, due_on, issuer, content, done_on, obstacle_reported_on",
        "obstacles":
            "found_on, description, category, proposed_remedy, reported_on, resolved_on, "
            + "resolution",
        "coordination": "held_on, agency, content, agreed_measure, due_on, done_on",
        "file_reviews": "reviewed_on, result, reviewer, findings, repair_due_on, repaired_on",
        "exemptions":
            "proposed_on, kind, amount, sent_on, decided_on, outcome, granted_amount",
    ]

    /// What the campaign asks of the unit itself.
    func duties(of unit: String) throws -> [UnitDuty] {
        var duties: [UnitDuty] = []
        try db.forEachFact(
            """
            SELECT d.duty_no, d.title, d.due_on, d.paragraph, d.done_on
            FROM \(try facts("unit_duties")) d
            JOIN \(try keys("units")) u ON u.id = d.unit_id WHERE u.unit_code = ? ORDER BY d.id
            """, [.text(unit)]
        ) { row in
            duties.append(
                UnitDuty(
                    dutyNo: row.text(0), title: row.text(1), dueOn: try row.day(2),
                    paragraph: row.optionalText(3), doneOn: try row.optionalDay(4)))
        }
        return duties
    }
}

extension PlanStep {
    fileprivate init(_ row: FactReader) throws {
        self.init(
            stepNo: Int(row.int64(1)), measure: try row.word(2, PlanMeasure.self),
            dueOn: try row.day(3), owner: row.optionalText(4), description: row.optionalText(5),
            doneOn: try row.optionalDay(6), result: row.optionalText(7))
    }
}

extension Persuasion {
    fileprivate init(_ row: FactReader) throws {
        self.init(
            heldOn: try row.day(1), party: try row.word(2, PersuadedParty.self),
            outcome: try row.optionalWord(3, PersuasionOutcome.self),
            description: row.optionalText(4))
    }
}

extension Coercion {
    fileprivate init(_ row: FactReader) throws {
        self.init(
            decidedOn: try row.day(1), measure: try row.word(2, CoercionMeasure.self),
            number: row.optionalText(3), plannedOn: try row.optionalDay(4),
            notifiedOn: try row.optionalDay(5), carriedOutOn: try row.optionalDay(6),
            isMobilised: row.flag(7), cost: row.optionalDong(8),
            outcome: try row.optionalWord(9, CoercionOutcome.self))
    }
}

extension Guidance {
    fileprivate init(_ row: FactReader) throws {
        self.init(
            askedOn: try row.day(1), askedOf: try row.word(2, GuidanceSource.self),
            question: row.optionalText(3), answeredOn: try row.optionalDay(4),
            answerNo: row.optionalText(5), measure: row.optionalText(6),
            dueOn: try row.optionalDay(7), doneOn: try row.optionalDay(8),
            obstacleReportedOn: try row.optionalDay(9))
    }
}

extension Direction {
    fileprivate init(_ row: FactReader) throws {
        self.init(
            directionNo: row.text(1), issuedOn: try row.day(2), dueOn: try row.day(3),
            issuer: try row.optionalWord(4, DirectionIssuer.self), content: row.optionalText(5),
            doneOn: try row.optionalDay(6), obstacleReportedOn: try row.optionalDay(7))
    }
}

extension Obstacle {
    fileprivate init(_ row: FactReader) throws {
        self.init(
            foundOn: try row.day(1), description: row.text(2), category: row.optionalText(3),
            proposedRemedy: row.optionalText(4), reportedOn: try row.optionalDay(5),
            resolvedOn: try row.optionalDay(6), resolution: row.optionalText(7))
    }
}

extension Coordination {
    fileprivate init(_ row: FactReader) throws {
        self.init(
            heldOn: try row.day(1), agency: try row.word(2, PartnerAgency.self),
            content: row.optionalText(3), agreedMeasure: row.optionalText(4),
            dueOn: try row.optionalDay(5), doneOn: try row.optionalDay(6))
    }
}

extension FileReview {
    fileprivate init(_ row: FactReader) throws {
        self.init(
            reviewedOn: try row.day(1), result: try row.word(2, ReviewResult.self),
            reviewer: row.optionalText(3), findings: row.optionalText(4),
            repairDueOn: try row.optionalDay(5), repairedOn: try row.optionalDay(6))
    }
}

extension Exemption {
    fileprivate init(_ row: FactReader) throws {
        self.init(
            proposedOn: try row.day(1), kind: try row.word(2, ExemptionKind.self),
            amount: row.optionalDong(3), sentOn: try row.optionalDay(4),
            decidedOn: try row.optionalDay(5),
            outcome: try row.optionalWord(6, ExemptionOutcome.self),
            grantedAmount: row.optionalDong(7))
    }
}
