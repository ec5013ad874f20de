/// The province's results: for each target of the plan the sums over the units, judged by the same rule.
///
/// - Parameters:
///   - units: each unit's results, as `score` returned them.
///   - clusters: the cluster of each of them, for targets that are judged by clusters.
public func provinceTotals(
    _ units: [[TargetResult]], clusters: [String?] = [], plan: CampaignPlan, asOf day: Day
) -> [TargetResult] {
    var count = ProvinceCount(plan: plan, asOf: day)
    for (index, results) in units.enumerated() {
        count.add(results, cluster: index < clusters.count ? clusters[index] : nil)
    }
    return count.results
}

/// The sums of the units' results. What a unit adds can be taken off again.
public struct ProvinceCount: Sendable {
    private let plan: CampaignPlan
    private let day: Day
    private var totals: [ScopeTotal]
    private var clusters: [[String: ScopeTotal]]

    public init(plan: CampaignPlan, asOf day: Day) {
        self.plan = plan
        self.day = day
        totals = plan.targets.map { _ in ScopeTotal() }
        clusters = plan.targets.map { _ in [:] }
    }

    /// Adds a unit's results.
    public mutating func add(_ results: [TargetResult], cluster: String?) {
        change(results, cluster, times: 1)
    }

    public mutating func remove(_ results: [TargetResult], cluster: String?) {
        change(results, cluster, times: -1)
    }

    private mutating func change(_ results: [TargetResult], _ cluster: String?, times sign: Int) {
        for (index, target) in plan.targets.enumerated() {
            guard let result = results.first(where: { $0.id == target.id }) else { continue }
            totals[index].add(result, to: target, times: sign)
            guard target.scope == .cluster else { continue }
            let key = cluster ?? ""
            clusters[index][key, default: ScopeTotal()].add(result, to: target, times: sign)
            if clusters[index][key]?.isEmpty == true { clusters[index][key] = nil }
        }
    }

    /// One result a target, in the plan's order.
    public var results: [TargetResult] {
        plan.targets.enumerated().map { index, target in
            let result = totals[index].result(of: target, plan: plan, asOf: day)
            guard target.scope == .cluster else { return result }
            let parts = clusters[index].sorted { $0.key < $1.key }.map { key, total in
                total.result(of: target, plan: plan, asOf: day).part(key)
            }
            return result.judged(by: parts, each: target.asks.absolute)
        }
    }
}

/// The sum of several units' results of one target.
private struct ScopeTotal: Sendable {
    private var tally = Tally()
    private var units = 0
    /// What the units owe together where the threshold goes by bands: each its band's share of its own
    /// denominator.
    private var owed = Ratio(0)
    /// The year before; wide enough never to overflow.
    private var former: (numerator: Int128, denominator: Int128) = (0, 0)

    var isEmpty: Bool { units == 0 }

    mutating func add(_ result: TargetResult, to target: Target, times sign: Int) {
        units += sign
        tally.add(result, times: sign)
        switch target.asks {
        case .share, .atLeast: break
        case .bands:
            owed = owed + result.threshold * Ratio(Int128(result.denominator) * Int128(sign), 1)
        case .lastYear:
            former.numerator += Int128(result.before?.numerator ?? 0) * Int128(sign)
            former.denominator += Int128(result.before?.denominator ?? 0) * Int128(sign)
        }
    }

    func result(of target: Target, plan: CampaignPlan, asOf day: Day) -> TargetResult {
        var tally = tally
        if let absolute = target.asks.absolute,
            target.scope == .cluster || target.scope == .province
        {
            tally.setDenominator(absolute)
        }
        let denominator = tally.figure.denominator
        var threshold = target.threshold
        var before: FormerFigure?
        switch target.asks {
        case .share, .atLeast: break
        case .bands:
            if denominator > 0 { threshold = owed / Ratio(Int128(denominator), 1) }
        case .lastYear(let plus):
            let figure = FormerFigure(
                numerator: Int64(clamping: former.numerator),
                denominator: Int64(clamping: former.denominator))
            if figure.denominator > 0 { threshold = figure.asked(plus: plus) }
            before = figure
        }
        var result = tally.result(
            of: target, asks: threshold, due: plan.due(target), asOf: day, notes: [])
        result.before = before
        return result
    }
}

extension TargetResult {
    /// The same as a part of a scope.
    fileprivate func part(_ key: String) -> ScopePart {
        ScopePart(
            key: key, numerator: numerator, denominator: denominator, threshold: threshold,
            state: state)
    }
}

extension Threshold {
    /// The number that is asked; nil for a share.
    var absolute: Int64? {
        if case .atLeast(let amount) = self { return amount }
        return nil
    }
}

extension Target {
    /// How many times a unit owes the number that is asked: once for itself or for each part of it, not at all
    /// where units are judged together.
    func share(of parts: Int) -> Int {
        switch scope {
        case .unit: 1
        case .officer, .category: parts
        case .cluster, .province: 0
        }
    }
}

extension TargetResult {
    /// The same with the parts of its scope: met when all that apply are met.
    func judged(by parts: [ScopePart], each absolute: Int64? = nil) -> TargetResult {
        guard !parts.isEmpty else { return self }
        var result = self
        result.parts = parts
        let states = parts.map(\.state).filter { $0 != .notApplicable }
        if result.state != .undetermined {
            result.state =
                [.undetermined, .notMet, .inProgress].first(where: states.contains)
                ?? (states.isEmpty ? .notApplicable : .met)
        }
        if let absolute {
            result.denominator =
                absolute.multipliedReportingOverflow(by: Int64(parts.count))
                .partialValue
        }
        return result
    }
}
