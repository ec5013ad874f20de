/// The table of points of one campaign: dated data in the plan file, not code.
public struct EmulationTable: Sendable {
    public var criteria: [Criterion]
    public var tieBreaks: [TieBreak]
    /// True where the table is an official text; the sample's is ours.
    public var verified: Bool
    /// The year whose table it is; nil where the plan does not say.
    public var year: Int?
    /// What the points earned are scaled to.
    public var total = 100
    /// A score below it is out of the ranking; nil = no floor.
    public var floorScore: Int?
    /// What takes a unit out of the ranking; nil = a serious violation, where violations count at all.
    public var disqualifiers: [Disqualifier]?
    /// Names of ranges of the score, from the lowest; empty where the table has none.
    public var labels: [ScoreLabel] = []
    /// Who may score, review and decide.
    public var roles: [EmulationRole] = []
    /// How long a unit may object, and how long the answer may take; nil = until the decision.
    public var objections: ObjectionPeriods?

    public init(criteria: [Criterion], tieBreaks: [TieBreak], verified: Bool) {
        self.criteria = criteria
        self.tieBreaks = tieBreaks
        self.verified = verified
    }

    public static let empty = EmulationTable(criteria: [], tieBreaks: [], verified: false)

    public func criterion(_ id: String) -> Criterion? { criteria.first { $0.id == id } }

    /// The criteria for a unit of that level, or for officers.
    public func criteria(for level: EmulationLevel) -> [Criterion] {
        criteria.filter { $0.levels.contains(level) }
    }
}

/// Whom a criterion is for.
public enum EmulationLevel: String, Sendable, CaseIterable {
    case province, district, officer

    /// The levels of units, for which a criterion is unless it says otherwise.
    public static let units: Set<EmulationLevel> = [.province, .district]
}

public struct Criterion: Sendable {
    public var id: String
    public var base: Int
    public var basis: Basis
    public var levels: Set<EmulationLevel>
    /// Points earned at least, whatever is taken off; 0 … base.
    public var floor: Int
    /// Points earned and bonus together at most; nil = base and the bonus's own cap.
    public var cap: Int?

    /// How points are earned.
    public enum Basis: Sendable {
        /// By a target's rate: see `RateScale`.
        case target(id: String, scale: RateScale)
        /// −`perDay` for each working day late of these reports.
        case deadlines(reports: [ReportKind], perDay: Int)
        /// −`each` for each violation found in [S, D].
        case violations(each: Int)
        /// By people, on the score sheet; whether they must name their evidence.
        case manual(evidence: Bool)
    }

    public init(
        id: String, base: Int, basis: Basis, levels: Set<EmulationLevel> = EmulationLevel.units,
        floor: Int = 0, cap: Int? = nil
    ) {
        self.id = id
        self.base = base
        self.basis = basis
        self.levels = levels
        self.floor = floor
        self.cap = cap
    }

    /// The most that the bonus can come to.
    public var bonusMaximum: Int {
        guard case .target(_, let scale) = basis, scale.bonusPoints > 0 else { return 0 }
        return cap.map { max(0, min(scale.bonusCap, $0 - base)) } ?? scale.bonusCap
    }

    public var isManual: Bool {
        if case .manual = basis { return true }
        return false
    }
}

/// How a rate becomes points: under the threshold pro rata (base × rate ÷ threshold) or a deduction per
/// started step, or by bands of the rate; over the threshold a bonus per full step, at most `bonusCap`.
public struct RateScale: Sendable {
    public enum Under: Sendable {
        case proRata
        /// Points off per started step of `perStartedStep` percentage points under the threshold.
        case deduct(points: Int, perStartedStep: Int)
        /// The points of the band that the rate lies in, under the threshold and over it.
        case bands([RateBand])
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

/// The points of rates from `from` (included) up to `to` (not included; nil = without end).
public struct RateBand: Sendable {
    public let from: Ratio
    public let to: Ratio?
    public let points: Int

    public init(from: Ratio, to: Ratio?, points: Int) {
        self.from = from
        self.to = to
        self.points = points
    }

    public func holds(_ rate: Ratio) -> Bool { from <= rate && (to.map { rate < $0 } ?? true) }
}

/// The name of a range of the score, from `from` (included) up to `to` (not included; nil = without end).
public struct ScoreLabel: Sendable {
    public let label: String
    public let from: Int
    public let to: Int?

    public init(label: String, from: Int, to: Int?) {
        self.label = label
        self.from = from
        self.to = to
    }

    public func holds(_ score: Ratio) -> Bool {
        Ratio(from) <= score && (to.map { score < Ratio($0) } ?? true)
    }
}

/// What takes a unit out of the ranking; its score is still shown.
public enum Disqualifier: Sendable {
    case seriousViolations(atLeast: Int)
    case violations(atLeast: Int)
    /// The rate of a target below this share once the target is due.
    case target(id: String, below: Ratio)
    /// More working days late than this.
    case lateReport(ReportKind, moreThan: Int)
    /// Fewer points earned of a criterion.
    case criterion(id: String, below: Int)
}

/// Periods for objections, in working days.
public struct ObjectionPeriods: Sendable {
    /// From the review or the decision to the objection.
    public let days: Int
    /// From the objection to its answer.
    public let answerDays: Int

    public init(days: Int, answerDays: Int) {
        self.days = days
        self.answerDays = answerDays
    }
}

public enum TieBreak: String, Sendable, CaseIterable {
    case fewerViolations = "fewer_violations"
    case oldResolvedMoneyRate = "old_resolved_money_rate"
    case oldResolvedCountRate = "old_resolved_count_rate"
    case largeValueSeizedRate = "large_value_seized_rate"
    case largerStock = "larger_stock"
    case fewerDaysLate = "fewer_days_late"
    case earlierReport = "earlier_report"
}
