import Rules
import Testing

/// For every state of a track what comes next, until when, by which rule and who does it.
struct NextStepTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let why: String
        let facts: String
        let asOf: String
        let state: AuctionState
        /// `step rule trigger→due days-late person`; empty where nothing follows.
        let next: String
        var stateRevenue = false
        var kind = AssetKind.realEstate
        var testDescription: String { "\(asOf): \(why)" }

        init(
            _ why: String, _ facts: String, on asOf: String, _ state: AuctionState, _ next: String,
            stateRevenue: Bool = false, kind: AssetKind = .realEstate
        ) {
            self.why = why
            self.facts = facts
            self.asOf = asOf
            self.state = state
            self.next = next
            self.stateRevenue = stateRevenue
            self.kind = kind
        }
    }

    private typealias Way = TransitionTests

    static let rows: [Row] = [
        Row(
            "98.2: five working days for the appraiser's contract", Way.seized, on: "05/03",
            .seized, "value_contract V-02 01/03→08/03 -3 officer"),
        Row(
            "101.2: ten days for the auction contract", Way.valued, on: "25/03", .valued,
            "auction_contract V-09 22/03→01/04 -7 officer"),
        Row(
            "101.2: forty-five days to the auction", Way.contracted, on: "30/03", .contracted,
            "hold_auction V-10 30/03→14/05 -45 auction_house"),
        Row(
            "101.2: thirty for a movable", Way.contracted, on: "30/03", .contracted,
            "hold_auction V-10 30/03→29/04 -30 auction_house", kind: .movable),
        Row(
            "posted, the same day holds", Way.posted, on: "12/04", .posted,
            "hold_auction V-10 30/03→14/05 -32 auction_house"),
        Row(
            "failed, and the auctioneer has not written yet", Way.failed, on: "19/04", .failed,
            ""),
        Row(
            "104.1: five working days to invite the parties", Way.failed + "; 20/04 told 1",
            on: "26/04", .failed, "notify_reduction R-01 20/04→28/04 -2 officer"),
        Row(
            "104.4: ten days to reduce for the State", Way.failed + "; 20/04 told 1",
            on: "26/04", .failed, "decide_reduction R-04b 20/04→04/05 -8 officer",
            stateRevenue: true),
        Row(
            "104.1: ten days for the parties", Way.invited, on: "30/04", .failed,
            "decide_reduction R-03 22/04→04/05 -4 officer"),
        Row(
            "the plan: five days to post again; 09/05 is a Sunday", Way.reduced, on: "05/05",
            .reduced, "post_again policy 04/05→10/05 -5 auction_house"),
        Row(
            "posted again: nothing is due but the auction, which has no period", Way.posted2,
            on: "10/05", .posted, ""),
        Row(
            "the plan: ten days to the second reduction", Way.failed2 + "; 25/05 told 2",
            on: "31/05", .failed, "decide_reduction policy 25/05→04/06 -4 officer"),
        Row(
            "104.4: for the State again ten days", Way.failed2 + "; 25/05 told 2", on: "31/05",
            .failed, "decide_reduction R-04b 25/05→04/06 -4 officer", stateRevenue: true),
        Row(
            "the plan: post again after the second reduction", Way.reduced2, on: "27/05",
            .reduced, "post_again policy 26/05→31/05 -4 auction_house"),
        Row(
            "the plan: five days to ask the creditor; 20/06 is a Sunday",
            Way.failed3 + "; 15/06 told 3", on: "16/06", .failed,
            "offer_creditor policy 15/06→21/06 -5 officer"),
        Row(
            "asked, not answered: the law sets the creditor no period", Way.offered, on: "17/06",
            .offered, ""),
        Row(
            "104.3: refused, the plan's ten days to reduce", Way.refused, on: "21/06", .failed,
            "decide_reduction policy 18/06→28/06 -7 officer"),
        Row(
            "104.2: accepted, ten days from the auctioneer's word to tell the debtor",
            Way.accepted, on: "21/06", .accepted, "notify_debtor R-06 15/06→25/06 -4 officer"),
        Row(
            "104.2: told, thirty days to hand over", Way.told, on: "01/07", .accepted,
            "hand_over R-07 21/06→21/07 -20 officer"),
        Row("taken: nothing follows", Way.told + "; 21/07 taken", on: "22/07", .taken, ""),
        Row(
            "returned: nothing follows", Way.refused + "; 21/06 returned", on: "22/06", .returned,
            ""),
        Row(
            "27.3: sold, thirty days to pay", Way.sold, on: "20/04", .sold,
            "pay_price P-01 19/04→19/05 -29 buyer"),
        Row(
            "27.3: paid, thirty days to deliver", Way.paid, on: "12/05", .sold,
            "deliver P-02 10/05→09/06 -28 officer"),
        Row(
            "27.3: delivered, nothing follows", Way.paid + "; 20/05 deliver 1", on: "21/05",
            .sold, ""),
        Row(
            "101.3: a movable of 8 million has none of these periods",
            "01/03 seize; 22/03 value 8", on: "31/05", .valued, "", kind: .movable),
    ]

    @Test(arguments: rows)
    func next(_ row: Row) throws {
        let file = try Make.file { file in
            file.assets = [try WrittenFacts(row.facts, row.kind).asset]
            file.stateRevenue = row.stateRevenue
        }
        let on = try day(row.asOf)
        let law = try Law2021.table()
        let track = try #require(file.auctionTracks(on: on).first)
        #expect(track.state == row.state)
        let duties = auctionDuties(of: file, policy: GapTests.policy, law: law, asOf: on)
        let people = duties.next.map { " \($0.step.person.rawValue)" }
        let shown = zip(try GapTests.rows(duties.next, row.asOf), people).map { $0 + $1 }
        #expect(shown == (row.next.isEmpty ? [] : [row.next]))
        #expect(duties.next.allSatisfy { !$0.citation.place.isEmpty })
    }
}
