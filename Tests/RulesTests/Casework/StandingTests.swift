import Rules
import Testing

/// The status of a case from its decisions (LTHADS Art. 44a, 48–50, 52).
struct StandingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let decisions: [(DecisionKind, String)]
        let asOf: String
        let status: CaseStatus
        let since: String
        let why: String
        var testDescription: String { "\(asOf) → \(status): \(why)" }
    }

    static let rows: [Row] = [
        Row(
            decisions: [], asOf: "31/05", status: .enforceable, since: "05/01/2017",
            why: "no decision"),
        Row(
            decisions: [(.notEnforceable, "10/03")], asOf: "09/03", status: .enforceable,
            since: "05/01/2017", why: "a later decision is unseen"),
        Row(
            decisions: [(.notEnforceable, "10/03")], asOf: "10/03", status: .notEnforceable,
            since: "10/03", why: "44a, on its own day"),
        Row(
            decisions: [(.notEnforceable, "10/03"), (.enforceable, "20/04")], asOf: "31/05",
            status: .enforceable, since: "20/04", why: "the decision to continue ends 44a"),
        Row(
            decisions: [(.notEnforceable, "10/03"), (.resume, "20/04")], asOf: "31/05",
            status: .notEnforceable, since: "10/03", why: "resume does not end 44a"),
        Row(
            decisions: [(.postpone, "10/03"), (.resume, "20/04")], asOf: "31/05",
            status: .enforceable, since: "20/04", why: "48.4"),
        Row(
            decisions: [(.suspend, "10/03"), (.resume, "20/04")], asOf: "31/05",
            status: .enforceable, since: "20/04", why: "49.3"),
        Row(
            decisions: [(.notEnforceable, "01/03"), (.postpone, "10/03"), (.resume, "20/04")],
            asOf: "31/05", status: .notEnforceable, since: "20/04",
            why: "resume leaves the classification as it was"),
        Row(
            decisions: [(.postpone, "10/03"), (.suspend, "12/03")], asOf: "31/05",
            status: .suspended, since: "12/03", why: "the latest wins"),
        Row(
            decisions: [(.notEnforceable, "10/03"), (.enforceable, "10/03")], asOf: "10/03",
            status: .enforceable, since: "10/03", why: "same day: the later row"),
        Row(
            decisions: [(.enforceable, "10/03"), (.notEnforceable, "10/03")], asOf: "10/03",
            status: .notEnforceable, since: "10/03", why: "same day: the later row"),
        Row(
            decisions: [(.complete, "10/03"), (.postpone, "20/03")], asOf: "31/05",
            status: .completed, since: "10/03", why: "finished whatever follows"),
        Row(
            decisions: [(.terminate, "10/03"), (.enforceable, "20/03")], asOf: "31/05",
            status: .terminated, since: "10/03", why: "finished whatever follows"),
        Row(
            decisions: [(.delegate, "10/03"), (.resume, "20/03")], asOf: "31/05",
            status: .delegated, since: "10/03", why: "resume ends no delegation"),
        Row(
            decisions: [(.reduceObligation, "10/03")], asOf: "31/05", status: .enforceable,
            since: "05/01/2017", why: "a reduction of the debt is no status"),
        Row(
            decisions: [(.resume, "20/04"), (.postpone, "10/03")], asOf: "31/05",
            status: .enforceable, since: "20/04", why: "recorded late, counted by day"),
    ]

    @Test(arguments: rows)
    func status(_ row: Row) throws {
        let file = try Make.file { file in
            file.decisions = try row.decisions.map { try Make.decision($0.0, $0.1) }
        }
        let standing = file.standing(on: try day(row.asOf))
        #expect(standing.status == row.status)
        #expect(standing.since == (try day(row.since)))
    }

    @Test func theLaterRowOfADayClassifies() throws {
        let on = try day("10/03")
        for kinds in [
            [DecisionKind.notEnforceable, .enforceable], [.enforceable, .notEnforceable],
        ] {
            let file = try Make.file { file in
                file.decisions = try kinds.map { try Make.decision($0, "10/03") }
            }
            #expect(file.isNotEnforceable(on: on) == (kinds.last == .notEnforceable))
        }
    }

    @Test func rulesOfAStatusAreCited() throws {
        let file = try Make.file { $0.decisions = [try Make.decision(.notEnforceable, "10/03")] }
        let rules = file.appliedRules(try RealLaw.table(), on: try day("31/05"))
        #expect(rules.map(\.id) == ["E-13", "M-01"])
        #expect(rules.map(\.verified) == [true, false])
        // A law book without the rule: the article is still named, and marked.
        let bare = file.appliedRules(try Law2021.table(), on: try day("31/05"))
        #expect(bare.map(\.verified) == [false, false])
        #expect(rules.first?.citation.description == "NĐ 62/2015 Điều 9.4")
        #expect(bare.first?.citation.description == "LTHADS Điều 44a.1")
    }
}
