import LawBook
import Rules
import StrictYAML
import Testing

/// A plan whose table has one of everything, as lines to be spoiled one by one.
private let sound = """
    id: plan-1
    title: Kế hoạch
    authority: Cục
    citation: KH 1
    window: { start: 2021-03-01, end: 2021-05-31 }
    reporting_year: { start: 2020-10-01, end: 2021-09-30 }
    lists:
      - { id: large_value, title: Lớn, due_on: 2021-02-20 }
    targets:
      - { id: seized, measure: large_value_seized, threshold: 80%, paragraph: III }
    reports:
      - { kind: lists, due_on: 2021-02-20 }
    emulation:
      verified: false
      year: 2021
      total: 100
      bonus_cap: 8
      floor_score: 40
      criteria:
        - id: seized
          base: 60
          target: seized
          bands:
            - { from: 0%, to: 50%, points: 20 }
            - { from: 50%, to: 80%, points: 45 }
            - { from: 4/5, points: 60 }
          bonus: { points: 1, per_full_step: 5, cap: 5 }
          floor: 10
          cap: 64
        - { id: lists, base: 10, deadlines: { reports: [lists], per_day: 2 }, levels: [district] }
        - { id: movement, base: 30, manual: { evidence: true } }
        - { id: own_cases, base: 100, target: seized, levels: [officer] }
      labels:
        - { label: D, from: 0, to: 50 }
        - { label: C, from: 50, to: 70 }
        - { label: A, from: 70 }
      disqualifiers:
        - { serious_violations: 1 }
        - { violations: 5 }
        - { target: seized, below: 30% }
        - { report: lists, days_late_over: 10 }
        - { criterion: movement, below_points: 5 }
      tie_breaks: [fewer_violations, fewer_days_late]
      objections: { days: 5, answer_days: 3 }
      roles:
        - { principal: "cert:mx", role: self, units: [MX] }
        - { principal: "cert:hd-*", role: council, own: [CUC] }
        - { principal: "uid:1001", role: head, own: [CUC] }
    """

private func faults(_ text: String) -> [String] {
    do {
        _ = try PlanFile.parse(bytes: Array(text.utf8), name: "plan.yaml")
        return []
    } catch {
        return error.issues.map(\.description)
    }
}

@Suite("A table of points is proven before it counts")
struct EmulationTableTests {
    @Test("the sound one parses, with one of everything")
    func parses() throws {
        let table = try PlanFile.parse(bytes: Array(sound.utf8), name: "plan.yaml").emulation
        #expect(table.year == 2021)
        #expect(table.floorScore == 40)
        #expect(table.criteria.map(\.bonusMaximum) == [4, 0, 0, 0], "the cap of 64 leaves 4 of 5")
        #expect(table.criteria(for: .province).map(\.id) == ["seized", "movement"])
        #expect(table.criteria(for: .officer).map(\.id) == ["own_cases"])
        #expect(table.labels.map(\.label) == ["D", "C", "A"])
        #expect(table.disqualifiers?.count == 5)
        #expect(table.roles.map(\.duty) == [.unit, .council, .head])
        #expect(table.objections?.answerDays == 3)
        #expect(table.roles[1].names("cert:hd-01"))
        #expect(!table.roles[1].names("cert:hdx"))
        #expect(!table.roles[0].names("cert:mx2"))
    }

    @Test("each fault by its line, with what to do", arguments: spoiled)
    func refused(_ case: SpoiledTable) {
        #expect(sound.contains(`case`.old))
        let text = sound.replacing(`case`.old, with: `case`.new, maxReplacements: 1)
        #expect(faults(text) == [`case`.message])
    }
}

struct SpoiledTable: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let message: String
    var testDescription: String { "\(old) → \(new)" }

    init(_ old: String, _ new: String, _ message: String) {
        self.old = old
        self.new = new
        self.message = message
    }
}

private let spoiled = [
    SpoiledTable(
        "base: 10,", "base: 11,",
        "plan.yaml:16: 'emulation.total' is 100, but the criteria for district come to 101: "
            + "seized 60 + lists 11 + movement 30; lower a base, or write 'total: 101'"),
    SpoiledTable(
        "total: 100", "total: 120",
        "plan.yaml:16: 'emulation.total' is 120, but the criteria come to 100 at most; "
            + "add what is missing, or write 'total: 100'"),
    SpoiledTable(
        "bonus_cap: 8", "bonus_cap: 3",
        "plan.yaml:17: 'emulation.bonus_cap' is 3, but the bonuses for province come to 4: "
            + "seized 4; lower a bonus's cap, or write 'bonus_cap: 4'"),
    SpoiledTable(
        "floor_score: 40", "floor_score: 101",
        "plan.yaml:18: 'emulation.floor_score' is 101, more than the total 100; "
            + "write at most 100"),
    SpoiledTable(
        "year: 2021", "year: 2020",
        "plan.yaml:15: 'emulation.year' is 2020, but the plan's reporting year ends in 2021; "
            + "take the table of 2021"),
    SpoiledTable(
        "{ from: 50%, to: 80%", "{ from: 55%, to: 80%",
        "plan.yaml:25: 'emulation.criteria[1].bands[2].from' leaves a gap: no band holds rates "
            + "from 50% to 55%; write 'from: 50%'"),
    SpoiledTable(
        "{ from: 50%, to: 80%", "{ from: 49.5%, to: 80%",
        "plan.yaml:25: 'emulation.criteria[1].bands[2].from' overlaps: the band before holds "
            + "rates up to 50%; write 'from: 50%'"),
    SpoiledTable(
        "{ from: 0%, to: 50%", "{ from: 10%, to: 50%",
        "plan.yaml:24: 'emulation.criteria[1].bands[1].from' leaves rates from 0 to 10% without "
            + "a band; let the first band start at 0"),
    SpoiledTable(
        "{ from: 4/5, points: 60 }", "{ from: 4/5, to: 1, points: 60 }",
        "plan.yaml:26: 'emulation.criteria[1].bands[3].to' leaves rates from 100% on without a "
            + "band; leave 'to' out of the last band"),
    SpoiledTable(
        "{ from: 0%, to: 50%, points: 20 }", "{ from: 0%, points: 20 }",
        "plan.yaml:24: 'emulation.criteria[1].bands[1].from' starts a band without 'to', yet "
            + "another follows; add 'to: 50%'"),
    SpoiledTable(
        "points: 45 }", "points: 61 }",
        "plan.yaml:25: 'emulation.criteria[1].bands[2].points' are 61, more than the base 60; "
            + "write at most 60"),
    SpoiledTable(
        "floor: 10", "floor: 61",
        "plan.yaml:28: 'emulation.criteria[1].floor' is 61, more than the base 60; "
            + "write at most 60"),
    SpoiledTable(
        "cap: 64", "cap: 59",
        "plan.yaml:29: 'emulation.criteria[1].cap' is 59, less than the base 60; "
            + "write at least 60, or lower the base"),
    SpoiledTable(
        "      floor: 10", "      under: pro_rata",
        "plan.yaml:24: 'emulation.criteria[1].bands' and 'under' both say what a rate earns; "
            + "keep one of them"),
    SpoiledTable(
        "label: C, from: 50", "label: C, from: 51",
        "plan.yaml:35: 'emulation.labels[2].from' leaves a gap: no band holds scores from 50 to "
            + "51; write 'from: 50'"),
    SpoiledTable(
        "label: C,", "label: D,",
        "plan.yaml:35: 'emulation.labels[2].label' names label 'D' a second time; "
            + "give each its own"),
    SpoiledTable(
        "manual: { evidence: true }", "manual: { evidense: true, evidence: true }",
        "plan.yaml:31: unknown key 'evidense' in 'emulation.criteria[3].manual'; "
            + "did you mean 'evidence'?"),
    SpoiledTable(
        "{ criterion: movement,", "{ criterion: movment,",
        "plan.yaml:42: 'emulation.disqualifiers[5].criterion' names 'movment', which this table "
            + "does not have; did you mean 'movement'?"),
    SpoiledTable(
        "below_points: 5", "below_points: 31",
        "plan.yaml:42: 'emulation.disqualifiers[5].below_points' is 31, more than the 30 points "
            + "of 'movement': it would take out every unit; write at most 30"),
    SpoiledTable(
        "{ target: seized, below: 30% }", "{ target: seize, below: 30% }",
        "plan.yaml:40: 'emulation.disqualifiers[3].target' names the target 'seize', which this "
            + "plan does not have; did you mean 'seized'?"),
    SpoiledTable(
        "{ target: seized, below: 30% }", "{ target: seized }",
        "plan.yaml:40: 'emulation.disqualifiers[3].target' needs 'below' beside it; "
            + "add 'below: …'"),
    SpoiledTable(
        "{ violations: 5 }", "{ violations: 5, below: 30% }",
        "plan.yaml:39: 'emulation.disqualifiers[2].below' has no meaning without 'target'; "
            + "remove it"),
    SpoiledTable(
        "{ report: lists, days_late_over: 10 }", "{ report: summary, days_late_over: 10 }",
        "plan.yaml:41: 'emulation.disqualifiers[4].report' is one that this plan does not ask "
            + "for; add it under 'reports' with its due day"),
    SpoiledTable(
        "role: self, units: [MX]", "role: self",
        "plan.yaml:46: 'emulation.roles[1].role' is self, so it needs the units that the person "
            + "scores; add 'units: [CODE]'"),
    SpoiledTable(
        "\"cert:hd-*\"", "\"cert:*-hd\"",
        "plan.yaml:47: 'emulation.roles[2].principal' must be a principal such as cert:NAME or "
            + "uid:1001, a '*' only at its end, found 'cert:*-hd'; write a principal such as "
            + "cert:NAME or uid:1001, a '*' only at its end"),
    SpoiledTable(
        "role: council", "role: counsil",
        "plan.yaml:47: 'emulation.roles[2].role' must be one of self, council, head, found "
            + "'counsil'; did you mean 'council'?"),
]
