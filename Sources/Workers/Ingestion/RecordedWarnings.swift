internal import Rules
internal import Store

/// What the law book makes of the rows that the store names as candidates.
final class RecordedWarnings {
    private typealias Due = (day: Day, rule: LawRule)

    private struct Period: Hashable {
        let rule: String
        let since: Day
    }

    private let law: LawTable
    /// Ends of periods: many rows share a day.
    private var dues: [Period: Due?] = [:]

    init(law: LawTable) { self.law = law }

    /// What a clerk is told about a recorded row; nil where the law book holds nothing against it, or has no
    /// value for that day.
    func message(of finding: RecordedFinding) -> Message? {
        switch finding.code {
        case .unknownParentUnit: Message(.unknownParentUnit)
        case .caseBeforeJudgment: Message(.caseBeforeJudgment)
        case .decisionLate: decisionLate(finding)
        case .paymentBeforeDecision: Message(.paymentBeforeDecision)
        case .paymentBeyondDebt:
            Message(.paymentBeyondDebt, ["amount": finding.amount.vietnamese])
        case .decisionBeforeCase: Message(.decisionBeforeCase)
        case .completedWithDebt:
            Message(.completedWithDebt, ["amount": finding.amount.vietnamese])
        case .seizureBeforeDecision: Message(.seizureBeforeDecision)
        case .seizureInVoluntaryPeriod:
            until("E-09", finding) { $0 <= $1 }.map { Message(.seizureInVoluntaryPeriod, $0) }
        case .roundBeforeSeizure: Message(.roundBeforeSeizure)
        case .reductionTooDeep: reductionTooDeep(finding)
        case .reductionTooEarly:
            until("R-02", finding) { $0 < $1 }.map { Message(.reductionTooEarly, $0) }
        }
    }

    /// Rules E-03 and E-04: the decision on request, and on the officer's own initiative.
    private func decisionLate(_ finding: RecordedFinding) -> Message? {
        guard let day = finding.day,
            let due = due(finding.isExOfficio ? "E-04" : "E-03", finding), day > due.day
        else { return nil }
        return Message(
            .decisionLate, ["day": due.day.vietnamese, "citation": "\(due.rule.citation)"])
    }

    /// The last day of a period that the row came too early for, with its article; nil when it did not.
    ///
    /// - Parameter isEarly: whether the row's day comes too early, given the last day of the period.
    private func until(
        _ rule: String, _ finding: RecordedFinding, _ isEarly: (_ day: Day, _ last: Day) -> Bool
    ) -> [String: String]? {
        guard let day = finding.day, let due = due(rule, finding), isEarly(day, due.day) else {
            return nil
        }
        return ["day": due.day.vietnamese, "citation": "\(due.rule.citation)"]
    }

    private func due(_ rule: String, _ finding: RecordedFinding) -> Due? {
        guard let since = finding.since else { return nil }
        let asked = Period(rule: rule, since: since)
        if let known = dues[asked] { return known }
        let found = (try? law.period(rule, on: since)).map { period in
            (day: law.calendar.due(period.period, from: since), rule: period.rule)
        }
        dues[asked] = .some(found)
        return found
    }

    /// Rule R-04 in the edition of the day of the reduction; the lowest price allowed is rounded up.
    private func reductionTooDeep(_ finding: RecordedFinding) -> Message? {
        guard let day = finding.day, let former = finding.former,
            let rule = law.rule("R-04", on: day), case .share(let cap) = rule.value
        else { return nil }
        let lowest = Ratio(Int128(former.amount), 1) * (Ratio.one - cap)
        guard Ratio(Int128(finding.amount.amount), 1) < lowest else { return nil }
        let percent = (cap * Ratio(100)).decimal(places: 0)
        let allowed = Dong(Int64(clamping: lowest.ceiling))
        return Message(
            .reductionTooDeep,
            [
                "percent": percent, "citation": "\(rule.citation)", "amount": allowed.vietnamese,
            ])
    }
}

extension RecordedFinding.Code {
    /// The column that the finding is about.
    var column: String {
        switch self {
        case .unknownParentUnit: "parent_code"
        case .caseBeforeJudgment, .decisionLate: "decision_on"
        case .paymentBeforeDecision: "paid_on"
        case .paymentBeyondDebt: "amount"
        case .decisionBeforeCase, .completedWithDebt: "decided_on"
        case .seizureBeforeDecision, .seizureInVoluntaryPeriod: "seized_on"
        case .roundBeforeSeizure: "held_on"
        case .reductionTooDeep: "reduced_price"
        case .reductionTooEarly: "reduced_on"
        }
    }
}
