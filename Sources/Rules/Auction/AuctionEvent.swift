/// Something that happened to a seized asset, as the facts record it. Amounts are in đồng; numbers are those
/// of the valuation, the round, the public notice or the reduction.
public enum AuctionEvent: Sendable, Hashable {
    case seized
    /// The contract with the appraiser (LTHADS Art. 98.2).
    case valuationContract
    case valued(Dong?, validUntil: Day?)
    /// A valuation after the first (Art. 99).
    case revalued(Int, Dong?, validUntil: Day?)
    /// The contract with the auction organisation for this round (Art. 101.2).
    case auctionContract(Int)
    case posted(Int, startingPrice: Dong, AuctionProcedure)
    /// One of the two public announcements of a round (Auction Law Art. 57).
    case publicNotice(Int, Int)
    case held(Int, AuctionResult)
    /// The auction organisation's word of the result, from which the periods of Art. 104 run.
    case notified(Int)
    /// The officer's invitation to agree on a reduction (Art. 104.1).
    case reductionNotice(Int)
    case reduced(Int, to: Dong?, agreed: Bool)
    /// The asset offered to the creditor (Art. 104.2).
    case offered
    case answered(OfferAnswer)
    case debtorNotified
    /// The buyer of this round paid the whole price (Decree 62/2015 Art. 27.3).
    case paid(Int)
    case delivered(Int)
    case saleCancelled(Int)
    /// A round that was called off before it was held.
    case roundCancelled(Int)
    case disposed(Disposal)

    /// The word that travels.
    public var name: String {
        switch self {
        case .seized: "seized"
        case .valuationContract: "valuation_contract"
        case .valued: "valued"
        case .revalued: "revalued"
        case .auctionContract: "auction_contract"
        case .posted: "posted"
        case .publicNotice: "public_notice"
        case .held: "held"
        case .notified: "notified"
        case .reductionNotice: "reduction_notice"
        case .reduced: "reduced"
        case .offered: "offered"
        case .answered(let answer): answer.rawValue
        case .debtorNotified: "debtor_notified"
        case .paid: "paid"
        case .delivered: "delivered"
        case .saleCancelled: "sale_cancelled"
        case .roundCancelled: "round_cancelled"
        case .disposed(let disposal): disposal.rawValue
        }
    }

    /// Of the valuation, the round, the public notice or the reduction; nil where there is none.
    public var number: Int? {
        switch self {
        case .revalued(let number, _, _), .auctionContract(let number), .posted(let number, _, _),
            .held(let number, _), .notified(let number), .reductionNotice(let number),
            .reduced(let number, _, _), .paid(let number), .delivered(let number),
            .saleCancelled(let number), .roundCancelled(let number):
            number
        case .publicNotice(_, let number): number
        default: nil
        }
    }

    /// Value, starting price, price or reduced price.
    public var amount: Dong? {
        switch self {
        case .valued(let value, _), .revalued(_, let value, _): value
        case .posted(_, let price, _): price
        case .held(_, let result): result.price
        case .reduced(_, let price, _): price
        default: nil
        }
    }
}

/// How a round ended.
public struct AuctionResult: Sendable, Hashable {
    /// Nil where the round was held and its outcome is not recorded.
    public var outcome: RoundOutcome?
    public var startingPrice: Dong
    /// What was bid.
    public var price: Dong?
    /// How many registered; nil where it is not recorded.
    public var registrants: Int?

    public init(
        outcome: RoundOutcome?, startingPrice: Dong, price: Dong? = nil, registrants: Int? = nil
    ) {
        self.outcome = outcome
        self.startingPrice = startingPrice
        self.price = price
        self.registrants = registrants
    }
}

/// An event with its day.
public struct DatedEvent: Sendable, Hashable {
    public let on: Day
    public let event: AuctionEvent

    public init(_ on: Day, _ event: AuctionEvent) {
        self.on = on
        self.event = event
    }
}
