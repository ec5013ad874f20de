import Rules
import Testing

/// Where a target will stand on its last day, and which cases would close the gap.
struct ScoreForecastTests {
    private func forecast(
        _ measure: Measure, _ cases: [CaseFile], on asOf: String
    ) throws -> TargetForecast {
        let told = Rules.forecast(
            of: Make.unit(cases), plan: try Plan2021.plan(), law: try RealLaw.table(),
            asOf: try day(asOf))
        return try #require(told.first { $0.result.measure == measure })
    }

    private func old(
        _ amounts: [Int64], done: [Int: String] = [:], paid: [Int: (Int64, String)] = [:]
    ) throws -> [CaseFile] {
        try amounts.enumerated().map { index, amount in
            try Make.file("\(index)/QĐ", due: amount) { file in
                file.nominations = [try Make.nomination("old_case")]
                if let on = done[index] { file.decisions = [try Make.decision(.complete, on)] }
                if let (amount, on) = paid[index] {
                    file.payments = [try Make.payment(amount, on)]
                }
            }
        }
    }

    /// 1/3 to 28/3 are two fortnights: one case in the first, none in the second; 64 days are left.
    @Test func theRangeIsThatOfTheSlowestAndTheFastestFortnight() throws {
        let cases = try old(Array(repeating: 100, count: 40), done: [0: "05/03"])
        let found = try forecast(.oldResolvedCount, cases, on: "28/03")
        #expect(found.periods.map(\.numerator) == [1, 0])
        #expect(found.needed == 6)
        #expect(found.low.numerator == 1)
        // 1 in 28 days: 64 × 1/28 = 2.29, the nearest is 2; at the fastest 64 × 1/14 = 4.57, so 5.
        #expect(found.middle.numerator == 3)
        #expect(found.high.numerator == 6)
        #expect(found.reachable.numerator == 40)
        #expect(found.state == .uncertain)
    }

    /// Three open cases are beyond any pace; finished ones cannot be done again.
    @Test func whatIsOpenBoundsTheRange() throws {
        var cases = try old([100, 100, 100], done: [0: "02/03", 1: "03/03"])
        cases[2].decisions = [try Make.decision(.complete, "01/02")]
        let found = try forecast(.oldResolvedCount, cases, on: "14/03")
        #expect(found.state == .met)
        #expect(found.high.numerator == 2)
        #expect(found.reachable.numerator == 2)
    }

    @Test func nothingOpenIsLost() throws {
        var cases = try old([100, 100])
        for index in cases.indices {
            cases[index].decisions = [try Make.decision(.terminate, "01/02")]
        }
        let found = try forecast(.oldResolvedCount, cases, on: "14/03")
        #expect(found.state == .lost)
        #expect(found.closing?.proof == .insufficient)
        #expect(found.closing?.cases.isEmpty == true)
    }

    @Test func afterTheLastDayTheScoreSaysAll() throws {
        let found = try forecast(.oldResolvedCount, try old([100]), on: "31/05")
        #expect(found.state == .closed)
        #expect(found.low == found.high)
        #expect(found.closing == nil)
    }

    /// 15% of 20 are 3: the three with the least left, those that are held after the free ones.
    @Test func ofCountsTheCheapestCasesExactly() throws {
        var cases = try old((1...20).map { Int64($0) * 10 })
        cases[0].decisions = [try Make.decision(.postpone, "10/03", ground: "48.1.a")]
        let closing = try #require(
            try forecast(.oldResolvedCount, cases, on: "01/04").closing)
        #expect(closing.missing == 3)
        #expect(closing.proof == .exact)
        #expect(closing.cases.map(\.decisionNo) == ["1/QĐ", "2/QĐ", "3/QĐ"])
        #expect(closing.cases.allSatisfy { !$0.isHindered })
    }

    /// 10% of 1.000 are 100: 90 and 60 would do; 90 and 15 are as few and leave less beyond.
    @Test func ofMoneyAsFewCasesAsPossibleAndTheLeastBeyond() throws {
        let cases =
            try old([90, 60, 15, 5]) + [
                Make.file("9/QĐ", due: 830) { file in
                    file.nominations = [try Make.nomination("old_case")]
                    file.decisions = [try Make.decision(.suspend, "10/03")]
                }
            ]
        let closing = try #require(
            try forecast(.oldResolvedMoney, cases, on: "01/04").closing)
        #expect(closing.missing == 100)
        #expect(closing.cases.map(\.decisionNo) == ["0/QĐ", "2/QĐ"])
        #expect(closing.gain == 105)
        #expect(closing.proof == .fewestCases)
    }

    /// No selection of the free cases is smaller: against every subset.
    @Test(arguments: [UInt64](1...30))
    func noSelectionOfMoneyIsSmaller(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func next(_ bound: UInt64) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64((state >> 33) % bound)
        }
        let amounts = (0..<8).map { _ in 1 + next(60) }
        let held = try Make.file("9/QĐ", due: 10 * amounts.reduce(0, +) / 2) { file in
            file.nominations = [try Make.nomination("old_case")]
            file.decisions = [try Make.decision(.suspend, "10/03")]
        }
        let closing = try #require(
            try forecast(.oldResolvedMoney, try old(amounts) + [held], on: "01/04").closing)
        var fewest = Int.max
        for chosen in 0..<(1 << amounts.count) {
            let sum = amounts.indices.reduce(Int64(0)) {
                $0 + (chosen >> $1 & 1 == 1 ? amounts[$1] : 0)
            }
            if sum >= closing.missing { fewest = min(fewest, chosen.nonzeroBitCount) }
        }
        #expect(closing.cases.count == fewest)
        #expect(closing.gain >= closing.missing)
        let least = closing.cases.map(\.gain).min() ?? 0
        #expect(closing.gain - closing.missing < least)
    }

    /// Of large cases those that the auction calendar reaches; a case that no way reaches is not open.
    @Test func theAuctionCalendarBoundsLargeCases() throws {
        let cases = try (0..<5).map { index in
            try Make.file("\(index)/QĐ") { file in
                file.nominations = [try Make.nomination("large_value")]
                if index < 2 { file.assets = [try Make.asset(seized: "10/03")] }
            }
        }
        let found = try forecast(.largeValueSeized, cases, on: "15/04")
        #expect(found.needed == 4)
        #expect(found.reachable.numerator == 5)
        #expect(found.closing?.cases.count == 2)
        #expect(found.closing?.cases.allSatisfy { $0.reachedOn != nil } == true)
    }
}
