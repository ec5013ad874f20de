import Rules
import Testing

/// Patterns that make figures look better than the work behind them: what is named, and what is let pass.
struct SignalTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let why: String
        let cases: @Sendable () throws -> [CaseFile]
        var asOf = "30/06"
        var close = "31/05"
        /// Checks that are named, each with the number of its pieces of evidence.
        let found: [String]
        var testDescription: String { why }
    }

    static func law() throws -> LawTable {
        let law = try Law2021.table()
        var editions = law.editions
        editions["R-04"] = [
            LawRule(
                id: "R-04", title: "R-04", value: .share(Ratio(10, 100)),
                from: try day("01/07/2015"), to: nil,
                citation: Citation(instrument: "LTHADS", place: "Điều 104.1"), verified: true)
        ]
        return LawTable(editions: editions, calendar: law.calendar, digest: law.digest)
    }

    static func listed(_ fill: (inout CaseFile) throws -> Void) throws -> CaseFile {
        try Make.file(due: 1_000) { file in
            file.nominations = [try Make.nomination("old_case")]
            try fill(&file)
        }
    }

    static func classified(_ former: String, _ later: String) throws -> [CaseFile] {
        [
            try Make.file { file in
                file.decisions = [
                    try Make.decision(.notEnforceable, former),
                    try Make.decision(.enforceable, later),
                ]
            }
        ]
    }

    /// An asset of 1.000 đồng that was reduced to these prices, month by month.
    static func reduced(_ prices: [Int64], offered: Bool = false) throws -> [CaseFile] {
        [
            try Make.file { file in
                file.assets = [
                    try Make.asset(seized: "01/01") { asset in
                        asset.valuedOn = try day("10/01")
                        asset.value = Dong(1_000)
                        asset.reductions = try prices.enumerated().map { index, price in
                            Reduction(
                                number: index + 1, reducedOn: try day("1\(index)/02"),
                                reducedPrice: Dong(price))
                        }
                        if offered {
                            asset.offers = [CreditorOffer(offeredOn: try day("01/03"))]
                        }
                    }
                ]
            }
        ]
    }

    static func intake(before: Int, dip: Int, spike: Int) throws -> [CaseFile] {
        let days = [("15/01", before), ("15/09", dip), ("15/10", spike)]
        return try days.flatMap { on, count in
            try (0..<count).map { index in
                try Make.file("\(on) \(index)") { $0.receivedOn = try day(on) }
            }
        }
    }

    static let rows: [Row] = [
        Row(
            why: "more terminated than collected",
            cases: {
                [
                    try listed {
                        $0.payments = [try Make.payment(100, "05/03")]
                        $0.decisions = [try Make.decision(.terminate, "06/03", amount: 900)]
                    }
                ]
            }, found: ["terminated_not_collected 1"]),
        Row(
            why: "as much collected as terminated",
            cases: {
                [
                    try listed {
                        $0.payments = [try Make.payment(500, "05/03")]
                        $0.decisions = [try Make.decision(.terminate, "06/03", amount: 500)]
                    }
                ]
            }, found: []),
        Row(
            why: "not enforceable before the window's end, enforceable after it",
            cases: { try classified("20/05", "10/06") }, found: ["classification_swing 1"]),
        Row(
            why: "thirty days on either side still count",
            cases: { try classified("01/05", "30/06") }, found: ["classification_swing 1"]),
        Row(
            why: "thirty-one days before the end", cases: { try classified("30/04", "10/06") },
            found: []),
        Row(
            why: "both before the end", cases: { try classified("20/05", "31/05") }, found: []),
        Row(
            why: "not yet changed back on the day", cases: { try classified("20/05", "10/06") },
            asOf: "09/06", found: []),
        Row(
            why: "a payment of the window reversed after the close",
            cases: {
                [try Make.file { $0.payments = [try Make.payment(5, "20/05", reversed: "01/06")] }]
            }, found: ["reversed_after_close 1"]),
        Row(
            why: "reversed on the day of the close",
            cases: {
                [try Make.file { $0.payments = [try Make.payment(5, "20/05", reversed: "31/05")] }]
            }, found: []),
        Row(
            why: "a payment before the window",
            cases: {
                [try Make.file { $0.payments = [try Make.payment(5, "28/02", reversed: "01/06")] }]
            }, found: []),
        Row(
            why: "three reductions to the cap of 10%, no offer",
            cases: { try reduced([900, 810, 729]) }, found: ["reduced_to_the_cap 3"]),
        Row(
            why: "offered to the creditor", cases: { try reduced([900, 810, 729], offered: true) },
            found: []),
        Row(
            why: "one reduction less deep", cases: { try reduced([900, 811, 729]) }, found: []),
        Row(why: "two are no habit", cases: { try reduced([900, 810]) }, found: []),
        Row(
            why: "intake held back over the year's end",
            cases: { try intake(before: 44, dip: 2, spike: 6) }, asOf: "31/10",
            found: ["intake_held_back 1"]),
        Row(
            why: "one more in the last month", cases: { try intake(before: 44, dip: 3, spike: 6) },
            asOf: "31/10", found: []),
        Row(
            why: "one less in the next month", cases: { try intake(before: 44, dip: 2, spike: 5) },
            asOf: "31/10", found: []),
        Row(
            why: "the next month is not over", cases: { try intake(before: 44, dip: 2, spike: 6) },
            asOf: "30/10", found: []),
    ]

    @Test(arguments: rows) func whatIsNamed(_ row: Row) throws {
        let found = signals(
            of: Make.unit(try row.cases()), plan: try Plan2021.plan(), law: try Self.law(),
            closedOn: try day(row.close), asOf: try day(row.asOf))
        #expect(found.map { "\($0.check.rawValue) \($0.evidence.count)" } == row.found)
    }

    @Test func easyCasesOnAListAreNamedWithTheLargerOnes() throws {
        let cases = try (0..<12).map { index in
            try Make.file("\(10 + index)/QĐ", due: Int64(1_000 * (index + 1))) { file in
                if index < 10 { file.nominations = [try Make.nomination("large_value")] }
            }
        }
        let found = signals(
            of: Make.unit(cases), plan: try Plan2021.plan(), law: try Self.law(),
            closedOn: try day("31/05"), asOf: try day("31/05"))
        let signal = try #require(found.first)
        #expect(signal.check == .easyCasesListed)
        #expect(signal.evidence.map(\.decisionNo) == ["21/QĐ", "20/QĐ"])
        #expect(
            signal.evidence.first?.facts == [
                Fact("list", "large_value"), Fact("remaining", "12000"),
                Fact("smallest_listed", "1000"),
            ])
    }

    static func delegated(
        _ unit: String, _ decided: String, _ days: [String], debtor: String = "Trần Thị B"
    ) throws -> DelegatedCase {
        DelegatedCase(
            key: CaseKey(unit: unit, decisionNo: "\(unit) \(decided)"), judgmentNo: "5/DS-ST",
            debtor: debtor,
            decisionOn: try day(decided), delegatedOn: try days.map { try day($0) })
    }

    @Test func aJudgmentThatComesBackIsNamedWhereItComesBack() throws {
        let straight = [
            try Self.delegated("A", "01/02", ["10/02"]), try Self.delegated("B", "20/02", []),
        ]
        #expect(delegationCircles(straight, habit: 3).isEmpty)
        let round = [
            try Self.delegated("A", "01/02", ["10/02"]),
            try Self.delegated("B", "20/02", ["01/03"]), try Self.delegated("A", "10/03", []),
        ]
        let found = delegationCircles(round, habit: 3)
        #expect(found.keys.sorted() == ["A"])
        #expect(found["A"]?.evidence.map(\.decisionNo) == ["A 10/03"])
        var other = round
        other[2] = try Self.delegated("A", "10/03", [], debtor: "Lý Văn C")
        #expect(delegationCircles(other, habit: 3).isEmpty)
        let twice = [try Self.delegated("A", "01/02", ["10/02", "10/04"])]
        #expect(delegationCircles(twice, habit: 3)["A"]?.severity == .warning)
    }
}
