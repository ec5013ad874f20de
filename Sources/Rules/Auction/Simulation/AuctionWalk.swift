/// Walks one asset forward from where it stands, one lawful step after another, at the earliest dates of its way.
struct AuctionWalk {
    let law: SimulationLaw
    let kind: AssetKind
    let coOwned: Bool
    let stateRevenue: Bool
    /// Shortened or not, agreed or decided; the rate of each reduction.
    let way: SimulationWay

    /// The day of the last event.
    var at: Day
    /// What the asset would be auctioned for, or was last auctioned for; nil before a valuation.
    var price: Dong?
    /// Failed rounds, and reductions decided, so far.
    var failures: Int
    var reductions: Int
    /// Rounds begun so far.
    var rounds: Int
    /// A round failed after the second reduction.
    var isReducedTwice = false
    var steps: [SimulatedStep] = []
    var notes: [SimulationNote] = []
    /// The contract of the first round, where it is signed already.
    var contractOn: Day?
    /// The certificate of valuation is usable until then (V-06).
    var validUntil: Day?

    mutating func enter(
        _ action: SimulatedAction, _ setting: SimulationLaw.Setting, price: Dong? = nil,
        number: Int? = nil, shortened: Bool = false
    ) {
        steps.append(
            SimulatedStep(
                action: action, on: setting.on, rule: setting.rule.id,
                citation: setting.rule.citation, verified: setting.verified, price: price,
                number: number, shortened: shortened))
        at = setting.on
    }

    mutating func note(_ rule: LawRule, due: Day?) {
        let note = SimulationNote(rule: rule.id, citation: rule.citation, dueOn: due)
        if !notes.contains(note) { notes.append(note) }
    }
}

/// What a path chooses among lawful ways.
struct SimulationWay {
    let procedure: SimulatedProcedure
    let reductions: SimulatedReductions
    let rate: Ratio
}

/// From seizure to the contract (LTHADS Art. 74.3, 98 and 101.2).
extension AuctionWalk {
    /// V-02 gives the officer days, and the parties none: the contract is signed the next working day.
    mutating func contractValuation(seizedOn: Day) throws(MissingRule) {
        enter(.valueContract, try law.after("Q-01", from: seizedOn))
        try noteIfLate("V-02", from: seizedOn)
    }

    mutating func value(from contractOn: Day) throws(MissingRule) {
        enter(.value, try law.after("Q-02", from: contractOn))
        validUntil = try law.due("V-06", from: at).on
    }

    /// The co-owners buy first, or their time runs out: months at the first sale, days at later ones.
    mutating func letCoOwnersChoose(from day: Day, isFirstSale: Bool) throws(MissingRule) {
        guard coOwned else { return }
        let id = isFirstSale ? "V-13.first_\(kind.rawValue)" : "V-13.later"
        enter(.tellCoOwners, try law.after("Q-01", from: day))
        enter(.preEmptionEnds, try law.after(id, from: at))
    }

    /// The parties have V-08 to agree on the auction house, and as long to ask for a revaluation (V-04);
    /// the contract follows. Cheap movables are auctioned by the officer, without one (Art. 101.3.b).
    mutating func contractHouse(valuedOn: Day) throws(MissingRule) {
        let free = try law.due("V-08", from: valuedOn).on
        try letCoOwnersChoose(from: valuedOn, isFirstSale: true)
        let from = max(free, steps.last?.action == .preEmptionEnds ? at : free)
        at = law.firstDay(onOrAfter: from)
        guard try needsHouse(on: valuedOn) else { return }
        enter(.auctionContract, try law.after("Q-01", from: from))
        guard !coOwned else { return }
        try noteIfLate("V-09", from: valuedOn)
    }

    /// Real estate, and movables above the amount of Art. 101.2; a movable without a value is taken for one.
    func needsHouse(on day: Day) throws(MissingRule) -> Bool {
        guard kind == .movable, let price else { return true }
        return price > (try law.money("V-11.auction_house_above", on: day))
    }

    /// Notes the period `id` from `from` where the walk has passed its last day.
    mutating func noteIfLate(_ id: String, from: Day) throws(MissingRule) {
        let limit = try law.due(id, from: from)
        if at > limit.on { note(limit.rule, due: limit.on) }
    }
}

/// A round: posting, notices, opening (Auction Law 2016 Art. 35, 53, 57).
extension AuctionWalk {
    /// The shortened procedure is open by Art. 53.1 (a) for a cheap movable or (b) after the second auction
    /// failed. Real estate under (a) keeps the two public notices of Art. 57.1, and gains no day.
    func shortenedGround(on day: Day) throws(MissingRule) -> ShortenedGround? {
        if failures >= (try law.count("A-05.failed_rounds", on: day)) { return .reAuction }
        guard kind == .movable, let price, price < (try law.money("A-05", on: day)) else {
            return nil
        }
        return .cheap
    }

    /// Posts the next round, with its first public notice.
    mutating func post(from day: Day) throws(MissingRule) {
        rounds += 1
        let ground = try shortenedGround(on: day)
        let shortened = way.procedure != .ordinary && ground != nil
        enter(
            .post, try law.after("Q-01", from: day), price: price, number: rounds,
            shortened: shortened)
    }

    /// Opens the posted round. `secondNotice` is the day of the second notice where it is known.
    mutating func open(
        postedOn: Day, firstNoticeOn: Day?, secondNoticeOn: Day?, shortened: Bool, contractOn: Day?
    ) throws(MissingRule) {
        var opening = try posting(from: postedOn, shortened: shortened)
        if try needsTwoNotices(on: postedOn, shortened: shortened) {
            var second = secondNoticeOn
            if second == nil {
                enter(
                    .secondNotice,
                    try law.after("A-03.apart", from: firstNoticeOn ?? postedOn),
                    number: rounds)
                second = at
            }
            let noticed = try law.after("A-03.second_\(kind.rawValue)", from: second ?? postedOn)
            if noticed.on >= opening.on { opening = noticed }
        }
        enter(.holdAuction, opening, price: price, number: rounds, shortened: shortened)
        if let contractOn { try noteIfLate("V-10.\(kind.rawValue)", from: contractOn) }
        if let validUntil, at > validUntil {
            note(try law.table.require("V-06", on: validUntil), due: validUntil)
        }
    }

    private func posting(from day: Day, shortened: Bool) throws(MissingRule)
        -> SimulationLaw.Setting
    {
        guard shortened else {
            return try law.after(kind == .movable ? "A-01" : "A-02", from: day)
        }
        let found = try law.after("A-06.\(kind.rawValue)", from: day)
        guard way.procedure == .shortenedCautious else { return found }
        let later = try law.after("Q-04", from: found.on)
        return SimulationLaw.Setting(
            on: later.on, rule: found.rule, verified: found.verified && later.verified)
    }

    /// Art. 57.1: real estate, and movables from its amount on; a re-auction by the shortened procedure has one
    /// notice with the posting (Art. 57.2). A movable without a value is taken for a dear one.
    private func needsTwoNotices(on day: Day, shortened: Bool) throws(MissingRule) -> Bool {
        if shortened, failures >= (try law.count("A-05.failed_rounds", on: day)) { return false }
        guard kind == .movable, let price else { return true }
        return price >= (try law.money("A-03.movable_from", on: day))
    }
}

/// Why a round may be auctioned by the shortened procedure (Auction Law 2016 Art. 53.1).
public enum ShortenedGround: String, Sendable {
    /// Point a: the session's starting prices together are below 50 million đồng.
    case cheap = "53.1.a"
    /// Point b: auctioned again after the second auction failed too.
    case reAuction = "53.1.b"
}

/// After a failed round (LTHADS Art. 104).
extension AuctionWalk {
    /// The round held last came to nothing: M-04 where it followed the second reduction.
    mutating func fail() {
        failures += 1
        if reductions >= 2 { isReducedTwice = true }
    }

    /// The auction house tells the office.
    mutating func tellFailure(heldOn: Day) throws(MissingRule) {
        enter(.failureNotice, try law.after("Q-01", from: heldOn))
    }

    /// The next reduction, from the day the office knew of the failure. `noticeOn` is the officer's notice to
    /// the parties where it was given.
    mutating func reduce(notifiedOn: Day, noticeOn: Day?) throws(MissingRule) {
        guard let setting = try reductionDay(notifiedOn: notifiedOn, noticeOn: noticeOn) else {
            return
        }
        reductions += 1
        price = price?.reduced(by: way.rate)
        enter(.reduce, setting, price: price, number: reductions)
    }

    private mutating func reductionDay(
        notifiedOn: Day, noticeOn: Day?
    ) throws(MissingRule) -> SimulationLaw.Setting? {
        if stateRevenue { return try law.at(notifiedOn, rule: "R-04b") }
        if reductions >= 2 { return try law.at(at, rule: "R-09") }
        if way.reductions == .agreed { return try law.at(noticeOn ?? notifiedOn, rule: "R-02") }
        if noticeOn == nil {
            enter(.notifyReduction, try law.after("R-01", from: notifiedOn))
        }
        let first = try law.after("R-02", from: noticeOn ?? at)
        let shown = try law.table.require(reductions == 0 ? "R-03" : "Q-05", on: first.on)
        return SimulationLaw.Setting(
            on: first.on, rule: shown, verified: first.verified && shown.verified)
    }

    /// the creditor is asked to take the asset.
    mutating func offer(notifiedOn: Day) throws(MissingRule) {
        enter(.offerCreditor, try law.at(notifiedOn, rule: "R-05"), price: price)
    }

    mutating func answer(_ answer: OfferAnswer, offeredOn: Day) throws(MissingRule) {
        let action: SimulatedAction = answer == .accepted ? .creditorAccepts : .creditorRefuses
        enter(action, try law.after("Q-03", from: offeredOn), price: price)
    }

    /// the debtor is told and has a last chance to pay; then the asset is handed over.
    mutating func handOver(acceptedOn: Day, debtorToldOn: Day?) throws(MissingRule) {
        if debtorToldOn == nil {
            enter(.notifyDebtor, try law.at(acceptedOn, rule: "R-06"))
        }
        enter(.handOver, try law.after("R-07", from: debtorToldOn ?? at), price: price)
    }
}
