import Rules
import Testing

/// Targets over a population, by officer, band, number, base day or the year before (docs/targets.md).
struct PopulationTargetTests {
    static func target(
        _ measure: Measure, _ threshold: Threshold = .share(Ratio(50, 100)),
        _ change: (inout Target) throws -> Void = { _ in }
    ) throws -> Target {
        var share = Ratio(1)
        if case .share(let ratio) = threshold { share = ratio }
        var target = Target(
            id: "t", measure: measure, list: nil, threshold: share, dueOn: try day("31/05"),
            paragraph: "1")
        target.otherThreshold = threshold
        try change(&target)
        return target
    }

    static func result(
        _ target: Target, _ cases: [CaseFile], on asOf: String = "31/05"
    ) throws -> TargetResult {
        var plan = try Plan2021.plan()
        plan.targets = [target]
        let unit = Make.unit(cases)
        let law = try Law2021.table()
        let found = score(unit: unit, plan: plan, law: law, asOf: try day(asOf))
        // What is explained adds up to what is scored.
        let told = explain(target: target, unit: unit, plan: plan, law: law, asOf: try day(asOf))
        #expect(told.summary == found[0])
        return found[0]
    }

    static func file(
        _ no: String, decided: String = "05/01/2020", officer: String? = nil,
        _ fill: (inout CaseFile) throws -> Void = { _ in }
    ) throws -> CaseFile {
        var file = try Make.file(no, due: 1_000, decided: decided, fill)
        file.officer = officer
        return file
    }

    static func completed(_ on: String) throws -> Decision { try Make.decision(.complete, on) }

    /// One case and how it counts: numerator/denominator, or nothing where it is outside.
    struct Row: Sendable, CustomTestStringConvertible {
        let why: String
        let measure: Measure
        var base: String?
        var population: Population?
        var decided = "05/01/2020"
        let facts: @Sendable (inout CaseFile) throws -> Void
        let counts: String
        var testDescription: String { why }
    }

    static let rows: [Row] = [
        Row(
            why: "resolved on the window's last day", measure: .casesResolved,
            facts: { $0.decisions = [try completed("31/05")] }, counts: "1/1"),
        Row(
            why: "resolved a day before the window: not of the base", measure: .casesResolved,
            facts: { $0.decisions = [try completed("28/02")] }, counts: "0/0"),
        Row(
            why: "came in within the window: a moving base takes it", measure: .casesResolved,
            decided: "02/03", facts: { _ in }, counts: "0/1"),
        Row(
            why: "came in within the window: a frozen base does not", measure: .casesResolved,
            base: "28/02", decided: "02/03", facts: { _ in }, counts: "0/0"),
        Row(
            why: "decided on the day of the frozen base", measure: .casesResolved, base: "28/02",
            decided: "28/02", facts: { _ in }, counts: "0/1"),
        Row(
            why: "not enforceable on the base day: outside", measure: .casesResolved, base: "28/02",
            population: Population(enforceableOnly: true),
            facts: { $0.decisions = [try Make.decision(.notEnforceable, "28/02")] }, counts: "0/0"),
        Row(
            why: "not enforceable later: stays in a frozen base", measure: .casesResolved,
            base: "28/02", population: Population(enforceableOnly: true),
            facts: { $0.decisions = [try Make.decision(.notEnforceable, "01/03")] }, counts: "0/1"),
        Row(
            why: "not enforceable later: leaves a moving base", measure: .casesResolved,
            population: Population(enforceableOnly: true),
            facts: { $0.decisions = [try Make.decision(.notEnforceable, "01/03")] }, counts: "0/0"),
        Row(
            why: "money within the window", measure: .moneyResolved,
            facts: {
                $0.payments = [try Make.payment(100, "28/02"), try Make.payment(200, "01/03")]
            }, counts: "200/900"),
        Row(
            why: "done of enforceable (S-08)", measure: .casesDone,
            facts: { $0.decisions = [try completed("05/03")] }, counts: "1/1"),
        Row(
            why: "not enforceable is outside S-08", measure: .casesDone,
            facts: { $0.decisions = [try Make.decision(.notEnforceable, "05/03")] }, counts: "0/0"),
        Row(
            why: "money done of enforceable (S-09)", measure: .moneyDone,
            facts: { $0.payments = [try Make.payment(200, "01/03")] }, counts: "200/1000"),
        Row(
            why: "seized within the window", measure: .casesSeized,
            facts: { $0.assets = [try Make.asset(seized: "01/03")] }, counts: "1/1"),
        Row(
            why: "seized before the window", measure: .casesSeized,
            facts: { $0.assets = [try Make.asset(seized: "28/02")] }, counts: "0/1"),
        Row(
            why: "coercions planned within the window, one carried out", measure: .coercionsDone,
            facts: { file in
                file.coercions = [
                    Coercion(
                        decidedOn: try day("20/02"), measure: .seizure, plannedOn: try day("02/03"),
                        carriedOutOn: try day("02/03"), outcome: .done),
                    Coercion(
                        decidedOn: try day("21/02"), measure: .account, plannedOn: try day("03/03"),
                        carriedOutOn: try day("03/03"), outcome: .failed),
                    Coercion(
                        decidedOn: try day("22/02"), measure: .act, plannedOn: try day("26/02"),
                        carriedOutOn: try day("02/03"), outcome: .done),
                ]
            }, counts: "1/2"),
        Row(
            why: "left the stock", measure: .stockReduced, base: "28/02",
            facts: { $0.decisions = [try completed("05/03")] }, counts: "1/1"),
        Row(
            why: "became not enforceable: left the stock, too", measure: .stockReduced,
            base: "28/02", facts: { $0.decisions = [try Make.decision(.notEnforceable, "05/03")] },
            counts: "1/1"),
        Row(
            why: "still in the stock", measure: .stockReduced, base: "28/02", facts: { _ in },
            counts: "0/1"),
        Row(
            why: "joined the stock since", measure: .stockReduced, base: "28/02", decided: "02/03",
            facts: { _ in }, counts: "-1/0"),
    ]

    @Test(arguments: rows) func howACaseCounts(_ row: Row) throws {
        let target = try Self.target(row.measure) { target in
            target.population = row.population
            if let base = row.base { target.base = .frozen(on: try day(base)) }
        }
        let found = try Self.result(
            target, [try Self.file("1", decided: row.decided, row.facts)])
        #expect("\(found.numerator)/\(found.denominator)" == row.counts)
    }

    static let filters: [(filter: @Sendable (inout Population) throws -> Void, fits: Int64)] = [
        ({ _ in }, 1), ({ $0.stateRevenue = true }, 0), ({ $0.stateRevenue = false }, 1),
        ({ $0.initiative = .onRequest }, 1), ({ $0.initiative = .exOfficio }, 0),
        ({ $0.amountFrom = Dong(1_000) }, 1), ({ $0.amountFrom = Dong(1_001) }, 0),
        ({ $0.amountBelow = Dong(1_000) }, 0), ({ $0.amountBelow = Dong(1_001) }, 1),
        ({ $0.decisionFrom = try day("05/01/2020") }, 1),
        ({ $0.decisionFrom = try day("06/01/2020") }, 0),
        ({ $0.decisionUntil = try day("05/01/2020") }, 1),
        ({ $0.decisionUntil = try day("04/01/2020") }, 0),
        ({ $0.creditInstitutionOnly = true }, 0),
    ]

    @Test(arguments: filters.indices) func aPopulationIsAFilter(_ index: Int) throws {
        var population = Population()
        try Self.filters[index].filter(&population)
        let target = try Self.target(.casesResolved) { $0.population = population }
        #expect(
            try Self.result(target, [try Self.file("1")]).denominator == Self.filters[index].fits)
    }

    @Test func aTargetPerOfficerIsMetWhenEachHasMetIt() throws {
        let target = try Self.target(.casesResolved) { $0.scope = .officer }
        var cases = [
            try Self.file("1", officer: "A") { $0.decisions = [try Self.completed("05/03")] },
            try Self.file("2", officer: "A") { $0.decisions = [try Self.completed("05/03")] },
            try Self.file("3", officer: "B") { $0.decisions = [try Self.completed("05/03")] },
            try Self.file("4", officer: "B"),
        ]
        var found = try Self.result(target, cases, on: "01/06")
        #expect(
            found.parts.map { "\($0.key) \($0.numerator)/\($0.denominator) \($0.state)" } == [
                "A 2/2 met", "B 1/2 met",
            ])
        #expect(found.state == .met)
        cases.append(try Self.file("5", officer: "C"))
        found = try Self.result(target, cases, on: "01/06")
        // Three of five, more than half: but C has nothing.
        #expect(found.numerator == 3 && found.denominator == 5)
        #expect(found.parts.last?.state == .notMet)
        #expect(found.state == .notMet)
    }

    @Test func aNumberTakesThePlaceOfTheDenominator() throws {
        let cases = try (1...3).map { index in
            try Self.file("\(index)", officer: index < 3 ? "A" : "B") { file in
                if index < 3 { file.assets = [try Make.asset(seized: "05/03")] }
            }
        }
        let whole = try Self.result(try Self.target(.casesSeized, .atLeast(2)), cases)
        #expect(whole.numerator == 2 && whole.denominator == 2)
        #expect(whole.state == .met)
        let each = try Self.target(.casesSeized, .atLeast(2)) { $0.scope = .officer }
        let found = try Self.result(each, cases, on: "01/06")
        #expect(
            found.parts.map { "\($0.key) \($0.numerator)/\($0.denominator) \($0.state)" } == [
                "A 2/2 met", "B 0/2 notMet",
            ])
        #expect(found.denominator == 4)
        #expect(found.state == .notMet)
    }

    @Test(arguments: [(2, "75/100"), (3, "74/100"), (4, "72/100")])
    func theBandOfTheCaseload(cases: Int, share: String) throws {
        let bands = Threshold.bands([
            CaseloadBand(upTo: 2, share: Ratio(75, 100)),
            CaseloadBand(upTo: 3, share: Ratio(74, 100)),
            CaseloadBand(upTo: nil, share: Ratio(72, 100)),
        ])
        // Decided within the window, finished or delegated before it: not of the caseload.
        let others = [
            try Self.file("new", decided: "01/03"),
            try Self.file("done") { $0.decisions = [try Self.completed("28/02")] },
            try Self.file("away") { $0.decisions = [try Make.decision(.delegate, "28/02")] },
        ]
        let found = try Self.result(
            try Self.target(.casesResolved, bands),
            try (0..<cases).map { try Self.file("\($0)") } + others)
        #expect("\(found.threshold)" == share)
    }

    @Test func theUnitsOfAProvinceOweTheirBandsTogether() throws {
        let bands = Threshold.bands([
            CaseloadBand(upTo: 1, share: Ratio(100, 100)),
            CaseloadBand(upTo: nil, share: Ratio(50, 100)),
        ])
        let target = try Self.target(.casesResolved, bands)
        var plan = try Plan2021.plan()
        plan.targets = [target]
        func results(_ count: Int, _ done: Int) throws -> [TargetResult] {
            [
                try Self.result(
                    target,
                    try (0..<count).map { index in
                        try Self.file("\(index)") {
                            if index < done { $0.decisions = [try Self.completed("05/03")] }
                        }
                    })
            ]
        }
        // One owes 1 of 1, the other 1 of 2: two of three together.
        for (done, state) in [(1, TargetState.inProgress), (2, .met)] {
            let units = [try results(1, 0), try results(2, done)]
            let found = provinceTotals(units, plan: plan, asOf: try day("31/05"))
            #expect(found[0].threshold == Ratio(2, 3))
            #expect(found[0].state == state)
        }
    }

    @Test func betterThanTheYearBefore() throws {
        let target = try Self.target(.casesResolved, .lastYear(plus: Ratio(10, 100)))
        // Last year's window: one of four. This year's base: the other three, and one finished of them.
        var cases = [try Self.file("0") { $0.decisions = [try Self.completed("05/03/2020")] }]
        cases += try (1...3).map { index in
            try Self.file("\(index)") {
                if index == 1 { $0.decisions = [try Self.completed("05/03")] }
            }
        }
        let found = try Self.result(target, cases)
        #expect(found.before == FormerFigure(numerator: 1, denominator: 4))
        #expect(found.threshold == Ratio(35, 100))
        #expect(found.numerator == 1 && found.denominator == 3)
        #expect(found.state == .inProgress)
        let fresh = try Self.result(target, [try Self.file("9", decided: "02/03")])
        #expect(fresh.state == .undetermined)
        #expect(fresh.notes == ["Năm trước không có số liệu để so sánh."])
    }

    @Test func aClusterIsJudgedTogether() throws {
        let target = try Self.target(.casesSeized, .atLeast(2)) { $0.scope = .cluster }
        var plan = try Plan2021.plan()
        plan.targets = [target]
        let seized = try Self.file("1") { $0.assets = [try Make.asset(seized: "05/03")] }
        let one = [try Self.result(target, [seized])]
        #expect(one[0].state == .notApplicable)
        let found = provinceTotals(
            [one, one, one], clusters: ["I", "II", "I"], plan: plan, asOf: try day("01/06"))[0]
        #expect(
            found.parts.map { "\($0.key) \($0.numerator)/\($0.denominator) \($0.state)" } == [
                "I 2/2 met", "II 1/2 notMet",
            ])
        #expect(found.denominator == 4)
        #expect(found.state == .notMet)
    }
}
