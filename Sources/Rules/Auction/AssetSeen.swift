extension Asset {
    /// The asset as it was known to stand on `day`: facts after it are blank; nil when it was not yet seized.
    public func seen(by day: Day) -> Asset? {
        guard seizedOn <= day else { return nil }
        var seen = self
        seen.valuationContractOn = valuationContractOn.by(day)
        seen.valuedOn = valuedOn.by(day)
        if seen.valuedOn == nil { seen.value = nil }
        if !isDisposed(by: day) {
            seen.disposedOn = nil
            seen.disposal = nil
        }
        seen.valuations = valuations.compactMap { $0.seen(by: day) }
        seen.rounds = rounds.compactMap { $0.seen(by: day) }.sorted { $0.round < $1.round }
        seen.reductions = reductions.compactMap { $0.seen(by: day) }
            .sorted { $0.number < $1.number }
        seen.offers = offers.compactMap { $0.seen(by: day) }
            .sorted { $0.offeredOn < $1.offeredOn }
        return seen
    }
}

extension Optional where Wrapped == Day {
    /// The day unless it lies after `limit`.
    fileprivate func by(_ limit: Day) -> Day? { flatMap { $0 <= limit ? $0 : nil } }
}

extension Valuation {
    fileprivate func seen(by day: Day) -> Valuation? {
        var seen = self
        seen.contractOn = contractOn.by(day)
        seen.valuedOn = valuedOn.by(day)
        if seen.valuedOn == nil { seen.value = nil }
        return seen.contractOn == nil && seen.valuedOn == nil ? nil : seen
    }
}

extension AuctionRound {
    /// An outcome is known from the day of the auction, or from the auctioneer's notice.
    fileprivate func seen(by day: Day) -> AuctionRound? {
        var seen = self
        seen.contractOn = contractOn.by(day)
        seen.postedOn = postedOn.by(day)
        seen.heldOn = heldOn.by(day)
        seen.notifiedOn = notifiedOn.by(day)
        seen.notice1On = notice1On.by(day)
        seen.notice2On = notice2On.by(day)
        seen.paidInFullOn = paidInFullOn.by(day)
        seen.deliveredOn = deliveredOn.by(day)
        seen.cancelledOn = cancelledOn.by(day)
        let known = seen.heldOn ?? seen.notifiedOn ?? seen.cancelledOn
        if known == nil {
            seen.outcome = nil
            seen.price = nil
        }
        let any = known ?? seen.contractOn ?? seen.postedOn ?? seen.notice1On ?? seen.notice2On
        return any == nil ? nil : seen
    }
}

extension Reduction {
    fileprivate func seen(by day: Day) -> Reduction? {
        var seen = self
        seen.noticeOn = noticeOn.by(day)
        seen.reducedOn = reducedOn.by(day)
        if seen.reducedOn == nil { seen.reducedPrice = nil }
        return seen.noticeOn == nil && seen.reducedOn == nil ? nil : seen
    }
}

extension CreditorOffer {
    fileprivate func seen(by day: Day) -> CreditorOffer? {
        guard offeredOn <= day else { return nil }
        var seen = self
        if let answeredOn, answeredOn > day {
            seen.answer = nil
            seen.answeredOn = nil
        }
        seen.debtorNotifiedOn = debtorNotifiedOn.by(day)
        return seen
    }
}
