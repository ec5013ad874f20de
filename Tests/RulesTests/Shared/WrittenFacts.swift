import Rules
import Testing

/// The facts of one asset as a case table writes them: `01/03 seize; 22/03 value 900; 30/03 contract 1; …`,
/// money in millions of đồng.
struct WrittenFacts {
    private(set) var asset: Asset
    private var price: Int64 = 0

    init(_ text: String, _ kind: AssetKind = .realEstate, coOwned: Bool = false) throws {
        asset = Asset(assetNo: "1", kind: kind, seizedOn: try day("01/03"))
        asset.coOwned = coOwned
        for line in text.split(separator: ";") {
            let words = line.split(separator: " ").map(String.init)
            try take(words[1], words.dropFirst(2).map { $0 }, on: try day(words[0]))
        }
    }

    private mutating func take(_ word: String, _ rest: [String], on day: Day) throws {
        switch word {
        case "seize": asset.seizedOn = day
        case "appraise": asset.valuationContractOn = day
        case "value":
            asset.valuedOn = day
            asset.value = try money(rest[0])
            if rest.count > 1 {
                asset.valuations.append(
                    Valuation(
                        number: 1, valuedOn: day, value: asset.value,
                        validUntil: try RulesTests.day(rest[1])))
            }
        case "revalue":
            asset.valuations.append(
                Valuation(
                    number: try number(rest[0]), valuedOn: day, value: try money(rest[1])))
        case "invite", "reduce": try reduction(word, rest, on: day)
        case "offer": asset.offers.append(CreditorOffer(offeredOn: day))
        case "accept": answer(.accepted, on: day)
        case "refuse": answer(.refused, on: day)
        case "debtor": asset.offers[asset.offers.count - 1].debtorNotifiedOn = day
        case "sold", "taken", "released", "returned":
            asset.disposal = Disposal(rawValue: word)
            asset.disposedOn = day
        default: try round(word, rest, on: day)
        }
    }

    private mutating func answer(_ answer: OfferAnswer, on day: Day) {
        if asset.offers.isEmpty { asset.offers.append(CreditorOffer(offeredOn: day)) }
        asset.offers[asset.offers.count - 1].answer = answer
        asset.offers[asset.offers.count - 1].answeredOn = day
    }

    private mutating func reduction(_ word: String, _ rest: [String], on day: Day) throws {
        let number = try number(rest[0])
        let at = index(of: number, \.reductions, \.number) { Reduction(number: number) }
        if word == "invite" {
            asset.reductions[at].noticeOn = day
        } else {
            asset.reductions[at].reducedOn = day
            asset.reductions[at].reducedPrice = try money(rest[1])
            asset.reductions[at].agreed = rest.contains("agreed")
            price = asset.reductions[at].reducedPrice?.amount ?? price
        }
    }

    private mutating func round(_ word: String, _ rest: [String], on day: Day) throws {
        let number = try number(rest[0])
        let start = Dong(price)
        let at = index(of: number, \.rounds, \.round) {
            AuctionRound(round: number, startingPrice: start)
        }
        switch word {
        case "contract": asset.rounds[at].contractOn = day
        case "post":
            asset.rounds[at].postedOn = day
            asset.rounds[at].startingPrice = try money(rest[1])
            asset.rounds[at].procedure = rest.contains("shortened") ? .shortened : .ordinary
            price = asset.rounds[at].startingPrice.amount
        case "notice":
            if rest[1] == "1" {
                asset.rounds[at].notice1On = day
            } else {
                asset.rounds[at].notice2On = day
            }
        case "deposit": asset.rounds[at].deposit = try money(rest[1])
        case "hold":
            asset.rounds[at].heldOn = day
            asset.rounds[at].outcome = RoundOutcome(rawValue: rest[1])
            if rest.count > 2 { asset.rounds[at].price = try money(rest[2]) }
            if rest.count > 3 { asset.rounds[at].registrants = try self.number(rest[3]) }
        case "told": asset.rounds[at].notifiedOn = day
        case "paid": asset.rounds[at].paidInFullOn = day
        case "deliver": asset.rounds[at].deliveredOn = day
        case "undo", "off":
            asset.rounds[at].cancelledOn = day
            if word == "off" { asset.rounds[at].outcome = .cancelled }
        default: Issue.record("no event “\(word)”")
        }
    }

    private mutating func index<Row>(
        of number: Int, _ rows: WritableKeyPath<Asset, [Row]>, _ key: KeyPath<Row, Int>,
        _ make: () -> Row
    ) -> Int {
        if let at = asset[keyPath: rows].firstIndex(where: { $0[keyPath: key] == number }) {
            return at
        }
        asset[keyPath: rows].append(make())
        return asset[keyPath: rows].count - 1
    }

    private mutating func money(_ text: String) throws -> Dong {
        let parts = text.split(separator: ".").map(String.init)
        let whole = Int64(try number(parts[0])) * 1_000_000
        guard parts.count > 1 else {
            if price == 0 { price = whole }
            return Dong(whole)
        }
        let digits = parts[1] + String(repeating: "0", count: 6 - parts[1].count)
        return Dong(whole + Int64(try number(digits)))
    }

    private func number(_ text: String) throws -> Int { try #require(Int(text), "\(text)") }
}
