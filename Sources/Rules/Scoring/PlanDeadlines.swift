extension CampaignPlan {
    /// The last day to meet "trước ngày X": X itself, or under the strict reading the day before.
    /// Deadlines of the plan never move to another day.
    public func lastDay(before day: Day) -> Day {
        settings.strictDeadlines ? day - 1 : day
    }

    /// The last day to hand in a report of this kind; nil where the plan asks for none.
    public func due(_ kind: ReportKind) -> Day? {
        reports.first { $0.kind == kind }.map { lastDay(before: $0.dueOn) }
    }

    /// The last day to hand in this list.
    public func due(_ list: PlanList) -> Day { lastDay(before: list.dueOn) }

    /// The due day of a target; the strict reading concerns lists and reports only.
    public func due(_ target: Target) -> Day {
        target.measure.report == nil ? target.dueOn : lastDay(before: target.dueOn)
    }

    public func list(_ id: String) -> PlanList? { lists.first { $0.id == id } }

    public func target(_ id: String) -> Target? { targets.first { $0.id == id } }

    /// Whether the plan scores this unit: the department itself only where the setting says so.
    public func scores(_ unit: Unit) -> Bool {
        unit.level == .district || settings.provinceIsUnit
    }

    /// Whether the unit owes a report of this kind: the summary is a duty of the branches alone.
    public func asks(_ unit: Unit, for kind: ReportKind) -> Bool {
        kind == .lists || unit.level == .district
    }
}

extension UnitFile {
    /// The day on which the unit's first report of this kind stood complete, by `day`; nil while missing.
    /// With `emailCopy` a report is complete when it was both submitted and e-mailed.
    public func reported(_ kind: ReportKind, emailCopy: Bool, by day: Day) -> Day? {
        reports.lazy.filter { $0.kind == kind }
            .compactMap { report -> Day? in
                guard emailCopy else { return report.submittedOn }
                return report.emailedOn.map { max($0, report.submittedOn) }
            }
            .filter { $0 <= day }
            .min()
    }

    /// Working days late of a report due on `due`, counted to `day` while it is missing.
    func daysLate(_ kind: ReportKind, due: Day, plan: CampaignPlan, law: LawTable, by day: Day)
        -> Int
    {
        let done = reported(kind, emailCopy: plan.settings.emailCopy, by: day)
        return law.calendar.workingDaysLate(due: due, done: done ?? day)
    }
}

extension CaseFile {
    /// The case's nomination to a list that stands on `day`: not withdrawn by then. It counts whatever its
    /// submission date, the case's decision date, the list's population or an earlier seizure.
    public func nomination(to list: String, on day: Day) -> Nomination? {
        nominations.first { $0.list == list && !$0.isWithdrawn(on: day) }
    }
}

extension Nomination {
    public func isWithdrawn(on day: Day) -> Bool { withdrawnOn.map { $0 <= day } ?? false }
}
