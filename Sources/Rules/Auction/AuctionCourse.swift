/// The way of one asset so far: what the machine must know of the events before to judge the next one.
///
/// `apply` takes any event, lawful or not, for facts are taken as they are; `TransitionCheck` says what the law
/// holds against it. The money adds up at all times: `value = price + reduced`.
public struct AuctionCourse: Sendable, Equatable {
    /// A failed round that waits for what Art. 104 orders.
    public struct Failure: Sendable, Equatable {
        public let round: Int
        public let on: Day
        public let startingPrice: Dong
        public var invitedOn: Day?
        /// The creditor is asked and has not answered.
        public var isOffered = false
        public var refusedOn: Day?
    }

    /// A successful round.
    public struct Sale: Sendable, Equatable {
        public let round: Int
        public let on: Day
        public let price: Dong?
        public var paidOn: Day?
        public var deliveredOn: Day?
    }

    /// A round that was posted and not yet held.
    public struct Posting: Sendable, Equatable {
        public let round: Int
        public let on: Day
        public let startingPrice: Dong
        public let procedure: AuctionProcedure
    }

    public let seizedOn: Day
    public internal(set) var state: AuctionState
    public internal(set) var since: Day
    public internal(set) var valuationContractOn: Day?
    /// The latest valuation.
    public internal(set) var valuedOn: Day?
    public internal(set) var validUntil: Day?
    public internal(set) var revaluations = 0
    /// The first posting or public notice of an auction.
    public internal(set) var announcedOn: Day?
    public internal(set) var contractOn: Day?
    public internal(set) var posting: Posting?
    /// The round held or called off last.
    public internal(set) var lastRound = 0
    /// Rounds that failed.
    public internal(set) var failures = 0
    /// The last failure, until a reduction answers it.
    var lastFailure: Failure?
    public internal(set) var heldRounds: Set<Int> = []
    public internal(set) var reductions = 0
    public internal(set) var acceptedOn: Day?
    public internal(set) var debtorNotifiedOn: Day?
    public internal(set) var sale: Sale?
    /// The latest valuation's value; nil before any.
    public internal(set) var value: Dong?
    /// How far the reductions since that valuation went, all together.
    public internal(set) var reduced = Dong.zero

    public init(seizedOn day: Day) {
        seizedOn = day
        state = .seized
        since = day
    }

    /// What the asset is offered at.
    public var price: Dong? { value.map { $0 - reduced } }

    /// The failure that nothing has answered yet, neither a reduction nor a later valuation (Art. 99.3).
    public var failure: Failure? {
        guard let lastFailure else { return nil }
        if let valuedOn, valuedOn > lastFailure.on { return nil }
        return lastFailure
    }

    /// Takes an event as it happened, in order of day.
    public mutating func apply(_ event: AuctionEvent, on day: Day) {
        switch event {
        case .seized: enter(.seized, day)
        case .valuationContract: valuationContractOn = valuationContractOn ?? day
        case .valued(let value, let until), .revalued(_, let value, let until):
            appraise(event, value, until, on: day)
        case .auctionContract: contract(on: day)
        case .posted(let round, let price, let procedure):
            announcedOn = announcedOn ?? day
            posting = Posting(round: round, on: day, startingPrice: price, procedure: procedure)
            enter(.posted, day)
        case .publicNotice: announcedOn = announcedOn ?? day
        case .held(let round, let result): hold(round, result, on: day)
        case .notified: break
        case .reductionNotice: lastFailure?.invitedOn = day
        case .reduced(_, let price, _): reduce(to: price, on: day)
        case .offered:
            lastFailure?.isOffered = true
            enter(.offered, day)
        case .answered(let answer): hear(answer, on: day)
        case .debtorNotified: debtorNotifiedOn = day
        case .paid: sale?.paidOn = day
        case .delivered: sale?.deliveredOn = day
        case .saleCancelled, .roundCancelled: cancel(event, on: day)
        case .disposed(let disposal): enter(disposal.state, day)
        }
    }

    private mutating func enter(_ state: AuctionState, _ day: Day) {
        self.state = state
        since = day
    }

    private mutating func appraise(
        _ event: AuctionEvent, _ value: Dong?, _ until: Day?, on day: Day
    ) {
        if case .revalued = event { revaluations += 1 }
        valuedOn = day
        validUntil = until
        if let value {
            self.value = value
            reduced = .zero
        }
        enter(.valued, day)
    }

    private mutating func contract(on day: Day) {
        contractOn = day
        enter(.contracted, day)
    }

    private mutating func hold(_ round: Int, _ result: AuctionResult, on day: Day) {
        lastRound = max(lastRound, round)
        heldRounds.insert(round)
        posting = nil
        guard let outcome = result.outcome else { return }
        if outcome.isFailure {
            failures += 1
            lastFailure = Failure(
                round: round, on: day, startingPrice: result.startingPrice)
            enter(.failed, day)
        } else if outcome == .sold {
            sale = Sale(round: round, on: day, price: result.price)
            enter(.sold, day)
        }
    }

    private mutating func reduce(to price: Dong?, on day: Day) {
        reductions += 1
        lastFailure = nil
        if let price, let value { reduced = value - price }
        enter(.reduced, day)
    }

    private mutating func hear(_ answer: OfferAnswer, on day: Day) {
        lastFailure?.isOffered = false
        switch answer {
        case .accepted:
            acceptedOn = day
            enter(.accepted, day)
        case .refused:
            acceptedOn = nil
            lastFailure?.refusedOn = day
            enter(.failed, day)
        }
    }

    /// Back to where the next round is prepared.
    private mutating func cancel(_ event: AuctionEvent, on day: Day) {
        if case .saleCancelled = event { sale = nil }
        if case .roundCancelled(let round) = event { lastRound = max(lastRound, round) }
        posting = nil
        if failure != nil {
            enter(.failed, day)
        } else if reductions > 0 {
            enter(.reduced, day)
        } else {
            enter(contractOn == nil ? .valued : .contracted, day)
        }
    }
}

extension Disposal {
    var state: AuctionState {
        switch self {
        case .sold: .sold
        case .taken: .taken
        case .released: .released
        case .returned: .returned
        }
    }
}
