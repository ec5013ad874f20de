import LawBook
import Rules
import Testing

@Suite("The sample's plan")
struct RealPlanTests {
    private let plan: CampaignPlan

    init() throws {
        plan = try PlanFile.parse(bytes: RealFiles.bytes(RealFiles.planPath), name: "plan.yaml")
    }

    @Test("window, reporting year, lists and reports, as sections III and IV set them")
    func frame() throws {
        #expect(plan.id == "soc-trang-2021")
        #expect(plan.citation == "KH 10/KH-CTHADS ngày 29/01/2021")
        #expect(plan.window == (try range("2021-03-01", "2021-05-31")))
        #expect(plan.reportingYear == (try range("2020-10-01", "2021-09-30")))
        #expect(plan.lists.map(\.id) == ["large_value", "old_case"])
        #expect(plan.lists.map(\.size) == [10, nil])
        #expect(plan.lists.map(\.dueOn) == [try day("2021-02-20"), try day("2021-02-20")])
        #expect(plan.lists[0].population?.unseizedOnly == true)
        #expect(plan.lists[1].population?.decisionUntil == (try day("2017-12-31")))
        #expect(plan.reports.map(\.kind) == [.lists, .summary])
        #expect(plan.reports.map(\.dueOn) == [try day("2021-02-20"), try day("2021-06-04")])
    }

    @Test(
        "each target with its list, threshold, due day and paragraph",
        arguments: [
            ("large_value_seized", "large_value", "80/100", "2021-05-31", "III"),
            ("large_value_classified", "large_value", "100/100", "2021-09-30", "III"),
            ("old_resolved_count", "old_case", "15/100", "2021-05-31", "III"),
            ("old_resolved_money", "old_case", "10/100", "2021-05-31", "III"),
            ("decisions_timely", nil, "100/100", "2021-05-31", "I"),
            ("classification_right", nil, "100/100", "2021-05-31", "I"),
            ("violations_repaired", nil, "100/100", "2021-05-31", "I"),
            ("lists_submitted", nil, "100/100", "2021-02-20", "III"),
            ("report_submitted", nil, "100/100", "2021-06-04", "IV"),
        ] as [(String, String?, String, String, String)])
    func target(id: String, list: String?, threshold: String, due: String, section: String) throws {
        let target = try #require(plan.targets.first { $0.id == id })
        #expect(target.measure.rawValue == id)
        #expect(target.list == list)
        #expect("\(target.threshold.numerator)/\(target.threshold.denominator)" == threshold)
        #expect(target.dueOn == (try day(due)))
        #expect(target.paragraph.hasPrefix(section + ","))
        #expect(target.window == nil)
        #expect(target.stage == .seized)
        #expect(target.counts == [.collected, .terminated, .exempted])
    }

    @Test(
        "nine targets, one for each measure over lists or registers, in the order of the measures")
    func all() {
        #expect(plan.targets.map(\.measure) == Measure.allCases.filter { !$0.readsPopulation })
    }

    @Test("the table of points adds up to 100 and is no official text")
    func emulation() throws {
        let table = plan.emulation
        #expect(!table.verified)
        #expect(table.criteria.map(\.base) == [30, 15, 20, 20, 10, 5])
        #expect(
            table.tieBreaks == [
                .fewerViolations, .oldResolvedMoneyRate, .largerStock, .earlierReport,
            ])
        #expect(
            table.criteria.map(describe) == [
                "large_value_seized: −1 a started 2, +1 a full 5 up to 5",
                "large_value_classified: pro rata, +0 a full 1 up to 0",
                "old_resolved_count: pro rata, +1 a full 1 up to 5",
                "old_resolved_money: pro rata, +1 a full 1 up to 5",
                "lists summary: −1 a day", "violations: −1 each",
            ])
    }

    @Test("the table's points come to 100 and its bonuses to 15")
    func totals() {
        #expect(plan.emulation.total == 100)
        #expect(plan.emulation.criteria.reduce(0) { $0 + $1.base } == 100)
        #expect(plan.emulation.criteria.reduce(0) { $0 + $1.bonusMaximum } == 15)
        #expect(plan.emulation.year == 2021)
    }

    @Test("settings: the department is a unit, deadlines are met on their day, no e-mail copy")
    func settings() {
        #expect(plan.settings.provinceIsUnit)
        #expect(!plan.settings.strictDeadlines)
        #expect(!plan.settings.emailCopy)
        #expect(plan.settings.policy.postAgainDays == 5)
        #expect(plan.settings.policy.offerCreditorDays == 5)
        #expect(plan.settings.policy.laterReductionDays == 10)
    }

    private func range(_ start: String, _ end: String) throws -> DayRange {
        DayRange(start: try day(start), end: try day(end))
    }

    private func describe(_ criterion: Criterion) -> String {
        switch criterion.basis {
        case .target(let id, let scale):
            let under =
                switch scale.under {
                case .proRata: "pro rata"
                case .deduct(let points, let step): "−\(points) a started \(step)"
                case .bands(let bands): "\(bands.count) bands"
                }
            return "\(id): \(under), +\(scale.bonusPoints) a full \(scale.bonusStep) "
                + "up to \(scale.bonusCap)"
        case .deadlines(let reports, let perDay):
            return "\(reports.map(\.rawValue).joined(separator: " ")): −\(perDay) a day"
        case .violations(let each): return "violations: −\(each) each"
        case .manual: return "manual"
        }
    }
}
