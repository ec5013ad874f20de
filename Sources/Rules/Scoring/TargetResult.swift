/// Where a target stands.
public enum TargetState: String, Sendable, CaseIterable {
    case met
    case notMet = "not_met"
    case inProgress = "in_progress"
    case notApplicable = "not_applicable"
    /// A value of the law that the count needs is missing; the notes name it.
    case undetermined
}

/// What the numerator and the denominator count.
public enum CountUnit: String, Sendable { case cases, money }

/// A part of the numerator of a money measure, in đồng, also where the plan does not count it.
public struct SplitPart: Hashable, Sendable {
    public let part: MoneyPart
    public let amount: Int64

    public init(part: MoneyPart, amount: Int64) {
        self.part = part
        self.amount = amount
    }
}

/// One target of one unit, or of the province, on a day.
public struct TargetResult: Sendable, Equatable {
    public let id: String
    public let measure: Measure
    /// Paragraph of the plan.
    public let paragraph: String
    /// Cases, or đồng for money measures.
    public let numerator: Int64
    public internal(set) var denominator: Int64
    public let threshold: Ratio
    public internal(set) var state: TargetState
    /// The due day as the plan's settings read it.
    public let dueOn: Day
    /// The parts of a money measure; empty for the others.
    public let split: [SplitPart]
    /// Working days late, of one unit's report measures that apply; nil for the others.
    public let daysLate: Int?
    /// Ids of the rules used that nobody has checked against the text.
    public let unverified: [String]
    /// What a reader should know, in Vietnamese.
    public let notes: [String]
    public var scope: TargetScope = .unit
    /// Officers, categories or clusters, where the target is judged by them; sorted by key.
    public internal(set) var parts: [ScopePart] = []
    /// The figures of the year before, where the target is compared with them.
    public internal(set) var before: FormerFigure?

    public var countUnit: CountUnit { measure.countUnit }

    /// The exact rate; nil where the denominator is 0.
    public var rate: Ratio? {
        denominator == 0 ? nil : Ratio(Int128(numerator), Int128(denominator))
    }
}

extension Measure {
    public var countUnit: CountUnit {
        switch self {
        case .oldResolvedMoney, .moneyResolved, .moneyDone: .money
        default: .cases
        }
    }

    /// Measures that are counted over a population of the target's own.
    public var readsPopulation: Bool {
        switch self {
        case .casesDone, .moneyDone, .casesResolved, .moneyResolved, .casesSeized, .stockReduced,
            .coercionsDone:
            true
        default: false
        }
    }

    /// Measures whose numerator is shown split by where the money came from.
    public var hasSplit: Bool { self == .oldResolvedMoney || self == .moneyResolved }

    /// Measures that are counted over a list of the plan.
    public var readsList: Bool {
        switch self {
        case .largeValueSeized, .largeValueClassified, .oldResolvedCount, .oldResolvedMoney: true
        default: false
        }
    }

    /// The report that a report measure waits for; nil for the others.
    public var report: ReportKind? {
        switch self {
        case .listsSubmitted: .lists
        case .reportSubmitted: .summary
        default: nil
        }
    }
}
