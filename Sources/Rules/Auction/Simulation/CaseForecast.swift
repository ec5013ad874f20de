/// Works out one case's outlook for one target.
struct CaseForecast {
    let file: CaseFile
    let target: Target
    let plan: CampaignPlan
    let law: LawTable
    let asOf: Day

    /// The last day on which the case can come to count.
    var limit: Day {
        guard target.measure == .largeValueSeized else { return target.dueOn }
        return min(target.dueOn, (target.window ?? plan.window).end)
    }

    var outlook: CaseOutlook {
        if file.meets(target, plan: plan, by: asOf) {
            return CaseOutlook(
                key: file.key, officer: file.officer, state: .met, quickestOn: nil, safeOn: nil,
                lastDay: nil, steps: [])
        }
        do throws(MissingRule) {
            return try forecast()
        } catch {
            return CaseOutlook(
                key: file.key, officer: file.officer, state: .undetermined, quickestOn: nil,
                safeOn: nil, lastDay: nil, steps: [])
        }
    }

    private func forecast() throws(MissingRule) -> CaseOutlook {
        let starts = starts
        var quickest: [Day] = []
        var safe: [Day] = []
        var steps: [OutlookStep] = []
        for start in starts {
            let quick = try reached(start, .quickest, from: asOf)
            quickest.append(quick.on)
            safe.append(try reached(start, .safe, from: asOf).on)
            guard let first = quick.steps.first else { continue }
            steps.append(
                OutlookStep(
                    assetNo: start.assetNo, action: first.action, earliestOn: first.on,
                    lastDay: try lastDay(start), rule: first.rule, citation: first.citation))
        }
        let (quickestOn, safeOn) = (together(quickest), together(safe))
        let state = try state(quickestOn: quickestOn, safeOn: safeOn, starts: starts)
        let lastDays = steps.compactMap(\.lastDay)
        let last = target.measure == .largeValueSeized ? lastDays.max() : lastDays.min()
        return CaseOutlook(
            key: file.key, officer: file.officer, state: state, quickestOn: quickestOn,
            safeOn: safeOn, lastDay: state == .safe || state == .tight ? last : nil, steps: steps)
    }

    /// One asset is enough to count as seized; every open one must be through to count as classified.
    private func together(_ days: [Day]) -> Day? {
        target.measure == .largeValueSeized ? days.min() : days.max()
    }

    private func state(
        quickestOn: Day?, safeOn: Day?, starts: [AssetStart]
    ) throws(MissingRule) -> OutlookState {
        if let safeOn, safeOn <= limit { return .safe }
        if let quickestOn, quickestOn <= limit { return .tight }
        guard target.measure == .largeValueClassified, !file.stateRevenue,
            starts.allSatisfy({ $0.assetNo != nil })
        else { return .lost }
        let pace = SimulationLaw(table: law, today: asOf)
        let taken = try pace.after("V-07", from: pace.firstDay(onOrAfter: asOf)).on
        return taken <= limit ? .agreement : .lost
    }

    /// The open assets that do not count yet; one to be seized where none is open.
    private var starts: [AssetStart] {
        var starts: [AssetStart] = []
        for asset in file.assets.sorted(by: { $0.assetNo < $1.assetNo }) {
            guard let seen = asset.seen(by: asOf), !seen.isDisposed(by: asOf) else { continue }
            let isThrough = seen.failedAfterSecondReduction(by: asOf) != nil
            if target.measure == .largeValueClassified, isThrough { continue }
            let track = file.auctionTracks(on: asOf).first { $0.assetNo == asset.assetNo }
            guard let track, let stage = WalkStage(of: seen, state: track.state, today: asOf)
            else { continue }
            starts.append(AssetStart(assetNo: asset.assetNo, asset: seen, stage: stage))
        }
        if starts.isEmpty || (target.measure == .largeValueSeized && target.stage == .seized) {
            starts.append(AssetStart(assetNo: nil, asset: nil, stage: nil))
        }
        return starts
    }

    /// The last day on which the first step can happen with the quickest way still in time; nil where none is.
    private func lastDay(_ start: AssetStart) throws(MissingRule) -> Day? {
        guard try reached(start, .quickest, from: asOf).on <= limit else { return nil }
        var (low, high) = (0, max(0, limit - asOf))
        while low < high {
            let middle = (low + high + 1) / 2
            if try reached(start, .quickest, from: asOf + middle).on <= limit {
                low = middle
            } else {
                high = middle - 1
            }
        }
        var last = asOf + low
        while last > asOf, !law.calendar.isWorking(last) { last = last - 1 }
        return last
    }
}

/// Where the way of an asset starts; without an asset, at the seizure of one.
struct AssetStart {
    let assetNo: String?
    let asset: Asset?
    let stage: WalkStage?
}

/// Which way a forecast takes.
enum Haste { case quickest, safe }

extension CaseForecast {
    /// When the asset has come as far as the target asks, and the steps up to there, if its next step happens
    /// no sooner than `today`.
    private func reached(
        _ start: AssetStart, _ haste: Haste, from today: Day
    ) throws(MissingRule) -> (on: Day, steps: [SimulatedStep]) {
        let pace = SimulationLaw(table: law, today: today)
        let agreed = haste == .quickest && !file.stateRevenue
        let way = SimulationWay(
            procedure: haste == .quickest ? .shortened : .ordinary,
            reductions: agreed ? .agreed : .decided, rate: try pace.share("R-04", on: today))
        var walk: AuctionWalk
        let stage: WalkStage
        if let asset = start.asset, let known = start.stage {
            walk = AuctionWalk(
                of: asset, file: file, price: asset.nextStartingPrice(on: today), way: way,
                law: pace)
            stage = known
        } else {
            let seizedOn = pace.firstDay(onOrAfter: today)
            let fresh = Asset(assetNo: "", kind: .realEstate, seizedOn: seizedOn)
            walk = AuctionWalk(of: fresh, file: file, price: nil, way: way, law: pace)
            walk.enter(.seize, try pace.at(today, rule: "C-01"))
            stage = .toContractValuation(seizedOn: walk.at)
        }
        if target.measure == .largeValueSeized, target.stage == .seized {
            return (walk.at, walk.steps)
        }
        var search = PathSearch(from: walk, coercionCost: nil)
        try search.run(stage)
        return goal(search.paths, from: today)
    }

    private func goal(
        _ paths: [SimulatedPath], from today: Day
    ) -> (on: Day, steps: [SimulatedStep]) {
        let whole =
            paths.last { $0.goal == .reducedTwice } ?? paths.first { $0.goal == .inLieu }
            ?? paths.first
        let steps = whole?.steps ?? []
        guard target.measure == .largeValueSeized else {
            return (whole?.reachedOn ?? today, steps)
        }
        let action: SimulatedAction =
            target.stage == .contracted ? .auctionContract : .holdAuction
        let on = steps.first { $0.action == action }?.on
        return (on ?? whole?.reachedOn ?? today, steps)
    }
}
