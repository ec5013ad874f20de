import Rules
import Testing

/// Who belongs on a list (KH 10/KH-CTHADS, III): the largest that remain, judged on the day the list is due.
struct ListProposalTests {
    static let large = Population(unseizedOnly: true)

    static func old() throws -> Population {
        Population(decisionUntil: try day("31/12/2017"), enforceableOnly: true)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let why: String
        let population: @Sendable () throws -> Population
        let decided: String
        let facts: @Sendable (inout CaseFile) throws -> Void
        /// The sentence that keeps it off; nil = eligible.
        let obstacle: String?
        var testDescription: String { why }
    }

    static let rows: [Row] = [
        Row(
            why: "nothing seized", population: { large }, decided: "05/01/2019", facts: { _ in },
            obstacle: nil),
        Row(
            why: "an asset is seized and open", population: { large }, decided: "05/01/2019",
            facts: { $0.assets = [try Make.asset("2", seized: "10/02")] },
            obstacle: "Đã kê biên tài sản 2 ngày 10/02/2021."),
        Row(
            why: "seized after the day of judgement", population: { large }, decided: "05/01/2019",
            facts: { $0.assets = [try Make.asset(seized: "21/02")] }, obstacle: nil),
        Row(
            why: "the seizure was released", population: { large }, decided: "05/01/2019",
            facts: { file in
                file.assets = [
                    try Make.asset(seized: "10/01") {
                        $0.disposedOn = try day("01/02")
                        $0.disposal = .released
                    }
                ]
            }, obstacle: nil),
        Row(
            why: "sold before", population: { large }, decided: "05/01/2019",
            facts: { file in
                file.assets = [
                    try Make.asset(seized: "10/01") {
                        $0.disposedOn = try day("01/02")
                        $0.disposal = .sold
                    }
                ]
            }, obstacle: "Đã kê biên tài sản 1 ngày 10/01/2021."),
        Row(
            why: "paid in full", population: { large }, decided: "05/01/2019",
            facts: { $0.payments = [try Make.payment(1_000_000_000, "20/02")] },
            obstacle: "Không còn số tiền phải thi hành."),
        Row(
            why: "the last payment comes a day later", population: { large }, decided: "05/01/2019",
            facts: { $0.payments = [try Make.payment(1_000_000_000, "21/02")] }, obstacle: nil),
        Row(
            why: "delegated away", population: { large }, decided: "05/01/2019",
            facts: { $0.decisions = [try Make.decision(.delegate, "01/02")] },
            obstacle: "Việc đã ủy thác cho đơn vị khác."),
        Row(
            why: "old and enforceable", population: old, decided: "31/12/2017", facts: { _ in },
            obstacle: nil),
        Row(
            why: "not enforceable on the day the list is due (M-01)", population: old,
            decided: "05/01/2017",
            facts: { $0.decisions = [try Make.decision(.notEnforceable, "20/02")] },
            obstacle: "Chưa có điều kiện thi hành theo quyết định ngày 20/02/2021 (M-01)."),
        Row(
            why: "reclassified after the list was due", population: old, decided: "05/01/2017",
            facts: { $0.decisions = [try Make.decision(.notEnforceable, "21/02")] }, obstacle: nil),
        Row(
            why: "not enforceable, then enforceable again", population: old, decided: "05/01/2017",
            facts: {
                $0.decisions = [
                    try Make.decision(.notEnforceable, "01/02"),
                    try Make.decision(.enforceable, "02/02"),
                ]
            }, obstacle: nil),
    ]

    @Test(arguments: rows) func whoMayStandOnAList(_ row: Row) throws {
        let file = try Make.file(decided: row.decided, row.facts)
        let list = PlanList(
            id: "large_value", title: "", size: 10, dueOn: try day("20/02"),
            population: try row.population())
        let found = unitList(
            list, of: Make.unit([file]), plan: try Plan2021.plan(), asOf: try day("31/05"))
        let candidate = try #require(found.candidates.first)
        #expect(candidate.obstacles.map(\.sentence) == (row.obstacle.map { [$0] } ?? []))
        #expect(candidate.isProposed == (row.obstacle == nil))
    }

    static func sized(_ amounts: [Int64], listed: Set<Int> = [], late: Set<Int> = []) throws
        -> UnitList
    {
        let cases = try amounts.enumerated().map { index, amount in
            try Make.file("\(10 + index)/QĐ", due: amount, decided: "05/01/2019") { file in
                if listed.contains(index) {
                    var entry = try Make.nomination("large_value")
                    if late.contains(index) { entry.submittedOn = try day("22/02") }
                    file.nominations = [entry]
                }
            }
        }
        let list = PlanList(
            id: "large_value", title: "", size: 3, dueOn: try day("20/02"), population: large)
        return unitList(
            list, of: Make.unit(cases), plan: try Plan2021.plan(), asOf: try day("31/05"))
    }

    @Test func theLargestThatRemainAreProposed() throws {
        let found = try Self.sized([10, 50, 40, 20, 40])
        #expect(found.candidates.map(\.remaining.amount) == [50, 40, 40, 20, 10])
        #expect(
            found.candidates.filter(\.isProposed).map(\.key.decisionNo) == [
                "11/QĐ", "12/QĐ", "14/QĐ",
            ])
        #expect(found.findings.map(\.code) == [.missing])
    }

    static let wrong: [(listed: Set<Int>, late: Set<Int>, codes: [ListFinding.Code])] = [
        ([1, 2, 4], [], []),
        ([1, 2], [], [.short, .largerLeftOut]),
        ([1, 2, 3], [], [.largerLeftOut]),
        ([0, 1, 2, 4], [], [.long]),
        ([1, 2, 4], [2], [.late]),
    ]

    @Test(arguments: wrong) func whatIsWrongWithAList(
        listed: Set<Int>, late: Set<Int>, codes: [ListFinding.Code]
    ) throws {
        let found = try Self.sized([10, 50, 40, 20, 45], listed: listed, late: late)
        #expect(found.findings.map(\.code) == codes)
    }

    @Test func aUnitWithFewerThanAskedListsAllItHas() throws {
        let found = try Self.sized([10, 50], listed: [0, 1])
        #expect(found.findings.map(\.code) == [.all])
        #expect(found.eligible == 2)
    }
}
