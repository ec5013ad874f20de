internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

extension ReadScope {
    /// The unit that a person or a collective belongs to.
    func unit(of code: String, _ kind: BoardRow.Kind) throws -> String {
        guard kind == .officer else { return try requiredUnit(code).code }
        guard let officer = try officers().first(where: { $0.code == code }) else {
            if let sight { throw Failure.outOfScope(code, sight.principal, mine: "") }
            throw Failure(
                .notFound, "không có chấp hành viên “\(code)”", field: "code",
                hint: "xem: caodiem emulation grades")
        }
        return officer.unit
    }

    func proposal(_ number: Int64, _ emulation: EmulationCase) throws -> StoredProposal {
        let all = try proposals(campaign: emulation.plan.id)
        guard let found = all.first(where: { $0.number == number }) else {
            throw Failure(
                .notFound, "không có đề nghị số \(number)", field: "number",
                hint: "xem: caodiem emulation proposals")
        }
        return found
    }

    /// Refuses an approval beyond the quota, which the law counts over the group as it stands.
    func checkQuota(_ proposal: StoredProposal, _ emulation: EmulationCase) throws {
        let board = try gradeBoard(emulation)
        let cluster = try units().first { $0.code == proposal.unit }?.cluster ?? ""
        let scope = cluster.isEmpty ? "các đơn vị ngoài cụm" : "cụm \(cluster)"
        let quota = board.quotas.first {
            $0.title == proposal.title.rawValue
                && (proposal.title != .ministryFlag || $0.scope == scope)
        }
        guard let quota, let slots = quota.slots else { return }
        let clusters = Dictionary(
            try units().map { ($0.code, $0.cluster ?? "") }, uniquingKeysWith: { first, _ in first }
        )
        let given = try proposals(campaign: emulation.plan.id).count {
            $0.state == .approved && $0.title == proposal.title
                && (proposal.title != .ministryFlag || clusters[$0.unit] == cluster)
        }
        guard given >= slots else { return }
        throw Failure(
            .failedPrecondition,
            "\(quota.name): đã duyệt \(given), tối đa \(slots) trên \(quota.of) (\(quota.scope)) "
                + "[\(quota.citation?.description ?? "")]", field: "number",
            hint: "từ chối, hoặc chọn người khác", reason: "QUOTA_EXHAUSTED")
    }
}

enum ProposalTranslation {
    static func proposal(_ proposal: StoredProposal) -> EmulationV1.Proposal {
        .with {
            $0.number = UInt64(clamping: proposal.number)
            $0.kind = proposal.kind
            $0.code = proposal.code
            $0.unit = proposal.unit
            $0.title = proposal.title.rawValue
            $0.titleName = proposal.title.vietnamese
            $0.state = proposal.state.rawValue
            $0.draftedBy = proposal.draftedBy
            $0.draftedAt = VietnamTime.text(proposal.draftedAtMilliseconds)
            $0.asOf = proposal.asOf.description
            $0.reason = proposal.reason
            $0.record = proposal.record
            $0.decidedBy = proposal.decidedBy ?? ""
            $0.decidedAt = proposal.decidedAtMilliseconds.map(VietnamTime.text) ?? ""
            $0.decisionReason = proposal.decisionReason ?? ""
        }
    }
}
