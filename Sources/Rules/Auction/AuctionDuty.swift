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

    /// What the officer has to do.
    public var vietnamese: String {
        switch self {
        case .valueContract: "ký hợp đồng thẩm định giá"
        case .auctionContract: "ký hợp đồng dịch vụ đấu giá"
        case .holdAuction: "tổ chức đấu giá"
        case .notifyReduction: "thông báo để đương sự thỏa thuận mức giảm giá"
        case .decideReduction: "ra quyết định giảm giá"
        case .postAgain: "niêm yết đấu giá lại"
        case .offerCreditor: "đề nghị người được thi hành án nhận tài sản"
        case .notifyDebtor: "thông báo cho người phải thi hành án về việc nhận tài sản"
        case .handOver: "giao tài sản cho người được thi hành án"
        }
    }
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
    public let assetNo: String
    public let step: AuctionStep
    public let triggerOn: Day
    public let missing: MissingRule
}

/// The steps of one or more cases on a day.
public struct AuctionDuties: Sendable, Equatable {
    /// Due before the as-of day and not done by it.
    public internal(set) var gaps: [AuctionDuty] = []
    /// Done by the as-of day, after they were due.
    public internal(set) var past: [AuctionDuty] = []
    /// Steps still to be taken, late ones too.
    public internal(set) var open: [AuctionDuty] = []
    /// The step of each open track to take first: the one due first.
    public internal(set) var next: [AuctionDuty] = []
    public internal(set) var undetermined: [UndeterminedDuty] = []
}

/// The steps of the case's assets on `day`. A disposed asset, a finished case and a step overtaken by a
/// later one leave nothing open; steps done late stay in `past`.
///
/// - Parameter policy: periods of the plan, in calendar days, for steps that the law leaves without one; nil
///   leaves those steps out.
/// - Parameter law: holds V-02, V-09, V-10.movable, V-10.real_estate, R-01, R-02, R-04b, R-06 and R-07, and in
///   V-11.auction_house_above the value above which V-09 and V-10 apply to movables.
public func auctionDuties(
    of file: CaseFile, policy: PolicyPeriods?, policyCitation: Citation? = nil, law: LawTable,
    asOf day: Day
) -> AuctionDuties {
    var duties = AuctionDuties()
    guard !file.assets.isEmpty else { return duties }
    let isFinished = file.isFinished(on: day)
    let assets = file.assets.sorted { $0.assetNo < $1.assetNo }
    for asset in assets {
        guard let seen = asset.seen(by: day) else { continue }
        var clock = AssetClock(
            file: file, asset: seen, policy: policy,
            policyCitation: policyCitation ?? Citation(instrument: "KH", place: "II.1"), law: law)
        clock.run()
        let isClosed = isFinished || seen.isDisposed(by: day)
        duties.add(clock, isClosed: isClosed, asOf: day)
    }
    return duties
}

/// The steps of all cases of a unit, in the order of their keys.
public func auctionDuties(of unit: UnitFile, plan: CampaignPlan?, law: LawTable, asOf day: Day)
    -> AuctionDuties
{
    var duties = AuctionDuties()
    let citation = plan.map { Citation(instrument: $0.citation, place: "II.1") }
    let files = unit.cases.filter { !$0.assets.isEmpty }.sorted { $0.key < $1.key }
    for file in files {
        duties.append(
            auctionDuties(
                of: file, policy: plan?.settings.policy, policyCitation: citation, law: law,
                asOf: day))
    }
    return duties
}

extension AuctionDuties {
    public mutating func append(_ other: AuctionDuties) {
        gaps += other.gaps
        past += other.past
        open += other.open
        next += other.next
        undetermined += other.undetermined
    }

    fileprivate mutating func add(_ clock: AssetClock, isClosed: Bool, asOf day: Day) {
        let ordered = clock.duties.enumerated().sorted {
            ($0.element.dueOn, $0.offset) < ($1.element.dueOn, $1.offset)
        }.map(\.element)
        past += ordered.filter { duty in duty.doneOn.map { $0 > duty.dueOn } ?? false }
        guard !isClosed else { return }
        let unmet = ordered.filter { $0.doneOn == nil }
        open += unmet
        gaps += unmet.filter { $0.dueOn < day }
        if let first = unmet.first { next.append(first) }
        undetermined += clock.undetermined
    }
}
