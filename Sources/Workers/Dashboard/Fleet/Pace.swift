internal import Rules
internal import Wire

/// Where a target should be on a day, when the work is spread evenly over the campaign's days to the due day.
struct Pace: Sendable, Equatable {
    enum Position: Equatable, Sendable {
        case ahead, behind
    }

    let start: Day
    let due: Day
    let threshold: Ratio

    /// Nil for measures that must hold at any time and do not grow from nothing, and where the days do not fit.
    init?(_ target: ScoringV1.TargetResult, start: Day) {
        guard Pace.growing.contains(target.measure), let due = Day(iso: target.dueOn),
            let threshold = Ratio(decimal: target.threshold), due > start
        else { return nil }
        self.start = start
        self.due = due
        self.threshold = threshold
    }

    /// Measures whose numerator grows with the work done.
    private static let growing: Set = [
        "large_value_seized", "large_value_classified", "old_resolved_count", "old_resolved_money",
        "cases_done", "money_done", "cases_resolved", "money_resolved", "cases_seized",
        "stock_reduced",
    ]

    /// The threshold's part that belongs to the days gone by; the first day of the campaign is one of them.
    func expected(on day: Day) -> Ratio {
        let gone = min(max(day - start + 1, 0), due - start + 1)
        return threshold * Ratio(Int128(gone), Int128(due - start + 1))
    }

    /// Nil without a denominator, and once the target is settled.
    func position(of target: ScoringV1.TargetResult, on day: Day) -> Position? {
        guard target.state == "in_progress", target.denominator > 0 else { return nil }
        let rate = Ratio(Int128(target.numerator), Int128(target.denominator))
        return rate < expected(on: day) ? .behind : .ahead
    }
}

extension Ratio {
    /// A decimal text as rates travel, such as `0.800000`.
    init?(decimal text: String) {
        guard !text.hasPrefix("-") else { return nil }
        let sides = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(sides.count), let whole = Int64(sides[0]) else { return nil }
        guard sides.count == 2 else {
            self.init(Int128(whole), 1)
            return
        }
        guard sides[1].count <= 12, let part = Int64(sides[1]), part >= 0, whole >= 0 else {
            return nil
        }
        let unit = sides[1].reduce(Int128(1)) { power, _ in power * 10 }
        self.init(Int128(whole) * unit + Int128(part), unit)
    }

    /// For a place on a drawing.
    var drawn: Double { Double(numerator) / Double(denominator) }
}
