/// From seizure to the first auction: LTHADS Art. 98.2 and 101.2.
extension AssetClock {
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

    /// V-09: the auction contract after the valuation; a revaluation before it starts the period anew.
    mutating func auctionContract() {
        let contractOn = firstContract
        guard let valued = valuation(before: contractOn),
            needsAuctioneer(.auctionContract, value: valued.value, from: valued.on)
        else { return }
        statutory(
            .auctionContract, period: "V-09", trigger: valued.on, done: contractOn,
            overtaken: hasAuction || hasReduction || isAccepted(since: asset.seizedOn))
    }

    /// V-10: the first auction after the contract; 30 days for a movable, 45 for real estate.
    mutating func holdAuction() {
        guard let contractOn = firstContract else { return }
        let value = valuation(before: contractOn)?.value ?? asset.value
        guard needsAuctioneer(.holdAuction, value: value, from: contractOn) else { return }
        let held = asset.rounds.compactMap(\.heldOn).min()
        statutory(
            .holdAuction, period: "V-10.\(asset.kind.rawValue)", printed: "V-10",
            trigger: contractOn, done: held,
            overtaken: hasFailure || hasReduction || isAccepted(since: asset.seizedOn))
    }

    private var firstContract: Day? { asset.rounds.first { $0.round == 1 }?.contractOn }
    private var hasAuction: Bool { asset.rounds.contains { $0.startedOn != nil } }
    private var hasFailure: Bool { asset.rounds.contains { $0.failedOn != nil } }
    private var hasReduction: Bool { !asset.reductions.isEmpty }

    /// The latest valuation, or where a contract was signed the latest one by then (else the first of all).
    private func valuation(before contractOn: Day?) -> (on: Day, value: Dong?)? {
        var all: [(on: Day, value: Dong?)] = asset.valuations.compactMap { valuation in
            valuation.valuedOn.map { ($0, valuation.value) }
        }
        if let on = asset.valuedOn { all.insert((on, asset.value), at: 0) }
        all.sort { $0.on < $1.on }
        guard let contractOn else { return all.last }
        return all.last { $0.on <= contractOn } ?? all.first
    }

    /// Real estate, and movables above the value of Art. 101.2, go to an auction organisation; for cheaper
    /// ones, and for a movable without a value, Art. 101.3–4 applies.
    private mutating func needsAuctioneer(_ step: AuctionStep, value: Dong?, from day: Day) -> Bool
    {
        guard asset.kind == .movable else { return true }
        guard let value else { return false }
        let id = "V-11.auction_house_above"
        guard let limit = law.money(id, on: day) else {
            leaveOpen(step, trigger: day, missing: MissingRule(id: id, on: day))
            return false
        }
        return value > limit
    }
}
