/// A pattern that a person should look at: possible collusion, or loss. It accuses nobody and changes no score.
public enum AuctionSignalKind: String, Sendable, CaseIterable {
    /// G-01: one auction house has most contracts of a unit.
    case singleHouse = "single_house"
    /// G-02: a unit reduces to the cap nearly every time.
    case alwaysToTheCap = "always_to_the_cap"
    /// G-03: reduced to the cap each time, failed after the second reduction, and the creditor was not asked.
    case noOffer = "cap_without_offer"
    /// G-04: rounds without participants pile up at one house.
    case emptyRounds = "empty_rounds_at_one_house"
    /// G-05: sold far below the valuation.
    case lowPrice = "price_far_below_value"
    /// G-06: the same appraiser and the same house again and again.
    case samePair = "same_house_and_appraiser"

    /// The rule of the law folder's policy that holds its threshold.
    public var rule: String {
        switch self {
        case .singleHouse: "G-01"
        case .alwaysToTheCap: "G-02"
        case .noOffer: "G-03"
        case .emptyRounds: "G-04"
        case .lowPrice: "G-05"
        case .samePair: "G-06"
        }
    }

    /// Money may be lost already, or rights of a party passed over; the others are patterns alone.
    public var severity: Severity {
        switch self {
        case .noOffer, .lowPrice: .serious
        case .singleHouse, .alwaysToTheCap, .emptyRounds, .samePair: .minor
        }
    }

    /// What was seen, without a judgment.
    public var vietnamese: String {
        switch self {
        case .singleHouse: "một tổ chức đấu giá nhận phần lớn hợp đồng của đơn vị"
        case .alwaysToTheCap: "gần như lần nào cũng giảm giá ở mức tối đa"
        case .noOffer: "giảm giá tối đa mà chưa đề nghị người được thi hành án nhận tài sản"
        case .emptyRounds: "các lần đấu giá không có người tham gia dồn vào một tổ chức"
        case .lowPrice: "giá bán thấp hơn nhiều so với giá thẩm định"
        case .samePair: "một cặp tổ chức thẩm định giá và tổ chức đấu giá lặp lại"
        }
    }
}

/// One row that a signal rests on.
public struct AuctionEvidence: Sendable, Hashable {
    /// The kind of facts that the row is of.
    public enum Kind: String, Sendable { case assets, valuations, rounds, reductions }

    public let kind: Kind
    public let key: CaseKey
    public let assetNo: String
    /// Number of the round, the reduction or the valuation; 0 for the asset itself.
    public let number: Int
    public let on: Day?
    public let amount: Dong?

    public init(
        kind: Kind, key: CaseKey, assetNo: String, number: Int, on: Day?, amount: Dong?
    ) {
        self.kind = kind
        self.key = key
        self.assetNo = assetNo
        self.number = number
        self.on = on
        self.amount = amount
    }
}

/// A pattern found in the facts by a day.
public struct AuctionSignal: Sendable, Equatable {
    public let kind: AuctionSignalKind
    /// Nil where the pattern is of the whole province.
    public let unit: String?
    /// The firm or firms by name, or the case and its asset; empty where the unit itself is meant.
    public let subject: String
    /// In order of case, asset and number.
    public let evidence: [AuctionEvidence]
    public let threshold: Ratio
    public let value: Ratio

    public var severity: Severity { kind.severity }
}

/// The limits of the signals, from the law folder's policy.
struct SignalLimits {
    let law: LawTable
    let day: Day

    func share(_ kind: AuctionSignalKind) throws(MissingRule) -> Ratio {
        guard case .share(let share) = try law.require(kind.rule, on: day).value else {
            throw MissingRule(id: kind.rule, on: day)
        }
        return share
    }

    /// The least number of rows from which the kind's share is worth comparing; for G-03 the limit itself.
    func least(_ kind: AuctionSignalKind) throws(MissingRule) -> Int {
        let id = kind == .noOffer ? kind.rule : "\(kind.rule).least"
        guard case .count(let count) = try law.require(id, on: day).value else {
            throw MissingRule(id: id, on: day)
        }
        return count
    }
}
