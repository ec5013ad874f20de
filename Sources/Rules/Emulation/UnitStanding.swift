/// What a unit's points and rank are counted from: read once from its cases, then small enough to keep.
public struct UnitStanding: Sendable {
    public let unit: Unit
    /// Results of the plan's targets, as `score` returned them.
    public let results: [TargetResult]
    /// Violations found from the window's first day to the as-of day, and the serious ones among them.
    public let violations: Int
    public let seriousViolations: Int
    /// Cases not finished and not M-01.
    public let stock: Int
    /// Working days late by kind of report that the unit owes, to the as-of day while missing.
    public let daysLate: [ReportKind: Int]
    /// The day on which the summary report stood complete; nil while missing.
    public let reportedOn: Day?

    /// Reads the standing of a unit on `day`; `results` may be passed in where they are known.
    public init(
        _ file: UnitFile, results: [TargetResult]? = nil, plan: CampaignPlan, law: LawTable,
        asOf day: Day
    ) {
        unit = file.unit
        self.results = results ?? score(unit: file, plan: plan, law: law, asOf: day)
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
        for report in plan.reports where plan.asks(file.unit, for: report.kind) {
            let due = plan.lastDay(before: report.dueOn)
            late[report.kind] = file.daysLate(
                report.kind, due: due, plan: plan, law: law, by: day)
        }
        daysLate = late
        reportedOn = file.reported(.summary, emailCopy: plan.settings.emailCopy, by: day)
    }

    /// The result of the plan's first target with this measure.
    func result(of measure: Measure) -> TargetResult? { results.first { $0.measure == measure } }
}
