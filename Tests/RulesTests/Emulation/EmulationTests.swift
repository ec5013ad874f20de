import Rules
import Testing

/// The sample table of points: criteria, bonus, deduction, ranks and tie-breaks.
struct EmulationTests {
    static func result(
        _ measure: Measure, _ numerator: Int64, of denominator: Int64, threshold: Ratio
    ) throws -> TargetResult {
        // A result of these counts, from as many cases or đồng.
        let files: [CaseFile]
        if measure == .oldResolvedMoney {
            files = [
                try Make.file(due: denominator) { file in
                    file.nominations = [try Make.nomination("old_case")]
                    file.payments = [try Make.payment(numerator, "10/03")]
                }
            ]
        } else {
            files = try (0..<denominator).map { index in
                try Make.file("\(index)") { file in
                    file.nominations = [
                        try Make.nomination("large_value"), try Make.nomination("old_case"),
                    ]
                    guard index < numerator else { return }
                    file.assets = [try Make.asset(seized: "10/03")]
                    let kind: DecisionKind =
                        measure == .largeValueClassified ? .notEnforceable : .complete
                    file.decisions = [try Make.decision(kind, "10/03")]
                }
            }
        }
        var plan = try Plan2021.plan()
        let index = try #require(plan.targets.firstIndex { $0.measure == measure })
        plan.targets[index].threshold = threshold
        let result = try Plan2021.result(measure, Make.unit(files), on: "31/05", plan: plan)
        #expect(result.numerator == numerator && result.denominator == denominator)
        return result
    }

    static func standing(
        _ unit: UnitFile, on asOf: String = "31/05", results: [TargetResult] = [],
        plan: CampaignPlan? = nil
    ) throws -> UnitStanding {
        UnitStanding(
            unit, results: results, plan: try plan ?? Plan2021.plan(), law: try Law2021.table(),
            asOf: try day(asOf))
    }

    struct Points: Sendable, CustomTestStringConvertible {
        let measure: Measure
        let numerator: Int64
        let denominator: Int64
        let threshold: Int128
        let earned: String
        let bonus: String
        let why: String
        var testDescription: String { why }
    }

    @Test(arguments: [
        Points(
            measure: .largeValueSeized, numerator: 8, denominator: 10, threshold: 80,
            earned: "30.00", bonus: "0.00", why: "exactly the threshold"),
        Points(
            measure: .largeValueSeized, numerator: 9, denominator: 10, threshold: 80,
            earned: "30.00", bonus: "2.00", why: "10 over: two full steps of 5"),
        Points(
            measure: .largeValueSeized, numerator: 21, denominator: 25, threshold: 80,
            earned: "30.00", bonus: "0.00", why: "4 over: no full step"),
        Points(
            measure: .largeValueSeized, numerator: 10, denominator: 10, threshold: 50,
            earned: "30.00", bonus: "5.00", why: "50 over: capped at 5"),
        Points(
            measure: .largeValueSeized, numerator: 7, denominator: 10, threshold: 80,
            earned: "25.00", bonus: "0.00", why: "10 under: five steps of 2"),
        Points(
            measure: .largeValueSeized, numerator: 79, denominator: 100, threshold: 80,
            earned: "29.00", bonus: "0.00", why: "1 under: a started step"),
        Points(
            measure: .largeValueSeized, numerator: 0, denominator: 10, threshold: 80,
            earned: "0.00", bonus: "0.00", why: "40 steps under: floor 0"),
        Points(
            measure: .largeValueClassified, numerator: 2, denominator: 3, threshold: 100,
            earned: "10.00", bonus: "0.00", why: "pro rata 15 × 2/3"),
        Points(
            measure: .oldResolvedCount, numerator: 1, denominator: 7, threshold: 15,
            earned: "19.05", bonus: "0.00", why: "pro rata 20 × (1/7) ÷ 15%"),
        Points(
            measure: .oldResolvedCount, numerator: 18, denominator: 100, threshold: 15,
            earned: "20.00", bonus: "3.00", why: "3 over"),
        Points(
            measure: .oldResolvedMoney, numerator: 109, denominator: 1000, threshold: 10,
            earned: "20.00", bonus: "0.00", why: "0.9 over: no full point"),
        Points(
            measure: .oldResolvedMoney, numerator: 50, denominator: 1000, threshold: 10,
            earned: "10.00", bonus: "0.00", why: "half the threshold"),
    ])
    func pointsByRate(_ row: Points) throws {
        let result = try Self.result(
            row.measure, row.numerator, of: row.denominator,
            threshold: Ratio(row.threshold, 100))
        let standing = try Self.standing(Make.unit([]), results: [result])
        let table = Plan2021.table
        let criterion = try #require(table.criteria.first { $0.id == row.measure.rawValue })
        let points = try #require(criterion.points(of: standing))
        #expect(points.earned.decimal(places: 2) == row.earned)
        #expect(points.bonus.decimal(places: 2) == row.bonus)
        if case .target(_, let scale) = criterion.basis, case .deduct = scale.under {
            #expect(points.earned == max(.zero, Ratio(criterion.base) - points.deduction))
        } else {
            #expect(points.deduction == .zero)
        }
    }

    @Test func deadlinesCountWorkingDaysOfBothDutiesWhileMissing() throws {
        let late = [Report(kind: .lists, submittedOn: try day("23/02"))]
        let unit = Make.unit([], reports: late)
        let criterion = Plan2021.table.criteria[4]
        func earned(_ asOf: String) throws -> String? {
            try criterion.points(of: Self.standing(unit, on: asOf))?.earned.decimal(places: 2)
        }
        #expect(try earned("31/05") == "8.00", "lists two working days late")
        #expect(try earned("07/06") == "7.00", "and the summary one, still missing")
        #expect(try earned("30/06") == "0.00", "floor")
    }

    @Test func theDepartmentHasTheListDutyOnly() throws {
        let department = Make.unit([], code: "CUC", level: .province)
        let standing = try Self.standing(department, on: "30/06")
        #expect(standing.daysLate.keys.map(\.rawValue) == ["lists"])
    }

    static func unit(
        _ code: String, violations: [(String, Severity)] = [], cluster: String? = nil,
        level: UnitLevel = .district, paid: Int64 = 0, stock: Int = 0, report: String? = "01/06"
    ) throws -> UnitFile {
        var files = [
            try Make.file("1", due: 1000) { file in
                file.nominations = [try Make.nomination("old_case")]
                file.decisions = [try Make.decision(.complete, "31/05")]
                file.payments = [try Make.payment(paid, "10/03")]
                file.violations = try violations.map {
                    Violation(foundOn: try day($0.0), severity: $0.1)
                }
            }
        ]
        files += try (0..<stock).map { try Make.file("stock \($0)") }
        var reports = [Report(kind: .lists, submittedOn: try day("18/02"))]
        if let report { reports.append(Report(kind: .summary, submittedOn: try day(report))) }
        return Make.unit(files, reports: reports, code: code, level: level, cluster: cluster)
    }

    static func rows(_ units: [UnitFile], on asOf: String = "30/06", cluster: String? = nil) throws
        -> [EmulationRow]
    {
        let plan = try Plan2021.plan()
        return rank(
            try units.map {
                UnitStanding($0, plan: plan, law: try Law2021.table(), asOf: try day(asOf))
            }, plan: plan, cluster: cluster)
    }

    @Test func scoreIsScaledToTheCriteriaThatApply() throws {
        // Old cases by count 20 (+5), by money 20 (+5), deadlines 10, violations 4 of 5: no large list.
        let row = try #require(
            try Self.rows([Self.unit("A", violations: [("10/03", .minor)], paid: 1000)]).first)
        #expect(row.criteria.map(\.id).count == 4)
        #expect(row.score == Ratio(54 * 100, 55) + Ratio(10))
        #expect(row.score.decimal(places: 2) == "108.18")
    }

    @Test func violationsCountFromTheWindowsFirstDayToTheAsOfDay() throws {
        let unit = try Self.unit(
            "A",
            violations: [
                ("28/02", .minor), ("01/03", .minor), ("30/06", .minor), ("01/07", .serious),
            ])
        let row = try #require(try Self.rows([unit]).first)
        #expect(row.standing.violations == 2)
        #expect(!row.isDisqualified)
        #expect(row.criteria.last?.earned == Ratio(3))
        #expect(row.criteria.last?.deduction == Ratio(2))
    }

    @Test func theDisqualifiedComeLastWithTheirScore() throws {
        let rows = try Self.rows([
            Self.unit("A", violations: [("10/03", .serious)], paid: 1000),
            Self.unit("B", violations: [("10/03", .minor), ("11/03", .minor)]),
        ])
        #expect(rows.map(\.unit.code) == ["B", "A"])
        #expect(rows.map(\.rank) == [1, nil])
        #expect(rows[1].score > rows[0].score)
        #expect(rows[1].disqualifiedBecause == "Có 1 vi phạm nghiêm trọng.")
    }

    @Test func ranksAre1224() throws {
        let rows = try Self.rows([
            Self.unit("D", paid: 10), Self.unit("B", paid: 60), Self.unit("C", paid: 60),
            Self.unit("A", paid: 1000),
        ])
        #expect(rows.map(\.unit.code) == ["A", "B", "C", "D"])
        #expect(rows.map(\.rank) == [1, 2, 2, 4])
        #expect(rows.map(\.tiesBrokenBy) == [nil, nil, nil, nil])
    }

    @Test func tiesAreBrokenInTheTablesOrder() throws {
        // Rates of 10.1% and 10.2% earn the same points; the larger stock and the earlier report decide after.
        let rate = try Self.rows([Self.unit("A", paid: 101), Self.unit("B", paid: 102)])
        #expect(rate.map(\.unit.code) == ["B", "A"])
        #expect(rate.map(\.tiesBrokenBy) == [.oldResolvedMoneyRate, .oldResolvedMoneyRate])
        let stock = try Self.rows([Self.unit("A"), Self.unit("B", stock: 2)])
        #expect(stock.map(\.unit.code) == ["B", "A"])
        #expect(stock.map(\.tiesBrokenBy) == [.largerStock, .largerStock])
        let report = try Self.rows([
            Self.unit("A", report: "02/06"), Self.unit("B", report: "01/06"),
            Self.unit("C", report: "02/06"),
        ])
        #expect(report.map(\.unit.code) == ["B", "A", "C"])
        #expect(report.map(\.rank) == [1, 2, 2])
        #expect(report.map(\.tiesBrokenBy) == [.earlierReport, .earlierReport, .earlierReport])
    }

    @Test func fewerViolationsBreakTheTieFirst() throws {
        // The table without the violations' points: equal scores, told apart by the count of violations.
        var plan = try Plan2021.plan()
        plan.emulation.criteria.removeLast()
        let units = [
            try Self.unit("A", violations: [("10/03", .minor)], stock: 9),
            try Self.unit("B"),
        ]
        let rows = rank(try units.map { try Self.standing($0, plan: plan) }, plan: plan)
        #expect(rows.map(\.unit.code) == ["B", "A"])
        #expect(rows.map(\.tiesBrokenBy) == [.fewerViolations, .fewerViolations])
    }

    @Test func clustersRankApartAndTheDepartmentMayStayOut() throws {
        let units = [
            try Self.unit("A", cluster: "I", paid: 10), try Self.unit("B", cluster: "II", paid: 60),
            try Self.unit("C", cluster: "I", paid: 80),
            try Self.unit("CUC", level: .province, paid: 1000),
        ]
        let cluster = try Self.rows(units, cluster: "I")
        #expect(cluster.map(\.unit.code) == ["C", "A"])
        #expect(cluster.map(\.rank) == [1, 2])
        #expect(try Self.rows(units).first?.unit.code == "CUC")
        let plan = try Plan2021.plan(provinceIsUnit: false)
        let rows = rank(try units.map { try Self.standing($0, plan: plan) }, plan: plan)
        #expect(!rows.contains { $0.unit.code == "CUC" })
    }

    @Test func stockLeavesOutTheFinishedAndThoseOfM01() throws {
        let unit = Make.unit([
            try Make.file("1"),
            try Make.file("2") { $0.decisions = [try Make.decision(.complete, "10/03")] },
            try Make.file("3") { $0.decisions = [try Make.decision(.notEnforceable, "10/03")] },
            try Make.file("4") { $0.decisions = [try Make.decision(.postpone, "10/03")] },
        ])
        #expect(try Self.standing(unit, on: "09/03").stock == 4)
        #expect(try Self.standing(unit, on: "10/03").stock == 2)
    }
}
