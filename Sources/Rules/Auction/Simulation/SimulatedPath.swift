/// How the coming rounds are auctioned.
public enum SimulatedProcedure: String, Sendable, CaseIterable {
    case ordinary
    /// Shortened wherever Auction Law 2016 Art. 53.1 opens it.
    case shortened
    /// Shortened, with all working days of the posting kept between it and the opening.
    case shortenedCautious = "shortened_cautious"
}

/// How the coming reductions come about: the parties agree at once, or the officer decides once the
/// parties had all their time (LTHADS Art. 104.1).
public enum SimulatedReductions: String, Sendable, CaseIterable { case agreed, decided }

/// Where a path leads.
public enum SimulationGoal: String, Sendable, CaseIterable {
    case sale
    /// The second reduction and then a failed round: the money counts as *chưa có điều kiện* (M-04).
    case reducedTwice = "m04"
    /// The creditor takes the asset, by agreement (LTHADS Art. 100) or after the second reduction (Art. 104.2).
    case inLieu = "in_lieu"
}

/// A step of a forecast.
public enum SimulatedAction: String, Sendable, CaseIterable {
    case seize
    case valueContract = "value_contract"
    case value
    case tellCoOwners = "tell_co_owners"
    case preEmptionEnds = "pre_emption_ends"
    case auctionContract = "auction_contract"
    case post
    case secondNotice = "second_notice"
    case holdAuction = "hold_auction"
    case failureNotice = "failure_notice"
    case notifyReduction = "notify_reduction"
    case reduce
    case offerCreditor = "offer_creditor"
    case creditorRefuses = "creditor_refuses"
    case creditorAccepts = "creditor_accepts"
    case notifyDebtor = "notify_debtor"
    case agreeInLieu = "agree_in_lieu"
    case handOver = "hand_over"
    case directSale = "direct_sale"

    /// What happens, as offices say it.
    public var vietnamese: String {
        switch self {
        case .seize: "kê biên"
        case .valueContract: "ký hợp đồng thẩm định giá"
        case .value: "có chứng thư thẩm định giá"
        case .tellCoOwners: "báo quyền ưu tiên mua cho đồng sở hữu"
        case .preEmptionEnds: "hết thời hạn ưu tiên mua"
        case .auctionContract: "ký hợp đồng dịch vụ đấu giá"
        case .post: "niêm yết, thông báo lần một"
        case .secondNotice: "thông báo công khai lần hai"
        case .holdAuction: "mở cuộc đấu giá"
        case .failureNotice: "thông báo đấu giá không thành"
        case .notifyReduction: "yêu cầu thỏa thuận mức giảm giá"
        case .reduce: "giảm giá"
        case .offerCreditor: "đề nghị người được thi hành án nhận tài sản"
        case .creditorRefuses: "người được thi hành án không nhận"
        case .creditorAccepts: "người được thi hành án đồng ý nhận"
        case .notifyDebtor: "báo người phải thi hành án"
        case .agreeInLieu: "đương sự thỏa thuận giao tài sản"
        case .handOver: "giao tài sản"
        case .directSale: "bán không qua đấu giá"
        }
    }
}

/// One dated step of a path.
public struct SimulatedStep: Sendable, Equatable {
    public let action: SimulatedAction
    /// The earliest working day on which it can happen, never before the as-of day.
    public let on: Day
    /// Id of the rule that sets the day.
    public let rule: String
    public let citation: Citation
    public let verified: Bool
    /// Starting price of the round, reduced price, or value at which the asset is taken; nil before a valuation.
    public let price: Dong?
    /// Number of the round or of the reduction; nil for other steps.
    public let number: Int?
    /// The round is posted by the shortened procedure.
    public let shortened: Bool
}

/// Something that the people on a path must know: a period of the law that it overruns, a value that runs out.
public struct SimulationNote: Sendable, Hashable {
    public let rule: String
    public let citation: Citation
    /// The last day by that rule; nil where it is no day.
    public let dueOn: Day?
}

/// One lawful way of an asset from where it stands to a goal, at the earliest dates.
public struct SimulatedPath: Sendable, Equatable {
    public let goal: SimulationGoal
    /// Nil where no round is to come.
    public let procedure: SimulatedProcedure?
    /// Nil where no reduction is to come.
    public let reductions: SimulatedReductions?
    /// The share taken off at each reduction to come; nil where none is.
    public let rate: Ratio?
    /// Number of the round that ends it; nil where no round does.
    public let round: Int?
    public let steps: [SimulatedStep]
    public let reachedOn: Day
    /// The starting price of the sale, the value at which the creditor takes the asset, or the price that
    /// stays open after M-04; nil before a valuation.
    public let money: Dong?
    public let notes: [SimulationNote]

    /// Every rule on the way, and every day off of the years that it touches, is certain.
    public var verified: Bool { steps.allSatisfy(\.verified) }
}
