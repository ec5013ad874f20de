/// Sentences for the measures over all cases and over reports.
extension Counting {
    func wordIssued(_ finding: Finding, _ file: CaseFile) -> Wording {
        var facts: [Fact] = []
        if let receivedOn = file.receivedOn { facts.append(Fact("received_on", receivedOn)) }
        facts.append(Fact("decision_on", file.decisionOn))
        let id = file.initiative.issuingRule
        switch finding {
        case .issued(let due, _, let verified):
            facts.append(Fact("due_on", due))
            let timely = file.decisionOn <= due
            let citation = file.receivedOn.flatMap { law.rule(id, on: $0)?.citation }
            return Wording(
                rule: id, citation: citation, facts: facts,
                sentence: "Quyết định thi hành án ra ngày \(file.decisionOn.vietnamese), "
                    + "\(timely ? "đúng hạn" : "quá hạn") \(due.vietnamese).",
                verified: verified)
        case .missing(let missing):
            return Wording(
                rule: id, facts: facts, sentence: missing.description, verified: false)
        default: return Wording(sentence: "")
        }
    }

    func wordClassification(
        _ file: CaseFile, _ decision: Int, _ verification: Int?, _ violation: Int?
    ) -> Wording {
        let decision = file.decisions[decision]
        var facts = [
            Fact("kind", decision.kind.rawValue), Fact("decided_on", decision.decidedOn),
        ]
        if let verification {
            facts.append(Fact("verified_on", file.verifications[verification].verifiedOn))
        }
        if let violation { facts.append(Fact("found_on", file.violations[violation].foundOn)) }
        let head = "Quyết định phân loại ngày \(decision.decidedOn.vietnamese) "
        let sentence =
            switch (verification, violation) {
            case (nil, _): head + "không có kết quả xác minh phù hợp trong 6 tháng trước đó."
            case (_, .some): head + "có vi phạm được phát hiện sau đó."
            default: head + "có kết quả xác minh phù hợp và không có vi phạm sau đó."
            }
        return Wording(facts: facts, sentence: sentence)
    }

    func wordViolation(_ violation: Violation) -> Wording {
        var facts = [
            Fact("found_on", violation.foundOn), Fact("severity", violation.severity.rawValue),
        ]
        let head = "Vi phạm phát hiện ngày \(violation.foundOn.vietnamese) "
        guard let on = violation.repairedOn, on <= day else {
            return Wording(facts: facts, sentence: head + "chưa được khắc phục.")
        }
        facts.append(Fact("repaired_on", on))
        return Wording(facts: facts, sentence: head + "đã khắc phục ngày \(on.vietnamese).")
    }

    func wordReport(_ finding: Finding) -> Wording {
        guard case .report(let kind, let on, let late) = finding else {
            return Wording(sentence: "")
        }
        let due = plan.due(target)
        let what = kind == .lists ? "Danh sách" : "Báo cáo tổng kết"
        var facts = [Fact("due_on", due), Fact("days_late", String(late))]
        guard let on else {
            let tail = day <= due ? "" : ", đã quá hạn \(late) ngày làm việc"
            return Wording(
                facts: facts,
                sentence: "\(what) chưa gửi; hạn cuối là ngày \(due.vietnamese)\(tail).")
        }
        facts.append(Fact("submitted_on", on))
        let tail = on <= due ? "đúng hạn" : "quá hạn \(late) ngày làm việc so với hạn"
        return Wording(
            facts: facts,
            sentence: "\(what) gửi ngày \(on.vietnamese), \(tail) \(due.vietnamese).")
    }
}
