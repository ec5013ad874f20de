import Rules
import Testing

/// Which cases would change a verdict soonest.
struct NearestCasesTests {
    private func nearest(
        _ measure: Measure, _ cases: [CaseFile], on asOf: String = "31/05"
    ) throws -> NearestCases? {
        let plan = try Plan2021.plan()
        let unit = Make.unit(cases)
        let target = try #require(plan.target(measure.rawValue))
        let told = explain(
            target: target, unit: unit, plan: plan, law: try Law2021.table(), asOf: try day(asOf))
        return told.nearest(in: unit, asOf: try day(asOf))
    }

    private func listed(_ list: String, _ amounts: [Int64], seized: Set<Int> = []) throws
        -> [CaseFile]
    {
        try amounts.enumerated().map { index, amount in
            try Make.file("\(index)/QĐ", due: amount) { file in
                file.nominations = [try Make.nomination(list)]
                if seized.contains(index) { file.assets = [try Make.asset(seized: "10/03")] }
            }
        }
    }

    /// 80% of five are four; two are seized, so two more: those with the least left.
    @Test func ofCasesThoseWithTheLeastLeft() throws {
        let cases = try listed("large_value", [50, 40, 30, 20, 10], seized: [3, 4])
        let found = try #require(try nearest(.largeValueSeized, cases))
        #expect(found.missing == 2)
        #expect(found.cases.map(\.decisionNo) == ["2/QĐ", "1/QĐ"])
        #expect(found.cases.map(\.remaining) == [30, 40])
        #expect(found.isReachable)
    }

    /// 10% of 1.000 đồng are 100: the largest case alone makes up for it.
    @Test func ofMoneyTheLargestFirst() throws {
        let found = try #require(
            try nearest(.oldResolvedMoney, try listed("old_case", [10, 700, 290])))
        #expect(found.missing == 100)
        #expect(found.cases.map(\.decisionNo) == ["1/QĐ"])
        #expect(found.cases.map(\.gain) == [700])
    }

    @Test func aTargetThatIsMetOrEmptyLacksNothing() throws {
        #expect(try nearest(.largeValueSeized, []) == nil)
        let cases = try listed("large_value", [1, 2], seized: [0, 1])
        #expect(try nearest(.largeValueSeized, cases) == nil)
    }

    @Test func afterTheWindowNothingCanBeAddedButTheLackIsSaid() throws {
        let cases = try listed("large_value", [10, 20])
        let found = try #require(try nearest(.largeValueSeized, cases, on: "01/06"))
        #expect(found.missing == 2)
    }
}
