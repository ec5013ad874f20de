/// What a unit's points and rank are counted from: read once from its cases, then small enough to keep.
public struct UnitStanding: Sendable {
    public let unit: Unit
    /// The officer whose own cases were counted; nil for the unit as a whole.
    public let officer: String?
    /// Results of the plan's targets, as `score` returned them.
    public var results: [TargetResult]
    /// Points that people gave by criterion; they stand before what is counted.
    public var given: [String: GivenPoints] = [:]
    /// Only the points that people gave count: a column of the score sheet.
    public var isOfSheet = false
    /// Violations found from the window's first day to the as-of day, and the serious ones among them.
    public let violations: Int
    public let seriousViolations: Int
    /// Cases not finished and not M-01.
    public let stock: Int
    /// Working days late by kind of report that the unit owes, to the as-of day while missing.
    public let daysLate: [ReportKind: Int]
    /// The day on which the summary report stood complete; nil while missing.
    public let reportedOn: Day?

    /// Whom the points are for.
    public var level: EmulationLevel {
        if officer != nil { return .officer }
        return unit.level == .province ? .province : .district
    }

    /// Reads the standing of an officer, from the officer's own cases alone; the unit's reports do not count.
    public init(
        officer: String, in file: UnitFile, plan: CampaignPlan, law: LawTable, asOf day: Day
    ) {
        let own = UnitFile(
            unit: file.unit, cases: file.cases.filter { $0.officer == officer }, reports: [])
        self.init(own, officer: officer, plan: plan, law: law, asOf: day)
    }

    /// Reads the standing of a unit on `day`; `results` may be passed in where they are known.
    public init(
        _ file: UnitFile, results: [TargetResult]? = nil, plan: CampaignPlan, law: LawTable,
        asOf day: Day
    ) {
        self.init(file, officer: nil, results: results, plan: plan, law: law, asOf: day)
    }

    private init(
        _ file: UnitFile, officer: String?, results: [TargetResult]? = nil, plan: CampaignPlan,
        law: LawTable, asOf day: Day
    ) {
        unit = file.unit
        self.officer = officer
        let all = results ?? score(unit: file, plan: plan, law: law, asOf: day)
        self.results = officer == nil ? all : all.filter { $0.measure.report == nil }
        var found = 0
        var serious = 0
        var stock = 0
        for index in file.cases.indices {
            for violation in file.cases[index].violations
            where plan.window.start <= violation.foundOn && violation.foundOn <= day {
                found += 1
                if violation.severity == .serious { serious += 1 }
            }
            if !file.cases[index].isFinished(on: day),
                !file.cases[index].isNotEnforceable(on: day)
            {
                stock += 1
            }
        }
        violations = found
        seriousViolations = serious
        self.stock = stock
        var late: [ReportKind: Int] = [:]
        for report in plan.reports where officer == nil && plan.asks(file.unit, for: report.kind) {
            let due = plan.lastDay(before: report.dueOn)
            late[report.kind] = file.daysLate(
                report.kind, due: due, plan: plan, law: law, by: day)
        }
        daysLate = late
        reportedOn = file.reported(.summary, emailCopy: plan.settings.emailCopy, by: day)
    }

    /// The sum of the working days late of all reports that the unit owes.
    var totalDaysLate: Int { daysLate.values.reduce(0, +) }

    /// The result of the plan's first target with this measure.
    func result(of measure: Measure) -> TargetResult? { results.first { $0.measure == measure } }
}

/// Points of one criterion as a person gave them.
public struct GivenPoints: Sendable, Equatable {
    /// Of the base.
    public let points: Ratio
    public let bonus: Ratio

    public init(points: Ratio, bonus: Ratio = .zero) {
        self.points = points
        self.bonus = bonus
    }
}
