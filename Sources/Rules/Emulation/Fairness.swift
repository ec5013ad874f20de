/// How a unit's cases are made, and what that does to its rate. Shown beside the score, never inside it.
///
/// The stock are the cases that stood enforceable on the day before the window: not finished, not M-01. The rate
/// is the share of them that was completed or terminated within the window.
public struct FairnessStanding: Sendable {
    public let unit: Unit
    /// By age on the day before the window, youngest first; all units have the same bands.
    public let bands: [Band]
    /// Officers on the unit's list.
    public let officers: Int
    /// Of the stock: decided by the day that old cases are counted to.
    public let old: Int

    public struct Band: Sendable, Equatable {
        /// Whole years, `from` included, `to` not; nil = without end.
        public let fromYears: Int
        public let toYears: Int?
        public var cases = 0
        public var resolved = 0
    }

    public var stock: Int { bands.reduce(0) { $0 + $1.cases } }
    public var resolved: Int { bands.reduce(0) { $0 + $1.resolved } }
    public var rate: Ratio? { share(resolved, stock) }
    public var oldShare: Ratio? { share(old, stock) }
    /// Cases for each officer.
    public var load: Ratio? { share(stock, officers) }
}

private func share(_ part: Int, _ whole: Int) -> Ratio? {
    whole == 0 ? nil : Ratio(Int128(part), Int128(whole))
}

/// Where the bands of age begin, in whole years.
private let ageEdges = [0, 1, 3, 5]
/// Age from which a case counts as old, where the plan has no list of old cases.
private let oldYears = 4

extension FairnessStanding {
    public init(_ file: UnitFile, officers: Int, plan: CampaignPlan, asOf day: Day) {
        unit = file.unit
        self.officers = officers
        let before = plan.window.start - 1
        let end = min(day, plan.window.end)
        let oldUntil =
            plan.list("old_case")?.population?.decisionUntil
            ?? before.adding(years: -oldYears)
        var bands = zip(ageEdges, ageEdges.dropFirst().map { Optional($0) } + [nil]).map {
            Band(fromYears: $0, toYears: $1)
        }
        var old = 0
        for file in file.cases where file.isStock(on: before) {
            let age = file.ageInYears(on: before)
            let index = bands.lastIndex { $0.fromYears <= age } ?? 0
            bands[index].cases += 1
            if file.decisionOn <= oldUntil { old += 1 }
            if end >= plan.window.start, file.isFinished(on: end) { bands[index].resolved += 1 }
        }
        self.bands = bands
        self.old = old
    }
}

extension CaseFile {
    /// Decided by `day`, neither finished nor M-01.
    fileprivate func isStock(on day: Day) -> Bool {
        decisionOn <= day && !isFinished(on: day) && !isNotEnforceable(on: day)
    }

    /// Whole years from the decision to `day`.
    fileprivate func ageInYears(on day: Day) -> Int {
        var years = max(0, day.civil.year - decisionOn.civil.year)
        if years > 0, decisionOn.adding(years: years) > day { years -= 1 }
        return years
    }
}

/// A unit's rate beside the ones that allow for age and load.
public struct FairnessView: Sendable {
    public let standing: FairnessStanding
    /// What the province's rates by age would make of the unit's own stock.
    public let expected: Ratio?
    /// rate × province's rate ÷ expected: as if every unit had the province's ages (indirect standardisation).
    public let ageAdjusted: Ratio?
    /// rate × load ÷ province's load: cases resolved for each officer, on the scale of the rate.
    public let loadAdjusted: Ratio?
}

/// The views of all units, and the province's rate and load; all fractions are exact.
public func fairness(
    _ standings: [FairnessStanding]
) -> (views: [FairnessView], rate: Ratio?, load: Ratio?) {
    let stock = standings.reduce(0) { $0 + $1.stock }
    let resolved = standings.reduce(0) { $0 + $1.resolved }
    let officers = standings.reduce(0) { $0 + $1.officers }
    let rate = share(resolved, stock)
    let load = share(stock, officers)
    let provinceBands = (standings.first?.bands ?? []).indices.map { index in
        share(
            standings.reduce(0) { $0 + $1.bands[index].resolved },
            standings.reduce(0) { $0 + $1.bands[index].cases })
    }
    let views = standings.map { standing in
        let expected = standing.expected(provinceBands)
        return FairnessView(
            standing: standing, expected: expected,
            ageAdjusted: product(standing.rate, rate, over: expected),
            loadAdjusted: product(standing.rate, standing.load, over: load))
    }
    return (views, rate, load)
}

private func product(_ a: Ratio?, _ b: Ratio?, over c: Ratio?) -> Ratio? {
    guard let a, let b, let c, c > .zero else { return nil }
    return a * b / c
}

extension FairnessStanding {
    /// Σ own cases × province's rate of the band ÷ own cases.
    fileprivate func expected(_ province: [Ratio?]) -> Ratio? {
        guard stock > 0 else { return nil }
        var sum = Ratio.zero
        for (band, rate) in zip(bands, province) where band.cases > 0 {
            sum += Ratio(band.cases) * (rate ?? .zero)
        }
        return sum / Ratio(stock)
    }
}
