/// A conclusion about a case that its status does not show.
public struct CaseRemark: Sendable, Equatable {
    public enum Code: String, Sendable, CaseIterable {
        /// All conditions for the separate ledger are met; the move is due.
        case ledgerDue = "separate_ledger_due"
        /// Counted in the separate ledger.
        case ledger = "separate_ledger"
        /// A sensitive case that the steering committee has not yet been asked about.
        case escalate
        /// An instalment that was not paid by its day.
        case brokenCommitment = "broken_commitment"
    }

    public let code: Code
    public let text: String
    public let rule: AppliedRule
    /// The day from which it holds.
    public let since: Day
}

extension CaseFile {
    /// What a reader must know on `day`, in the order of the codes.
    ///
    /// - Parameter plan: the plan in force, whose paragraphs are cited; nil where none was applied.
    public func remarks(_ law: LawTable, plan: CampaignPlan?, on day: Day) -> [CaseRemark] {
        var remarks: [CaseRemark] = []
        if let state = try? ledgerState(law, on: day), let remark = remark(of: state, law) {
            remarks.append(remark)
        }
        if let since = escalation(on: day) { remarks.append(escalationRemark(since, plan)) }
        remarks += brokenCommitments(on: day).map { state in
            CaseRemark(
                code: .brokenCommitment,
                text: "Kỳ \(state.dueOn.vietnamese) còn thiếu \(state.missing.vietnamese) đ.",
                rule: planRule(
                    "Theo dõi, đôn đốc thực hiện đúng cam kết nộp dần.",
                    plan?.citation(of: .followCommitment)),
                since: state.dueOn + 1)
        }
        return remarks
    }

    /// The day since which a sensitive case (plan II.1) waits for the steering committee: persuasion has
    /// failed or coercion is decided, and no meeting with the committee is recorded. Nil when it does not.
    public func escalation(on day: Day) -> Day? {
        guard let sensitivity, sensitivity != "none", !isFinished(on: day) else { return nil }
        let failed = persuasions.filter {
            $0.heldOn <= day && ($0.outcome == .refused || $0.outcome == .absent)
        }
        let coerced = coercions.filter { $0.decidedOn <= day }
        guard let since = (failed.map(\.heldOn) + coerced.map(\.decidedOn)).min() else {
            return nil
        }
        let isTaken = coordination.contains {
            $0.agency == .steeringCommittee && $0.heldOn <= day
        }
        return isTaken ? nil : since
    }

    private func remark(of state: LedgerState, _ law: LawTable) -> CaseRemark? {
        switch state {
        case .none: return nil
        case .due(let since, let dueOn):
            return CaseRemark(
                code: .ledgerDue,
                text: "Đủ điều kiện chuyển sổ theo dõi riêng, hạn \(dueOn.vietnamese).",
                rule: ledgerRule("E-16", law, since), since: since)
        case .kept(let since):
            return CaseRemark(
                code: .ledger, text: "Thuộc sổ theo dõi riêng, thống kê riêng.",
                rule: ledgerRule("S-14", law, since), since: since)
        }
    }

    private func ledgerRule(_ id: String, _ law: LawTable, _ day: Day) -> AppliedRule {
        law.applied(
            id, on: day, text: law.rule(id, on: day)?.title ?? "",
            otherwise: Citation(instrument: "NĐ 62/2015", place: "Điều 9.5"))
    }

    private func escalationRemark(_ since: Day, _ plan: CampaignPlan?) -> CaseRemark {
        CaseRemark(
            code: .escalate,
            text: "Việc nhạy cảm, vận động không thành hoặc đã quyết định cưỡng chế: "
                + "chưa có ý kiến Ban Chỉ đạo.",
            rule: planRule(
                "Phát huy vai trò của Ban Chỉ đạo thi hành án dân sự.", plan?.escalation),
            since: since)
    }

    /// What a plan asks for; without a plan the remark stands on nothing that could be checked.
    private func planRule(_ text: String, _ citation: Citation?) -> AppliedRule {
        AppliedRule(
            id: "plan", citation: citation ?? Citation(instrument: "", place: ""), text: text,
            verified: citation != nil)
    }
}
