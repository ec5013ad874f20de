import Rules
import Testing

/// What must not change a unit's figures: the unit's name and code, the order of its cases, cases of other units, and
/// the same course a week later, where no day off lies between.
struct MetamorphicTests {
    private static let seeds = [UInt64](1...12)

    /// Random cases of one unit with days from 1/6 to 15/8/2021, in which no day is off but weekends.
    private struct Course {
        var state: UInt64
        /// Days by which everything is moved.
        var shift: Int = 0
        var unit = "MX"

        init(seed: UInt64, shift: Int = 0, unit: String = "MX") {
            state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
            self.shift = shift
            self.unit = unit
        }

        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }

        mutating func aDay() throws -> Day { try day("01/06") + (next(75) + shift) }

        mutating func maybeDay() throws -> Day? { next(3) == 0 ? nil : try aDay() }

        mutating func file(_ index: Int) throws -> CaseFile {
            let decided = try aDay()
            var file = CaseFile(
                key: CaseKey(unit: unit, decisionNo: "\(index)"), decisionOn: decided,
                initiative: next(2) == 0 ? .onRequest : .exOfficio,
                amountDue: Dong(Int64(next(1_000))))
            file.receivedOn = try maybeDay()
            for _ in 0..<next(4) {
                let kind = DecisionKind.allCases[next(DecisionKind.allCases.count)]
                file.decisions.append(
                    Decision(kind: kind, decidedOn: try aDay(), amount: Dong(Int64(next(300)))))
            }
            for number in 0..<next(4) {
                file.payments.append(
                    Payment(
                        receiptNo: "\(number)", paidOn: try aDay(), amount: Dong(Int64(next(400))),
                        source: PaymentSource.allCases[next(PaymentSource.allCases.count)],
                        reversedOn: next(4) == 0 ? try aDay() : nil))
            }
            for _ in 0..<next(3) {
                file.verifications.append(
                    Verification(
                        verifiedOn: try aDay(),
                        result: next(2) == 0 ? .enforceable : .notEnforceable))
                file.violations.append(
                    Violation(
                        foundOn: try aDay(), severity: .minor, repairedOn: try maybeDay()))
            }
            try fillAssets(&file)
            for list in ["large_value", "old_case"] where next(2) == 0 {
                file.nominations.append(
                    Nomination(
                        list: list, submittedOn: try aDay(),
                        withdrawnOn: next(5) == 0 ? try aDay() : nil))
            }
            return file
        }

        private mutating func fillAssets(_ file: inout CaseFile) throws {
            for number in 0..<next(3) {
                var asset = Asset(assetNo: "\(number)", kind: .movable, seizedOn: try aDay())
                asset.valuedOn = try maybeDay()
                asset.value = Dong(500)
                for round in 1...3 {
                    var held = AuctionRound(round: round, startingPrice: Dong(500))
                    held.heldOn = try maybeDay()
                    held.outcome = .noBids
                    asset.rounds.append(held)
                    asset.reductions.append(
                        Reduction(
                            number: round, noticeOn: nil, reducedOn: try maybeDay(),
                            reducedPrice: Dong(400)))
                }
                if next(4) == 0 {
                    asset.disposedOn = try aDay()
                    asset.disposal = .sold
                }
                file.assets.append(asset)
            }
        }

        mutating func unitFile() throws -> UnitFile {
            Make.unit(
                try (0..<30).map { try file($0) },
                reports: [
                    Report(kind: .lists, submittedOn: try aDay()),
                    Report(kind: .summary, submittedOn: try aDay()),
                ], code: unit)
        }
    }

    private func plan(shift: Int = 0) throws -> CampaignPlan {
        var plan = try Plan2021.plan()
        plan.window = DayRange(start: try day("07/06") + shift, end: try day("09/08") + shift)
        for index in plan.targets.indices { plan.targets[index].dueOn = try day("09/08") + shift }
        for index in plan.reports.indices { plan.reports[index].dueOn = try day("09/08") + shift }
        return plan
    }

    /// Figures and states without the days.
    private func figures(_ results: [TargetResult]) -> [String] {
        results.map {
            "\($0.id) \($0.numerator)/\($0.denominator) \($0.state) \($0.split) \($0.daysLate ?? -1)"
        }
    }

    private func scored(_ unit: UnitFile, shift: Int = 0) throws -> [String] {
        figures(
            score(
                unit: unit, plan: try plan(shift: shift), law: try RealLaw.table(),
                asOf: try day("02/08") + shift))
    }

    @Test(arguments: seeds) func aWeekLaterIsTheSame(seed: UInt64) throws {
        var now = Course(seed: seed)
        var later = Course(seed: seed, shift: 7)
        #expect(
            try scored(try now.unitFile()) == (try scored(try later.unitFile(), shift: 7)))
    }

    @Test(arguments: seeds) func aNameIsNoFigure(seed: UInt64) throws {
        var course = Course(seed: seed)
        var other = Course(seed: seed, unit: "XYZ")
        #expect(try scored(try course.unitFile()) == (try scored(try other.unitFile())))
    }

    @Test(arguments: seeds) func theOrderOfCasesIsNoFigure(seed: UInt64) throws {
        var course = Course(seed: seed)
        var unit = try course.unitFile()
        let before = try scored(unit)
        unit.cases.reverse()
        #expect(try scored(unit) == before)
    }

    /// Cases of another unit change the province's figures, and by just their own.
    @Test(arguments: seeds) func anotherUnitChangesNothing(seed: UInt64) throws {
        var (first, second) = (Course(seed: seed), Course(seed: seed + 100, unit: "TX"))
        let scorer = Scorer(
            plan: try plan(), law: try RealLaw.table(), asOf: try day("02/08"))
        let one = scorer.score(try first.unitFile())
        let two = scorer.score(try second.unitFile())
        var province = ProvinceCount(plan: scorer.plan, asOf: scorer.day)
        province.add(one, cluster: nil)
        let alone = province.results
        province.add(two, cluster: nil)
        for (index, result) in province.results.enumerated() {
            #expect(result.numerator == one[index].numerator + two[index].numerator)
            #expect(result.denominator == one[index].denominator + two[index].denominator)
        }
        province.remove(two, cluster: nil)
        #expect(province.results == alone)
    }
}
