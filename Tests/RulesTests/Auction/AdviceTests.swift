import Rules
import Testing

/// What the law allows or sets on the way to the next step.
struct AdviceTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let why: String
        let facts: String
        let asOf: String
        let topic: AuctionAdvice.Topic
        /// `rule from…until least…most`; nil where there must be none of this topic.
        let advice: String?
        var kind = AssetKind.realEstate
        var coOwned = false
        var coercionCost: Int64?
        var testDescription: String { "\(topic.rawValue): \(why)" }

        init(
            _ why: String, _ facts: String, on asOf: String, _ topic: AuctionAdvice.Topic,
            _ advice: String?, kind: AssetKind = .realEstate, coOwned: Bool = false,
            coercionCost: Int64? = nil
        ) {
            self.why = why
            self.facts = facts
            self.asOf = asOf
            self.topic = topic
            self.advice = advice
            self.kind = kind
            self.coOwned = coOwned
            self.coercionCost = coercionCost
        }
    }

    private typealias Way = TransitionTests
    private static let small = "01/03 seize; 22/03 value 49"
    private static let scheduled = Way.posted + "; 19/04 hold 1 scheduled"

    static let rows: [Row] = [
        Row(
            "101.2: an auction house", Way.valued, on: "25/03", .sellingOrgan,
            "V-11.auction_house_above"),
        Row(
            "101.3.b: the officer", "01/03 seize; 22/03 value 8", on: "25/03", .sellingOrgan,
            "V-11.officer_auction_movable", kind: .movable),
        Row(
            "101.4: without auction", "01/03 seize; 22/03 value 1", on: "25/03", .sellingOrgan,
            "V-11.direct_sale", kind: .movable),
        Row("32.3: six months", Way.valued, on: "25/03", .certificate, "V-06 …22/09/2021"),
        Row(
            "74.3: three months for co-owners of real estate", Way.valued, on: "25/03",
            .preemption, "V-13.first_real_estate …22/06/2021", coOwned: true),
        Row("74.3: nothing where nobody shares", Way.valued, on: "25/03", .preemption, nil),
        Row("53.1.a: below 50 million", small, on: "25/03", .shortenedOpen, "A-05"),
        Row("53.1.a: not above", Way.valued, on: "25/03", .shortenedOpen, nil),
        Row(
            "53.1.b: after two failures", Way.failed2, on: "26/05", .shortenedOpen,
            "A-05.failed_rounds"),
        Row(
            "53.1.b: still so once reduced", Way.reduced2, on: "26/05", .shortenedOpen,
            "A-05.failed_rounds"),
        Row("53.1.b: not after one", Way.failed, on: "20/04", .shortenedOpen, nil),
        Row("53.1: too late once it is posted", Way.posted3, on: "28/05", .shortenedOpen, nil),
        Row(
            "35.1.b: fifteen days after the posting of 31/03", Way.posted, on: "31/03",
            .earliestOpening, "A-02 15/04/2021…"),
        Row(
            "35.1.a: seven working days", Way.posted, on: "31/03", .earliestOpening,
            "A-01 09/04/2021…", kind: .movable),
        Row(
            "38.2: dossiers until two days before", scheduled, on: "01/04", .dossiers,
            "A-07 31/03/2021…17/04/2021"),
        Row(
            "39.2: the deposit in the three working days before", scheduled, on: "01/04",
            .deposit, "A-09 14/04/2021…18/04/2021"),
        Row(
            "101.5: the debtor until one working day before", scheduled, on: "01/04", .redemption,
            "V-12 …16/04/2021"),
        Row("no window before the opening is set", Way.posted, on: "01/04", .dossiers, nil),
        Row(
            "39.1: five to twenty per cent", Way.posted, on: "01/04", .depositAmount,
            "A-08.minimum 45.000.000…180.000.000"),
        Row(
            "104.5: ten per cent of 900", Way.failed, on: "20/04", .lowestPrice,
            "R-04 810.000.000…"),
        Row("104.5: of 810, then", Way.failed2, on: "25/05", .lowestPrice, "R-04 729.000.000…"),
        Row(
            "104.2: the creditor may take it at 729", Way.failed3, on: "15/06", .creditorMayTake,
            "R-05 729.000.000…729.000.000"),
        Row("104.2: not after one reduction", Way.failed2, on: "25/05", .creditorMayTake, nil),
        Row(
            "104.3: back to the debtor", Way.refused, on: "19/06", .returnAsset, "R-10",
            coercionCost: 729),
        Row(
            "104.3: not above the cost", Way.refused, on: "19/06", .returnAsset, nil,
            coercionCost: 728),
        Row(
            "104.2: the debtor's thirty days", Way.told, on: "22/06", .redemption,
            "R-07 …21/07/2021"),
        Row(
            "a closed track needs none", Way.told + "; 21/07 taken", on: "22/07", .certificate,
            nil),
    ]

    @Test(arguments: rows)
    func advice(_ row: Row) throws {
        let file = try Make.file { file in
            file.assets = [try WrittenFacts(row.facts, row.kind, coOwned: row.coOwned).asset]
            file.coercionCost = row.coercionCost.map { Dong($0 * 1_000_000) }
        }
        let all = file.auctionAdvice("1", law: try Law2021.table(), on: try day(row.asOf))
        let found = all.first { $0.topic == row.topic }
        #expect(found.map(Self.words) == row.advice)
        #expect(all.allSatisfy { $0.rule.text.hasSuffix(".") && !$0.rule.citation.place.isEmpty })
    }

    private static func words(_ advice: AuctionAdvice) -> String {
        var words = advice.rule.id
        if advice.from != nil || advice.until != nil {
            words += " \(advice.from?.vietnamese ?? "")…\(advice.until?.vietnamese ?? "")"
        }
        if advice.least != nil || advice.most != nil {
            words += " \(advice.least?.vietnamese ?? "")…\(advice.most?.vietnamese ?? "")"
        }
        return words
    }

    @Test func whatTheLawBookLacksIsLeftOut() throws {
        let file = try Make.file { $0.assets = [try WrittenFacts(Way.failed).asset] }
        let law = try Law2021.table(without: ["R-04"])
        let advice = file.auctionAdvice("1", law: law, on: try day("20/04"))
        #expect(!advice.contains { $0.topic == .lowestPrice })
        #expect(advice.contains { $0.topic == .certificate })
    }

    @Test(
        arguments: [
            (Way.posted + "; 19/04 hold 1 scheduled", "16/04", nil),
            (
                Way.posted + "; 19/04 hold 1 scheduled", "17/04",
                "✗ redeemed_too_late V-12 Điều 101.5 ≤ 16/04/2021"
            ),
            (Way.told, "21/07", nil),
            (Way.told, "22/07", "✗ redeemed_too_late R-07 Điều 104.2 ≤ 21/07/2021"),
            (Way.sold, "20/04", "✗ sold V-12 Điều 101.5"),
            (Way.failed, "20/04", nil),
        ] as [(String, String, String?)])
    func redemption(facts: String, on text: String, verdict: String?) throws {
        let on = try day(text)
        let asset = try WrittenFacts(facts).asset
        let file = try Make.file { $0.assets = [asset] }
        let law = try Law2021.table()
        let course = try #require(file.assetHistory("1", law: law, on: on)).course
        let terms = AuctionTerms(
            kind: .realEstate, stateRevenue: false, coercionCost: nil, law: law)
        var said: String?
        do throws(TrackFinding) {
            try course.checkRedemption(
                on: on, opening: asset.rounds.first { $0.outcome == .scheduled }?.heldOn, terms)
        } catch {
            said = TransitionTests.words(error)
        }
        #expect(said == verdict)
    }
}
