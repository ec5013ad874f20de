internal import Rules
internal import Store

extension ImportRun {
    /// What a clerk is told about a recorded row; nil where the law book holds nothing against it.
    func message(of finding: RecordedFinding) -> Message? {
        switch finding.code {
        case .unknownParentUnit: Message(.unknownParentUnit)
        case .paymentBeforeDecision: Message(.paymentBeforeDecision)
        case .decisionBeforeCase: Message(.decisionBeforeCase)
        case .seizureBeforeDecision: Message(.seizureBeforeDecision)
        case .completedWithDebt:
            Message(.completedWithDebt, ["amount": finding.amount.vietnamese])
        case .reductionTooDeep: reductionTooDeep(finding)
        }
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
        case .paymentBeforeDecision: "paid_on"
        case .decisionBeforeCase, .completedWithDebt: "decided_on"
        case .seizureBeforeDecision: "seized_on"
        case .reductionTooDeep: "reduced_price"
        }
    }
}
