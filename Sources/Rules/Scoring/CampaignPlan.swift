/// A campaign's plan as data: one file, checked whole by its loader (contracts: "Plan").

public struct DayRange: Hashable, Sendable {
    public let start: Day
    public let end: Day

    public init(start: Day, end: Day) {
        self.start = start
        self.end = end
    }

    public func contains(_ day: Day) -> Bool { start <= day && day <= end }
}

/// A list that every unit hands in.
public struct PlanList: Sendable {
    public var id: String
    public var title: String
    /// How many cases a unit nominates; nil = all that fit.
    public var size: Int?
    public var dueOn: Day
    /// What the list is meant for; serves proposals and warnings only, never the count.
    public var population: Population?

    public init(id: String, title: String, size: Int?, dueOn: Day, population: Population?) {
        self.id = id
        self.title = title
        self.size = size
        self.dueOn = dueOn
        self.population = population
    }
}

/// A filter over cases.
public struct Population: Sendable {
    public var decisionUntil: Day?
    public var unseizedOnly: Bool
    public var enforceableOnly: Bool
    public var creditInstitutionOnly: Bool
    /// Cases of State revenue only, or none of them.
    public var stateRevenue: Bool?
    public var decisionFrom: Day?
    public var initiative: Initiative?
    /// Least amount due.
    public var amountFrom: Dong?
    /// The amount due lies below.
    public var amountBelow: Dong?

    public init(
        decisionUntil: Day? = nil, unseizedOnly: Bool = false, enforceableOnly: Bool = false,
        creditInstitutionOnly: Bool = false
    ) {
        self.decisionUntil = decisionUntil
        self.unseizedOnly = unseizedOnly
        self.enforceableOnly = enforceableOnly
        self.creditInstitutionOnly = creditInstitutionOnly
    }
}

/// The measures that a target may name.
public enum Measure: String, Sendable, CaseIterable {
    case largeValueSeized = "large_value_seized"
    case largeValueClassified = "large_value_classified"
    case oldResolvedCount = "old_resolved_count"
    case oldResolvedMoney = "old_resolved_money"
    case decisionsTimely = "decisions_timely"
    case classificationRight = "classification_right"
    case violationsRepaired = "violations_repaired"
    case listsSubmitted = "lists_submitted"
    case reportSubmitted = "report_submitted"
    /// S-08, S-09 over a population: done of enforceable since the window began.
    case casesDone = "cases_done"
    case moneyDone = "money_done"
    /// As `old_resolved_*`, over a population rather than a list.
    case casesResolved = "cases_resolved"
    case moneyResolved = "money_resolved"
    /// Cases with an asset seized within the window.
    case casesSeized = "cases_seized"
    /// What the enforceable stock has lost since a base day.
    case stockReduced = "stock_reduced"
    /// Coercions carried out, of those planned within the window.
    case coercionsDone = "coercions_done"
}

/// How far a listed case must have come for `large_value_seized`.
public enum SeizureStage: String, Sendable { case seized, contracted, auctioned }

/// The parts of the split of `old_resolved_money`.
public enum MoneyPart: String, Sendable, CaseIterable { case collected, terminated, exempted }

public struct Target: Sendable {
    public var id: String
    public var measure: Measure
    public var list: String?
    public var threshold: Ratio
    public var dueOn: Day
    /// The target's own window; nil = the campaign's.
    public var window: DayRange?
    public var stage: SeizureStage
    public var counts: Set<MoneyPart>
    /// Which cases a measure without a list counts over; nil = all.
    public var population: Population?
    public var base: TargetBase = .moving
    public var scope: TargetScope = .unit
    /// What is asked instead of the plain share `threshold`.
    public var otherThreshold: Threshold?
    /// How much is asked.
    public var asks: Threshold { otherThreshold ?? .share(threshold) }
    /// Paragraph of the plan.
    public var paragraph: String

    public init(
        id: String, measure: Measure, list: String?, threshold: Ratio, dueOn: Day,
        window: DayRange? = nil, stage: SeizureStage = .seized,
        counts: Set<MoneyPart> = Set(MoneyPart.allCases), paragraph: String
    ) {
        self.id = id
        self.measure = measure
        self.list = list
        self.threshold = threshold
        self.dueOn = dueOn
        self.window = window
        self.stage = stage
        self.counts = counts
        self.paragraph = paragraph
    }
}

public struct PlanReport: Sendable {
    public var kind: ReportKind
    public var dueOn: Day

    public init(kind: ReportKind, dueOn: Day) {
        self.kind = kind
        self.dueOn = dueOn
    }
}

/// Periods of the plan's own, in calendar days, for steps that the law leaves without one.
public struct PolicyPeriods: Sendable {
    /// After a reduction: the next round's posting.
    public var postAgainDays: Int
    /// After a failed round following the second reduction: the offer to the creditor.
    public var offerCreditorDays: Int
    /// After the failed round or the refusal: a later reduction.
    public var laterReductionDays: Int
    /// Paragraph of the plan that sets them; empty where it names none.
    public var paragraph: String

    public init(
        postAgainDays: Int, offerCreditorDays: Int, laterReductionDays: Int, paragraph: String = ""
    ) {
        self.paragraph = paragraph
        self.postAgainDays = postAgainDays
        self.offerCreditorDays = offerCreditorDays
        self.laterReductionDays = laterReductionDays
    }
}

/// The plan's own periods with the place that an answer cites for them.
public struct PlanPolicy: Sendable {
    public var periods: PolicyPeriods
    public var citation: Citation

    public init(periods: PolicyPeriods, citation: Citation) {
        self.periods = periods
        self.citation = citation
    }
}

public struct PlanSettings: Sendable {
    /// The department itself is scored as a unit.
    public var provinceIsUnit: Bool
    /// "trước ngày X" means the day before X at the latest.
    public var strictDeadlines: Bool
    /// A report counts only when it was also e-mailed.
    public var emailCopy: Bool
    public var policy: PolicyPeriods
    /// From when on patterns are named.
    public var signals: SignalSettings
    /// Paragraph of the plan that takes sensitive cases to the steering committee; empty where it names none.
    public var escalationParagraph: String

    public init(
        provinceIsUnit: Bool, strictDeadlines: Bool, emailCopy: Bool, policy: PolicyPeriods,
        signals: SignalSettings = SignalSettings(), escalationParagraph: String = ""
    ) {
        self.escalationParagraph = escalationParagraph
        self.provinceIsUnit = provinceIsUnit
        self.strictDeadlines = strictDeadlines
        self.emailCopy = emailCopy
        self.policy = policy
        self.signals = signals
    }
}

public struct CampaignPlan: Sendable {
    public var id: String
    public var title: String
    public var authority: String
    public var citation: String
    public var window: DayRange
    public var reportingYear: DayRange
    public var lists: [PlanList]
    public var targets: [Target]
    public var reports: [PlanReport]
    public var emulation: EmulationTable
    public var settings: PlanSettings
    /// Periods and days for duties of part II that the law leaves without one, and where the plan speaks of them.
    public var duties: [PlanDuty] = []

    public init(
        id: String, title: String, authority: String, citation: String, window: DayRange,
        reportingYear: DayRange, lists: [PlanList], targets: [Target], reports: [PlanReport],
        emulation: EmulationTable, settings: PlanSettings
    ) {
        self.id = id
        self.title = title
        self.authority = authority
        self.citation = citation
        self.window = window
        self.reportingYear = reportingYear
        self.lists = lists
        self.targets = targets
        self.reports = reports
        self.emulation = emulation
        self.settings = settings
    }
}

extension CampaignPlan {
    /// The periods that this plan sets for steps without a statutory one.
    public var policy: PlanPolicy {
        PlanPolicy(
            periods: settings.policy,
            citation: Citation(instrument: citation, place: settings.policy.paragraph))
    }

    /// Where the plan takes sensitive cases to the steering committee.
    var escalation: Citation {
        Citation(instrument: citation, place: settings.escalationParagraph)
    }
}
