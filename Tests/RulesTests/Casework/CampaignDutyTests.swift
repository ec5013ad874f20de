import Rules
import Testing

/// The plan's part II and LTHADS Art. 61, 73: work on a case for which a person or the plan sets the day.
@Suite struct CampaignDutyTests {
    static let work: [DutyRow] = [
        DutyRow(
            "a step of the plan, whoever answers for it", "KH II.1", on: "01/05",
            ["plan_step plan 10/05→10/05"], plan: true
        ) {
            try quiet(&$0)
            $0.planSteps = [PlanStep(stepNo: 1, measure: .persuade, dueOn: try day("10/05"))]
        },
        DutyRow(
            "its day is a Sunday and does not move", "KH II.1", on: "10/05",
            ["plan_step plan 09/05→09/05"], plan: true
        ) {
            try quiet(&$0)
            $0.planSteps = [PlanStep(stepNo: 1, measure: .verify, dueOn: try day("09/05"))]
        },
        DutyRow("a step that was taken", "KH II.1", on: "20/05", [], plan: true) {
            try quiet(&$0)
            $0.planSteps = [
                PlanStep(
                    stepNo: 1, measure: .verify, dueOn: try day("09/05"), doneOn: try day("20/05"))
            ]
        },
        DutyRow(
            "on a list: plan the case, persuade", "KH II.1", on: "20/02",
            ["plan_case plan 18/02→15/03", "persuade plan 18/02→15/04"], plan: true
        ) {
            try quiet(&$0)
            $0.nominations = [try Make.nomination("large_value")]
        },
        DutyRow(
            "on the list of old cases: review the file too", "KH II.2", on: "20/02",
            [
                "plan_case plan 18/02→15/03", "persuade plan 18/02→15/04",
                "review_file plan 18/02→15/04",
            ], plan: true
        ) {
            try quiet(&$0)
            $0.nominations = [try Make.nomination("old_case")]
        },
        DutyRow("withdrawn from the list", "KH II.1", on: "10/03", [], plan: true) {
            try quiet(&$0)
            $0.nominations = [try Make.nomination("old_case", withdrawn: "10/03")]
        },
        DutyRow(
            "planned and persuaded; a review of the year before does not count", "KH II.2",
            on: "01/04",
            ["plan_step plan 30/05→30/05", "review_file plan 18/02→15/04"], plan: true
        ) {
            try quiet(&$0)
            $0.nominations = [try Make.nomination("old_case")]
            $0.planSteps = [PlanStep(stepNo: 1, measure: .coerce, dueOn: try day("30/05"))]
            $0.persuasions = [Persuasion(heldOn: try day("12/03"), party: .debtor)]
            $0.fileReviews = [FileReview(reviewedOn: try day("30/09/2020"), result: .clean)]
        },
        DutyRow(
            "coercion decided: no more persuading, the notice and the day", "Điều 73.4",
            on: "01/04",
            [
                "carry_out_coercion plan 30/03→20/04", "notify_coercion C-03c 30/03→15/04",
                "plan_case plan 18/02→15/03",
            ], plan: true
        ) {
            try quiet(&$0)
            $0.nominations = [try Make.nomination("large_value")]
            $0.coercions = [
                Coercion(
                    decidedOn: try day("30/03"), measure: .seizure, plannedOn: try day("20/04"))
            ]
        },
        DutyRow(
            "three working days before Thursday 22/04, Hùng Kings' day between", "Điều 73.4",
            on: "05/04",
            ["carry_out_coercion plan 30/03→22/04", "notify_coercion C-03c 30/03→16/04"]
        ) {
            try quiet(&$0)
            $0.coercions = [
                Coercion(
                    decidedOn: try day("30/03"), measure: .act, plannedOn: try day("22/04"))
            ]
        },
        DutyRow("notified and carried out", "Điều 73.4", on: "22/04", []) {
            try quiet(&$0)
            $0.coercions = [
                Coercion(
                    decidedOn: try day("30/03"), measure: .act, plannedOn: try day("22/04"),
                    notifiedOn: try day("16/04"), carriedOutOn: try day("22/04"), outcome: .done)
            ]
        },
        DutyRow("called off: the debtor paid", "Điều 73.4", on: "22/04", []) {
            try quiet(&$0)
            $0.coercions = [
                Coercion(
                    decidedOn: try day("30/03"), measure: .act, plannedOn: try day("22/04"),
                    outcome: .voluntary)
            ]
        },
        DutyRow(
            "a direction is carried out by its day", "KH II.2", on: "10/04",
            ["carry_out_direction plan 01/04→20/04"]
        ) {
            try quiet(&$0)
            $0.directions = [try direction()]
        },
        DutyRow("…or what stands in its way is reported", "KH II.2", on: "10/04", []) {
            try quiet(&$0)
            var one = try direction()
            one.obstacleReportedOn = try day("10/04")
            $0.directions = [one]
        },
        DutyRow("a direction of later", "KH II.2", on: "31/03", []) {
            try quiet(&$0)
            $0.directions = [try direction()]
        },
        DutyRow(
            "the measure that an answer named", "KH II.2", on: "10/04",
            ["carry_out_guidance plan 05/04→25/04"]
        ) {
            try quiet(&$0)
            $0.guidance = [
                Guidance(
                    askedOn: try day("01/04"), askedOf: .department, answeredOn: try day("05/04"),
                    dueOn: try day("25/04"))
            ]
        },
        DutyRow("not answered yet", "KH II.2", on: "04/04", []) {
            try quiet(&$0)
            $0.guidance = [
                Guidance(
                    askedOn: try day("01/04"), askedOf: .department, answeredOn: try day("05/04"),
                    dueOn: try day("25/04"))
            ]
        },
        DutyRow(
            "what the agencies agreed", "KH II.2", on: "10/04",
            ["carry_out_agreement plan 06/04→26/04"]
        ) {
            try quiet(&$0)
            $0.coordination = [
                Coordination(heldOn: try day("06/04"), agency: .procuracy, dueOn: try day("26/04"))
            ]
        },
        DutyRow(
            "a faulty file is repaired", "KH II.2", on: "10/04", ["repair_file plan 06/04→16/04"]
        ) {
            try quiet(&$0)
            $0.fileReviews = [
                FileReview(
                    reviewedOn: try day("06/04"), result: .violation, repairDueOn: try day("16/04")
                )
            ]
        },
        DutyRow(
            "an obstacle is reported", "KH II.2", on: "10/04",
            ["report_obstacle policy 06/04→13/04"], plan: true
        ) {
            try quiet(&$0)
            $0.obstacles = [Obstacle(foundOn: try day("06/04"), description: "x")]
        },
        DutyRow("an obstacle that was overcome", "KH II.2", on: "10/04", [], plan: true) {
            try quiet(&$0)
            $0.obstacles = [
                Obstacle(
                    foundOn: try day("06/04"), description: "x", resolvedOn: try day("09/04"))
            ]
        },
        DutyRow(
            "instalments: the first is paid, the second open", "KH II.2", on: "15/04",
            ["follow_commitment plan 10/05→10/05"]
        ) {
            try quiet(&$0)
            $0.commitments = try instalments()
            try $0.pay(5_000_000, "09/04")
        },
        DutyRow(
            "one đồng short", "KH II.2", on: "15/04",
            ["follow_commitment plan 10/04→10/04", "follow_commitment plan 10/05→10/05"]
        ) {
            try quiet(&$0)
            $0.commitments = try instalments()
            try $0.pay(4_999_999, "09/04")
        },
        DutyRow("paid off at once", "KH II.2", on: "15/04", []) {
            try quiet(&$0)
            $0.commitments = try instalments()
            try $0.pay(100_000_000, "09/04")
        },
    ]

    /// State revenue decided on 15/03/2016: five years are over on 15/03/2021.
    static let exemption: [DutyRow] = [
        exempt("X-01: below 2 million, five years", 1_999_999, on: "20/03", opens: "15/03→25/03"),
        exempt("the day before the five years are over", 1_999_999, on: "14/03", opens: nil),
        exempt("2 million: ten years", 2_000_000, on: "20/03", opens: nil),
        exempt(
            "X-02: 2 million to below 5, ten years", 2_000_000, on: "20/03", opens: "15/03→25/03",
            since: "15/03/2011"),
        exempt("5 million and nothing paid", 5_000_000, on: "20/03", opens: nil),
        exempt(
            "X-03: 1/50 paid, below 5 million left", 5_000_000, on: "20/03", opens: "15/03→25/03",
            paid: 100_000),
        exempt("one đồng below 1/50", 5_000_000, on: "20/03", opens: nil, paid: 99_999),
        exempt(
            "5 to below 10 million left, five years", 9_000_000, on: "20/03", opens: nil,
            paid: 1_000_000),
        exempt(
            "X-04: 5 to below 10 million left, ten years", 9_000_000, on: "20/03",
            opens: "15/03→25/03", paid: 1_000_000, since: "15/03/2011"),
        exempt(
            "X-05: 10 million left", 11_000_000, on: "20/03", opens: "15/03→25/03",
            paid: 1_000_000),
        exempt(
            "X-05: 100 million left", 103_000_000, on: "20/03", opens: "15/03→25/03",
            paid: 3_000_000),
        exempt(
            "above 100 million, five years", 103_000_001, on: "20/03", opens: nil, paid: 3_000_000),
        exempt(
            "X-06: above 100 million, ten years", 103_000_001, on: "20/03", opens: "15/03→25/03",
            paid: 3_000_000, since: "15/03/2011"),
    ]

    private static func exempt(
        _ why: String, _ sum: Int64, on asOf: String, opens: String?, paid: Int64 = 0,
        since: String = "15/03/2016"
    ) -> DutyRow {
        // The two rounds of Art. 44.2 are over, so nothing else is to be done.
        DutyRow(
            why, "Điều 61", on: asOf, opens.map { ["verify_exemption X-10a.verify \($0)"] } ?? []
        ) {
            $0.amountDue = Dong(sum)
            $0.stateRevenue = true
            $0.decisionOn = try day(since)
            try $0.tell(since)
            try $0.verify(.notEnforceable, "10/06/2016")
            try $0.decide(.notEnforceable, "10/06/2016", ground: "44a.1.a")
            try $0.verify(.notEnforceable, "09/12/2016")
            try $0.verify(.notEnforceable, "08/06/2017")
            if paid > 0 { try $0.pay(paid, "20/06/2017") }
        }
    }

    @Test(arguments: work + exemption) func openDuties(_ row: DutyRow) throws { try row.check() }

    /// The duty and the adviser of Art. 61 are two calculations: where one opens, so does the other.
    @Test(arguments: exemption) func agreesWithTheAdviser(_ row: DutyRow) throws {
        let advice = try row.file().exemptionAdvice(RealLaw.table(), on: day(row.asOf))
        let isOpen = advice.options.contains {
            $0.state == .open && $0.measure != .hardship
        }
        #expect(isOpen == !row.open.isEmpty, "\(advice.verdict)")
    }

    @Test func aFileUnderWayAndADecisionWithinTheYearBarAnother() throws {
        var file = try Make.file(due: 1_000_000, decided: "15/03/2016") {
            $0.stateRevenue = true
            try $0.verify(.notEnforceable, "10/06/2016")
            try $0.decide(.notEnforceable, "10/06/2016")
            $0.exemptions = [Exemption(proposedOn: try day("20/03"), kind: .exempt)]
        }
        func opens(_ on: String) throws -> [String] {
            try caseDuties(of: file, plan: nil, law: RealLaw.table(), asOf: day(on)).open
                .filter { $0.kind == .verifyExemption }.map(DutyRow.written)
        }
        #expect(try opens("19/03") == ["verify_exemption X-10a.verify 15/03→25/03"])
        #expect(try opens("20/03").isEmpty)
        file.exemptions[0].decidedOn = try day("10/05")
        file.exemptions[0].outcome = .refused
        #expect(try opens("09/05/2022").isEmpty)
        #expect(try opens("10/05/2022") == ["verify_exemption X-10a.verify 10/05/2022→20/05/2022"])
        file.exemptions[0].outcome = .returned
        #expect(try opens("11/05") == ["verify_exemption X-10a.verify 10/05→20/05"])
    }

    /// Verified: of the first steps nothing is left to do.
    private static func quiet(_ file: inout CaseFile) throws {
        try file.verify(.enforceable, "15/03")
    }

    private static func direction() throws -> Direction {
        Direction(directionNo: "12", issuedOn: try day("01/04"), dueOn: try day("20/04"))
    }

    private static func instalments() throws -> [Commitment] {
        [
            Commitment(dueOn: try day("10/04"), amount: Dong(5_000_000)),
            Commitment(dueOn: try day("10/05"), amount: Dong(5_000_000)),
        ]
    }
}
