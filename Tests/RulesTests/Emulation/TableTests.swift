import Rules
import Testing

/// Bands, floors, caps, manual points, disqualifiers and names of the score.
struct TableTests {
    static let seized = "large_value_seized"

    /// A unit whose rate of large cases seized is just this.
    static func standing(
        rate: Ratio, threshold: Ratio = Ratio(80, 100), asOf: String = "30/06",
        level: UnitLevel = .district, code: String = "MX"
    ) throws -> UnitStanding {
        var plan = try Plan2021.plan()
        let index = try #require(plan.targets.firstIndex { $0.id == seized })
        plan.targets[index].threshold = threshold
        let unit = Make.unit([], code: code, level: level)
        let known = try Plan2021.result(.largeValueSeized, unit, on: asOf, plan: plan)
        return UnitStanding(
            unit, results: [known.supposing(rate: rate, asOf: try day(asOf))], plan: plan,
            law: try Law2021.table(), asOf: try day(asOf))
    }

    static func criterion(
        _ base: Int, _ under: RateScale.Under, bonus: (Int, Int, Int) = (0, 1, 0), floor: Int = 0,
        cap: Int? = nil
    ) -> Criterion {
        Criterion(
            id: "c", base: base,
            basis: .target(
                id: seized,
                scale: RateScale(
                    under: under, bonusPoints: bonus.0, bonusStep: bonus.1, bonusCap: bonus.2)),
            floor: floor, cap: cap)
    }

    static let bands = RateScale.Under.bands([
        RateBand(from: Ratio(0), to: Ratio(50, 100), points: 5),
        RateBand(from: Ratio(50, 100), to: Ratio(80, 100), points: 12),
        RateBand(from: Ratio(80, 100), to: Ratio(1), points: 17),
        RateBand(from: Ratio(1), to: nil, points: 20),
    ])

    struct Edge: Sendable, CustomTestStringConvertible {
        let numerator: Int128
        let denominator: Int128
        let earned: String
        let why: String
        var testDescription: String { "\(numerator)/\(denominator): \(why)" }

        init(_ numerator: Int128, _ denominator: Int128, _ earned: String, _ why: String) {
            self.numerator = numerator
            self.denominator = denominator
            self.earned = earned
            self.why = why
        }
    }

    @Test(arguments: [
        Edge(0, 10, "5.00", "nothing is in the lowest band"),
        Edge(1, 3, "5.00", "a third"),
        Edge(4999, 10_000, "5.00", "a hair under 50%"),
        Edge(1, 2, "12.00", "just 50% belongs to the band above"),
        Edge(79_999, 100_000, "12.00", "a hair under 80%"),
        Edge(4, 5, "17.00", "just 80%"),
        Edge(8, 10, "17.00", "the same fraction unreduced"),
        Edge(999, 1000, "17.00", "a hair under 100%"),
        Edge(7, 7, "20.00", "just 100%"),
        Edge(11, 10, "20.00", "over 100%: the last band has no end"),
    ])
    func aRateEarnsThePointsOfItsBand(_ edge: Edge) throws {
        let standing = try Self.standing(rate: Ratio(edge.numerator, edge.denominator))
        let points = try #require(Self.criterion(20, Self.bands).points(of: standing))
        #expect(points.earned.decimal(places: 2) == edge.earned)
        #expect(points.deduction == .zero)
    }

    @Test func aBonusStandsBesideTheBand() throws {
        let standing = try Self.standing(rate: Ratio(9, 10))
        let criterion = Self.criterion(20, Self.bands, bonus: (1, 5, 5))
        let points = try #require(criterion.points(of: standing))
        #expect(points.earned == Ratio(17))
        #expect(points.bonus == Ratio(2))
    }

    @Test(arguments: [
        Edge(0, 10, "4.00", "40 steps off 20 points: the floor stays"),
        Edge(48, 100, "4.00", "16 steps off 20 points are just the floor"),
        Edge(50, 100, "5.00", "15 steps off"),
        Edge(80, 100, "20.00", "the threshold"),
    ])
    func aFloorIsKept(_ edge: Edge) throws {
        let criterion = Self.criterion(20, .deduct(points: 1, perStartedStep: 2), floor: 4)
        let standing = try Self.standing(rate: Ratio(edge.numerator, edge.denominator))
        let points = try #require(criterion.points(of: standing))
        #expect(points.earned.decimal(places: 2) == edge.earned)
    }

    @Test(arguments: [
        Edge(80, 100, "0.00", "no bonus"), Edge(85, 100, "1.00", "one step"),
        Edge(90, 100, "2.00", "two"), Edge(95, 100, "3.00", "three: the cap of 23"),
        Edge(100, 100, "3.00", "four steps, capped at 23 together"),
    ])
    func aCapHoldsPointsAndBonusTogether(_ edge: Edge) throws {
        let criterion = Self.criterion(20, .proRata, bonus: (1, 5, 5), cap: 23)
        let standing = try Self.standing(rate: Ratio(edge.numerator, edge.denominator))
        let points = try #require(criterion.points(of: standing))
        #expect(points.bonus.decimal(places: 2) == edge.earned)
        #expect(points.earned + points.bonus <= Ratio(23))
    }

    private func ranked(
        _ standings: [UnitStanding], _ fill: (inout EmulationTable) -> Void
    ) throws -> [EmulationRow] {
        var plan = try Plan2021.plan()
        plan.emulation = EmulationTable(
            criteria: [Self.criterion(70, .proRata)], tieBreaks: [], verified: false)
        fill(&plan.emulation)
        return rank(standings, plan: plan)
    }

    @Test func aManualCriterionCountsOnceAPersonGavePoints() throws {
        let manual = Criterion(id: "movement", base: 30, basis: .manual(evidence: true))
        var standing = try Self.standing(rate: Ratio(40, 100))
        let before = try ranked([standing]) { $0.criteria.append(manual) }
        #expect(before[0].score == Ratio(50), "35 of 70, the manual one left out")
        #expect(
            before[0].undetermined == [
                "Tiêu chí movement chấm bằng tay chưa có điểm quyết định."
            ])
        standing.given["movement"] = GivenPoints(points: Ratio(15, 1))
        let after = try ranked([standing]) { $0.criteria.append(manual) }
        #expect(after[0].score == Ratio(50), "35 + 15 of 100")
        #expect(after[0].undetermined.isEmpty)
        standing.given["movement"] = GivenPoints(points: Ratio(99))
        let much = try ranked([standing]) { $0.criteria.append(manual) }
        #expect(much[0].score == Ratio(65), "never more than the base")
    }

    @Test func criteriaCountForTheirLevel() throws {
        let district = try Self.standing(rate: Ratio(80, 100), code: "A")
        let department = try Self.standing(rate: Ratio(80, 100), level: .province, code: "C")
        let rows = try ranked([district, department]) { table in
            var own = Self.criterion(30, .bands([RateBand(from: .zero, to: nil, points: 0)]))
            own.id = "district only"
            own.levels = [.district]
            table.criteria.append(own)
        }
        #expect(rows.map(\.unit.code) == ["C", "A"])
        #expect(rows.map { $0.score } == [Ratio(100), Ratio(70)])
    }

    @Test func anOfficersPointsComeFromTheOwnCases() throws {
        let files = try ["o1", "o1", "o2"].enumerated().map { index, officer in
            try Make.file("\(index)") { file in
                file.officer = officer
                file.nominations = [try Make.nomination("large_value")]
                if index != 1 { file.assets = [try Make.asset(seized: "10/03")] }
            }
        }
        let plan = try Plan2021.plan()
        func standing(_ officer: String) throws -> UnitStanding {
            UnitStanding(
                officer: officer, in: Make.unit(files), plan: plan, law: try Law2021.table(),
                asOf: try day("30/06"))
        }
        #expect(try standing("o1").results[0].rate == Ratio(1, 2))
        #expect(try standing("o2").results[0].rate == Ratio(1))
        #expect(try standing("o1").daysLate.isEmpty, "the reports are the unit's duty")
        #expect(try standing("o1").level == .officer)
    }

    struct Out: Sendable, CustomTestStringConvertible {
        let rule: Disqualifier
        let rate: Int128
        let asOf: String
        let because: String?
        let why: String
        var testDescription: String { why }
    }

    @Test(arguments: [
        Out(
            rule: .target(id: seized, below: Ratio(50, 100)), rate: 49, asOf: "01/06",
            because: "Chỉ tiêu large_value_seized đạt 49.00%, dưới 50.00%.",
            why: "49% after its day"
        ),
        Out(
            rule: .target(id: seized, below: Ratio(50, 100)), rate: 50, asOf: "01/06",
            because: nil, why: "just 50%"),
        Out(
            rule: .target(id: seized, below: Ratio(50, 100)), rate: 10, asOf: "31/05",
            because: nil, why: "not yet due: nobody is out"),
        Out(
            rule: .target(id: "unknown", below: Ratio(50, 100)), rate: 10, asOf: "01/06",
            because: nil, why: "a target that does not apply"),
        Out(
            rule: .lateReport(.lists, moreThan: 3), rate: 80, asOf: "26/02",
            because: "Chậm 5 ngày làm việc (danh sách), quá 3 ngày.", why: "five days late"),
        Out(
            rule: .lateReport(.lists, moreThan: 5), rate: 80, asOf: "26/02",
            because: nil, why: "five days late where five are allowed"),
        Out(
            rule: .criterion(id: "c", below: 60), rate: 60, asOf: "01/06",
            because: "Tiêu chí c được 52.50 điểm, dưới 60.", why: "52.50 points of the 60 wanted"),
        Out(
            rule: .criterion(id: "c", below: 60), rate: 80, asOf: "01/06",
            because: nil, why: "all points"),
        Out(
            rule: .violations(atLeast: 1), rate: 80, asOf: "01/06", because: nil,
            why: "no violations"),
    ])
    func disqualifiers(_ row: Out) throws {
        let standing = try Self.standing(rate: Ratio(row.rate, 100), asOf: row.asOf)
        let rows = try ranked([standing]) { $0.disqualifiers = [row.rule] }
        #expect(rows[0].disqualifiedBecause == row.because)
        #expect((rows[0].rank == nil) == (row.because != nil))
    }

    @Test func violationsDisqualifyFromTheirNumberOn() throws {
        func rows(_ found: Int, _ rule: Disqualifier) throws -> String? {
            let unit = try EmulationTests.unit(
                "A", violations: (0..<found).map { ("1\($0)/03", .minor) })
            let standing = try EmulationTests.standing(unit)
            return try ranked([standing]) { $0.disqualifiers = [rule] }[0].disqualifiedBecause
        }
        #expect(try rows(2, .violations(atLeast: 3)) == nil)
        #expect(try rows(3, .violations(atLeast: 3)) == "Có 3 vi phạm, từ 3 trở lên.")
        #expect(try rows(3, .seriousViolations(atLeast: 1)) == nil, "none of them is serious")
    }

    @Test func theFloorScoreTakesOut() throws {
        let low = try Self.standing(rate: Ratio(39, 100), code: "A")
        let even = try Self.standing(rate: Ratio(40, 100), code: "B")
        let rows = try ranked([low, even]) { $0.floorScore = 50 }
        #expect(rows.map(\.unit.code) == ["B", "A"])
        #expect(rows.map(\.rank) == [1, nil])
        #expect(rows[1].disqualifiedBecause == "Tổng điểm 48.75 dưới điểm sàn 50.")
    }

    @Test(arguments: [
        Edge(0, 1, "D", "nothing"), Edge(39_999, 100_000, "D", "49.99875 points"),
        Edge(40, 100, "C", "just 50 points"), Edge(55_999, 100_000, "C", "a hair under 70"),
        Edge(56, 100, "B", "just 70"), Edge(72, 100, "A", "just 90"), Edge(80, 100, "A", "100"),
    ])
    func theScoreHasItsName(_ edge: Edge) throws {
        let standing = try Self.standing(rate: Ratio(edge.numerator, edge.denominator))
        let rows = try ranked([standing]) { table in
            table.labels = [
                ScoreLabel(label: "D", from: 0, to: 50), ScoreLabel(label: "C", from: 50, to: 70),
                ScoreLabel(label: "B", from: 70, to: 90), ScoreLabel(label: "A", from: 90, to: nil),
            ]
        }
        #expect(rows[0].label == edge.earned)
    }

    @Test func aTableOfAnotherTotalIsScaledToIt() throws {
        let standing = try Self.standing(rate: Ratio(40, 100))
        let rows = try ranked([standing]) { $0.total = 70 }
        #expect(rows[0].score == Ratio(35))
    }

    @Test func fewerDaysLateBreakATie() throws {
        let plan = try Plan2021.plan()
        let standings = try ["A": "24/02", "B": "22/02"].map { code, sent in
            UnitStanding(
                Make.unit(
                    [], reports: [Report(kind: .lists, submittedOn: try day(sent))], code: code),
                plan: plan, law: try Law2021.table(), asOf: try day("31/05"))
        }
        let rows = try ranked(standings) { $0.tieBreaks = [.fewerDaysLate] }
        #expect(rows.map(\.unit.code) == ["B", "A"])
        #expect(rows.map(\.tiesBrokenBy) == [.fewerDaysLate, .fewerDaysLate])
    }
}
