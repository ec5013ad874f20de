import Rules
import Testing

/// Where a case and its money stand in the statistics of the reporting year 01/10/2020–30/09/2021.
struct StatisticsTests {
    static func year() throws -> DayRange {
        DayRange(start: try day("01/10/2020"), end: try day("30/09"))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let why: String
        var decided = "05/01/2019"
        let facts: @Sendable (inout CaseFile) throws -> Void
        /// `name=count` of the cases' column, `name=đồng` of the money's; those that are not 0.
        let cases: String
        let money: String
        var testDescription: String { why }
    }

    /// A case of 1.000 đồng, on 31/05/2021.
    static let rows: [Row] = [
        Row(
            why: "carried over, under way", facts: { _ in },
            cases: "carried=1 way=1 forward=1", money: "carried=1000 way=1000 forward=1000"),
        Row(
            why: "taken within the year", decided: "01/10/2020", facts: { _ in },
            cases: "taken=1 way=1 forward=1", money: "taken=1000 way=1000 forward=1000"),
        Row(
            why: "the day before the year", decided: "30/09/2020", facts: { _ in },
            cases: "carried=1 way=1 forward=1", money: "carried=1000 way=1000 forward=1000"),
        Row(why: "decided after the day", decided: "01/06", facts: { _ in }, cases: "", money: ""),
        Row(
            why: "paid in part before the year and within it",
            facts: {
                $0.payments = [
                    try Make.payment(300, "30/09/2020"), try Make.payment(200, "01/10/2020"),
                ]
            }, cases: "carried=1 way=1 forward=1",
            money: "carried=700 completed=200 way=500 forward=500"),
        Row(
            why: "completed within the year",
            facts: {
                $0.payments = [try Make.payment(1_000, "04/03")]
                $0.decisions = [try Make.decision(.complete, "05/03")]
            }, cases: "carried=1 completed=1", money: "carried=1000 completed=1000"),
        Row(
            why: "completed with debt left: the money stays visible",
            facts: {
                $0.payments = [try Make.payment(900, "04/03")]
                $0.decisions = [try Make.decision(.complete, "05/03")]
            }, cases: "carried=1 completed=1",
            money: "carried=1000 completed=900 left=100 forward=100"),
        Row(
            why: "terminated (S-06: counts as done)",
            facts: { $0.decisions = [try Make.decision(.terminate, "05/03", amount: 1_000)] },
            cases: "carried=1 terminated=1", money: "carried=1000 terminated=1000"),
        Row(
            why: "finished before the year",
            facts: { $0.decisions = [try Make.decision(.complete, "30/09/2020")] },
            cases: "", money: ""),
        Row(
            why: "reduced and exempted (S-07a)",
            facts: {
                $0.payments = [try Make.payment(100, "04/03", .exempted)]
                $0.decisions = [try Make.decision(.reduceObligation, "05/03", amount: 50)]
            }, cases: "carried=1 way=1 forward=1",
            money: "carried=1000 reduced=150 way=850 forward=850"),
        Row(
            why: "delegated within the year",
            facts: {
                $0.payments = [try Make.payment(100, "04/03")]
                $0.decisions = [try Make.decision(.delegate, "05/03")]
            }, cases: "carried=1 delegated=1", money: "carried=1000 delegated=900 completed=100"),
        Row(
            why: "delegated before the year",
            facts: { $0.decisions = [try Make.decision(.delegate, "05/03/2020")] },
            cases: "", money: ""),
        Row(
            why: "delegated before the year and come back within it",
            facts: {
                $0.decisions = [
                    try Make.decision(.delegate, "05/03/2020"),
                    try Make.decision(.enforceable, "05/03"),
                ]
            }, cases: "taken=1 way=1 forward=1", money: "taken=1000 way=1000 forward=1000"),
        Row(
            why: "not enforceable (M-01)",
            facts: { $0.decisions = [try Make.decision(.notEnforceable, "05/03")] },
            cases: "carried=1 not=1 forward=1", money: "carried=1000 not=1000 forward=1000"),
        Row(
            why: "asset sold, nothing else (M-02): the money moves, the case does not",
            facts: { file in
                file.payments = [try Make.payment(400, "04/03", .auction)]
                file.assets = [
                    try Make.asset(seized: "10/01") {
                        $0.disposedOn = try day("03/03")
                        $0.disposal = .sold
                    }
                ]
            }, cases: "carried=1 way=1 forward=1",
            money: "carried=1000 completed=400 not=600 forward=600"),
        Row(
            why: "postponed by agreement (48.1.c): enforceable (S-12)",
            facts: {
                $0.decisions = [try Make.decision(.postpone, "05/03", ground: "48.1.c")]
            }, cases: "carried=1 agreed=1 forward=1", money: "carried=1000 agreed=1000 forward=1000"
        ),
        Row(
            why: "postponed on another ground (S-13)",
            facts: {
                $0.decisions = [try Make.decision(.postpone, "05/03", ground: "48.1.a")]
            }, cases: "carried=1 held=1 forward=1", money: "carried=1000 held=1000 forward=1000"),
        Row(
            why: "suspended", facts: { $0.decisions = [try Make.decision(.suspend, "05/03")] },
            cases: "carried=1 held=1 forward=1", money: "carried=1000 held=1000 forward=1000"),
        Row(
            why: "a payment of last year was reversed in this one",
            facts: { $0.payments = [try Make.payment(300, "04/03/2020", reversed: "04/03")] },
            cases: "carried=1 way=1 forward=1", money: "carried=1000 way=1000 forward=1000"),
    ]

    static func told(_ column: StatisticsColumn) -> String {
        let parts: [(String, Int128)] = [
            ("carried", column.carriedOver), ("taken", column.taken),
            ("delegated", column.delegated), ("completed", column.completed),
            ("terminated", column.terminated), ("reduced", column.reduced),
            ("way", column.underWay), ("agreed", column.postponedByAgreement),
            ("left", column.leftByFinished), ("not", column.notEnforceable),
            ("held", column.held), ("forward", column.carriedForward),
        ]
        return parts.filter { $0.1 != 0 }.map { "\($0.0)=\($0.1)" }.joined(separator: " ")
    }

    @Test(arguments: rows) func whereACaseStands(_ row: Row) throws {
        let file = try Make.file(due: 1_000, decided: row.decided, row.facts)
        let figures = file.statistics(year: try Self.year(), asOf: try day("31/05"))
        #expect(figures.map { Self.told($0.cases) } ?? "" == row.cases)
        #expect(figures.map { Self.told($0.money) } ?? "" == row.money)
    }

    /// Any facts at all, on any day: the identities hold for the unit, its officers and the sum, and what is
    /// carried forward is what the cases' own remainders come to.
    @Test(arguments: [UInt64](1...20)) func theIdentitiesHold(seed: UInt64) throws {
        var random = Seeded(seed)
        var unit = try RandomFacts.unit(&random, cases: 60)
        for index in unit.cases.indices where random.below(3) > 0 {
            unit.cases[index].officer = "CHV\(random.below(3))"
        }
        let on = try day("01/12/2020") + random.below(260)
        let found = statistics(of: unit, year: try Self.year(), asOf: on)
        let checks = identityChecks(of: [found], province: found.total)
        let broken = checks.filter { !$0.holds }
        #expect(broken == [])
        let year = try Self.year()
        var left: Int128 = 0
        for file in unit.cases
        where file.statistics(year: year, asOf: on) != nil
            && file.standing(on: on).status != .delegated
        {
            left += Int128(file.remaining(on: on).amount)
        }
        #expect(found.total.money.carriedForward == left)
    }

    @Test func aBrokenSumIsNamed() throws {
        let unit = Make.unit([try Make.file(due: 1_000)])
        let found = statistics(of: unit, year: try Self.year(), asOf: try day("31/05"))
        var printed = found.total
        printed.cases.underWay += 1
        let checks = identityChecks(of: [found], province: printed)
        #expect(checks.filter { !$0.holds }.map(\.identity) == [.toEnforce, .units])
        #expect(checks.first { $0.identity == .units }?.broken == ["PROVINCE cases"])
    }

    /// National results of the year 2021: 843,102 cases to enforce, in thousand đồng for the money.
    @Test func theNationalFiguresOf2021ObeyTheIdentities() throws {
        var cases = StatisticsColumn()
        cases.taken = 843_102
        cases.completed = 493_971
        cases.underWay = 156_961 + 317
        cases.postponedByAgreement = 314
        cases.notEnforceable = 843_102 - 651_563
        cases.carriedForward = 349_131
        #expect(cases.enforceable == 651_563)
        #expect(cases.obeys(.toEnforce))
        #expect(cases.obeys(.carriedForward))
        #expect(cases.doneRate?.decimal(places: 4) == "0.7581")
        #expect(cases.enforceableRate?.decimal(places: 4) == "0.7728")

        var money = StatisticsColumn()
        money.taken = 286_235_493_492
        money.completed = 45_705_148_397
        money.underWay = 100_366_366_876 + 339_339_098
        money.postponedByAgreement = 805_948_944
        money.notEnforceable = 286_235_493_492 - 147_216_803_315
        money.carriedForward = 240_530_345_095
        #expect(money.enforceable == 147_216_803_315)
        #expect(money.obeys(.toEnforce))
        // Printed as …096: one thousand đồng of rounding.
        #expect(money.obeys(.carriedForward))
        #expect(money.doneRate?.decimal(places: 4) == "0.3105")
        #expect(money.enforceableRate?.decimal(places: 4) == "0.5143")
    }

    @Test(arguments: [
        ("30/09/2020", "01/10/2019", "30/09/2020"), ("01/10/2020", "01/10/2020", "30/09/2021"),
        ("30/09/2021", "01/10/2020", "30/09/2021"), ("01/10/2021", "01/10/2021", "30/09/2022"),
    ])
    func theYearThatADayFallsIn(on: String, start: String, end: String) throws {
        let year = try Plan2021.plan().reportingYear(holding: try day(on))
        #expect(year == DayRange(start: try day(start), end: try day(end)))
    }
}
