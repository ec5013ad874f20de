/// Collects the paths of one way from one standing: at every round the asset may sell or fail, and after the
/// second reduction the creditor may take it or refuse.
struct PathSearch {
    /// Rounds looked ahead where the asset has already failed after its second reduction.
    static let roundsBeyond = 2

    let start: AuctionWalk
    /// At or below this price an asset that the creditor refuses goes back to the debtor (LTHADS Art. 104.3).
    let coercionCost: Dong?
    private(set) var paths: [SimulatedPath] = []

    init(from walk: AuctionWalk, coercionCost: Dong?) {
        start = walk
        self.coercionCost = coercionCost
    }

    mutating func run(_ first: WalkStage) throws(MissingRule) {
        var walk = start
        if walk.isReducedTwice { add(.reducedTwice, walk, on: walk.law.today, round: nil) }
        var stage: WalkStage? = first
        var held = 0
        while let next = stage {
            if case .toOpen = next { held += 1 }
            stage = try step(&walk, next, held: held)
        }
    }

    private mutating func step(
        _ walk: inout AuctionWalk, _ stage: WalkStage, held: Int
    ) throws(MissingRule) -> WalkStage? {
        switch stage {
        case .toContractValuation(let seizedOn):
            try walk.contractValuation(seizedOn: seizedOn)
            return .toValue(contractOn: walk.at)
        case .toValue(let contractOn):
            try walk.value(from: contractOn)
            return .toContractHouse(valuedOn: walk.at)
        case .toContractHouse(let valuedOn):
            if try isSoldDirectly(walk, on: valuedOn) {
                walk.enter(
                    .directSale, try walk.law.after("Q-01", from: valuedOn), price: walk.price)
                add(.sale, walk, on: walk.at, round: nil)
                return nil
            }
            try walk.contractHouse(valuedOn: valuedOn)
            return .toPost(from: walk.at)
        case .toPost(let from):
            let contracted = walk.steps.last { $0.action == .auctionContract }?.on
            try walk.post(from: from)
            return .toOpen(
                Posting(
                    postedOn: walk.at, shortened: walk.steps.last?.shortened ?? false,
                    contractOn: walk.rounds == 1 ? contracted ?? walk.contractOn : nil))
        case .toOpen(let posting): return try open(&walk, posting, held: held)
        case .afterFailure(let heldOn, let notifiedOn, let noticeOn):
            return try afterFailure(
                &walk, heldOn: heldOn, notifiedOn: notifiedOn, noticeOn: noticeOn)
        case .offered(let on): return try answered(&walk, offeredOn: on)
        case .refused(let on): return try refused(&walk, on: on)
        case .accepted(let on, let debtorToldOn):
            try walk.handOver(acceptedOn: on, debtorToldOn: debtorToldOn)
            add(.inLieu, walk, on: walk.at, round: nil)
            return nil
        case .soldUnrecorded:
            add(.sale, walk, on: walk.law.today, round: walk.rounds)
            return nil
        }
    }

    private func isSoldDirectly(_ walk: AuctionWalk, on day: Day) throws(MissingRule) -> Bool {
        guard walk.kind == .movable, let price = walk.price else { return false }
        return price < (try walk.law.money("V-11.direct_sale_below", on: day))
    }

    private mutating func open(
        _ walk: inout AuctionWalk, _ posting: Posting, held: Int
    ) throws(MissingRule) -> WalkStage? {
        try walk.open(
            postedOn: posting.postedOn, firstNoticeOn: posting.firstNoticeOn,
            secondNoticeOn: posting.secondNoticeOn, shortened: posting.shortened,
            contractOn: posting.contractOn)
        add(.sale, walk, on: walk.at, round: walk.rounds)
        let wasReducedTwice = walk.isReducedTwice
        walk.fail()
        guard walk.isReducedTwice else {
            return .afterFailure(heldOn: walk.at, notifiedOn: nil, noticeOn: nil)
        }
        if !wasReducedTwice { add(.reducedTwice, walk, on: walk.at, round: walk.rounds) }
        if !start.isReducedTwice || held >= Self.roundsBeyond {
            try takenAfterFailure(walk)
            return nil
        }
        return .afterFailure(heldOn: walk.at, notifiedOn: nil, noticeOn: nil)
    }

    /// The creditor takes the asset after the round that failed last.
    private mutating func takenAfterFailure(_ walk: AuctionWalk) throws(MissingRule) {
        guard !walk.stateRevenue else { return }
        var walk = walk
        try walk.tellFailure(heldOn: walk.at)
        try walk.offer(notifiedOn: walk.at)
        try taken(walk, offeredOn: walk.at)
    }

    private mutating func taken(_ walk: AuctionWalk, offeredOn: Day) throws(MissingRule) {
        var walk = walk
        try walk.answer(.accepted, offeredOn: offeredOn)
        try walk.handOver(acceptedOn: walk.at, debtorToldOn: nil)
        add(.inLieu, walk, on: walk.at, round: walk.rounds)
    }

    private mutating func afterFailure(
        _ walk: inout AuctionWalk, heldOn: Day, notifiedOn: Day?, noticeOn: Day?
    ) throws(MissingRule) -> WalkStage? {
        var known = notifiedOn
        if known == nil {
            try walk.tellFailure(heldOn: heldOn)
            known = walk.at
        }
        let notified = known ?? heldOn
        if walk.reductions >= 2, !walk.stateRevenue {
            try walk.offer(notifiedOn: notified)
            return .offered(on: walk.at)
        }
        return try reduced(&walk, notifiedOn: notified, noticeOn: noticeOn)
    }

    private mutating func answered(
        _ walk: inout AuctionWalk, offeredOn: Day
    ) throws(MissingRule) -> WalkStage? {
        try taken(walk, offeredOn: offeredOn)
        try walk.answer(.refused, offeredOn: offeredOn)
        return .refused(on: walk.at)
    }

    private mutating func refused(
        _ walk: inout AuctionWalk, on day: Day
    ) throws(MissingRule) -> WalkStage? {
        walk.at = walk.law.firstDay(onOrAfter: day)
        if let price = walk.price, let coercionCost, price <= coercionCost { return nil }
        return try reduced(&walk, notifiedOn: day, noticeOn: nil)
    }

    private mutating func reduced(
        _ walk: inout AuctionWalk, notifiedOn: Day, noticeOn: Day?
    ) throws(MissingRule) -> WalkStage? {
        try walk.reduce(notifiedOn: notifiedOn, noticeOn: noticeOn)
        try walk.letCoOwnersChoose(from: walk.at, isFirstSale: false)
        return .toPost(from: walk.at)
    }

    private mutating func add(
        _ goal: SimulationGoal, _ walk: AuctionWalk, on day: Day, round: Int?
    ) {
        let opening = walk.steps.last { $0.action == .holdAuction }
        let isPosted = walk.steps.contains { $0.action == .post }
        let isReduced = walk.steps.contains { $0.action == .reduce }
        let fixed: SimulatedProcedure? = opening.map { $0.shortened ? .shortened : .ordinary }
        paths.append(
            SimulatedPath(
                goal: goal, procedure: isPosted ? walk.way.procedure : fixed,
                reductions: isReduced ? walk.way.reductions : nil,
                rate: isReduced ? walk.way.rate : nil, round: round, steps: walk.steps,
                reachedOn: day, money: walk.price, notes: walk.notes))
    }
}
