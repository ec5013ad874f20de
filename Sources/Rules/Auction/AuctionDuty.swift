/// A step of the way from seizure to hand-over that must be taken by a day.
public enum AuctionStep: String, Sendable, CaseIterable {
    case valueContract = "value_contract"
    case auctionContract = "auction_contract"
    case holdAuction = "hold_auction"
    case notifyReduction = "notify_reduction"
    case decideReduction = "decide_reduction"
    case postAgain = "post_again"
    case offerCreditor = "offer_creditor"
    case notifyDebtor = "notify_debtor"
    case handOver = "hand_over"
    /// After a sale, by the buyer.
    case payPrice = "pay_price"
    /// After a sale, to the buyer.
    case deliver

    /// Who must act.
    public var person: Actor {
        switch self {
        case .holdAuction, .postAgain: .auctionHouse
        case .payPrice: .buyer
        default: .officer
        }
    }

    public enum Actor: String, Sendable { case officer, buyer, auctionHouse = "auction_house" }
}

/// One step of one asset: since when it is due, until when, and when it was done.
public struct AuctionDuty: Sendable, Equatable {
    public let key: CaseKey
    public let officer: String?
    public let assetNo: String
    public let step: AuctionStep
    /// Id of the statutory period, or `policy` where the plan's settings give it.
    public let rule: String
    public let citation: Citation
    /// False where the period, or the days off of a year that it runs through, is not certain.
    public let verified: Bool
    public let triggerOn: Day
    /// Last day to do it; moved to the next working day where it falls on a day off (Civil Code 2015 Art. 148.5).
    public let dueOn: Day
    /// The day it was done, if by the as-of day.
    public let doneOn: Day?

    /// Calendar days from the due day to the day it was done, else to `day`; negative when in time.
    public func daysLate(on day: Day) -> Int { (doneOn ?? day) - dueOn }
}

/// A step whose period the law book does not hold for the day that starts it.
public struct UndeterminedDuty: Sendable, Equatable {
    public let key: CaseKey
    public let officer: String?
    public let assetNo: String
    public let step: AuctionStep
    /// As a duty of this step would name it.
    public let rule: String
    public let triggerOn: Day
    /// The value that the law book lacks.
    public let missing: MissingRule
}
