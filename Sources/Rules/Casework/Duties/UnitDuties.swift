/// What the unit itself owes under the plan on `day`: its lists and its summary, and the duties of part V.
public func unitDuties(
    of unit: UnitFile, plan: CampaignPlan?, law: LawTable, asOf day: Day
) -> Duties {
    var duties = Duties()
    for own in unit.duties {
        duties.enter(
            .unitDuty, of: unit.unit,
            citation: Citation(
                instrument: plan?.citation ?? "Nhiệm vụ của đơn vị",
                place: own.paragraph ?? plan?.duty(.unitDuty)?.paragraph ?? own.dutyNo),
            due: own.dueOn, done: own.doneOn.flatMap { $0 <= day ? $0 : nil },
            subject: own.title)
    }
    guard let plan else { return duties }
    for kind in [ReportKind.lists, .summary] {
        guard plan.scores(unit.unit), plan.asks(unit.unit, for: kind), let due = plan.due(kind)
        else { continue }
        let done = unit.reported(kind, emailCopy: plan.settings.emailCopy, by: day)
        let duty: DutyKind = kind == .lists ? .sendLists : .sendSummary
        let target = plan.targets.first { $0.measure.report == kind }
        duties.enter(
            duty, of: unit.unit,
            citation: plan.citation(of: duty)
                ?? Citation(instrument: plan.citation, place: target?.paragraph ?? ""),
            due: due, done: done)
    }
    return duties
}

extension Duties {
    /// Enters a duty of the unit whose day is set.
    mutating func enter(
        _ kind: DutyKind, of unit: Unit, citation: Citation, due: Day, done: Day?,
        subject: String? = nil
    ) {
        let duty = Duty(
            kind: kind, unit: unit.code, decisionNo: nil, assetNo: nil, officer: nil, rule: "plan",
            citation: citation, verified: true, triggerOn: due, dueOn: due, doneOn: done,
            subject: subject)
        if done == nil { open.append(duty) } else { self.done.append(duty) }
    }
}
