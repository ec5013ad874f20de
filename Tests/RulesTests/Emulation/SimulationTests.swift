import Rules
import Testing

/// What-if: how ranks move, and how firmly the first place stands.
struct SimulationTests {
    /// Two criteria by two targets' rates, 60 and 40 points, pro rata to 80%.
    static func plan() throws -> CampaignPlan {
        var plan = try Plan2021.plan()
        var criteria = [
            TableTests.criterion(60, .proRata), TableTests.criterion(40, .proRata),
        ]
        criteria[0].id = "seized"
        criteria[1].id = "old"
        criteria[1].basis = .target(id: "old_resolved_count", scale: RateScale(under: .proRata))
        plan.emulation = EmulationTable(criteria: criteria, tieBreaks: [], verified: false)
        return plan
    }

    static func standing(_ code: String, seized: Int128, old: Int128) throws -> UnitStanding {
        let plan = try plan()
        let unit = Make.unit([], code: code)
        let asOf = try day("30/06")
        let results = try [Measure.largeValueSeized: seized, .oldResolvedCount: old].map {
            try Plan2021.result($0, unit, on: "30/06").supposing(
                rate: Ratio($1, 1000), asOf: asOf)
        }
        return UnitStanding(
            unit, results: results, plan: plan, law: try Law2021.table(), asOf: asOf)
    }

    /// A: 60 + 20 = 80; B: 30 + 40 = 70; C: 15 + 10 = 25.
    static func three() throws -> [UnitStanding] {
        [
            try standing("A", seized: 800, old: 75), try standing("B", seized: 400, old: 150),
            try standing("C", seized: 200, old: 375 / 10),
        ]
    }

    @Test func asTheFiguresAre() throws {
        let rows = simulate(
            try Self.three(), Supposition(), plan: try Self.plan(), asOf: try day("30/06"))
        #expect(rows.map(\.unit.code) == ["A", "B", "C"])
        #expect(rows.prefix(2).map { $0.score } == [Ratio(80), Ratio(70)])
    }

    @Test func anotherFigureMovesRanks() throws {
        let supposed = Supposition(
            rates: [.init(unit: "B", target: "large_value_seized", rate: Ratio(600, 1000))])
        let rows = simulate(
            try Self.three(), supposed, plan: try Self.plan(), asOf: try day("30/06"))
        #expect(rows.map(\.unit.code) == ["B", "A", "C"])
        #expect(rows[0].score == Ratio(85), "45 + 40")
    }

    @Test func anotherWeightMovesRanks() throws {
        let rows = simulate(
            try Self.three(), Supposition(weights: ["seized": 40]), plan: try Self.plan(),
            asOf: try day("30/06"))
        // A: (40 + 20) / 80; B: (20 + 40) / 80: they share the first place.
        #expect(rows.map(\.rank) == [1, 1, 3])
        #expect(rows[0].score == Ratio(75))
    }

    @Test func aWeightOfNothingLeavesTheCriterionOut() throws {
        let rows = simulate(
            try Self.three(), Supposition(weights: ["seized": 0]), plan: try Self.plan(),
            asOf: try day("30/06"))
        #expect(rows.map(\.unit.code) == ["B", "A", "C"])
        #expect(rows[0].criteria.map(\.id) == ["old"])
        #expect(rows[0].score == Ratio(100))
    }

    @Test func theSmallestChangeThatMovesTheFirstPlace() throws {
        let found = firstPlaceSensitivity(try Self.three(), plan: try Self.plan())
        #expect(found.map(\.criterion) == ["seized", "old"])
        // At 40 points A and B draw level; up to 100 A only leads more.
        #expect(found[0].below == .init(base: 40, first: ["A", "B"]))
        #expect(found[0].above == nil)
        #expect(found[1].below == nil)
        #expect(found[1].above == .init(base: 60, first: ["A", "B"]))
        // 10 points of 100 ahead: A may lose 10 of its 60 there, or 10 of its 20 here.
        #expect(found.map(\.pointsToLose) == [Ratio(10), Ratio(10)])
    }

    @Test func aLeadLargerThanACriterionCannotBeLostThere() throws {
        let standings = [
            try Self.standing("A", seized: 800, old: 15),
            try Self.standing("B", seized: 200, old: 15),
        ]
        let found = firstPlaceSensitivity(standings, plan: try Self.plan())
        #expect(found[0].pointsToLose == Ratio(45))
        #expect(found[1].pointsToLose == nil, "the lead is 45, the criterion gave 4")
    }

    @Test func nobodyRankedNothingToTell() throws {
        #expect(firstPlaceSensitivity([], plan: try Self.plan()).isEmpty)
    }

    @Test func bandsAndFloorKeepTheirShare() throws {
        var plan = try Self.plan()
        plan.emulation.criteria = [TableTests.criterion(20, TableTests.bands, floor: 4)]
        let standing = try TableTests.standing(rate: Ratio(60, 100))
        let rows = simulate(
            [standing], Supposition(weights: ["c": 40]), plan: plan, asOf: try day("30/06"))
        #expect(rows[0].criteria[0].earned == Ratio(24), "12 of 20 are 24 of 40")
    }

    @Test(
        arguments: [
            ("85%", 85, 100), ("12.5%", 125, 1000), ("12,5%", 125, 1000), ("17/20", 17, 20),
            ("0.85", 85, 100), ("1", 1, 1), ("0", 0, 1), ("110%", 110, 100),
        ] as [(String, Int128, Int128)])
    func aRateIsReadExactly(_ text: String, _ numerator: Int128, _ denominator: Int128) {
        #expect(Ratio(rate: text) == Ratio(numerator, denominator))
    }

    @Test(arguments: ["", "%", "-1%", "1/0", "1/2/3", "1.2.3", "tám", "1e2", ".5", "5."])
    func otherRatesAreRefused(_ text: String) { #expect(Ratio(rate: text) == nil) }
}
