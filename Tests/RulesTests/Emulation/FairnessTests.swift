import Rules
import Testing

/// Rates that allow for age and load, and signals of gaming.
struct FairnessTests {
    /// Cases decided so many years before the window, the first few of them completed within it.
    private static func cases(_ years: Int, _ count: Int, done: Int) throws -> [CaseFile] {
        try (0..<count).map { index in
            try Make.file("\(years)-\(index)", decided: "01/02/\(2021 - years)") { file in
                if index < done { file.decisions = [try Make.decision(.complete, "10/04")] }
            }
        }
    }

    private static func standing(
        _ code: String, _ files: [CaseFile], officers: Int
    ) throws -> FairnessStanding {
        FairnessStanding(
            Make.unit(files, code: code), officers: officers, plan: try Plan2021.plan(),
            asOf: try day("31/05"))
    }

    @Test func unitsWithOlderCasesAreMeasuredByTheirAge() throws {
        // Young cases: 10 of 20 done in the province; old ones: 4 of 40.
        let young = try Self.standing(
            "A", Self.cases(0, 15, done: 8) + Self.cases(6, 5, done: 0), officers: 2)
        let old = try Self.standing(
            "B", Self.cases(0, 5, done: 2) + Self.cases(6, 35, done: 4), officers: 2)
        let (views, rate, load) = fairness([young, old])
        #expect(young.bands.map(\.cases) == [15, 0, 0, 5])
        #expect(young.bands.map(\.resolved) == [8, 0, 0, 0])
        #expect(rate == Ratio(14, 60))
        #expect(load == Ratio(60, 4))
        #expect(views[0].standing.rate == Ratio(8, 20))
        #expect(views[1].standing.rate == Ratio(6, 40))
        // A should have done 15 × 1/2 + 5 × 1/10 = 8 of 20, B 5 × 1/2 + 35 × 1/10 = 6 of 40.
        #expect(views.map(\.expected) == [Ratio(8, 20), Ratio(6, 40)])
        #expect(views.map(\.ageAdjusted) == [Ratio(14, 60), Ratio(14, 60)], "they did alike")
        #expect(views.map(\.standing.oldShare) == [Ratio(5, 20), Ratio(35, 40)])
    }

    @Test func theLoadOfEachOfficerCounts() throws {
        let light = try Self.standing("A", Self.cases(1, 10, done: 5), officers: 2)
        let heavy = try Self.standing("B", Self.cases(1, 30, done: 15), officers: 2)
        let (views, _, load) = fairness([light, heavy])
        #expect(load == Ratio(10))
        #expect(views.map(\.standing.load) == [Ratio(5), Ratio(15)])
        #expect(views.map(\.loadAdjusted) == [Ratio(1, 4), Ratio(3, 4)])
    }

    @Test func withoutCasesOrOfficersThereIsNoRate() throws {
        let empty = try Self.standing("A", [], officers: 0)
        let some = try Self.standing("B", Self.cases(1, 2, done: 1), officers: 0)
        let (views, _, load) = fairness([empty, some])
        #expect(load == nil)
        #expect(views[0].standing.rate == nil)
        #expect(views[0].ageAdjusted == nil)
        #expect(views[1].ageAdjusted == Ratio(1, 2))
        #expect(views[1].loadAdjusted == nil)
        #expect(fairness([]).rate == nil)
    }

    @Test func theStockIsThatOfTheDayBeforeTheWindow() throws {
        let files = [
            try Make.file("1"),
            try Make.file("2", decided: "28/02/2021"), try Make.file("3", decided: "01/03/2021"),
            try Make.file("4") { $0.decisions = [try Make.decision(.complete, "28/02")] },
            try Make.file("5") { $0.decisions = [try Make.decision(.notEnforceable, "28/02")] },
            try Make.file("6") { $0.decisions = [try Make.decision(.terminate, "01/03")] },
            try Make.file("7") { $0.decisions = [try Make.decision(.complete, "01/06")] },
        ]
        let standing = try Self.standing("A", files, officers: 1)
        #expect(standing.stock == 4, "1, 2, 6 and 7")
        #expect(standing.resolved == 1, "6 only: 7 was finished after the window")
    }

    @Test(arguments: [
        ("28/02/2021", 0), ("01/03/2020", 0), ("28/02/2020", 1), ("01/03/2018", 1),
        ("28/02/2018", 2), ("28/02/2016", 3), ("01/03/2016", 2),
    ])
    func ageIsInWholeYears(_ decided: String, _ band: Int) throws {
        let standing = try Self.standing("A", [Make.file("1", decided: decided)], officers: 1)
        #expect(standing.bands.firstIndex { $0.cases == 1 } == band)
    }

    private static func signals(
        _ files: [CaseFile], on asOf: String = "30/06"
    ) throws -> [GamingSignal.Kind: GamingSignal] {
        let unit = Make.unit(files)
        let plan = try Plan2021.plan()
        let results = score(
            unit: unit, plan: plan, law: try Law2021.table(), asOf: try day(asOf))
        let found = gamingSignals(unit, results: results, plan: plan, asOf: try day(asOf))
        return Dictionary(uniqueKeysWithValues: found.map { ($0.kind, $0) })
    }

    @Test func moneyTerminatedRatherThanCollected() throws {
        func found(_ paid: Int64, _ written: Int64) throws -> GamingSignal? {
            try Self.signals([
                Make.file("1", due: 1000) { file in
                    file.nominations = [try Make.nomination("old_case")]
                    file.payments = [try Make.payment(paid, "10/03")]
                    file.decisions = [try Make.decision(.terminate, "11/03", amount: written)]
                }
            ])[.terminatedNotCollected]
        }
        #expect(try found(500, 500) == nil, "as much of each")
        #expect(try found(400, 600)?.severity == .warning)
        #expect(try found(0, 1000)?.severity == .serious)
        #expect(try found(0, 1000)?.cases.map(\.decisionNo) == ["1"])
    }

    @Test func classifiedBackAndForthNearTheEnd() throws {
        func found(_ first: String, _ second: String) throws -> GamingSignal? {
            try Self.signals([
                Make.file("1") { file in
                    file.decisions = [
                        try Make.decision(.notEnforceable, first),
                        try Make.decision(.enforceable, second),
                    ]
                }
            ])[.reclassificationSwing]
        }
        #expect(try found("30/05", "05/06")?.cases.count == 1)
        #expect(try found("21/05", "10/06") != nil, "ten days to each side")
        #expect(try found("20/05", "10/06") == nil)
        #expect(try found("21/05", "11/06") == nil)
    }

    @Test func paymentsReversedAfterTheWindow() throws {
        func found(_ paid: String, _ reversed: String) throws -> Bool {
            try Self.signals([
                Make.file("1") {
                    $0.payments = [try Make.payment(5, paid, reversed: reversed)]
                }
            ])[.reversedAfterwards] != nil
        }
        #expect(try found("31/05", "01/06"))
        #expect(try !found("31/05", "31/05"), "within the window it does not count anyway")
        #expect(try !found("28/02", "01/06"))
        #expect(try !found("31/05", "01/07"), "not seen yet")
    }

    @Test func easyCasesOnTheListWhileLargerOnesStayOff() throws {
        func files(listed: Int, least: Int64) throws -> [CaseFile] {
            let on = try (0..<listed).map { index in
                try Make.file("L\(index)", due: index == 0 ? least : 9_000) {
                    $0.nominations = [try Make.nomination("large_value")]
                }
            }
            return on + [try Make.file("off", due: 5_000)]
        }
        #expect(
            try Self.signals(files(listed: 10, least: 4_999))[.largerOffTheList]?.cases.map(
                \.decisionNo) == ["off"])
        #expect(try Self.signals(files(listed: 10, least: 5_000))[.largerOffTheList] == nil)
        #expect(
            try Self.signals(files(listed: 9, least: 1))[.largerOffTheList] == nil,
            "a list that is not full says nothing")
    }

    @Test func reducedTwiceWithoutAnOffer() throws {
        func found(_ reductions: Int, offer: Bool) throws -> Bool {
            try Self.signals([
                Make.file("1") { file in
                    file.assets = [
                        try Make.asset(seized: "01/02/2020") { asset in
                            asset.reductions = try (1...reductions).map {
                                try Make.reduction($0, on: "1\($0)/03", to: 10)
                            }
                            if offer { asset.offers = [try Make.offer("20/03")] }
                        }
                    ]
                }
            ])[.reducedWithoutOffer] != nil
        }
        #expect(try found(2, offer: false))
        #expect(try !found(1, offer: false))
        #expect(try !found(2, offer: true))
    }

    @Test func manyDecisionsOnTheLastDays() throws {
        func found(_ last: Int, of all: Int, on asOf: String = "30/06") throws -> Bool {
            try Self.signals(
                (0..<all).map { index in
                    try Make.file("\(index)") {
                        $0.decisions = [
                            try Make.decision(.complete, index < last ? "22/05" : "21/05")
                        ]
                    }
                }, on: asOf)[.lastDayDecisions] != nil
        }
        #expect(try found(4, of: 6))
        #expect(try !found(3, of: 6), "just half")
        #expect(try !found(4, of: 4), "too few to say anything")
        #expect(try !found(4, of: 6, on: "30/05"), "the window is not over")
    }

    @Test func signalsChangeNoScore() throws {
        let unit = try EmulationTests.unit("A", paid: 400)
        let standing = try EmulationTests.standing(unit)
        let before = rank([standing], plan: try Plan2021.plan()).map { $0.score }
        _ = gamingSignals(
            unit, results: standing.results, plan: try Plan2021.plan(), asOf: try day("30/06"))
        #expect(rank([standing], plan: try Plan2021.plan()).map { $0.score } == before)
    }
}
