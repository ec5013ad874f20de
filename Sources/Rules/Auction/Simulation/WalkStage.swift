/// What comes next on an asset's way.
enum WalkStage {
    case toContractValuation(seizedOn: Day)
    case toValue(contractOn: Day)
    case toContractHouse(valuedOn: Day)
    case toPost(from: Day)
    case toOpen(Posting)
    case afterFailure(heldOn: Day, notifiedOn: Day?, noticeOn: Day?)
    case offered(on: Day)
    case refused(on: Day)
    case accepted(on: Day, debtorToldOn: Day?)
    /// A round sold the asset, and its disposal is not recorded yet.
    case soldUnrecorded
}

/// A round that was posted and not yet opened.
struct Posting {
    let postedOn: Day
    var firstNoticeOn: Day?
    var secondNoticeOn: Day?
    let shortened: Bool
    var contractOn: Day?
}

extension WalkStage {
    /// Where an asset stands whose facts after the as-of day are blank; nil where no step follows.
    init?(of asset: Asset, state: AuctionState, today: Day) {
        switch state {
        case .seized:
            let contracts = [asset.valuationContractOn] + asset.valuations.map(\.contractOn)
            let contractOn = contracts.compactMap { $0 }.max()
            self =
                contractOn.map { .toValue(contractOn: $0) }
                ?? .toContractValuation(seizedOn: asset.seizedOn)
        case .valued:
            let valuedOn = asset.latestValuation(on: today)?.on ?? asset.valuedOn
            let isContracted = asset.rounds.contains { $0.contractOn != nil }
            self =
                isContracted
                ? .toPost(from: valuedOn ?? asset.seizedOn)
                : .toContractHouse(valuedOn: valuedOn ?? asset.seizedOn)
        case .contracted:
            let contracts = asset.rounds.compactMap(\.contractOn)
            self = .toPost(from: contracts.max() ?? asset.seizedOn)
        case .posted: self.init(posted: asset)
        case .failed: self.init(failed: asset)
        case .reduced:
            self = .toPost(from: asset.reductions.compactMap(\.reducedOn).max() ?? asset.seizedOn)
        case .offered: self = .offered(on: asset.offers.last?.offeredOn ?? asset.seizedOn)
        case .accepted:
            let offer = asset.offers.last { $0.answer == .accepted }
            self = .accepted(
                on: offer?.decidedOn ?? asset.seizedOn, debtorToldOn: offer?.debtorNotifiedOn)
        case .sold: self = .soldUnrecorded
        case .taken, .released, .returned: return nil
        }
    }

    private init?(posted asset: Asset) {
        guard let round = asset.rounds.last(where: { $0.startedOn != nil }) else { return nil }
        self = .toOpen(
            Posting(
                postedOn: round.postedOn ?? round.heldOn ?? asset.seizedOn,
                firstNoticeOn: round.notice1On, secondNoticeOn: round.notice2On,
                shortened: round.procedure == .shortened,
                contractOn: round.round == 1 ? round.contractOn : nil))
    }

    private init?(failed asset: Asset) {
        guard let round = asset.rounds.last(where: { $0.failedOn != nil }),
            let failedOn = round.failedOn
        else { return nil }
        let refusal = asset.offers.last { $0.answer == .refused && $0.decidedOn >= failedOn }
        if let refusal {
            self = .refused(on: refusal.decidedOn)
            return
        }
        let notice = asset.reductions.last { $0.reducedOn == nil && $0.noticeOn != nil }?.noticeOn
        self = .afterFailure(
            heldOn: failedOn, notifiedOn: round.notifiedOn,
            noticeOn: notice.flatMap { $0 >= failedOn ? $0 : nil })
    }
}
