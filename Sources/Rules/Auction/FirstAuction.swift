/// From seizure to the first auction: LTHADS Art. 98.2 and 101.2.
extension StepFinder {
    /// V-02: the valuation contract after the seizure; a valuation shows that there was one.
    mutating func valueContract() {
        let own = [asset.valuationContractOn, asset.valuedOn]
        let listed = asset.valuations.flatMap { [$0.contractOn, $0.valuedOn] }
        let done = (own + listed).compactMap { $0 }.min()
        statutory(
            .valueContract, period: "V-02", trigger: asset.seizedOn, done: done,
            overtaken: hasAuction || hasReduction || isAccepted(since: asset.seizedOn)
                || asset.rounds.contains { $0.contractOn != nil })
    }

    /// V-09: the auction contract after the valuation; a revaluation starts no new period.
    mutating func auctionContract() {
        guard let valuedOn = asset.firstValuationOn,
            needsAuctioneer(.auctionContract, "V-09", from: valuedOn)
        else { return }
        statutory(
            .auctionContract, period: "V-09", trigger: valuedOn, done: firstContract,
            overtaken: hasAuction || hasReduction || isAccepted(since: asset.seizedOn))
    }

    /// V-10: the first auction after the contract; 30 days for a movable, 45 for real estate.
    mutating func holdAuction() {
        guard let contractOn = firstContract else { return }
        guard needsAuctioneer(.holdAuction, "V-10", from: contractOn) else { return }
        let held = asset.rounds.compactMap(\.heldOn).min()
        let period =
            switch asset.kind {
            case .movable: "V-10.movable"
            case .realEstate: "V-10.real_estate"
            }
        statutory(
            .holdAuction, period: period, printed: "V-10",
            trigger: contractOn, done: held,
            overtaken: hasFailure || hasReduction || isAccepted(since: asset.seizedOn))
    }

    private var firstContract: Day? { asset.rounds.first { $0.round == 1 }?.contractOn }
    private var hasAuction: Bool { asset.rounds.contains { $0.startedOn != nil } }
    private var hasFailure: Bool { asset.rounds.contains { $0.failedOn != nil } }
    private var hasReduction: Bool { !asset.reductions.isEmpty }

    /// Real estate, and movables whose latest valuation is above the value of Art. 101.2, go to an auction
    /// organisation; for cheaper ones, and for a movable without a value, Art. 101.3–4 applies.
    private mutating func needsAuctioneer(
        _ step: AuctionStep, _ rule: String, from day: Day
    ) -> Bool {
        guard asset.kind == .movable else { return true }
        guard let value = asset.latestValuation(on: Day(number: .max))?.value else { return false }
        let id = "V-11.auction_house_above"
        guard let limit = law.money(id, on: day) else {
            leaveOpen(step, rule: rule, trigger: day, missing: MissingRule(id: id, on: day))
            return false
        }
        return value > limit
    }
}
