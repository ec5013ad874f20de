import LawBook
import Rules
import Testing

/// The fictional plans of Samples/plans: each loads, and says of itself that it is fictional.
@Suite struct SamplePlansTests {
    private static let folder = RealFiles.planPath.replacing(
        "soc-trang-2021/plan.yaml", with: "plans")

    private func plan(_ name: String) throws -> CampaignPlan {
        try PlanFile.parse(bytes: RealFiles.bytes("\(Self.folder)/\(name).yaml"), name: name)
    }

    @Test(arguments: [
        ("bands-by-caseload", ["cases_by_size", "money_of_the_year"]),
        (
            "officers-and-categories",
            ["cases_by_officer", "seizures_by_officer", "money_by_category", "revenue_cases"]
        ),
        (
            "stock-against-last-year",
            ["stock_down", "stock_down_province", "better_than_last_year", "collected_in_all"]
        ),
        ("credit-institutions", ["banks_seized", "banks_money", "banks_done"]),
        (
            "rounds-and-months",
            ["resolved-q1", "resolved-q2", "resolved-q3"]
                + (1...9).map { "month-2021-0\($0)" }
        ),
    ])
    func everyPlanLoads(name: String, targets: [String]) throws {
        #expect(try plan(name).targets.map(\.id) == targets)
        let text = String(
            decoding: try RealFiles.bytes("\(Self.folder)/\(name).yaml"), as: UTF8.self)
        #expect(text.hasPrefix("# FICTIONAL"))
    }

    @Test func whatTheKeysComeTo() throws {
        let officers = try plan("officers-and-categories").targets
        #expect(officers[0].scope == .officer)
        #expect(officers[0].base == .frozen(on: try day("2021-02-28")))
        #expect(officers[1].asks == .atLeast(1))
        #expect(officers[3].population?.stateRevenue == true)
        #expect(officers[3].population?.amountBelow == Dong(50_000_000))
        let bands = try plan("bands-by-caseload").targets[0]
        #expect(
            bands.asks
                == .bands([
                    CaseloadBand(upTo: 500, share: Ratio(75, 100)),
                    CaseloadBand(upTo: 2_000, share: Ratio(74, 100)),
                    CaseloadBand(upTo: nil, share: Ratio(72, 100)),
                ]))
        let rounds = try plan("rounds-and-months").targets
        #expect(rounds.map(\.threshold).prefix(3) == [Ratio(5, 100), Ratio(6, 100), Ratio(7, 100)])
        #expect(rounds[0].dueOn == (try day("2021-04-05")))
        #expect(rounds[1].dueOn == (try day("2021-06-30")))
        #expect(
            rounds[4].window
                == DayRange(
                    start: try day("2021-01-01"), end: try day("2021-02-28")))
        #expect(rounds[4].dueOn == (try day("2021-03-03")))
    }

    @Test(arguments: [
        (
            "threshold: { bands: [{ threshold: 72% }, { up_to: 5, threshold: 75% }] }",
            "do not ascend: no end comes before 5"
        ),
        ("threshold: { at_least: 5, last_year_plus: 1% }", "stands beside 'at_least'"),
        ("threshold: 5%, scope: officers", "did you mean 'officer'?"),
        ("threshold: 5%, base: { frozen_om: 2021-01-01 }", "did you mean 'frozen_on'?"),
        ("threshold: 5%, monthly: true", "needs the target's own window"),
        ("threshold: 5%, due_days: 3", "counts from a month's end"),
        ("threshold: 5%, population: { initiative: ex_oficio }", "did you mean 'ex_officio'?"),
    ])
    func aFaultIsNamedWithItsLine(entry: String, said: String) throws {
        let text = """
            id: p
            title: P
            authority: A
            citation: C
            window: { start: 2021-03-01, end: 2021-05-31 }
            reporting_year: { start: 2020-10-01, end: 2021-09-30 }
            targets:
              - { id: t, measure: cases_resolved, paragraph: I, \(entry) }
            """
        let fault = try #require(throws: PlanError.self) {
            _ = try PlanFile.parse(bytes: Array(text.utf8), name: "plan.yaml")
        }
        #expect(fault.description.hasPrefix("plan.yaml:8:"))
        #expect(fault.description.contains(said), "\(fault)")
    }

    @Test func aListMeasureTakesNoPopulation() throws {
        let text = """
            id: p
            title: P
            authority: A
            citation: C
            window: { start: 2021-03-01, end: 2021-05-31 }
            reporting_year: { start: 2020-10-01, end: 2021-09-30 }
            targets:
              - { id: t, measure: decisions_timely, paragraph: I, threshold: 5%, base: moving }
            """
        let fault = try #require(throws: PlanError.self) {
            _ = try PlanFile.parse(bytes: Array(text.utf8), name: "plan.yaml")
        }
        #expect(fault.description.contains("counts over no population"))
    }
}
