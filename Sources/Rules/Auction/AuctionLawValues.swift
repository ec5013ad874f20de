/// Values of the law of auctions that several judgements share.
extension AuctionProcedure {
    /// The rule of the posting before the opening.
    func postingRule(of kind: AssetKind) -> String {
        switch (self, kind) {
        case (.ordinary, .movable): "A-01"
        case (.ordinary, .realEstate): "A-02"
        case (.shortened, .movable): "A-06.movable"
        case (.shortened, .realEstate): "A-06.real_estate"
        }
    }
}

extension LawCheck {
    /// The lowest and the highest deposit for a starting price, in whole đồng within the law's shares.
    func deposit(of price: Dong) throws(TrackFinding) -> (least: Dong, most: Dong) {
        let least = (price.ratio * (try share("A-08.minimum"))).ceiling
        let most = (price.ratio * (try share("A-08.maximum"))).floor
        return (Dong(Int64(clamping: least)), Dong(Int64(clamping: most)))
    }
}

/// The lowest price that a reduction of at most `cap` of the starting price leaves, in whole đồng.
func lowestPrice(after start: Dong, cap: Ratio) -> Dong {
    Dong(Int64(clamping: (start.ratio * (Ratio.one - cap)).ceiling))
}

extension AuctionCourse {
    /// Whether the debtor may still have the asset back by paying on `day` (LTHADS Art. 101.5, 104.2).
    ///
    /// - Parameter opening: the day for which the posted auction is scheduled; nil where none is.
    /// - Throws: what the law holds against it.
    public func checkRedemption(
        on day: Day, opening: Day?, _ terms: AuctionTerms
    ) throws(TrackFinding) {
        let law = LawCheck(law: terms.law, event: .disposed(.released), on: day)
        if state == .sold { throw law.finding(.sold, "V-12") }
        if acceptedOn != nil, let told = debtorNotifiedOn {
            let end = terms.law.calendar.due(try law.period("R-07"), from: told)
            if day > end { throw law.finding(.redeemedTooLate, "R-07", .notAfter(end)) }
        }
        guard posting != nil, let opening else { return }
        let end = terms.law.calendar.latest(try law.period("V-12"), before: opening)
        if day > end { throw law.finding(.redeemedTooLate, "V-12", .notAfter(end)) }
    }
}
