/// Works out the steps of one asset from the facts seen by the as-of day.
struct StepFinder {
    let file: CaseFile
    /// Facts after the as-of day are blank; rounds and reductions are in order of number, offers of day.
    let asset: Asset
    let policy: PlanPolicy?
    let law: LawTable
    private(set) var duties: [AuctionDuty] = []
    private(set) var undetermined: [UndeterminedDuty] = []

    init(file: CaseFile, asset: Asset, policy: PlanPolicy?, law: LawTable) {
        self.file = file
        self.asset = asset
        self.policy = policy
        self.law = law
    }

    mutating func run() {
        valueContract()
        auctionContract()
        holdAuction()
        for round in asset.rounds where round.failedOn != nil { afterFailure(of: round) }
        firstReduction()
        for reduction in asset.reductions { postAgain(after: reduction) }
        for offer in asset.offers where offer.answer == .accepted { takeInLieu(offer) }
    }

    /// Enters a statutory step, unless it was overtaken before it was done.
    mutating func statutory(
        _ step: AuctionStep, period id: String, printed: String? = nil, trigger: Day, done: Day?,
        overtaken: Bool
    ) {
        guard done != nil || !overtaken else { return }
        do throws(MissingRule) {
            let found = try law.period(id, on: trigger)
            let shown = printed.flatMap { law.rule($0, on: trigger) }
            enter(
                step, rule: printed ?? id, citation: (shown ?? found.rule).citation,
                verified: found.rule.verified && (shown?.verified ?? true), trigger: trigger,
                due: law.calendar.due(found.period, from: trigger), done: done)
        } catch {
            leaveOpen(step, rule: printed ?? id, trigger: trigger, missing: error)
        }
    }

    /// Leaves a step undetermined for want of a value of the law.
    mutating func leaveOpen(
        _ step: AuctionStep, rule: String, trigger: Day, missing: MissingRule
    ) {
        undetermined.append(
            UndeterminedDuty(
                key: file.key, officer: file.officer, assetNo: asset.assetNo, step: step,
                rule: rule, triggerOn: trigger, missing: missing))
    }

    /// Enters a step whose period is the plan's own, unless it was overtaken before it was done.
    mutating func policy(
        _ step: AuctionStep, days: KeyPath<PolicyPeriods, Int>, trigger: Day, done: Day?,
        overtaken: Bool
    ) {
        guard let policy, done != nil || !overtaken else { return }
        enter(
            step, rule: "policy", citation: policy.citation, verified: true, trigger: trigger,
            due: law.calendar.due(.calendarDays(policy.periods[keyPath: days]), from: trigger),
            done: done)
    }

    private mutating func enter(
        _ step: AuctionStep, rule: String, citation: Citation, verified: Bool, trigger: Day,
        due: Day, done: Day?
    ) {
        duties.append(
            AuctionDuty(
                key: file.key, officer: file.officer, assetNo: asset.assetNo, step: step,
                rule: rule, citation: citation,
                verified: verified && law.calendar.isCertain(from: trigger, through: due),
                triggerOn: trigger, dueOn: due, doneOn: done))
    }
}

/// Order of the facts: what came after what.
extension StepFinder {
    /// Something of a round after this one was seen.
    func hasRound(after round: AuctionRound) -> Bool {
        asset.rounds.contains { $0.round > round.round && $0.startedOn != nil }
    }

    /// The day of the next auction after this round, or of its notice.
    func nextAuction(after round: AuctionRound) -> Day? {
        asset.rounds.lazy.filter { $0.round > round.round }
            .compactMap { $0.heldOn ?? $0.notifiedOn }
            .first
    }

    /// The creditor accepted on or after this day: the asset is no longer reduced or auctioned.
    func isAccepted(since day: Day) -> Bool {
        asset.offers.contains { $0.answer == .accepted && $0.decidedOn >= day }
    }

    /// The first reduction decided on or after `day` and before the auction that follows `round`.
    func reduction(from day: Day, after round: AuctionRound) -> Day? {
        let end = nextAuction(after: round)
        return asset.reductions.compactMap(\.reducedOn)
            .filter { on in day <= on && end.map { on < $0 } ?? true }
            .min()
    }

    /// Reductions decided by `day`.
    func reductions(by day: Day) -> Int {
        asset.reductions.count { $0.reducedOn.map { $0 <= day } ?? false }
    }
}
