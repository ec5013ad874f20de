import Rules
import Testing

/// The measures over the plan's lists (KH 10/KH-CTHADS, III).
struct ListMeasureTests {
    /// A unit with `count` large cases, of which the first `seized` were seized on 10/03.
    static func large(_ count: Int, seized: Int) throws -> UnitFile {
        let cases = try (0..<count).map { index in
            try Make.file("\(100 + index)/QĐ") { file in
                file.nominations = [try Make.nomination("large_value")]
                if index < seized { file.assets = [try Make.asset(seized: "10/03")] }
            }
        }
        return Make.unit(cases)
    }

    @Test(arguments: [
        (10, 8, TargetState.met), (10, 7, .notMet), (7, 6, .met), (7, 5, .notMet), (1, 1, .met),
        (5, 4, .met), (3, 2, .notMet),
    ])
    func exactThresholdOf80Percent(count: Int, seized: Int, state: TargetState) throws {
        let unit = try Self.large(count, seized: seized)
        let result = try Plan2021.result(.largeValueSeized, unit, on: "01/06")
        #expect(result.numerator == Int64(seized))
        #expect(result.denominator == Int64(count))
        #expect(result.state == state)
        #expect(result.notes == (count == 10 ? [] : ["Danh sách có \(count)/10 việc."]))
    }

    @Test func underTheThresholdIsInProgressUntilTheDueDay() throws {
        let unit = try Self.large(10, seized: 7)
        #expect(try Plan2021.result(.largeValueSeized, unit, on: "31/05").state == .inProgress)
        #expect(try Plan2021.result(.largeValueSeized, unit, on: "01/06").state == .notMet)
    }

    @Test func anEmptyListIsNotApplicable() throws {
        let result = try Plan2021.result(.largeValueSeized, Make.unit([]), on: "01/06")
        #expect(result.state == .notApplicable)
        #expect(result.rate == nil)
        #expect(result.denominator == 0)
    }

    struct Seizure: Sendable, CustomTestStringConvertible {
        let seized: String?
        let asOf: String
        let counts: Bool
        let why: String
        var testDescription: String { why }
    }

    @Test(arguments: [
        Seizure(seized: "31/05", asOf: "31/05", counts: true, why: "last day of the window"),
        Seizure(seized: "01/06", asOf: "30/06", counts: false, why: "after the window"),
        Seizure(seized: "20/04", asOf: "19/04", counts: false, why: "after the as-of day"),
        Seizure(seized: "10/02/2019", asOf: "31/05", counts: true, why: "seized long before"),
        Seizure(seized: nil, asOf: "31/05", counts: false, why: "never seized"),
    ])
    func seizedByTheLimit(_ row: Seizure) throws {
        let file = try Make.file { file in
            file.nominations = [try Make.nomination("large_value")]
            if let seized = row.seized { file.assets = [try Make.asset(seized: seized)] }
        }
        let result = try Plan2021.result(.largeValueSeized, Make.unit([file]), on: row.asOf)
        #expect(result.numerator == (row.counts ? 1 : 0))
        #expect(result.denominator == 1)
    }

    @Test func aLaterStageMayBeAskedFor() throws {
        let file = try Make.file { file in
            file.nominations = [try Make.nomination("large_value")]
            file.assets = [
                try Make.asset(seized: "05/03") {
                    $0.rounds = [
                        try Make.round(1, contract: "30/03", held: "19/04", .noParticipants)
                    ]
                }
            ]
        }
        var plan = try Plan2021.plan()
        for (stage, before, on) in [
            (SeizureStage.contracted, "29/03", "30/03"), (.auctioned, "18/04", "19/04"),
        ] {
            plan.targets[0].stage = stage
            let unit = Make.unit([file])
            #expect(
                try Plan2021.result(.largeValueSeized, unit, on: before, plan: plan).numerator == 0)
            #expect(
                try Plan2021.result(.largeValueSeized, unit, on: on, plan: plan).numerator == 1)
        }
    }

    @Test func withdrawnIsOffTheListFromItsDay() throws {
        let file = try Make.file {
            $0.nominations = [try Make.nomination("large_value", withdrawn: "10/04")]
        }
        let unit = Make.unit([file])
        #expect(try Plan2021.result(.largeValueSeized, unit, on: "09/04").denominator == 1)
        #expect(try Plan2021.result(.largeValueSeized, unit, on: "10/04").denominator == 0)
    }

    @Test func classifiedLeavesTheFinishedOut() throws {
        let finished = try Make.file("1") { file in
            file.nominations = [try Make.nomination("large_value")]
            file.decisions = [try Make.decision(.terminate, "10/05")]
        }
        let bare = try Make.file("2") {
            $0.nominations = [try Make.nomination("large_value")]
        }
        let poor = try Make.file("3") { file in
            file.nominations = [try Make.nomination("large_value")]
            file.decisions = [try Make.decision(.notEnforceable, "10/05", ground: "44a.1.a")]
        }
        var twice = try MoneyTests.reducedTwice()
        twice.key = CaseKey(unit: "MX", decisionNo: "4")
        twice.nominations = [try Make.nomination("large_value")]
        let unit = Make.unit([finished, bare, poor, twice])
        let result = try Plan2021.result(.largeValueClassified, unit, on: "31/05")
        #expect(result.numerator == 2)
        #expect(result.denominator == 3)
        #expect(result.state == .inProgress, "due at the end of the reporting year")
        #expect(result.unverified == ["M-01", "M-02", "M-04"])
        #expect(try Plan2021.result(.largeValueClassified, unit, on: "01/10").state == .notMet)
    }

    struct Ending: Sendable, CustomTestStringConvertible {
        let kind: DecisionKind
        let on: String
        let asOf: String
        let counts: Bool
        var testDescription: String { "\(kind) \(on), as of \(asOf): \(counts)" }
    }

    @Test(arguments: [
        Ending(kind: .complete, on: "01/03", asOf: "31/05", counts: true),
        Ending(kind: .terminate, on: "31/05", asOf: "31/05", counts: true),
        Ending(kind: .complete, on: "28/02", asOf: "31/05", counts: false),
        Ending(kind: .complete, on: "01/06", asOf: "30/06", counts: false),
        Ending(kind: .complete, on: "20/05", asOf: "19/05", counts: false),
        Ending(kind: .delegate, on: "20/05", asOf: "31/05", counts: false),
    ])
    func resolvedWithinTheWindow(_ row: Ending) throws {
        let file = try Make.file { file in
            file.nominations = [try Make.nomination("old_case")]
            file.decisions = [try Make.decision(row.kind, row.on)]
        }
        let result = try Plan2021.result(.oldResolvedCount, Make.unit([file]), on: row.asOf)
        #expect(result.numerator == (row.counts ? 1 : 0))
        #expect(result.denominator == 1)
    }

    @Test func aTargetMayHaveItsOwnWindow() throws {
        let file = try Make.file { file in
            file.nominations = [try Make.nomination("old_case")]
            file.decisions = [try Make.decision(.complete, "15/06")]
        }
        var plan = try Plan2021.plan()
        plan.targets[2].window = DayRange(start: try day("01/06"), end: try day("30/06"))
        let result = try Plan2021.result(
            .oldResolvedCount, Make.unit([file]), on: "30/06", plan: plan)
        #expect(result.numerator == 1)
    }

    static func parts(_ result: TargetResult) -> [Int64] { result.split.map(\.amount) }

    @Test func moneyIsSplitAndCappedInOrderOfDate() throws {
        let file = try Make.file(due: 1000) { file in
            file.nominations = [try Make.nomination("old_case")]
            file.payments = [
                try Make.payment(100, "28/02"), try Make.payment(300, "01/03"),
                try Make.payment(200, "20/04", .inLieu), try Make.payment(50, "20/04", .exempted),
                try Make.payment(500, "01/06"),
            ]
            file.decisions = [
                try Make.decision(.reduceObligation, "20/04", amount: 100),
                try Make.decision(.terminate, "25/05", amount: 800),
            ]
        }
        let result = try Plan2021.result(.oldResolvedMoney, Make.unit([file]), on: "31/05")
        #expect(result.denominator == 900, "what remained on 28/02")
        #expect(Self.parts(result) == [500, 250, 150], "the termination fills what is left")
        #expect(result.numerator == 900)
        #expect(result.countUnit == .money)
    }

    @Test func paymentsComeFirstOnOneDay() throws {
        let file = try Make.file(due: 100) { file in
            file.nominations = [try Make.nomination("old_case")]
            file.decisions = [try Make.decision(.terminate, "10/03", amount: 100)]
            file.payments = [try Make.payment(70, "10/03")]
        }
        let result = try Plan2021.result(.oldResolvedMoney, Make.unit([file]), on: "31/05")
        #expect(Self.parts(result) == [70, 30, 0])
    }

    @Test func thePlanSaysWhichPartsCount() throws {
        let file = try Make.file(due: 1000) { file in
            file.nominations = [try Make.nomination("old_case")]
            file.payments = [try Make.payment(60, "10/03")]
            file.decisions = [try Make.decision(.terminate, "11/03", amount: 940)]
        }
        var plan = try Plan2021.plan()
        plan.targets[3].counts = [.collected]
        let result = try Plan2021.result(
            .oldResolvedMoney, Make.unit([file]), on: "01/06", plan: plan)
        #expect(result.numerator == 60)
        #expect(Self.parts(result) == [60, 940, 0], "the split shows all parts")
        #expect(result.state == .notMet)
    }

    @Test func moneyReversedByTheAsOfDayDoesNotCount() throws {
        let file = try Make.file(due: 1000) { file in
            file.nominations = [try Make.nomination("old_case")]
            file.payments = [try Make.payment(100, "20/05", reversed: "10/06")]
        }
        let unit = Make.unit([file])
        #expect(try Plan2021.result(.oldResolvedMoney, unit, on: "09/06").numerator == 100)
        #expect(try Plan2021.result(.oldResolvedMoney, unit, on: "10/06").numerator == 0)
    }

    @Test func exactlyTenPercentOfTheMoneyIsMet() throws {
        func unit(_ paid: Int64) throws -> UnitFile {
            Make.unit([
                try Make.file(due: 999_999_999_990) { file in
                    file.nominations = [try Make.nomination("old_case")]
                    file.payments = [try Make.payment(paid, "10/03")]
                }
            ])
        }
        let met = try Plan2021.result(.oldResolvedMoney, unit(99_999_999_999), on: "01/06")
        #expect(met.state == .met)
        let short = try Plan2021.result(.oldResolvedMoney, unit(99_999_999_998), on: "01/06")
        #expect(short.state == .notMet)
        #expect(short.rate?.decimal(places: 6) == "0.100000", "rounding would have passed it")
    }
}
