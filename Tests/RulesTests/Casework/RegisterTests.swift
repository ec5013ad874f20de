import Rules
import Testing

/// What the compliance register holds: the facts, the day, and each finding with its days late or first lawful day.
@Suite struct RegisterTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let why: String
        let asOf: String
        /// `finding rule due→done late` of each row.
        let rows: [String]
        let fill: @Sendable (inout CaseFile) throws -> Void

        var testDescription: String { "\(why) (\(asOf))" }
    }

    static let rows: [Row] = [
        Row(
            why: "36.1: decided a day late", asOf: "31/05",
            rows: ["decision_late E-03 12/04→13/04 1"]
        ) {
            $0.receivedOn = try day("05/04")
            $0.decisionOn = try day("13/04")
            $0.debtorNotifiedOn = try day("13/04")
            try $0.verify(.enforceable, "26/04")
        },
        Row(why: "36.1: decided on the last day", asOf: "31/05", rows: []) {
            $0.receivedOn = try day("05/04")
            $0.decisionOn = try day("12/04")
            $0.debtorNotifiedOn = try day("12/04")
            try $0.verify(.enforceable, "26/04")
        },
        Row(
            why: "44.1: verified late, in a case that is long finished", asOf: "31/05",
            rows: ["verification_late E-11 22/03→24/03 2"]
        ) {
            try $0.verify(.enforceable, "24/03")
            try $0.decide(.terminate, "26/03", ground: "50.1.c")
        },
        Row(
            why: "44.1: never verified", asOf: "31/05", rows: ["verification_late E-11 22/03→– 70"]
        ) { _ in },
        Row(
            why: "44.2: a round of six months missed by two days", asOf: "30/09",
            rows: ["verification_missed E-12 22/09→24/09 2"]
        ) {
            try $0.verify(.notEnforceable, "22/03")
            try $0.decide(.notEnforceable, "22/03")
            try $0.verify(.notEnforceable, "24/09")
        },
        Row(
            why: "44a: decided on the sixth working day", asOf: "31/05",
            rows: ["classification_late E-13 29/03→30/03 1"]
        ) {
            try $0.verify(.notEnforceable, "22/03")
            try $0.decide(.notEnforceable, "30/03")
        },
        Row(
            why: "44a.1: classed without any verification; the ground was recorded in time",
            asOf: "20/03", rows: ["classification_without_verification E-14 –→15/03 0"]
        ) { try $0.decide(.notEnforceable, "15/03", since: "10/03") },
        Row(
            why: "44a.1: the verification found the opposite", asOf: "20/03",
            rows: ["classification_without_verification E-14 –→18/03 0"]
        ) {
            try $0.verify(.enforceable, "15/03")
            try $0.decide(.notEnforceable, "18/03")
        },
        Row(
            why: "48.3, 48.4: postponed and resumed late", asOf: "31/05",
            rows: ["postponement_late C-05 22/03→23/03 1", "resumption_late C-08 21/05→25/05 4"]
        ) {
            try $0.verify(.enforceable, "15/03")
            try $0.decide(.postpone, "23/03", ground: "48.1.c", since: "15/03", until: "14/05")
            try $0.decide(.resume, "25/05")
        },
        Row(
            why: "50.2: terminated late", asOf: "31/05",
            rows: ["termination_late C-11 22/03→25/03 3"]
        ) {
            try $0.verify(.enforceable, "15/03")
            try $0.decide(.terminate, "25/03", ground: "50.1.c", since: "15/03")
        },
        Row(
            why: "52: closed with debt left", asOf: "31/05",
            rows: ["completed_with_debt C-12 –→20/03 0"]
        ) {
            try $0.pay(99_999_999, "08/03")
            try $0.verify(.enforceable, "15/03")
            try $0.decide(.complete, "20/03")
        },
        Row(
            why: "36: money before the decision", asOf: "31/05",
            rows: ["payment_before_decision E-03 01/03→26/02 0"]
        ) {
            try $0.verify(.enforceable, "15/03")
            try $0.pay(5_000_000, "26/02")
        },
        Row(
            why: "46.1: seized on the last day of the voluntary period", asOf: "12/03",
            rows: ["coercion_in_voluntary_period E-09 12/03→11/03 0"]
        ) { $0.assets = [try Make.asset(seized: "11/03")] },
        Row(why: "46.1: seized the day after", asOf: "12/03", rows: []) {
            $0.assets = [try Make.asset(seized: "12/03")]
        },
        Row(
            why: "46.2: coerced on a Saturday", asOf: "31/05",
            rows: ["coercion_on_day_off C-02 29/03→27/03 0"]
        ) {
            try $0.verify(.enforceable, "15/03")
            $0.coercions = [
                Coercion(
                    decidedOn: try day("20/03"), measure: .act, carriedOutOn: try day("27/03"))
            ]
        },
        Row(
            why: "104.1: reduced before the parties' ten days were over", asOf: "01/06",
            rows: ["reduction_too_early R-03 10/05→07/05 0"]
        ) { $0.assets = [try reduced(notice: "28/04", on: "07/05", to: 810_000_000)] },
        Row(why: "104.1: reduced on the first lawful day", asOf: "11/05", rows: []) {
            $0.assets = [try reduced(notice: "28/04", on: "10/05", to: 810_000_000)]
        },
        Row(
            why: "104.5: one đồng deeper than a tenth", asOf: "11/05",
            rows: ["reduction_too_deep R-04 –→10/05 0"]
        ) { $0.assets = [try reduced(notice: "28/04", on: "10/05", to: 809_999_999)] },
        Row(
            why: "98.2: the valuation contract came late", asOf: "01/04",
            rows: ["auction_step_late V-02 19/03→22/03 3"]
        ) {
            $0.assets = [
                try Make.asset(seized: "12/03") { $0.valuationContractOn = try day("22/03") }
            ]
        },
        Row(
            why: "104.2: handed over before the debtor's thirty days were over", asOf: "31/05",
            rows: ["hand_over_too_early R-07 31/05→20/05 0"]
        ) {
            $0.assets = [
                try Make.asset(seized: "12/03") {
                    $0.valuationContractOn = try day("15/03")
                    $0.offers = [try Make.offer("26/04", .accepted, told: "29/04")]
                    $0.disposal = .taken
                    $0.disposedOn = try day("20/05")
                }
            ]
        },
        Row(
            why: "II.2: an instalment paid late, a direction neither met nor answered",
            asOf: "31/05",
            rows: [
                "commitment_broken plan 10/04→12/04 2", "direction_ignored plan 20/04→– 41",
            ]
        ) {
            try $0.verify(.enforceable, "15/03")
            $0.commitments = [Commitment(dueOn: try day("10/04"), amount: Dong(5_000_000))]
            try $0.pay(5_000_000, "12/04")
            $0.directions = [
                Direction(directionNo: "12", issuedOn: try day("01/04"), dueOn: try day("20/04"))
            ]
        },
    ]

    @Test(arguments: rows) func holds(_ row: Row) throws {
        var file = try Make.file(due: 100_000_000, decided: "01/03")
        file.officer = "MX-01"
        file.assignedOn = try day("01/03")
        file.debtorNotifiedOn = try day("01/03")
        try row.fill(&file)
        let register = complianceRegister(
            of: Make.unit([file]), plan: nil, law: try RealLaw.table(), firms: .none,
            asOf: try day(row.asOf))
        #expect(register.rows.map(RegisterTests.written).sorted() == row.rows.sorted())
        for found in register.rows {
            #expect(!found.facts.isEmpty && found.facts.contains { $0.on != nil })
        }
    }

    @Test func countsAndTheFirstDay() throws {
        let file = try Make.file(due: 100_000_000, decided: "01/03")
        let unit = Make.unit([file])
        let law = try RealLaw.table()
        let all = complianceRegister(
            of: unit, plan: try RealLaw.plan(), law: law, firms: .none, asOf: try day("07/06"))
        #expect(all.counts == [.noticeLate: 1, .listsLate: 1, .summaryLate: 1, .assignmentLate: 1])
        let later = complianceRegister(
            of: unit, plan: try RealLaw.plan(), law: law, firms: .none, asOf: try day("07/06"),
            from: try day("05/03"))
        #expect(later.counts == [.summaryLate: 1, .assignmentLate: 1])
    }

    /// LTHADS Art. 98.2 and 101.2: an imported contract with a firm whose licence had ended.
    @Test func aContractWithAnUnfitFirm() throws {
        var file = try Make.file(due: 100_000_000, decided: "01/03")
        file.assets = [try Make.asset(seized: "12/03", Standing.failedThrice)]
        for index in file.assets[0].rounds.indices {
            file.assets[0].rounds[index].auctionHouse = "đấu giá tín phát"
        }
        let contractOn = try #require(file.assets[0].rounds[0].contractOn)
        var house = RegisteredFirm(role: .auctionHouse, code: "DG01", name: "Đấu giá Tín Phát")
        func rows(until: Day, asOf: Day) throws -> [RegisterRow] {
            house.licenceUntil = until
            return complianceRegister(
                of: Make.unit([file]), plan: nil, law: try RealLaw.table(),
                firms: RegisteredFirms(
                    houses: FirmRegister(.auctionHouse, [house]),
                    appraisers: RegisteredFirms.none.appraisers), asOf: asOf
            ).rows.filter { $0.finding == .contractWithUnfitFirm }
        }
        let found = try rows(until: contractOn - 1, asOf: day("30/09"))
        #expect(found.map(\.doneOn) == [contractOn])
        #expect(found.map(\.assetNo) == [file.assets[0].assetNo])
        #expect(found.first?.rule == "V-08a")
        #expect(found.first?.facts.last?.what.hasPrefix("giấy phép hết hiệu lực") == true)
        #expect(try rows(until: contractOn, asOf: day("30/09")).isEmpty)
        #expect(try rows(until: contractOn - 1, asOf: contractOn - 1).isEmpty)
    }

    private static func written(_ row: RegisterRow) -> String {
        let due = row.dueOn.map(DutyRow.short) ?? "–"
        let done = row.doneOn.map(DutyRow.short) ?? "–"
        return "\(row.finding.rawValue) \(row.rule) \(due)→\(done) \(row.daysLate)"
    }

    /// Failed at 900 million on 20/04, noticed and reduced once; everything before in time.
    private static func reduced(notice: String, on: String, to price: Int64) throws -> Asset {
        try Make.asset(seized: "12/03") {
            $0.valuationContractOn = try day("15/03")
            $0.valuedOn = try day("22/03")
            $0.value = Dong(900_000_000)
            $0.rounds = [
                try Make.round(1, contract: "29/03", held: "20/04", .noBids, notified: "22/04")
            ]
            $0.reductions = [try Make.reduction(1, notice: notice, on: on, to: price)]
        }
    }
}
