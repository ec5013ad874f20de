import Rules
import Testing

/// What a person records: the event, the rows that keep it, or the refusal.
struct EntryTests {
    private typealias Way = TransitionTests

    private static func record(
        _ kind: AuctionEntry.Kind, on text: String, after facts: String,
        _ fill: (inout AuctionEntry) -> Void = { _ in }
    ) throws -> EntryRecord {
        var entry = AuctionEntry(kind, on: try day(text))
        fill(&entry)
        let file = try Make.file { file in
            if !facts.isEmpty { file.assets = [try WrittenFacts(facts).asset] }
            file.coercionCost = Dong(50_000_000)
        }
        return try file.record(entry, of: "1", law: Law2021.table())
    }

    /// `rounds 2: held_on=24/05/2021 …`, columns by name.
    private static func words(_ change: FactChange) -> String {
        let columns = change.columns.sorted { $0.key < $1.key }.map {
            "\($0.key)=\(words($0.value))"
        }
        let key = change.key.map { " \(words($0))" } ?? ""
        return ([change.kind + key + ":"] + columns).joined(separator: " ")
    }

    private static func words(_ value: FactChange.Value?) -> String {
        switch value {
        case .day(let day): day.vietnamese
        case .number(let number): String(number)
        case .text(let text): text
        case nil: "-"
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let kind: AuctionEntry.Kind
        let on: String
        let after: String
        let rows: [String]
        let fill: @Sendable (inout AuctionEntry) -> Void
        var testDescription: String { "\(kind.rawValue) on \(on)" }

        init(
            _ kind: AuctionEntry.Kind, on: String, after: String, _ rows: String...,
            fill: @escaping @Sendable (inout AuctionEntry) -> Void = { _ in }
        ) {
            self.kind = kind
            self.on = on
            self.after = after
            self.rows = rows
            self.fill = fill
        }
    }

    static let rows: [Row] = [
        Row(
            .seized, on: "01/03", after: "",
            "assets: asset_kind=movable description=- seized_on=01/03/2021"
        ) { $0.assetKind = .movable },
        Row(
            .valuationContract, on: "04/03", after: Way.seized,
            "assets: appraiser=TĐG 1 valuation_contract_on=04/03/2021"
        ) { $0.appraiser = "TĐG 1" },
        Row(
            .valued, on: "22/03", after: Way.seized,
            "assets: value=900 valued_on=22/03/2021"
        ) { $0.amount = Dong(900) },
        Row(
            .valued, on: "22/03", after: Way.seized,
            "assets: value=900 valued_on=22/03/2021",
            "valuations 1: valid_until=22/06/2021 value=900 valued_on=22/03/2021"
        ) { entry in
            entry.amount = Dong(900)
            entry.validUntil = Day(2021, 6, 22)
        },
        Row(
            .revalued, on: "26/03", after: Way.valued,
            "valuations 2: value=850 valued_on=26/03/2021"
        ) { $0.amount = Dong(850) },
        Row(
            .auctionContract, on: "30/03", after: Way.valued,
            "rounds 1: auction_house=ĐG contract_on=30/03/2021 starting_price=900000000"
        ) { $0.auctionHouse = "ĐG" },
        Row(
            .posted, on: "31/03", after: Way.contracted,
            "rounds 1: posted_on=31/03/2021 procedure=ordinary starting_price=900000000"),
        Row(
            .notice1, on: "31/03", after: Way.posted,
            "rounds 1: notice_1_on=31/03/2021 starting_price=900000000"),
        Row(
            .held, on: "19/04", after: Way.posted,
            "rounds 1: held_on=19/04/2021 outcome=no_bids starting_price=900000000"
        ) { $0.outcome = .noBids },
        Row(
            .held, on: "19/04", after: Way.posted,
            "rounds 1: held_on=19/04/2021 outcome=sold price=950000000 registrants=3 "
                + "starting_price=900000000",
            "assets: disposal=sold disposed_on=19/04/2021"
        ) { entry in
            entry.outcome = .sold
            entry.amount = Dong(950_000_000)
            entry.registrants = 3
        },
        Row(
            .notified, on: "20/04", after: Way.failed,
            "rounds 1: notified_on=20/04/2021 starting_price=900000000"),
        Row(
            .reductionNotice, on: "22/04", after: Way.failed,
            "reductions 1: notice_on=22/04/2021"),
        Row(
            .reduced, on: "04/05", after: Way.invited,
            "reductions 1: agreed=0 reduced_on=04/05/2021 reduced_price=810000000"
        ) { $0.amount = Dong(810_000_000) },
        Row(
            .posted, on: "05/05", after: Way.reduced,
            "rounds 2: posted_on=05/05/2021 procedure=ordinary starting_price=810000000"),
        Row(.offered, on: "16/06", after: Way.failed3, "offers 16/06/2021:"),
        Row(
            .refused, on: "18/06", after: Way.offered,
            "offers 16/06/2021: answer=refused answered_on=18/06/2021"),
        Row(
            .debtorNotified, on: "21/06", after: Way.accepted,
            "offers 16/06/2021: debtor_notified_on=21/06/2021"),
        Row(.taken, on: "21/07", after: Way.told, "assets: disposal=taken disposed_on=21/07/2021"),
        Row(
            .redeemed, on: "20/07", after: Way.told,
            "assets: disposal=released disposed_on=20/07/2021"),
        Row(
            .paid, on: "10/05", after: Way.sold,
            "rounds 1: paid_in_full_on=10/05/2021 starting_price=900000000"),
        Row(
            .cancelled, on: "20/05", after: Way.sold,
            "rounds 1: cancelled_on=20/05/2021 starting_price=900000000",
            "assets: disposal=- disposed_on=-"),
        Row(
            .cancelled, on: "12/04", after: Way.posted,
            "rounds 1: cancelled_on=12/04/2021 outcome=cancelled starting_price=900000000"),
        Row(
            .posted, on: "13/04", after: Way.posted + "; 12/04 off 1",
            "rounds 2: posted_on=13/04/2021 procedure=ordinary starting_price=900000000"),
    ]

    @Test(arguments: rows)
    func isRecordedInTheRowsOfItsKind(_ row: Row) throws {
        let recorded = try Self.record(row.kind, on: row.on, after: row.after, row.fill)
        #expect(recorded.changes.map(Self.words) == row.rows)
        #expect(!recorded.isKnown)
    }

    @Test(arguments: [
        (
            AuctionEntry.Kind.reduced, "03/05", Way.invited,
            "✗ reduced_too_early R-02 Điều 104.1 ≥ 04/05/2021"
        ),
        (.posted, "26/04", Way.failed, "✗ not_reduced R-03 Điều 104.1"),
        (.accepted, "16/06", Way.failed3, "✗ nothing_offered R-05 Điều 104.2"),
        (.redeemed, "22/07", Way.told, "✗ redeemed_too_late R-07 Điều 104.2 ≤ 21/07/2021"),
        (.returned, "21/06", Way.refused, "✗ returned_too_early R-10 Điều 104.3 ≤ 50.000.000"),
        (.revalued, "05/04", Way.posted, "✗ revalued_after_notice V-04 Điều 99.1.b"),
        (.auctionContract, "22/07", Way.told + "; 21/07 taken", "✗ closed R-08 Điều 104.2"),
    ])
    func isRefusedWithItsArticle(
        kind: AuctionEntry.Kind, on: String, after: String, verdict: String
    ) throws {
        let refusal = #expect(throws: EntryRefusal.self) {
            _ = try Self.record(kind, on: on, after: after) { $0.amount = Dong(810_000_000) }
        }
        guard case .unlawful(let finding) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(TransitionTests.words(finding) == verdict)
    }

    @Test func aBreachLetsTheAssetBeValuedAgain() throws {
        let recorded = try Self.record(.revalued, on: "05/04", after: Way.posted) { entry in
            entry.amount = Dong(850)
            entry.isForBreach = true
        }
        #expect(recorded.changes.count == 1)
    }

    @Test func theSameAgainIsKnown() throws {
        let again = try Self.record(.held, on: "19/04", after: Way.failed) { $0.outcome = .noBids }
        #expect(again.isKnown)
        let reduced = try Self.record(.reduced, on: "04/05", after: Way.reduced) {
            $0.amount = Dong(810_000_000)
        }
        #expect(reduced.isKnown)
        let notified = Way.failed + "; 20/04 told 1"
        #expect(try Self.record(.notified, on: "20/04", after: notified).isKnown)
    }

    @Test func aLateFactIsJudgedByWhatHadHappenedUntilItsDay() throws {
        // The invitation of 22/04 comes in when the reduction of 04/05 is already recorded.
        let facts = Way.failed + "; 20/04 told 1; 04/05 reduce 1 810 agreed"
        let late = try Self.record(
            .notified, on: "21/04", after: Way.failed + "; 04/05 reduce 1 810 agreed")
        #expect(
            late.changes.map(Self.words) == [
                "rounds 1: notified_on=21/04/2021 starting_price=900000000"
            ])
        #expect(throws: EntryRefusal.self) {
            try Self.record(.posted, on: "22/04", after: facts)
        }
    }

    @Test func whatAnEntryNeedsIsNamed() throws {
        #expect(throws: EntryRefusal.missing("amount")) {
            try Self.record(.valued, on: "22/03", after: Way.seized)
        }
        #expect(throws: EntryRefusal.missing("outcome")) {
            try Self.record(.held, on: "19/04", after: Way.posted)
        }
        #expect(throws: EntryRefusal.missing("asset_kind")) {
            try Self.record(.seized, on: "01/03", after: "")
        }
        #expect(throws: EntryRefusal.unknownAsset) {
            try Self.record(.valued, on: "22/03", after: "") { $0.amount = Dong(1) }
        }
        #expect(throws: EntryRefusal.knownAsset) {
            try Self.record(.seized, on: "22/03", after: Way.seized) { $0.assetKind = .movable }
        }
    }
}
