/// The table of points of one campaign: dated data in the plan file, not code.
public struct EmulationTable: Sendable {
    public var criteria: [Criterion]
    public var tieBreaks: [TieBreak]
    /// True where the table is an official text; the sample's is ours.
    public var verified: Bool

    public init(criteria: [Criterion], tieBreaks: [TieBreak], verified: Bool) {
        self.criteria = criteria
        self.tieBreaks = tieBreaks
        self.verified = verified
    }

    public static let empty = EmulationTable(criteria: [], tieBreaks: [], verified: false)
}

public struct Criterion: Sendable {
    public var id: String
    public var base: Int
    public var basis: Basis

    /// How points are earned.
    public enum Basis: Sendable {
        /// By a target's rate: see `RateScale`.
        case target(id: String, scale: RateScale)
        /// −`perDay` for each working day late of these reports, floor 0.
        case deadlines(reports: [ReportKind], perDay: Int)
        /// −`each` for each violation found in [S, D], floor 0; a serious one disqualifies.
        case violations(each: Int)
    }

    public init(id: String, base: Int, basis: Basis) {
        self.id = id
        self.base = base
        self.basis = basis
    }
}

/// Under the threshold either pro rata (base × rate ÷ threshold) or a deduction per started step;
/// over it a bonus per full step, at most `bonusCap`.
public struct RateScale: Sendable {
    public enum Under: Sendable {
        case proRata
        /// Points off per started step of `perStartedStep` percentage points under the threshold.
        case deduct(points: Int, perStartedStep: Int)
    }

    public var under: Under
    /// Points per full `bonusStep` percentage points over the threshold; 0 = no bonus.
    public var bonusPoints: Int
    public var bonusStep: Int
    public var bonusCap: Int

    public init(under: Under, bonusPoints: Int = 0, bonusStep: Int = 1, bonusCap: Int = 0) {
        self.under = under
        self.bonusPoints = bonusPoints
        self.bonusStep = bonusStep
        self.bonusCap = bonusCap
    }
}

public enum TieBreak: String, Sendable, CaseIterable {
    case fewerViolations = "fewer_violations"
    case oldResolvedMoneyRate = "old_resolved_money_rate"
    case largerStock = "larger_stock"
    case earlierReport = "earlier_report"
}
