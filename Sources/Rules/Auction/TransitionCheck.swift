/// What of the case and the law decides whether an event is lawful.
public struct AuctionTerms: Sendable {
    public let kind: AssetKind
    /// Sums due to the State budget: Art. 104.4 instead of 104.1.
    public let stateRevenue: Bool
    /// Nil where the case does not say what coercion cost.
    public let coercionCost: Dong?
    public let law: LawTable

    public init(kind: AssetKind, stateRevenue: Bool, coercionCost: Dong?, law: LawTable) {
        self.kind = kind
        self.stateRevenue = stateRevenue
        self.coercionCost = coercionCost
        self.law = law
    }
}

extension AuctionCourse {
    /// The rule that the event rests on when it comes next, on `day`.
    ///
    /// - Throws: what the law holds against it; a finding without a fault where the law book lacks the value
    ///   that would decide.
    public func check(
        _ event: AuctionEvent, on day: Day, _ terms: AuctionTerms
    ) throws(TrackFinding) -> LawRule? {
        let check = TransitionCheck(course: self, terms: terms, event: event, on: day)
        let rule = try check.rule()
        return terms.law.rule(rule, on: day)
    }
}

/// Judges one event at its place on the way.
struct TransitionCheck {
    let course: AuctionCourse
    let terms: AuctionTerms
    let event: AuctionEvent
    let on: Day

    private var law: LawCheck { LawCheck(law: terms.law, event: event, on: on) }

    /// The id of the rule that lets the event pass.
    func rule() throws(TrackFinding) -> String {
        try law.refuse(.beforeSeizure, "V-00", if: on < course.seizedOn)
        try beClosed()
        switch event {
        case .seized: return "V-00"
        case .valuationContract:
            try law.refuse(.contractAfterValuation, "V-02", if: course.valuedOn != nil)
            return "V-02"
        case .valued:
            try law.refuse(.valuedTwice, "V-04", if: course.valuedOn != nil)
            return course.valuationContractOn == nil ? "V-01" : "V-02"
        case .revalued: return try revalued()
        case .auctionContract: return try contracted()
        case .posted(_, let price, let procedure): return try posted(price, procedure)
        case .publicNotice(let round, _):
            try law.refuse(.heldTwice, "A-03", if: course.heldRounds.contains(round))
            return "A-03"
        case .held(let round, let result): return try held(round, result)
        case .notified(let round):
            try law.refuse(.notHeld, "A-15", if: !course.heldRounds.contains(round))
            return "A-15"
        case .reductionNotice: return try invited()
        case .reduced(_, let price, let agreed): return try reduced(price, agreed: agreed)
        case .offered: return try offered()
        case .answered(let answer): return try answered(answer)
        case .debtorNotified:
            try law.refuse(.notAccepted, "R-06", if: course.acceptedOn == nil)
            return "R-06"
        case .paid(let round): return try paid(round)
        case .delivered(let round): return try delivered(round)
        case .saleCancelled(let round): return try cancelled(round)
        case .roundCancelled(let round):
            try law.refuse(.heldTwice, holdingRule, if: course.heldRounds.contains(round))
            return holdingRule
        case .disposed(let disposal): return try disposed(disposal)
        }
    }

    /// Nothing follows a closed track; after a sale only what Decree 62/2015 Art. 27.3 orders.
    private func beClosed() throws(TrackFinding) {
        switch course.state {
        case .taken: throw law.finding(.closed, "R-08")
        case .released: throw law.finding(.closed, "V-16")
        case .returned: throw law.finding(.closed, "R-10")
        case .sold:
            switch event {
            case .paid, .delivered, .saleCancelled, .disposed(.sold), .notified: return
            default: throw law.finding(.sold, "P-01")
            }
        default: return
        }
    }
}

/// Before the auction: Art. 98, 99, 101 and the Law on Property Auction.
extension TransitionCheck {
    private func revalued() throws(TrackFinding) -> String {
        guard let valuedOn = course.valuedOn else { throw law.finding(.notValued, "V-04") }
        let expiry = try certificateEnd(of: valuedOn, until: course.validUntil)
        if on > expiry { return "V-06" }
        try law.refuse(.revaluedTwice, "V-04", if: course.revaluations > 0)
        try law.refuse(
            .revaluedAfterNotice, "V-04", if: course.announcedOn.map { $0 <= on } ?? false)
        return "V-04"
    }

    /// The last day on which a valuation can be used: as the certificate says, else V-06.
    private func certificateEnd(of valuedOn: Day, until: Day?) throws(TrackFinding) -> Day {
        if let until { return until }
        return terms.law.calendar.lastDay(of: try law.period("V-06"), from: valuedOn)
    }

    private func contracted() throws(TrackFinding) -> String {
        try law.refuse(.notValued, "V-09", if: course.valuedOn == nil)
        try law.refuse(.accepted, "R-06", if: course.acceptedOn != nil)
        try beSoldByAuctioneer()
        return "V-09"
    }

    /// Real estate, and movables above the value of Art. 101.2, are for an auction organisation; for cheaper
    /// ones Art. 101.3 and 101.4 name who sells.
    private func beSoldByAuctioneer() throws(TrackFinding) {
        guard terms.kind == .movable, let value = course.value else { return }
        let above = try law.money("V-11.auction_house_above")
        guard value <= above else { return }
        let direct = try law.money("V-11.direct_sale_below")
        throw law.finding(
            .wrongOrgan, value < direct ? "V-11.direct_sale" : "V-11.officer_auction_movable")
    }

    private var isForAuctioneer: Bool {
        get throws(TrackFinding) {
            guard terms.kind == .movable, let value = course.value else { return true }
            return value > (try law.money("V-11.auction_house_above"))
        }
    }

    private func posted(
        _ price: Dong, _ procedure: AuctionProcedure
    ) throws(TrackFinding) -> String {
        try beReadyForRound()
        if course.contractOn == nil, try isForAuctioneer { throw law.finding(.noContract, "V-09") }
        try beRight(price)
        try beOpen(procedure, startingPrice: price)
        return postingRule(procedure)
    }

    /// A round may follow when there is a price, no failure waits for its reduction and no offer for its answer.
    private func beReadyForRound() throws(TrackFinding) {
        try law.refuse(.notValued, "V-09", if: course.valuedOn == nil)
        try law.refuse(.accepted, "R-06", if: course.acceptedOn != nil)
        try law.refuse(.offerPending, "R-05", if: course.failure?.isOffered == true)
        try law.refuse(.notReduced, reductionRule, if: course.failure != nil)
    }

    /// The starting price is the price found, or reduced to, last.
    private func beRight(_ startingPrice: Dong) throws(TrackFinding) {
        guard let right = course.price, startingPrice != right else { return }
        throw law.finding(
            .priceUnlike, course.reduced == .zero ? "V-01" : "R-04", .exactly(right))
    }

    /// Auction Law Art. 53.1: below a starting price, or after two failed auctions.
    private func beOpen(
        _ procedure: AuctionProcedure, startingPrice: Dong
    ) throws(TrackFinding) {
        guard procedure == .shortened else { return }
        let below = try law.money("A-05")
        let failures = try law.count("A-05.failed_rounds")
        try law.refuse(
            .shortenedClosed, "A-05",
            if: startingPrice >= below && course.failures < failures)
    }

    private func postingRule(_ procedure: AuctionProcedure) -> String {
        procedure.postingRule(of: terms.kind)
    }

    private func held(_ round: Int, _ result: AuctionResult) throws(TrackFinding) -> String {
        try law.refuse(.heldTwice, "A-12", if: course.heldRounds.contains(round))
        guard let posting = course.posting, posting.round == round else {
            try beReadyForRound()
            throw law.finding(.notPosted, postingRule(.ordinary))
        }
        let rule = postingRule(posting.procedure)
        let latest = terms.law.calendar.latest(try law.period(rule), before: on)
        if posting.on > latest {
            throw law.finding(.postedTooLate, rule, .notAfter(latest))
        }
        try beRight(result.startingPrice)
        if result.outcome == .sold { try beSold(result) }
        return result.outcome?.isFailure == true ? "A-12" : holdingRule
    }

    fileprivate var holdingRule: String {
        switch terms.kind {
        case .movable: "V-10.movable"
        case .realEstate: "V-10.real_estate"
        }
    }

    private func beSold(_ result: AuctionResult) throws(TrackFinding) {
        try law.refuse(.soldToNobody, "A-12", if: result.registrants == 0)
        try law.refuse(.soldToOne, "A-14", if: result.registrants == 1 && course.failures == 0)
        if let price = result.price, price < result.startingPrice {
            throw law.finding(.soldBelowStart, "A-14", .atLeast(result.startingPrice))
        }
    }
}

/// After a failed auction: Art. 104.
extension TransitionCheck {
    private func invited() throws(TrackFinding) -> String {
        try law.refuse(.noInvitation, "R-04b", if: terms.stateRevenue)
        try law.refuse(.accepted, "R-06", if: course.acceptedOn != nil)
        try law.refuse(.notFailed, "R-01", if: course.failure == nil)
        return "R-01"
    }

    private func reduced(_ price: Dong?, agreed: Bool) throws(TrackFinding) -> String {
        try law.refuse(.accepted, "R-06", if: course.acceptedOn != nil)
        try law.refuse(.offerPending, "R-05", if: course.failure?.isOffered == true)
        guard let failure = course.failure else { throw law.finding(.notFailed, reductionRule) }
        if !terms.stateRevenue { try beFreeToReduce(failure, agreed: agreed) }
        if let price { try beWithinCap(price, failure) }
        return agreed ? "R-02" : reductionRule
    }

    /// The first reduction waits for the parties; from the second on the creditor is asked first.
    private func beFreeToReduce(
        _ failure: AuctionCourse.Failure, agreed: Bool
    ) throws(TrackFinding) {
        if course.reductions == 0, !agreed {
            guard let invitedOn = failure.invitedOn else { throw law.finding(.notInvited, "R-01") }
            let end = terms.law.calendar.due(try law.period("R-02"), from: invitedOn)
            if on < end { throw law.finding(.reducedTooEarly, "R-02", .notBefore(end)) }
        }
        guard course.reductions >= (try law.count("R-05")) else { return }
        try law.refuse(.notOffered, "R-09", if: failure.refusedOn == nil)
        if let cost = terms.coercionCost, let price = course.price, price <= cost {
            throw law.finding(.mustReturn, "R-10")
        }
    }

    /// Art. 104.5, rounded up to the whole đồng.
    private func beWithinCap(
        _ price: Dong, _ failure: AuctionCourse.Failure
    ) throws(TrackFinding) {
        let start = failure.startingPrice
        try law.refuse(.notLower, "R-04", if: price >= start)
        let lowest = lowestPrice(after: start, cap: try law.share("R-04"))
        if price < lowest { throw law.finding(.reducedTooDeep, "R-04", .atLeast(lowest)) }
    }

    /// The clause that lets the price be reduced now.
    private var reductionRule: String {
        if terms.stateRevenue { return "R-04b" }
        return course.failure?.refusedOn == nil ? "R-03" : "R-09"
    }

    private func offered() throws(TrackFinding) -> String {
        try law.refuse(.accepted, "R-06", if: course.acceptedOn != nil)
        try law.refuse(.notFailed, "R-05", if: course.failure == nil)
        let needed = try law.count("R-05")
        try law.refuse(.offeredTooEarly, "R-05", if: course.reductions < needed)
        return "R-05"
    }

    private func answered(_ answer: OfferAnswer) throws(TrackFinding) -> String {
        try law.refuse(.nothingOffered, "R-05", if: course.failure?.isOffered != true)
        return answer == .accepted ? "R-06" : "R-09"
    }
}

/// The end of the way: Decree 62/2015 Art. 27.3, LTHADS Art. 100, 101.5 and 104.2–3.
extension TransitionCheck {
    private func sale(of round: Int) throws(TrackFinding) -> AuctionCourse.Sale {
        guard let sale = course.sale, sale.round == round else {
            throw law.finding(.notSold, "P-01")
        }
        return sale
    }

    private func paid(_ round: Int) throws(TrackFinding) -> String {
        let sale = try sale(of: round)
        let end = terms.law.calendar.due(try law.period("P-01", since: sale.on), from: sale.on)
        if on > end { throw law.finding(.paidTooLate, "P-01", .notAfter(end)) }
        return "P-01"
    }

    private func delivered(_ round: Int) throws(TrackFinding) -> String {
        let sale = try sale(of: round)
        try law.refuse(.notPaid, "P-02", if: sale.paidOn == nil)
        return "P-02"
    }

    /// For want of payment once its period is over; a paid sale is undone only as Art. 102 has it.
    private func cancelled(_ round: Int) throws(TrackFinding) -> String {
        let sale = try sale(of: round)
        if sale.paidOn != nil { return "P-05" }
        let end = terms.law.calendar.due(try law.period("P-01", since: sale.on), from: sale.on)
        if on <= end { throw law.finding(.cancelledTooEarly, "P-01", .notBefore(end + 1)) }
        return "P-01"
    }

    private func disposed(_ disposal: Disposal) throws(TrackFinding) -> String {
        switch disposal {
        case .sold:
            try law.refuse(.notSold, "P-01", if: course.sale == nil)
            return "P-01"
        case .taken: return try taken()
        case .released: return "V-16"
        case .returned: return try returned()
        }
    }

    /// Before an acceptance the asset can be taken by agreement of the parties (Art. 100).
    private func taken() throws(TrackFinding) -> String {
        guard course.acceptedOn != nil else { return "V-07" }
        guard let told = course.debtorNotifiedOn else { throw law.finding(.debtorNotTold, "R-06") }
        let end = terms.law.calendar.due(try law.period("R-07"), from: told)
        if on < end { throw law.finding(.handedOverTooEarly, "R-07", .notBefore(end)) }
        return "R-08"
    }

    private func returned() throws(TrackFinding) -> String {
        guard course.failure?.refusedOn != nil, let cost = terms.coercionCost,
            let price = course.price
        else { throw law.finding(.returnedTooEarly, "R-10") }
        if price > cost { throw law.finding(.returnedTooEarly, "R-10", .atMost(cost)) }
        return "R-10"
    }
}
