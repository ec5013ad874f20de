/// Whether a target will be met on its last day.
public enum ForecastState: String, Sendable, CaseIterable {
    /// Its last day is past, or it asks nothing: the score says all.
    case closed
    case met
    /// Reached even at the slowest pace so far.
    case onCourse = "on_course"
    /// Reached at the fastest pace so far, not at the slowest.
    case uncertain
    /// Beyond every pace so far; the cases that would reach it are there.
    case reachable
    /// All that is still open would not reach it.
    case lost
    /// The score is undetermined.
    case undetermined
}

/// Figures of a target on its last day: cases, or đồng.
public struct ForecastFigure: Sendable, Equatable {
    public let numerator: Int64
    public let denominator: Int64

    /// The exact rate; nil where the denominator is 0.
    public var rate: Ratio? {
        denominator == 0 ? nil : Ratio(Int128(numerator), Int128(denominator))
    }
}

/// A stretch of days behind the as-of day and what it brought.
public struct PacePeriod: Sendable, Equatable {
    public let start: Day
    public let end: Day
    /// What numerator and denominator gained, below zero where they lost.
    public let numerator: Int64
    public let denominator: Int64

    var days: Int32 { Int32(end - start) + 1 }
}

/// How a selection of cases stands towards the least that would do.
public enum SelectionProof: String, Sendable {
    /// No other selection costs less.
    case exact
    /// No selection has fewer cases; the surplus of money over what is missing is less than the least of them
    /// brings.
    case fewestCases = "fewest_cases"
    /// All open cases together do not close the gap.
    case insufficient
}

/// A case that is taken to close a gap.
public struct ClosingCase: Sendable, Equatable {
    public let decisionNo: String
    /// What it adds to the numerator: 1, or đồng.
    public let gain: Int64
    /// What remains of it on the day, in đồng.
    public let remaining: Int64
    /// The day that the auction calendar gives, for targets of large cases.
    public let reachedOn: Day?
    /// Something holds it: not enforceable, postponed, suspended or delegated; or the auction calendar needs the
    /// parties' consent.
    public let isHindered: Bool
}

/// The cheapest cases that close the gap between a target's figures and its threshold.
public struct GapClosing: Sendable, Equatable {
    /// What the numerator lacks, of the denominator forecast: cases, or đồng.
    public let missing: Int64
    public let proof: SelectionProof
    public let cases: [ClosingCase]
    /// Sum of their gains.
    public let gain: Int64
}

/// One target of one unit on its last day, as far as the day before tells.
public struct TargetForecast: Sendable, Equatable {
    /// As scored on the as-of day.
    public let result: TargetResult
    /// The last day on which anything can still count.
    public let lastDay: Day
    public let state: ForecastState
    /// At the slowest, the mean and the fastest pace so far; never beyond what is reachable.
    public let low: ForecastFigure
    public let middle: ForecastFigure
    public let high: ForecastFigure
    /// With all that is still open.
    public let reachable: ForecastFigure
    /// What the threshold asks of the middle's denominator.
    public let needed: Int64
    /// The stretches that the pace was taken from, the earliest first.
    public let periods: [PacePeriod]
    /// Nil where nothing is missing or nothing can be done.
    public let closing: GapClosing?
}
