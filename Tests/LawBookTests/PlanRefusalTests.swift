import LawBook
import Rules
import StrictYAML
import Testing

/// The smallest sound plan with one of everything, as lines to be spoiled one by one.
private let sound = """
    id: plan-1
    title: Kế hoạch
    authority: Cục
    citation: KH 1
    window: { start: 2021-03-01, end: 2021-05-31 }
    reporting_year: { start: 2020-10-01, end: 2021-09-30 }
    lists:
      - { id: large_value, title: Lớn, due_on: 2021-02-20 }
      - { id: old_case, title: Cũ, due_on: 2021-02-21 }
    targets:
      - { id: t1, measure: large_value_seized, threshold: 80%, paragraph: III }
      - { id: t2, measure: old_resolved_money, list: old_case, threshold: 10%, paragraph: III }
      - { id: t3, measure: lists_submitted, threshold: 1, paragraph: III }
    reports:
      - { kind: lists, due_on: 2021-02-20 }
    emulation:
      verified: false
      criteria:
        - { id: c1, base: 30, target: t1 }
        - { id: c2, base: 10, deadlines: { reports: [lists], per_day: 1 } }
      tie_breaks: [fewer_violations]
    """

private func parse(_ text: String) throws(PlanError) -> CampaignPlan {
    try PlanFile.parse(bytes: Array(text.utf8), name: "plan.yaml")
}

private func faults(_ text: String) -> [String] {
    do {
        _ = try parse(text)
        return []
    } catch {
        return error.issues.map(\.description)
    }
}

@Suite("A plan is refused whole")
struct PlanRefusalTests {
    @Test("the sound one parses, with what it leaves out")
    func parses() throws {
        let plan = try parse(sound)
        #expect(plan.targets.map(\.list) == ["large_value", "old_case", nil])
        #expect(
            plan.targets.map(\.dueOn.description) == ["2021-05-31", "2021-05-31", "2021-02-21"])
        #expect(plan.settings.provinceIsUnit)
    }

    @Test("a plan without table and settings has the defaults")
    func bare() throws {
        let lines = sound.split(separator: "\n")
        let plan = try parse(lines[..<15].joined(separator: "\n"))
        #expect(plan.emulation.criteria.isEmpty)
        #expect(!plan.settings.strictDeadlines)
        #expect(!plan.settings.emailCopy)
    }

    @Test(
        "a threshold is an exact fraction however it is written",
        arguments: [
            ("80%", 80, 100), ("4/5", 4, 5), ("0.80", 80, 100), ("\"0.80\"", 80, 100),
            ("66.6%", 666, 1000), ("1", 1, 1), ("100%", 100, 100), ("0.1", 1, 10),
        ] as [(String, Int128, Int128)])
    func thresholds(text: String, numerator: Int128, denominator: Int128) throws {
        let plan = try parse(sound.replacing("threshold: 80%", with: "threshold: " + text))
        #expect(plan.targets[0].threshold.numerator == numerator)
        #expect(plan.targets[0].threshold.denominator == denominator)
    }

    @Test(
        "a threshold that is no share is refused",
        arguments: [
            "0%", "101%", "80 phần trăm", "-1%", "4/0", "5/4", "1e1", "0,8", "%", ".5", "80%%",
        ])
    func badThreshold(text: String) {
        let faults = faults(sound.replacing("threshold: 80%", with: "threshold: \"\(text)\""))
        #expect(
            faults == [
                "plan.yaml:11: 'targets[1].threshold' must be a share above 0 and at most 100%, "
                    + "such as 80%, 4/5 or 0.80, found '\(text)'; "
                    + "write a share above 0 and at most 100%, such as 80%, 4/5 or 0.80"
            ])
    }

    @Test("each fault by its line, with what to do", arguments: spoiled)
    func refused(_ case: Spoiled) {
        #expect(sound.contains(`case`.old))
        let text = sound.replacing(`case`.old, with: `case`.new, maxReplacements: 1)
        #expect(faults(text) == `case`.messages)
    }

    @Test("many faults stand together, in order of place")
    func together() {
        let text = sound.replacing("title: Kế hoạch", with: "titel: Kế hoạch")
            .replacing("measure: lists_submitted", with: "measure: list_submitted")
            .replacing("target: t1", with: "target: t9")
        #expect(
            faults(text) == [
                "plan.yaml:1: missing key 'title' in the file; add 'title: …'",
                "plan.yaml:2: unknown key 'titel' in the file; did you mean 'title'?",
                "plan.yaml:13: 'targets[3].measure' must be one of large_value_seized, "
                    + "large_value_classified, old_resolved_count, old_resolved_money, "
                    + "decisions_timely, classification_right, violations_repaired, "
                    + "lists_submitted, report_submitted, cases_done, money_done, "
                    + "cases_resolved, money_resolved, cases_seized, stock_reduced, coercions_done, "
                    + "found 'list_submitted'; "
                    + "did you mean 'lists_submitted'?",
                "plan.yaml:19: 'emulation.criteria[1].target' names the target 't9', which this "
                    + "plan does not have; did you mean 't1'?",
            ])
    }
}

private let spoiled = [
    Spoiled(
        "start: 2021-03-01", "start: 2021-06-01",
        "plan.yaml:5: 'window.end' lies before 'start' (2021-06-01); correct one of the two days"),
    Spoiled(
        "start: 2021-03-01", "start: 0202-03-01",
        "plan.yaml:5: 'window.start' must be a day of the years 2000 to 2099, found "
            + "'0202-03-01'; write a day of the years 2000 to 2099"),
    Spoiled(
        "start: 2021-03-01", "start: 01/03/2021",
        "plan.yaml:5: 'window.start' must be a day written YYYY-MM-DD, found '01/03/2021'; "
            + "write a day written YYYY-MM-DD"),
    Spoiled(
        "id: plan-1", "id: Kế hoạch 1",
        "plan.yaml:1: 'id' must be an id of small letters, digits, '-' and '_', found "
            + "'Kế hoạch 1'; write an id of small letters, digits, '-' and '_'"),
    Spoiled(
        "id: old_case, title", "id: large_value, title",
        "plan.yaml:9: 'lists[2].id' names list 'large_value' a second time; give each its own",
        "plan.yaml:12: 'targets[2].list' names the list 'old_case', which this plan does not "
            + "have; add it under 'lists'"),
    Spoiled(
        "id: t2,", "id: t1,",
        "plan.yaml:12: 'targets[2].id' names target 't1' a second time; give each its own"),
    Spoiled(
        "id: c2,", "id: c1,",
        "plan.yaml:20: 'emulation.criteria[2].id' names criterion 'c1' a second time; "
            + "give each its own"),
    Spoiled(
        "list: old_case", "list: old_cases",
        "plan.yaml:12: 'targets[2].list' names the list 'old_cases', which this plan does not "
            + "have; did you mean 'old_case'?"),
    Spoiled(
        "id: large_value, title", "id: big_value, title",
        "plan.yaml:11: 'targets[1]' counts over the list 'large_value', which this plan does not "
            + "have; add it under 'lists'"),
    Spoiled(
        "measure: lists_submitted, ", "measure: lists_submitted, list: old_case, ",
        "plan.yaml:13: 'targets[3].list' has no meaning for lists_submitted, which counts over no "
            + "list; remove it"),
    Spoiled(
        "measure: large_value_seized, ", "measure: large_value_seized, options: { stage: sold }, ",
        "plan.yaml:11: 'targets[1].options.stage' must be one of seized, contracted, auctioned, "
            + "found 'sold'; write one of them"),
    Spoiled(
        "list: old_case, ", "list: old_case, options: { stage: seized }, ",
        "plan.yaml:12: 'targets[2].options' holds 'stage', which old_resolved_money does not "
            + "take; use counts"),
    Spoiled(
        "measure: lists_submitted, ", "measure: lists_submitted, options: { counts: [exempted] }, ",
        "plan.yaml:13: 'targets[3].options' holds 'counts', which lists_submitted does not take; "
            + "remove it"),
    Spoiled(
        "list: old_case, ", "list: old_case, options: { counts: [] }, ",
        "plan.yaml:12: 'targets[2].options.counts' must hold at least 1, found 0; "
            + "add what is missing"),
    Spoiled(
        ", paragraph: III }", " }",
        "plan.yaml:11: missing key 'paragraph' in 'targets[1]'; add 'paragraph: …'"),
    Spoiled(
        "kind: lists", "kind: list",
        "plan.yaml:15: 'reports[1].kind' must be one of lists, summary, found 'list'; "
            + "did you mean 'lists'?",
        "plan.yaml:20: 'emulation.criteria[2].deadlines' counts a report that this plan does not "
            + "ask for; add it under 'reports' with its due day"),
    Spoiled(
        "base: 30", "base: 0",
        "plan.yaml:19: 'emulation.criteria[1].base' must lie between 1 and 1000, found 0; "
            + "write a number in that range"),
    Spoiled(
        "target: t1 }", "target: t1, violations: { each: 1 } }",
        "plan.yaml:19: 'emulation.criteria[1].id' must have exactly one of target, deadlines, "
            + "violations, manual, found target, violations; say by which of them the points are earned"
    ),
    Spoiled(
        "target: t1 }", "target: t1, under: prorata }",
        "plan.yaml:19: 'emulation.criteria[1].under' must be pro_rata or a deduction, found "
            + "'prorata'; write pro_rata, or {deduct: …, per_started_step: …}"),
    Spoiled(
        "base: 10, deadlines", "base: 10, under: pro_rata, deadlines",
        "plan.yaml:20: 'emulation.criteria[2].under' has no meaning without 'target'; remove it"),
    Spoiled(
        "[fewer_violations]", "[fewer_violation]",
        "plan.yaml:21: 'emulation.tie_breaks[1]' must be one of fewer_violations, "
            + "old_resolved_money_rate, old_resolved_count_rate, large_value_seized_rate, "
            + "larger_stock, fewer_days_late, earlier_report, found 'fewer_violation'; "
            + "did you mean 'fewer_violations'?"),
    Spoiled(
        "[fewer_violations]", "[larger_stock, larger_stock]",
        "plan.yaml:21: 'emulation.tie_breaks' holds one of them twice; keep each once"),
    Spoiled(
        "due_on: 2021-02-21 }", "due_on: 2021-02-21, population: { decision_until: 2017 } }",
        "plan.yaml:9: 'lists[2].population.decision_until' must be a day written YYYY-MM-DD, "
            + "found '2017'; write a day written YYYY-MM-DD"),
]
