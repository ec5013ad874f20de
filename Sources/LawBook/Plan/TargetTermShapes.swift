internal import Rules
internal import StrictYAML

/// For whom a target is judged, over which cases, and in which rounds.
struct TargetTerms {
    var population: Population?
    var base: TargetBase?
    var scope: TargetScope

    init(reading map: Fields) {
        population = map.optional("population", .population)
        base = map.optional("base", .base)
        scope = map.optional("scope", .choice(), or: .unit)
    }

    /// Refuses what the measure does not read.
    func refuseUnfitting(_ measure: Measure, _ map: Fields) {
        for key in ["population", "base"] where map.has(key) && !measure.readsPopulation {
            map.refuse(
                key, "has no meaning for \(measure.rawValue), which counts over no population",
                "remove it, or use a measure such as cases_resolved")
        }
        if measure.report != nil, scope == .officer || scope == .category {
            map.refuse(
                "scope", "is '\(scope.rawValue)', and \(measure.rawValue) is a duty of the unit",
                "use unit, cluster or province")
        }
    }
}

extension Shape where Value == TargetBase {
    /// `moving`, or `{frozen_on: DATE}`.
    static var base: Shape<TargetBase> {
        Shape { node, reading in
            guard case .scalar = node.content else { return frozen.read(node, reading) }
            return Shape<MovingBase>.choice().read(node, reading).map { _ in .moving }
        }
    }

    private static var frozen: Shape<TargetBase> {
        .mapping { map in map.required("frozen_on", .planDay).map { .frozen(on: $0) } }
    }
}

private enum MovingBase: String, CaseIterable { case moving }

extension Shape where Value == Threshold {
    /// A share, or one of `{bands}`, `{at_least}`, `{last_year_plus}`.
    static var threshold: Shape<Threshold> {
        Shape { node, reading in
            guard case .scalar = node.content else { return other.read(node, reading) }
            return Shape<Ratio>.share.read(node, reading).map { .share($0) }
        }
    }

    private static var other: Shape<Threshold> {
        .mapping { map in
            let bands = map.optional("bands", .list(.band, atLeast: 1))
            let atLeast = map.optional("at_least", .integer(in: 1...1_000_000_000_000_000))
            let plus = map.optional("last_year_plus", .share)
            let given = ["bands", "at_least", "last_year_plus"].filter(map.has)
            guard given.count == 1, let key = given.first else {
                map.refuse(
                    given.last ?? "bands",
                    given.isEmpty
                        ? "is missing, and so are 'at_least' and 'last_year_plus'"
                        : "stands beside '\(given[0])'", "give just one of them")
                return nil
            }
            switch key {
            case "at_least": return atLeast.map { .atLeast(Int64($0)) }
            case "last_year_plus": return plus.map { .lastYear(plus: $0) }
            default:
                guard let bands else { return nil }
                return refuseDisorder(bands, map) ? nil : .bands(bands)
            }
        }
    }

    /// The bands ascend, and only the last has no end.
    private static func refuseDisorder(_ bands: [CaseloadBand], _ map: Fields) -> Bool {
        for (band, next) in zip(bands, bands.dropFirst())
        where (band.upTo ?? Int.max) >= (next.upTo ?? Int.max) {
            map.refuse(
                "bands",
                "do not ascend: \(band.upTo.map(String.init) ?? "no end") comes before "
                    + "\(next.upTo.map(String.init) ?? "no end")",
                "order them by 'up_to', the one without it last")
            return true
        }
        return false
    }
}

extension Shape where Value == CaseloadBand {
    fileprivate static var band: Shape<CaseloadBand> {
        .mapping { map in
            let upTo = map.optional("up_to", .integer(in: 0...10_000_000))
            guard let share = map.required("threshold", .share) else { return nil }
            return CaseloadBand(upTo: upTo, share: share)
        }
    }
}

/// One round of a target that is judged several times.
private struct Round {
    let id: String
    let window: DayRange
    let dueOn: Day?
    let asks: Threshold?
}

extension Shape where Value == Round {
    fileprivate static var round: Shape<Round> {
        .mapping { map in
            let id = map.required("id", .planID)
            let window = map.required("window", .dayRange)
            let dueOn = map.optional("due_on", .planDay)
            let asks = map.optional("threshold", .threshold)
            guard let id, let window else { return nil }
            return Round(id: id, window: window, dueOn: dueOn, asks: asks)
        }
    }
}

extension TargetDraft {
    /// The target itself, or one a round or a month: `ID-ROUND`, `ID-2022-03`.
    func rounds(_ map: Fields) -> [TargetDraft] {
        let rounds = map.optional("rounds", .list(.round, atLeast: 1))
        let monthly = map.optional("monthly", .flag, or: false)
        let days = map.optional("due_days", .integer(in: 0...60), or: 0)
        if monthly, map.has("rounds") {
            map.refuse("monthly", "stands beside 'rounds'", "keep one of them")
            return [self]
        }
        if map.has("due_days"), !monthly {
            map.refuse(
                "due_days", "counts from a month's end", "set 'monthly: true', or use 'due_on'")
        }
        if let rounds { return rounds.map { split(at: $0) } }
        guard monthly else { return [self] }
        guard let window else {
            map.refuse("monthly", "needs the target's own window", "add 'window: {start, end}'")
            return [self]
        }
        return months(of: window).map { month in
            split(
                at: Round(
                    id: month.id, window: month.window, dueOn: month.window.end + days, asks: nil))
        }
    }

    private func split(at round: Round) -> TargetDraft {
        var draft = self
        draft.id = id.map { "\($0)-\(round.id)" }
        draft.window = round.window
        draft.dueOn = round.dueOn ?? round.window.end
        draft.asks = round.asks ?? asks
        return draft
    }

    /// From the window's start to the end of each of its months: the figures are cumulative.
    private func months(of window: DayRange) -> [(id: String, window: DayRange)] {
        var months: [(String, DayRange)] = []
        var end = min(window.start.endOfMonth, window.end)
        while true {
            let (year, month, _) = end.civil
            months.append(
                (
                    "\(year)-\(month < 10 ? "0" : "")\(month)",
                    DayRange(start: window.start, end: end)
                ))
            guard end < window.end else { return months }
            end = min((end + 1).endOfMonth, window.end)
        }
    }
}
