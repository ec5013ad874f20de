/// Where an asset stands between seizure and hand-over.
public enum AuctionState: String, Sendable, CaseIterable {
    case seized, valued, contracted, posted, failed, reduced, offered, accepted
    /// Sold in an auction; payment and delivery may still be due.
    case sold
    case taken, released, returned

    /// The enforcement has no further step.
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
    /// The tracks of the assets seized by `day`, in order of asset number. The latest event decides the state;
    /// on one day the one that comes later on the way. A refusal puts the asset back to `failed`.
    public func auctionTracks(on day: Day) -> [AuctionTrack] {
        assets.compactMap { $0.seen(by: day) }.sorted { $0.assetNo < $1.assetNo }
            .map { track(of: $0, course: $0.course, on: day) }
    }
}

/// The tracks of the cases' assets, in the order of the cases' keys.
public func auctionTracks(of files: [CaseFile], on day: Day) -> [AuctionTrack] {
    files.sorted { $0.key < $1.key }.flatMap { $0.auctionTracks(on: day) }
}
