internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// Proposals of titles and awards: drafted by a person, decided by a person; none is made by the machine alone.
enum ProposalHandlers {
    @Sendable
    static func propose(
        _ request: EmulationV1.ProposeRequest, _ call: WorkerCall
    ) async throws(Failure) -> EmulationV1.ProposalsReply {
        let day = try call.asOf(request.asOf)
        let reason = try ObjectionHandlers.written(request.reason, "reason")
        let title = try title(request.title)
        let kind = try kind(request.kind, title)
        let (law, stamp) = (call.law, call.stamp)
        let code = request.code.composed
        let unit = try await call.load { scope in
            try scope.unit(of: code, kind)
        }
        try call.access.require(unit: unit)
        return try await call.save(.propose, campaign: request.campaign, unit: unit) { scope in
            let emulation = try scope.reading.emulation(
                campaign: request.campaign, law: law, asOf: day)
            let refused = refusal(
                of: stamp.principal, .propose, unit: unit, roles: emulation.table.roles)
            if let refused { throw refused }
            let board = try scope.reading.gradeBoard(emulation)
            guard let row = board.rows.first(where: { $0.kind == kind && $0.code == code }) else {
                throw Failure(.notFound, "không có “\(code)” trong bảng xếp loại", field: "code")
            }
            let eligibility = row.eligibility(title)
            if let eligibility, eligibility.outcome == .notEligible {
                throw notEligible(row, eligibility)
            }
            let number = try scope.draft(
                StoredProposal(
                    campaign: emulation.plan.id, kind: kind.rawValue, code: code, unit: row.unit,
                    title: title, draftedBy: stamp.principal,
                    draftedAtMilliseconds: stamp.receivedAtMilliseconds, asOf: day, reason: reason,
                    record: record(row, eligibility, emulation)), stamp: stamp)
            return try reply(scope.reading, emulation.plan.id) { $0.number == number }
        }
    }

    /// The lawful refusal names each condition that is not met.
    private static func notEligible(_ row: BoardRow, _ eligibility: Eligibility) -> Failure {
        let unmet = eligibility.conditions.filter { $0.state == .notMet }
        let said = unmet.map { "\($0.text) [\($0.citation?.description ?? $0.id)]" }
        return Failure(
            .failedPrecondition,
            "\(row.name) (\(row.code)) không đủ điều kiện \(eligibility.title.vietnamese): "
                + said.joined(separator: " "), field: "title",
            hint: "xem: caodiem emulation grades --unit \(row.unit)", reason: "NOT_ELIGIBLE")
    }

    private static func record(
        _ row: BoardRow, _ eligibility: Eligibility?, _ emulation: EmulationCase
    ) -> [String] {
        var lines = [
            "Kế hoạch \(emulation.plan.id), phiên bản \(emulation.version), số liệu đến ngày "
                + "\(emulation.day.vietnamese), sổ luật \(emulation.law.digest)."
        ]
        if let verdict = row.verdict {
            lines.append(
                "Xếp loại: \(verdict.grade?.vietnamese ?? "cần người có thẩm quyền quyết định").")
            lines += verdict.conditions.map(line)
        }
        if let eligibility {
            lines.append("\(eligibility.title.vietnamese): \(eligibility.outcome.vietnamese).")
            lines += eligibility.conditions.map(line)
        }
        return lines
    }

    private static func line(_ finding: ConditionFinding) -> String {
        let mark =
            switch finding.state {
            case .met: "đạt"
            case .notMet: "không đạt"
            case .undetermined: "chưa xác định"
            }
        return "- \(finding.text) (\(mark)) [\(finding.citation?.description ?? finding.id)]"
            + (finding.verified ? "" : " chưa kiểm chứng")
    }

    @Sendable
    static func decide(
        _ request: EmulationV1.DecideProposalRequest, _ call: WorkerCall
    ) async throws(Failure) -> EmulationV1.ProposalsReply {
        guard let state = ProposalState(rawValue: request.outcome), state != .draft else {
            throw Failure(
                .invalidArgument, "không có kết quả “\(request.outcome.prefix(40))”",
                field: "outcome", hint: "approved hoặc refused")
        }
        let reason = try ObjectionHandlers.written(request.reason, "reason")
        let number = Int64(clamping: request.number)
        let (law, stamp, received) = (call.law, call.stamp, call.receivedOn)
        let unit = try await call.load { scope in
            let emulation = try scope.emulation(
                campaign: request.campaign, law: law, asOf: received)
            return try scope.proposal(number, emulation).unit
        }
        try call.access.require(unit: unit)
        return try await call.save(.decideProposal, campaign: request.campaign, unit: unit) {
            scope in
            let emulation = try scope.reading.emulation(
                campaign: request.campaign, law: law, asOf: received)
            let proposal = try scope.reading.proposal(number, emulation)
            try allow(proposal, to: stamp.principal, emulation)
            if state == .approved { try scope.reading.checkQuota(proposal, emulation) }
            try scope.decideProposal(number, state, reason: reason, stamp: stamp)
            return try reply(scope.reading, emulation.plan.id) { $0.number == number }
        }
    }

    private static func allow(
        _ proposal: StoredProposal, to principal: String, _ emulation: EmulationCase
    ) throws(SheetRefusal) {
        let refused = refusal(
            of: principal, .decideProposal, unit: proposal.unit, roles: emulation.table.roles)
        if let refused { throw refused }
        if proposal.draftedBy == principal {
            throw SheetRefusal(
                .sameHands, "\(principal) đã lập đề nghị số \(proposal.number).",
                hint: "người khác có thẩm quyền quyết định")
        }
        if proposal.state != .draft {
            throw SheetRefusal(.locked, "Đề nghị số \(proposal.number) đã được quyết định.")
        }
    }

    @Sendable
    static func proposals(
        _ request: EmulationV1.ProposalsRequest, _ call: WorkerCall
    ) async throws(Failure) -> EmulationV1.ProposalsReply {
        let (law, received, access) = (call.law, call.receivedOn, call.access)
        return try await call.load { scope in
            let emulation = try scope.emulation(
                campaign: request.campaign, law: law, asOf: received)
            return try reply(scope, emulation.plan.id) {
                guard access.covers(unit: $0.unit) else { return false }
                return request.state.isEmpty || $0.state.rawValue == request.state
            }
        }
    }

    private static func title(_ text: String) throws(Failure) -> AwardTitle {
        guard let title = AwardTitle(rawValue: text) else {
            throw Failure(
                .invalidArgument, "không có danh hiệu “\(text.prefix(40))”", field: "title",
                hint: AwardTitle.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return title
    }

    private static func kind(
        _ text: String, _ title: AwardTitle
    ) throws(Failure) -> BoardRow.Kind {
        guard let kind = BoardRow.Kind(rawValue: text) else {
            throw Failure(
                .invalidArgument, "không có loại “\(text.prefix(40))”", field: "kind",
                hint: "officer, head hoặc unit")
        }
        guard kind == .unit ? title.isForUnits : title.isForPersons else {
            throw Failure(
                .invalidArgument,
                "\(title.vietnamese) không dành cho \(kind == .unit ? "tập thể" : "cá nhân")",
                field: "title")
        }
        return kind
    }

    private static func reply(
        _ scope: ReadScope, _ campaign: String, _ wanted: (StoredProposal) -> Bool
    ) throws -> EmulationV1.ProposalsReply {
        let found = try scope.proposals(campaign: campaign).filter(wanted)
        return .with {
            $0.campaign = campaign
            $0.proposals = found.map(ProposalTranslation.proposal)
        }
    }
}
