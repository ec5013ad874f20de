/// What a person records of an asset: one event of a day with its figures.
public struct AuctionEntry: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case seized
        case valuationContract = "valuation_contract"
        case valued, revalued
        case auctionContract = "auction_contract"
        case posted
        case notice1 = "notice_1"
        case notice2 = "notice_2"
        case held, notified
        case reductionNotice = "reduction_notice"
        case reduced, offered, accepted, refused
        case debtorNotified = "debtor_notified"
        case paid, delivered
        /// A sale undone, or a round called off.
        case cancelled
        case taken
        /// The debtor paid and has the asset back (LTHADS Art. 101.5, 104.2).
        case redeemed
        case released, returned
    }

    public var kind: Kind
    public var on: Day
    /// Value, starting price, price or reduced price.
    public var amount: Dong?
    public var outcome: RoundOutcome?
    public var procedure: AuctionProcedure?
    public var auctionHouse: String?
    public var registrants: Int?
    public var deposit: Dong?
    public var appraiser: String?
    public var validUntil: Day?
    /// The parties agreed on the reduction (Art. 104.1).
    public var isAgreed = false
    /// Valued again for a serious breach (Art. 99.1.a), not on request.
    public var isForBreach = false
    /// Of a seizure.
    public var assetKind: AssetKind?
    public var description: String?

    public init(_ kind: Kind, on day: Day) {
        self.kind = kind
        on = day
    }
}

/// Why an entry is not recorded.
public enum EntryRefusal: Error, Sendable, Equatable {
    /// The entry lacks a figure that its kind needs; the name is that of the request's field.
    case missing(String)
    /// The asset is not there yet, or is there already.
    case unknownAsset, knownAsset
    case unlawful(TrackFinding)
}

/// A row of the facts as an entry makes it: the columns it sets, by name; nil empties a column.
public struct FactChange: Sendable, Equatable {
    public enum Value: Sendable, Equatable {
        case day(Day)
        case number(Int64)
        case text(String)
    }

    /// Name of the import kind.
    public let kind: String
    /// What tells the row from the others of the asset: its key beyond the asset's own; nil for the asset.
    public let key: Value?
    public var columns: [String: Value?]
}
