import Rules
import Testing

/// What the law holds against the schedule of a round: public notices, deposit, certificate, co-owners.
struct ScheduleTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let why: String
        let facts: String
        let findings: [String]
        var kind = AssetKind.realEstate
        var coOwned = false
        var testDescription: String { why }

        init(
            _ why: String, _ facts: String, _ findings: String..., kind: AssetKind = .realEstate,
            coOwned: Bool = false
        ) {
            self.why = why
            self.facts = facts
            self.findings = findings
            self.kind = kind
            self.coOwned = coOwned
        }
    }

    private static let posted = TransitionTests.posted
    private static let noticed = posted + "; 31/03 notice 1 1; 02/04 notice 1 2"
    private static let cheap = "01/03 seize; 22/03 value 49; 30/03 contract 1; 31/03 post 1 49"
    private static let third = TransitionTests.reduced2 + "; 27/05 post 3 729 shortened"

    static let rows: [Row] = [
        Row(
            "57.1 and 57.3: two notices, two working days apart, fifteen days before",
            noticed + "; 19/04 hold 1 no_bids"),
        Row("57.3: the second on the fifteenth day before", noticed + "; 17/04 hold 1 no_bids"),
        Row(
            "57.3: not on the fourteenth", noticed + "; 16/04 hold 1 no_bids",
            "✗ second_notice_too_late A-03.second_real_estate Điều 57.3 ≤ 01/04/2021"),
        Row(
            "57.1: one working day between them",
            posted + "; 31/03 notice 1 1; 01/04 notice 1 2; 19/04 hold 1 no_bids",
            "✗ notices_too_close A-03.apart Điều 57.1 ≥ 02/04/2021"),
        Row(
            "57.1: one notice is not two", posted + "; 31/03 notice 1 1; 19/04 hold 1 no_bids",
            "✗ notices_missing A-03 Điều 57.1"),
        Row("57.1: none", posted + "; 19/04 hold 1 no_bids", "✗ notices_missing A-03 Điều 57.1"),
        Row(
            "57.1: a movable under 50 million needs none", cheap + "; 19/04 hold 1 no_bids",
            kind: .movable),
        Row(
            "57.1: real estate of any price does", cheap + "; 19/04 hold 1 no_bids",
            "✗ notices_missing A-03 Điều 57.1"),
        Row(
            "57.3: a movable, seven working days after the second",
            noticed + "; 13/04 hold 1 no_bids", kind: .movable),
        Row(
            "57.3: not six", noticed + "; 12/04 hold 1 no_bids",
            "✗ second_notice_too_late A-03.second_movable Điều 57.3 ≤ 01/04/2021", kind: .movable),
        Row(
            "57.2: shortened after two failures, one notice with the posting",
            noticed + "; 19/04 hold 1 no_bids"),
        Row(
            "39.1: a deposit of twenty per cent",
            noticed + "; 31/03 deposit 1 180; 19/04 hold 1 no_bids"),
        Row(
            "39.1: not above", noticed + "; 31/03 deposit 1 180.000001; 19/04 hold 1 no_bids",
            "✗ deposit_too_large A-08.maximum Điều 39.1 ≤ 180.000.000"),
        Row("39.1: of five per cent", noticed + "; 31/03 deposit 1 45; 19/04 hold 1 no_bids"),
        Row(
            "39.1: not below", noticed + "; 31/03 deposit 1 44.999999; 19/04 hold 1 no_bids",
            "✗ deposit_too_small A-08.minimum Điều 39.1 ≥ 45.000.000"),
        Row("32.3: the certificate of 22/03 serves to 22/09", noticed + "; 22/09 hold 1 no_bids"),
        Row(
            "32.3: not on 23/09", noticed + "; 23/09 hold 1 no_bids",
            "✗ certificate_expired V-06 Điều 32.3 ≤ 22/09/2021"),
        Row(
            "74.3: co-owners of real estate have three months",
            noticed + "; 23/06 hold 1 no_bids", coOwned: true),
        Row(
            "74.3: sold earlier only with their refusal", noticed + "; 22/06 hold 1 no_bids",
            "✗ preemption_runs V-13.first_real_estate Điều 74.3 ≥ 23/06/2021", coOwned: true),
        Row(
            "74.3: of a movable one month", noticed + "; 23/04 hold 1 no_bids", kind: .movable,
            coOwned: true),
        Row(
            "74.3: 22/04 is its last day", noticed + "; 22/04 hold 1 no_bids",
            "✗ preemption_runs V-13.first_movable Điều 74.3 ≥ 23/04/2021", kind: .movable,
            coOwned: true),
        Row("a round called off is not judged", posted + "; 12/04 off 1"),
    ]

    @Test(arguments: rows)
    func schedule(_ row: Row) throws {
        let asset = try WrittenFacts(row.facts, row.kind, coOwned: row.coOwned).asset
        let file = try Make.file { $0.assets = [asset] }
        let law = try Law2021.table()
        let history = try #require(file.assetHistory("1", law: law, on: day("31/12")))
        #expect(history.scheduleFindings.map(TransitionTests.words) == row.findings)
    }

    @Test(arguments: [
        ("27/05 notice 3 1", [String]()),
        ("28/05 notice 3 1", ["✗ notice_apart_from_posting A-04 Điều 57.2 ≤ 27/05/2021"]),
        ("27/05 deposit 3 100", ["✗ notices_missing A-04 Điều 57.2"]),
    ])
    func shortened(notice: String, findings: [String]) throws {
        let facts = Self.third + "; \(notice); 03/06 hold 3 no_bids"
        let file = try Make.file { $0.assets = [try WrittenFacts(facts).asset] }
        let law = try Law2021.table()
        let history = try #require(file.assetHistory("1", law: law, on: day("31/12")))
        let third = history.scheduleFindings.filter { $0.event.number == 3 }
        #expect(third.map(TransitionTests.words) == findings)
        #expect(history.findings.isEmpty, "the way itself is lawful")
    }
}
