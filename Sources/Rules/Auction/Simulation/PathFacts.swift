extension CaseFile {
    /// The case as it would stand had the asset `assetNo` gone along `path` from `day` on: the facts by that day
    /// and those of the path's steps. What the targets make of it is asked of their own rules.
    public func following(_ path: SimulatedPath, assetNo: String, from day: Day) -> CaseFile {
        var file = known(by: day)
        guard let index = file.assets.firstIndex(where: { $0.assetNo == assetNo }) else {
            return file
        }
        for step in path.steps { file.assets[index].take(step) }
        file.assets[index].close(path)
        file.take(path)
        return file
    }

    /// What the path brings is paid, or set off against the debt, on the day that it ends.
    private mutating func take(_ path: SimulatedPath) {
        guard path.goal != .reducedTwice, let money = path.money else { return }
        payments.append(
            Payment(
                receiptNo: "", paidOn: path.reachedOn, amount: money,
                source: path.goal == .sale ? .auction : .inLieu))
    }

    /// The case without what happened after `day`, as far as its money and its assets go.
    private func known(by day: Day) -> CaseFile {
        var file = self
        file.assets = assets.compactMap { $0.seen(by: day) }
        file.decisions = decisions.filter { $0.decidedOn <= day }
        file.payments = payments.filter { $0.paidOn <= day }
        for index in file.payments.indices {
            if let reversed = file.payments[index].reversedOn, reversed > day {
                file.payments[index].reversedOn = nil
            }
        }
        return file
    }
}

extension Asset {
    fileprivate mutating func take(_ step: SimulatedStep) {
        switch step.action {
        case .valueContract: valuationContractOn = step.on
        case .value:
            valuedOn = valuedOn ?? step.on
            value = value ?? step.price
        case .auctionContract: update(round: 1) { $0.contractOn = $0.contractOn ?? step.on }
        case .post:
            update(round: step.number ?? 1) { round in
                round.postedOn = step.on
                round.notice1On = step.on
                round.procedure = step.shortened ? .shortened : .ordinary
                if let price = step.price { round.startingPrice = price }
                if round.cancelledOn != nil { round.cancelledOn = nil }
                if round.outcome == .cancelled { round.outcome = nil }
            }
        case .secondNotice: update(round: step.number ?? 1) { $0.notice2On = step.on }
        case .holdAuction:
            update(round: step.number ?? 1) { round in
                round.heldOn = step.on
                round.outcome = .noParticipants
            }
        case .failureNotice: tellFailure(on: step.on)
        case .notifyReduction:
            reductions.append(Reduction(number: nextReduction, noticeOn: step.on))
        case .reduce: reduce(step)
        case .offerCreditor: offers.append(CreditorOffer(offeredOn: step.on))
        case .creditorAccepts: answer(.accepted, on: step.on)
        case .creditorRefuses: answer(.refused, on: step.on)
        case .notifyDebtor:
            if let last = offers.indices.last { offers[last].debtorNotifiedOn = step.on }
        case .seize, .tellCoOwners, .preEmptionEnds, .agreeInLieu, .handOver, .directSale: break
        }
    }

    private var nextReduction: Int { (reductions.map(\.number).max() ?? 0) + 1 }

    private mutating func update(round number: Int, _ change: (inout AuctionRound) -> Void) {
        if !rounds.contains(where: { $0.round == number }) {
            rounds.append(AuctionRound(round: number, startingPrice: value ?? .zero))
        }
        for index in rounds.indices where rounds[index].round == number { change(&rounds[index]) }
    }

    private mutating func tellFailure(on day: Day) {
        let latest = rounds.indices.filter { rounds[$0].failedOn != nil }
            .max { rounds[$0].round < rounds[$1].round }
        if let latest { rounds[latest].notifiedOn = day }
    }

    private mutating func reduce(_ step: SimulatedStep) {
        let open = reductions.firstIndex { $0.reducedOn == nil }
        if open == nil { reductions.append(Reduction(number: nextReduction)) }
        let index = open ?? reductions.count - 1
        reductions[index].reducedOn = step.on
        reductions[index].reducedPrice = step.price
        reductions[index].agreed = step.rule == "R-02"
    }

    private mutating func answer(_ answer: OfferAnswer, on day: Day) {
        guard let last = offers.indices.last else { return }
        offers[last].answer = answer
        offers[last].answeredOn = day
    }

    fileprivate mutating func close(_ path: SimulatedPath) {
        switch path.goal {
        case .reducedTwice: return
        case .inLieu: disposal = .taken
        case .sale:
            disposal = .sold
            if let number = path.round {
                update(round: number) { round in
                    round.outcome = .sold
                    round.price = path.money
                }
            }
        }
        disposedOn = path.reachedOn
    }
}
