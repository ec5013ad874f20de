/// Where an asset stands between seizure and hand-over.
public enum AuctionState: String, Sendable, CaseIterable {
    case seized, valued, contracted, posted, failed, reduced, offered, accepted
    case sold, taken, released, returned

    /// No step follows.
    public var isClosed: Bool {
        switch self {
        case .sold, .taken, .released, .returned: true
        default: false
        }
    }
}

/// The track of one asset on a day.
public struct AuctionTrack: Sendable, Equatable {
    public let key: CaseKey
    public let officer: String?
    public let assetNo: String
    public let kind: AssetKind
    public let description: String?
    public let seizedOn: Day
    public let state: AuctionState
    public let since: Day
    /// Rounds held by the day.
    public let rounds: Int
    /// Reductions decided by the day.
    public let reductions: Int
    /// Latest reduced price, else latest valuation; nil before any.
    public let currentPrice: Dong?
}

extension CaseFile {
    /// The tracks of the assets seized by `day`, in order of asset number.
    public func auctionTracks(on day: Day) -> [AuctionTrack] {
        assets.compactMap { $0.seen(by: day) }.sorted { $0.assetNo < $1.assetNo }.map { asset in
            let (state, since) = asset.state
            return AuctionTrack(
                key: key, officer: officer, assetNo: asset.assetNo, kind: asset.kind,
                description: asset.description, seizedOn: asset.seizedOn, state: state,
                since: since, rounds: asset.rounds.count { $0.heldOn != nil },
                reductions: asset.reductions.count { $0.reducedOn != nil },
                currentPrice: asset.currentPrice(on: day))
        }
    }
}

extension Asset {
    /// State and since when, of an asset whose facts after the as-of day are blank. The latest fact decides;
    /// on one day the one that comes later on the way. A refusal puts the asset back to `failed`.
    fileprivate var state: (AuctionState, Day) {
        if let disposal, let disposedOn { return (disposal.state, disposedOn) }
        var best = (state: AuctionState.seized, on: seizedOn, order: 0)
        func consider(_ state: AuctionState, _ on: Day?, _ order: Int) {
            guard let on, (on, order) >= (best.on, best.order) else { return }
            best = (state, on, order)
        }
        consider(.valued, valuedOn, 1)
        for valuation in valuations { consider(.valued, valuation.valuedOn, 1) }
        for round in rounds {
            let base = round.round * 10
            consider(.contracted, round.contractOn, base)
            consider(.posted, round.postedOn, base + 1)
            consider(.failed, round.failedOn, base + 2)
        }
        for reduction in reductions {
            consider(.reduced, reduction.reducedOn, reduction.number * 10 + 6)
        }
        for offer in offers {
            let failures = rounds.last { round in
                round.failedOn.map { $0 <= offer.offeredOn } ?? false
            }
            let base = (failures?.round ?? 0) * 10
            consider(.offered, offer.offeredOn, base + 3)
            switch offer.answer {
            case .accepted: consider(.accepted, offer.decidedOn, base + 5)
            case .refused: consider(.failed, offer.decidedOn, base + 4)
            case nil: break
            }
        }
        return (best.state, best.on)
    }
}

extension Disposal {
    fileprivate var state: AuctionState {
        switch self {
        case .sold: .sold
        case .taken: .taken
        case .released: .released
        case .returned: .returned
        }
    }
}

/// The tracks of the cases' assets, in the order of the cases' keys.
public func auctionTracks(of files: [CaseFile], on day: Day) -> [AuctionTrack] {
    files.sorted { $0.key < $1.key }.flatMap { $0.auctionTracks(on: day) }
}
