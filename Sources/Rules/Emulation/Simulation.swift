/// Figures and weights put in the place of those that stand; nothing of it is kept.
public struct Supposition: Sendable {
    public struct Rate: Sendable {
        public let unit: String
        public let target: String
        public let rate: Ratio

        public init(unit: String, target: String, rate: Ratio) {
            self.unit = unit
            self.target = target
            self.rate = rate
        }
    }

    public var rates: [Rate]
    /// Base by criterion; 0 leaves the criterion out.
    public var weights: [String: Int]

    public init(rates: [Rate] = [], weights: [String: Int] = [:]) {
        self.rates = rates
        self.weights = weights
    }
}

extension EmulationTable {
    /// This table with other bases; floors, caps and bands move with their base.
    public func weighing(_ weights: [String: Int]) -> EmulationTable {
        var table = self
        table.criteria = criteria.compactMap { criterion in
            guard let base = weights[criterion.id] else { return criterion }
            return base > 0 ? criterion.weighing(base) : nil
        }
        return table
    }
}

extension Criterion {
    /// The same criterion with another base. Deductions and bonuses keep their points; bands and the floor keep
    /// their share of the base, rounded down.
    func weighing(_ newBase: Int) -> Criterion {
        var criterion = self
        criterion.base = newBase
        criterion.floor = floor * newBase / base
        criterion.cap = cap.map { newBase + $0 - base }
        if case .target(let id, var scale) = basis, case .bands(let bands) = scale.under {
            scale.under = .bands(
                bands.map {
                    RateBand(from: $0.from, to: $0.to, points: $0.points * newBase / base)
                })
            criterion.basis = .target(id: id, scale: scale)
        }
        return criterion
    }
}

/// The ranking with other figures and weights.
public func simulate(
    _ standings: [UnitStanding], _ supposition: Supposition, plan: CampaignPlan,
    cluster: String? = nil, asOf day: Day
) -> [EmulationRow] {
    var plan = plan
    plan.emulation = plan.emulation.weighing(supposition.weights)
    let supposed = standings.map { standing in
        var copy = standing
        for rate in supposition.rates where rate.unit == standing.unit.code {
            copy.results = copy.results.map {
                $0.id == rate.target ? $0.supposing(rate: rate.rate, asOf: day) : $0
            }
        }
        return copy
    }
    return rank(supposed, plan: plan, cluster: cluster)
}

/// How firmly the first place stands on one criterion.
public struct FirstPlaceSensitivity: Sendable, Equatable {
    public let criterion: String
    public let base: Int
    /// The nearest smaller base at which the first place changes, and who then has it; nil where none does.
    public let below: Change?
    /// The nearest larger base, up to the table's total.
    public let above: Change?
    /// Points of the criterion that the first unit must lose before another draws level, as far as it has so
    /// many; nil where it keeps the first place without them.
    public let pointsToLose: Ratio?

    public struct Change: Sendable, Equatable {
        public let base: Int
        /// Codes of those with rank 1.
        public let first: [String]

        public init(base: Int, first: [String]) {
            self.base = base
            self.first = first
        }
    }
}

/// For each criterion the smallest change of its base that moves the first place, by trying every base, and the
/// points that the first unit can lose there.
public func firstPlaceSensitivity(
    _ standings: [UnitStanding], plan: CampaignPlan, cluster: String? = nil
) -> [FirstPlaceSensitivity] {
    let now = rank(standings, plan: plan, cluster: cluster)
    let first = leaders(now)
    guard !first.isEmpty else { return [] }
    func change(_ criterion: Criterion, _ bases: some Sequence<Int>)
        -> FirstPlaceSensitivity.Change?
    {
        for base in bases {
            var other = plan
            other.emulation = plan.emulation.weighing([criterion.id: base])
            let found = leaders(rank(standings, plan: other, cluster: cluster))
            if found != first { return FirstPlaceSensitivity.Change(base: base, first: found) }
        }
        return nil
    }
    return plan.emulation.criteria.filter { !$0.levels.isDisjoint(with: EmulationLevel.units) }
        .map { criterion in
            let most = max(plan.emulation.total, criterion.base + 1)
            return FirstPlaceSensitivity(
                criterion: criterion.id, base: criterion.base,
                below: change(criterion, stride(from: criterion.base - 1, through: 0, by: -1)),
                above: change(criterion, (criterion.base + 1)...most),
                pointsToLose: pointsToLose(criterion.id, now, plan.emulation.total))
        }
}

private func leaders(_ rows: [EmulationRow]) -> [String] {
    rows.filter { $0.rank == 1 }.map(\.unit.code).sorted()
}

/// The lead over the best unit of a lower score, in points of the criterion; nil where the leader has fewer.
private func pointsToLose(_ id: String, _ rows: [EmulationRow], _ total: Int) -> Ratio? {
    guard let leader = rows.first, leader.rank == 1,
        let next = rows.first(where: { $0.rank != nil && $0.score < leader.score }),
        let points = leader.criteria.first(where: { $0.id == id })
    else { return nil }
    let base = leader.criteria.reduce(0) { $0 + $1.base }
    let lead = (leader.score - next.score) * Ratio(base) / Ratio(total)
    return lead <= points.earned ? lead : nil
}
