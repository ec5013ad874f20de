import Rules

extension Tables {
    mutating func write(_ asset: Asset, caseKey: Bytes, flagsEmpty: Bool) {
        let key = caseKey + Bytes(",".utf8) + Bytes(asset.assetNo.utf8)
        assets.joined(key)
        assets.text(asset.kind.rawValue)
        assets.day(asset.seizedOn)
        assets.text(asset.description)
        assets.day(asset.valuationContractOn)
        assets.day(asset.valuedOn)
        assets.money(asset.value)
        assets.text(asset.appraiser)
        assets.day(asset.disposedOn)
        assets.text(asset.disposal?.rawValue)
        assets.flag(asset.coOwned, unlessEmpty: flagsEmpty)
        assets.endRow()
        for valuation in asset.valuations { write(valuation, key: key) }
        for round in asset.rounds { write(round, key: key) }
        for reduction in asset.reductions {
            reductions.joined(key)
            reductions.number(reduction.number)
            reductions.day(reduction.noticeOn)
            reductions.day(reduction.reducedOn)
            reductions.money(reduction.reducedPrice)
            reductions.flag(reduction.agreed, unlessEmpty: flagsEmpty)
            reductions.endRow()
        }
        for offer in asset.offers {
            offers.joined(key)
            offers.day(offer.offeredOn)
            offers.text(offer.answer?.rawValue)
            offers.day(offer.answeredOn)
            offers.day(offer.debtorNotifiedOn)
            offers.endRow()
        }
    }

    private mutating func write(_ valuation: Valuation, key: Bytes) {
        valuations.joined(key)
        valuations.number(valuation.number)
        valuations.day(valuation.contractOn)
        valuations.day(valuation.valuedOn)
        valuations.money(valuation.value)
        valuations.text(valuation.appraiser)
        valuations.day(valuation.validUntil)
        valuations.endRow()
    }

    private mutating func write(_ round: AuctionRound, key: Bytes) {
        rounds.joined(key)
        rounds.number(round.round)
        rounds.money(round.startingPrice)
        rounds.text(round.auctionHouse)
        rounds.day(round.contractOn)
        rounds.text(round.procedure?.rawValue)
        rounds.day(round.postedOn)
        rounds.day(round.heldOn)
        rounds.text(round.outcome?.rawValue)
        rounds.money(round.price)
        rounds.day(round.notifiedOn)
        rounds.day(round.notice1On)
        rounds.day(round.notice2On)
        rounds.money(round.deposit)
        rounds.number(round.registrants)
        rounds.day(round.paidInFullOn)
        rounds.day(round.deliveredOn)
        rounds.day(round.cancelledOn)
        rounds.endRow()
    }
}
