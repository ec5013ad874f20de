extension Asset {
    /// The asset's events in order of day, of an asset whose facts after the as-of day are blank. Events of
    /// one day stand in the order of the way: a round after the reduction before it, an answer after its
    /// offer, a disposal last. The order in which the facts were recorded plays no part.
    var recordedEvents: [DatedEvent] {
        var collector = EventCollector(asset: self)
        collector.run()
        return collector.ordered
    }
}

/// Turns the columns of the facts into events.
private struct EventCollector {
    let asset: Asset
    private let rounds: [AuctionRound]
    private let failures: [AuctionRound]
    private var found: [(event: DatedEvent, place: Int)] = []

    /// Places on one day; the events of a round lie within its hundred.
    private enum Place {
        static let round = 100
        static let contract = 0
        static let posted = 10
        static let notice = 11
        static let held = 20
        static let notified = 30
        static let offered = 40
        static let answered = 50
        static let debtorNotified = 55
        static let reductionNotice = 60
        static let reduced = 70
        static let paid = 80
        static let delivered = 81
        static let cancelled = 85
        static let disposed = Int.max
    }

    init(asset: Asset) {
        self.asset = asset
        rounds = asset.rounds.sorted { $0.round < $1.round }
        failures = rounds.filter { $0.failedOn != nil }
    }

    var ordered: [DatedEvent] {
        found.enumerated().sorted { a, b in
            (a.element.event.on, a.element.place, a.offset)
                < (b.element.event.on, b.element.place, b.offset)
        }.map(\.element.event)
    }

    mutating func run() {
        add(.seized, asset.seizedOn, at: 0)
        valuations()
        for round in rounds { add(round) }
        for reduction in asset.reductions.sorted(by: { $0.number < $1.number }) { add(reduction) }
        for offer in asset.offers.sorted(by: { $0.offeredOn < $1.offeredOn }) { add(offer) }
        guard let disposal = asset.disposal, let on = asset.disposedOn else { return }
        let sale = rounds.last { $0.outcome == .sold && $0.heldOn == on }
        let place = sale.map { $0.round * Place.round + Place.held + 1 } ?? Place.disposed
        add(.disposed(disposal), on, at: disposal == .sold ? place : Place.disposed)
    }

    private mutating func valuations() {
        add(.valuationContract, asset.valuationContractOn, at: 1)
        let listed = asset.valuations.sorted { $0.number < $1.number }
        let own = listed.first { $0.valuedOn != nil && $0.valuedOn == asset.valuedOn }
        add(.valued(asset.value, validUntil: own?.validUntil), asset.valuedOn, at: 2)
        var isFirst = asset.valuedOn == nil
        for valuation in listed where valuation.number != own?.number {
            if isFirst {
                add(.valuationContract, valuation.contractOn, at: 1)
                add(
                    .valued(valuation.value, validUntil: valuation.validUntil), valuation.valuedOn,
                    at: 2)
                if valuation.valuedOn != nil { isFirst = false }
            } else {
                add(
                    .revalued(
                        valuation.number, valuation.value, validUntil: valuation.validUntil),
                    valuation.valuedOn, at: 4)
            }
        }
    }

    private mutating func add(_ round: AuctionRound) {
        let number = round.round
        let base = number * Place.round
        add(.auctionContract(number), round.contractOn, at: base + Place.contract)
        add(
            .posted(
                number, startingPrice: round.startingPrice, round.procedure ?? .ordinary),
            round.postedOn, at: base + Place.posted)
        add(.publicNotice(number, 1), round.notice1On, at: base + Place.notice)
        add(.publicNotice(number, 2), round.notice2On, at: base + Place.notice + 1)
        let result = AuctionResult(
            outcome: round.outcome, startingPrice: round.startingPrice, price: round.price,
            registrants: round.registrants)
        if round.outcome == .cancelled {
            add(
                .roundCancelled(number), round.cancelledOn ?? round.heldOn ?? round.notifiedOn,
                at: base + Place.cancelled)
            return
        }
        let heldOn = round.heldOn ?? round.failedOn
        if round.outcome != .scheduled { add(.held(number, result), heldOn, at: base + Place.held) }
        if round.heldOn != nil {
            add(.notified(number), round.notifiedOn, at: base + Place.notified)
        }
        add(.paid(number), round.paidInFullOn, at: base + Place.paid)
        add(.delivered(number), round.deliveredOn, at: base + Place.delivered)
        let undone: AuctionEvent =
            round.outcome == .sold ? .saleCancelled(number) : .roundCancelled(number)
        add(undone, round.cancelledOn, at: base + Place.cancelled)
    }

    /// A reduction follows the failed round of its own number.
    private mutating func add(_ reduction: Reduction) {
        let index = reduction.number - 1
        let after = failures.indices.contains(index) ? failures[index].round : reduction.number
        let base = after * Place.round
        add(
            .reductionNotice(reduction.number), reduction.noticeOn, at: base + Place.reductionNotice
        )
        add(
            .reduced(reduction.number, to: reduction.reducedPrice, agreed: reduction.agreed),
            reduction.reducedOn, at: base + Place.reduced)
    }

    private mutating func add(_ offer: CreditorOffer) {
        let failure = failures.last { round in
            round.failedOn.map { $0 <= offer.offeredOn } ?? false
        }
        let base = (failure?.round ?? 0) * Place.round
        add(.offered, offer.offeredOn, at: base + Place.offered)
        guard let answer = offer.answer else { return }
        add(.answered(answer), offer.decidedOn, at: base + Place.answered)
        add(.debtorNotified, offer.debtorNotifiedOn, at: base + Place.debtorNotified)
    }

    private mutating func add(_ event: AuctionEvent, _ on: Day?, at place: Int) {
        guard let on else { return }
        found.append((DatedEvent(on, event), place))
    }
}
