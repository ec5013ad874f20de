/// The province's results: for each target of the plan the sums over the units, judged by the same rule.
///
/// - Parameters:
///   - units: each unit's results, as `score` returned them.
///   - clusters: the cluster of each of them, for targets that are judged by clusters.
public func provinceTotals(
    _ units: [[TargetResult]], clusters: [String?] = [], plan: CampaignPlan, asOf day: Day
) -> [TargetResult] {
    plan.targets.map { target in
        let found = units.map { results in results.first { $0.id == target.id } }
        let total = ScopeTotal(target, found.compactMap { $0 }, plan: plan, asOf: day)
        guard target.scope == .cluster else { return total.result }
        var members: [String: [TargetResult]] = [:]
        for (result, cluster) in zip(found, clusters) {
            if let result { members[cluster ?? "", default: []].append(result) }
        }
        let parts = members.sorted { $0.key < $1.key }.map { key, results in
            ScopeTotal(target, results, plan: plan, asOf: day).part(key)
        }
        return total.result.judged(by: parts, each: target.asks.absolute)
    }
}

/// The sum of several units' results of one target.
private struct ScopeTotal {
    let result: TargetResult

    init(_ target: Target, _ results: [TargetResult], plan: CampaignPlan, asOf day: Day) {
        var tally = Tally()
        for result in results { tally.add(result) }
        if let absolute = target.asks.absolute,
            target.scope == .cluster || target.scope == .province
        {
            tally.setDenominator(absolute)
        }
        let figure = tally.figure
        var threshold = target.threshold
        switch target.asks {
        case .share, .atLeast: break
        case .bands:
            // What the units owe together: each its band's share of its own denominator.
            let owed = results.reduce(Ratio(0)) {
                $0 + $1.threshold * Ratio(Int128($1.denominator), 1)
            }
            if figure.denominator > 0 { threshold = owed / Ratio(Int128(figure.denominator), 1) }
        case .lastYear(let plus):
            let before = results.compactMap(\.before)
            let former = FormerFigure(
                numerator: before.reduce(0) { $0 + $1.numerator },
                denominator: before.reduce(0) { $0 + $1.denominator })
            if former.denominator > 0 { threshold = former.asked(plus: plus) }
            var sum = tally.result(
                of: target, asks: threshold, due: plan.due(target), asOf: day, notes: [])
            sum.before = former
            result = sum
            return
        }
        result = tally.result(
            of: target, asks: threshold, due: plan.due(target), asOf: day, notes: [])
    }

    func part(_ key: String) -> ScopePart {
        ScopePart(
            key: key, numerator: result.numerator, denominator: result.denominator,
            threshold: result.threshold, state: result.state)
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
