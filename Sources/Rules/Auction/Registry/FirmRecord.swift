/// How many days a step took, summed over the times that it was done.
public struct StepDays: Sendable, Equatable {
    public private(set) var times = 0
    public private(set) var days = 0

    /// Adds one time from `start` to `end`; nothing where a day is missing or they stand in the wrong order.
    mutating func add(from start: Day?, to end: Day?) {
        guard let start, let end, start <= end else { return }
        times += 1
        days += end - start
    }

    /// Calendar days a time, exact; nil when it was never done.
    public var average: Ratio? { times == 0 ? nil : Ratio(Int128(days), Int128(times)) }
}

/// What an auction house did, computed from the rounds that name it.
public struct HouseRecord: Sendable, Equatable {
    public internal(set) var units: Set<String> = []
    /// Contracts: one an asset and contract day.
    public internal(set) var contracts = 0
    public internal(set) var assets = 0
    public internal(set) var held = 0
    public internal(set) var sold = 0
    public internal(set) var noParticipants = 0
    /// Every failed round, those without participants too.
    public internal(set) var failed = 0
    /// Sales or rounds that were cancelled.
    public internal(set) var cancelled = 0
    public internal(set) var contractToAuction = StepDays()
    public internal(set) var postingToAuction = StepDays()
    public internal(set) var auctionToNotice = StepDays()
    /// Over the sold rounds that have both.
    public internal(set) var soldStart = Dong.zero
    public internal(set) var soldPrice = Dong.zero

    /// Sold of held; nil when none was held.
    public var shareSold: Ratio? { held == 0 ? nil : Ratio(Int128(sold), Int128(held)) }
    /// The prices reached over the starting prices; nil when nothing was sold.
    public var priceOverStart: Ratio? { soldPrice.ratio(of: soldStart) }
}

/// What an appraiser did, computed from the valuations that name it.
public struct AppraiserRecord: Sendable, Equatable {
    public internal(set) var units: Set<String> = []
    public internal(set) var contracts = 0
    public internal(set) var assets = 0
    public internal(set) var valuations = 0
    /// Valuations that came after another one of the same asset.
    public internal(set) var revaluations = 0
    public internal(set) var contractToValue = StepDays()
    /// Over the assets sold: the latest valuation before the sale, and the price reached.
    public internal(set) var sold = 0
    public internal(set) var soldValue = Dong.zero
    public internal(set) var soldPrice = Dong.zero

    /// The prices reached over the values; nil when nothing was sold.
    public var priceOverValue: Ratio? { soldPrice.ratio(of: soldValue) }
}

/// A contract with a firm that was not fit for it.
public struct FirmFinding: Sendable, Equatable {
    public let key: CaseKey
    public let assetNo: String
    /// Number of the round or of the valuation; 0 for the valuation that stands on the asset itself.
    public let number: Int
    public let refusal: FirmRefusal
}

/// A valuation with where it stands: on the asset itself (number 0) or in the list of valuations.
struct NumberedValuation {
    let number: Int
    let contractOn: Day?
    let valuedOn: Day?
    let value: Dong?
    let appraiser: String?
}

extension Asset {
    /// All valuations in order of their number, the asset's own first.
    var numberedValuations: [NumberedValuation] {
        var all: [NumberedValuation] = []
        if valuationContractOn != nil || valuedOn != nil {
            all.append(
                NumberedValuation(
                    number: 0, contractOn: valuationContractOn, valuedOn: valuedOn, value: value,
                    appraiser: appraiser))
        }
        all += valuations.sorted { $0.number < $1.number }.map {
            NumberedValuation(
                number: $0.number, contractOn: $0.contractOn, valuedOn: $0.valuedOn,
                value: $0.value, appraiser: $0.appraiser)
        }
        return all
    }

    /// The round that sold the asset and was not undone.
    var soldRound: AuctionRound? {
        rounds.last { $0.outcome == .sold && $0.cancelledOn == nil && $0.heldOn != nil }
    }
}
