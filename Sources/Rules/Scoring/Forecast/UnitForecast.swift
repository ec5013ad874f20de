/// Forecasts every target of a unit for its last day: the range from the pace of the fortnights behind, bounded
/// by what is still open and by the auction calendar; whether that reaches the threshold; and the cheapest cases
/// that would.
///
/// A forecast reads the facts up to `day` alone. Measures of a report have none but their state.
public func forecast(
    of unit: UnitFile, plan: CampaignPlan, law: LawTable, asOf day: Day
) -> [TargetForecast] {
    let results = score(unit: unit, plan: plan, law: law, asOf: day)
    let outlook = auctionOutlook(of: unit, plan: plan, law: law, asOf: day)
    var former = FormerScores(unit: unit, plan: plan, law: law)
    return zip(plan.targets, results).map { target, result in
        let outlook = outlook.targets.first { $0.id == target.id }
        let periods = target.periods(before: day, plan: plan).map { range -> PacePeriod in
            let (from, to) = (
                former.figure(target.id, on: range.start - 1),
                former.figure(target.id, on: range.end)
            )
            return PacePeriod(
                start: range.start, end: range.end, numerator: to.numerator - from.numerator,
                denominator: to.denominator - from.denominator)
        }
        let counting = Counting(target: target, plan: plan, law: law, asOf: day)
        let open = OpenCases(of: unit, by: counting, outlook: outlook)
        return TargetCourse(
            target: target, result: result, day: day, lastDay: target.lastDay(in: plan),
            periods: periods, open: open
        ).forecast
    }
}

/// The unit's scores on days behind, each day once.
private struct FormerScores {
    let unit: UnitFile
    let plan: CampaignPlan
    let law: LawTable
    private var known: [Day: [TargetResult]] = [:]

    init(unit: UnitFile, plan: CampaignPlan, law: LawTable) {
        self.unit = unit
        self.plan = plan
        self.law = law
    }

    mutating func figure(_ id: String, on day: Day) -> FormerFigure {
        let results = known[day] ?? score(unit: unit, plan: plan, law: law, asOf: day)
        known[day] = results
        let found = results.first { $0.id == id }
        return FormerFigure(
            numerator: found?.numerator ?? 0, denominator: found?.denominator ?? 0)
    }
}

extension Target {
    /// The last day on which anything counts: the due day, or the window's end where that is earlier.
    func lastDay(in plan: CampaignPlan) -> Day {
        switch measure {
        case .largeValueClassified, .violationsRepaired: dueOn
        case .listsSubmitted, .reportSubmitted: plan.due(self)
        default: min(dueOn, (window ?? plan.window).end)
        }
    }

    /// Fortnights from the window's start to `day`, the latest ending on it; at most six. What is left at the
    /// start joins the earliest.
    func periods(before day: Day, plan: CampaignPlan) -> [DayRange] {
        guard measure.report == nil else { return [] }
        let start = (window ?? plan.window).start
        var end = min(day, lastDay(in: plan))
        var periods: [DayRange] = []
        while end >= start, periods.count < Pace.mostPeriods {
            var first = end - (Pace.periodDays - 1)
            if first - start < Pace.periodDays { first = start }
            periods.append(DayRange(start: first, end: end))
            end = first - 1
        }
        return periods.reversed()
    }
}

/// The convention of the pace.
enum Pace {
    static let periodDays = 14
    static let mostPeriods = 6
}

/// Puts one target's forecast together.
private struct TargetCourse {
    let target: Target
    let result: TargetResult
    let day: Day
    let lastDay: Day
    let periods: [PacePeriod]
    let open: OpenCases

    var forecast: TargetForecast {
        let middle = figure(.mean)
        let needed = needed(of: middle.denominator)
        let (low, high) = (figure(.slowest), figure(.fastest))
        let gap = max(0, needed - result.numerator)
        let closes = gap > 0 && isOpen && target.measure.report == nil
        return TargetForecast(
            result: result, lastDay: lastDay,
            state: state(low: low, high: high, needed: needed), low: low, middle: middle,
            high: high, reachable: reachable, needed: needed, periods: periods,
            closing: closes ? open.closing(gap, money: result.countUnit == .money) : nil)
    }

    /// The target is asked for and its last day is not past.
    private var isOpen: Bool {
        day < lastDay && result.denominator > 0 && result.state != .undetermined
    }

    private func state(low: ForecastFigure, high: ForecastFigure, needed: Int64) -> ForecastState {
        if result.state == .undetermined { return .undetermined }
        guard isOpen else { return result.state == .met ? .met : .closed }
        if result.state == .met { return .met }
        if target.measure.report != nil { return .reachable }
        if low.numerator >= needed { return .onCourse }
        if high.numerator >= needed { return .uncertain }
        return reachable.numerator >= needed ? .reachable : .lost
    }

    private func needed(of denominator: Int64) -> Int64 {
        Int64(clamping: (result.threshold * Ratio(Int128(denominator), 1)).ceiling)
    }

    private var reachable: ForecastFigure {
        ForecastFigure(
            numerator: isOpen ? result.numerator + open.gain : result.numerator,
            denominator: result.denominator)
    }

    private enum Speed { case slowest, mean, fastest }

    private func figure(_ speed: Speed) -> ForecastFigure {
        guard isOpen, !periods.isEmpty else {
            return ForecastFigure(
                numerator: result.numerator, denominator: result.denominator)
        }
        let left = Int128(lastDay - day)
        let days = Int128(periods.reduce(0) { $0 + $1.days })
        let grown = periods.reduce(Int128(0)) { $0 + Int128($1.denominator) }
        let joined = target.measure.hasFixedBase ? 0 : max(0, grown * left / days)
        let denominator = Int128(result.denominator) + joined
        let gained: Int128
        switch speed {
        case .mean:
            let sum = periods.reduce(Int128(0)) { $0 + Int128($1.numerator) }
            gained = Ratio(sum * left, days).nearest
        case .slowest:
            gained =
                periods.map { Ratio(Int128($0.numerator) * left, Int128($0.days)) }.min()?.floor
                ?? 0
        case .fastest:
            gained =
                periods.map { Ratio(Int128($0.numerator) * left, Int128($0.days)) }.max()?
                .ceiling ?? 0
        }
        // What joins later may count, too; what is open today bounds the rest.
        let most = Int128(result.numerator) + Int128(open.gain) + joined
        return ForecastFigure(
            numerator: Int64(
                clamping: min(max(Int128(result.numerator) + gained, 0), most, denominator)),
            denominator: Int64(clamping: denominator))
    }
}

extension Measure {
    /// Its denominator is that of a list or a frozen base, or of money before the window.
    fileprivate var hasFixedBase: Bool {
        switch self {
        case .largeValueSeized, .largeValueClassified, .oldResolvedCount, .oldResolvedMoney: true
        default: false
        }
    }
}

extension Ratio {
    /// The nearest whole number, halves up.
    fileprivate var nearest: Int128 { (self + Ratio(1, 2)).floor }
}
