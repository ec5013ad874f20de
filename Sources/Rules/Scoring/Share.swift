/// What one entry (a case, a decision, a violation or a report) adds to a target, and why.
/// Scores sum these and explanations spell them out, so the two cannot part.
struct Share {
    var numerator: Int64
    var denominator: Int64
    var finding: Finding

    /// An entry of a count.
    static func one(_ isIn: Bool, _ finding: Finding) -> Share {
        Share(numerator: isIn ? 1 : 0, denominator: 1, finding: finding)
    }

    /// An entry that is named but not counted.
    static func out(_ finding: Finding) -> Share {
        Share(numerator: 0, denominator: 0, finding: finding)
    }
}

/// Why an entry counts as it does: indices and days only, no text, so that a score costs no strings.
enum Finding {
    case withdrawn(on: Day)
    /// The asset at this index reached the plan's stage on that day.
    case staged(asset: Int, on: Day)
    /// No asset reached the stage; the index of one seized in time, if any.
    case notStaged(seized: Int?)
    /// Finished on that day: out of the count of the classified.
    case finished(on: Day)
    case classified(MoneyRule)
    case unclassified
    /// The decision at this index ended the case within the window.
    case resolved(decision: Int)
    /// Not ended within the window; the day on which it was ended outside it, if any.
    case unresolved(finishedOn: Day?)
    case money(MoneyShare)
    /// Due by the period of E-03 or E-04; whether the period and the days off it runs through are certain.
    case issued(due: Day, initiative: Initiative, verified: Bool)
    case missing(MissingRule)
    /// A classification decision with the verification that bears it and the violation that breaks it.
    case classification(decision: Int, verification: Int?, violation: Int?)
    case violation(Int)
    case coercion(Int)
    case report(ReportKind, on: Day?, daysLate: Int)
    /// Where a case of a population stands.
    case worked(CaseStatus)
    /// Whether the case belonged to the stock on the base day, and does now.
    case stock(then: Bool, now: Bool)
}

/// One old case's money: what remained before the window and how it was resolved within it, in đồng.
struct MoneyShare: Equatable {
    var base: Int64
    var collected: Int64 = 0
    var terminated: Int64 = 0
    var exempted: Int64 = 0

    func amount(of part: MoneyPart) -> Int64 {
        switch part {
        case .collected: collected
        case .terminated: terminated
        case .exempted: exempted
        }
    }

    func counted(_ parts: Set<MoneyPart>) -> Int64 {
        MoneyPart.allCases.reduce(0) { $0 + (parts.contains($1) ? amount(of: $1) : 0) }
    }
}

/// A target being counted for one unit on one day.
struct Counting: Sendable {
    let target: Target
    let plan: CampaignPlan
    let law: LawTable
    let day: Day
    /// First day of the target's window.
    let start: Day
    /// Last day that counts: the window's end, or the as-of day while it runs.
    let limit: Day
    /// The same target as it was counted a year before, where it is compared with that year; at most one.
    private(set) var yearBefore: [Counting] = []

    init(target: Target, plan: CampaignPlan, law: LawTable, asOf day: Day) {
        self.init(alone: target, plan, law, day)
        guard case .lastYear = target.asks else { return }
        yearBefore = [
            Counting(alone: target.aYearBefore(in: plan), plan, law, day.adding(years: -1))
        ]
    }

    private init(alone target: Target, _ plan: CampaignPlan, _ law: LawTable, _ day: Day) {
        let window = target.window ?? plan.window
        self.target = target
        self.plan = plan
        self.law = law
        self.day = day
        start = window.start
        limit = min(day, window.end)
    }

    /// Calls `body` with each share of one case.
    func eachShare(of file: borrowing CaseFile, _ body: (Share) -> Void) {
        switch target.measure {
        case .largeValueSeized, .largeValueClassified, .oldResolvedCount, .oldResolvedMoney:
            if let share = listShare(of: file) { body(share) }
        case .decisionsTimely:
            if let share = decisionShare(of: file) { body(share) }
        case .classificationRight: eachClassification(of: file, body)
        case .violationsRepaired: eachViolation(of: file, body)
        case .listsSubmitted, .reportSubmitted: break
        case .casesDone, .moneyDone, .casesResolved, .moneyResolved, .casesSeized, .stockReduced:
            if let share = populationShare(of: file) { body(share) }
        case .coercionsDone: eachCoercion(of: file, body)
        }
    }

    func isInWindow(_ day: Day) -> Bool { start <= day && day <= limit }
}
