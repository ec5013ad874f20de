/// The steps of one or more cases on a day.
public struct AuctionDuties: Sendable, Equatable {
    /// Due before the as-of day and not done by it.
    public internal(set) var gaps: [AuctionDuty] = []
    /// Done by the as-of day, after they were due.
    public internal(set) var past: [AuctionDuty] = []
    /// Steps still to be taken, late ones too; after a sale those of NĐ 62/2015 Art. 27.3.
    public internal(set) var open: [AuctionDuty] = []
    /// The step of each track to take first: the one due first.
    public internal(set) var next: [AuctionDuty] = []
    public internal(set) var undetermined: [UndeterminedDuty] = []
}

/// The steps of the case's assets on `day`. A disposed asset, a finished case and a step overtaken by a
/// later one have no gap; steps done late stay in `past`. Of a sold asset the payment and the delivery stay
/// open, and are no gap.
///
/// - Parameter policy: periods of the plan, for steps that the law leaves without one; nil leaves those
///   steps out.
/// - Parameter law: holds V-02, V-09, V-10.movable, V-10.real_estate, R-01, R-02, R-04b, R-06, R-07, P-01 and
///   P-02, and in V-11.auction_house_above the value above which V-09 and V-10 apply to movables.
public func auctionDuties(
    of file: CaseFile, policy: PlanPolicy?, law: LawTable, asOf day: Day
) -> AuctionDuties {
    var duties = AuctionDuties()
    guard !file.assets.isEmpty else { return duties }
    let isFinished = file.isFinished(on: day)
    let assets = file.assets.sorted { $0.assetNo < $1.assetNo }
    for asset in assets {
        guard let seen = asset.seen(by: day) else { continue }
        var finder = StepFinder(file: file, asset: seen, policy: policy, law: law)
        finder.run()
        duties.add(finder, isClosed: isFinished || seen.isDisposed(by: day), asOf: day)
        if seen.disposal == .sold { duties.addAfterSale(of: seen, in: file, policy, law) }
    }
    return duties
}

/// The steps of many cases, in the order of their keys.
public func auctionDuties(
    of files: [CaseFile], plan: CampaignPlan?, law: LawTable, asOf day: Day
) -> AuctionDuties {
    var duties = AuctionDuties()
    let policy = plan?.policy
    for file in files.sorted(by: { $0.key < $1.key }) where !file.assets.isEmpty {
        duties.append(auctionDuties(of: file, policy: policy, law: law, asOf: day))
    }
    return duties
}

/// The steps of all cases of a unit, in the order of their keys.
public func auctionDuties(of unit: UnitFile, plan: CampaignPlan?, law: LawTable, asOf day: Day)
    -> AuctionDuties
{
    auctionDuties(of: unit.cases, plan: plan, law: law, asOf: day)
}

extension AuctionDuties {
    mutating func append(_ other: AuctionDuties) {
        gaps += other.gaps
        past += other.past
        open += other.open
        next += other.next
        undetermined += other.undetermined
    }

    fileprivate mutating func add(_ finder: StepFinder, isClosed: Bool, asOf day: Day) {
        let ordered = finder.duties.inOrderOfDueDay
        past += ordered.filter { duty in duty.doneOn.map { $0 > duty.dueOn } ?? false }
        guard !isClosed else { return }
        let unmet = ordered.filter { $0.doneOn == nil }
        open += unmet
        gaps += unmet.filter { $0.dueOn < day }
        if let first = unmet.first { next.append(first) }
        undetermined += finder.undetermined
    }

    fileprivate mutating func addAfterSale(
        of asset: Asset, in file: CaseFile, _ policy: PlanPolicy?, _ law: LawTable
    ) {
        var finder = StepFinder(file: file, asset: asset, policy: policy, law: law)
        finder.afterSale()
        let unmet = finder.duties.inOrderOfDueDay.filter { $0.doneOn == nil }
        open += unmet
        if let first = unmet.first { next.append(first) }
        undetermined += finder.undetermined
    }
}

extension [AuctionDuty] {
    /// By due day; those of one day as they were found.
    fileprivate var inOrderOfDueDay: [AuctionDuty] {
        enumerated().sorted { ($0.element.dueOn, $0.offset) < ($1.element.dueOn, $1.offset) }
            .map(\.element)
    }
}
