internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// Decisions on a case, made under the law of their day.
enum DecisionHandlers {
    @Sendable
    static func decide(
        _ request: CaseworkV1.DecideRequest, _ call: WorkerCall
    ) async throws(Failure) -> CaseworkV1.DecideReply {
        let fields = try fields(request, call)
        let proposed = try proposed(fields, confirmed: request.confirmed)
        guard request.dryRun || proposed.decidedOn <= call.receivedOn else {
            throw Failure(
                .invalidArgument,
                "ngày quyết định \(proposed.decidedOn.vietnamese) chưa đến", field: "on",
                hint: "ghi quyết định vào ngày ra quyết định, hoặc chỉ hỏi thử: --dry-run")
        }
        let key = CaseKey(unit: request.unit.composed, decisionNo: request.decisionNo.composed)
        let (law, stamp, isTrial) = (call.law, call.stamp, request.dryRun)
        let body: @Sendable (WriteScope) throws -> CaseworkV1.DecideReply = { scope in
            try RecordHandlers.requireParent(
                scope.reading, unit: key.unit, decisionNo: key.decisionNo)
            guard let file = try scope.reading.caseFile(key) else { throw Failure.unknownCase(key) }
            return try make(
                proposed, fields, on: file, law: law, stamp: stamp, isTrial: isTrial, in: scope)
        }
        return isTrial ? try await call.trial(body) : try await call.save(body)
    }

    private static func make(
        _ proposed: ProposedDecision, _ fields: FactFields, on file: CaseFile, law: LawTable,
        stamp: ChangeStamp, isTrial: Bool, in scope: WriteScope
    ) throws -> CaseworkV1.DecideReply {
        let day = proposed.decidedOn
        let isRepeated = file.decisions.contains {
            $0.kind == proposed.kind && $0.decidedOn == day
        }
        var notes: [AppliedRule] = []
        if isRepeated {
            try requireSame(proposed, file)
        } else {
            notes = try judged(proposed, file, law)
        }
        let recorded = try scope.recordFact(
            fields.values, of: .decisions, present: fields.present, reason: "decide",
            stamp: stamp
        ).mapError { Failure($0, .decisions) }.get()
        if let change = recorded.change {
            try scope.keepConfirmations(proposed.confirmed.sorted(), of: change)
        }
        let after = try scope.reading.caseFile(file.key) ?? file
        return .with {
            $0.status =
                isTrial ? "dry_run" : recorded.outcome == .unchanged ? "unchanged" : "decided"
            $0.change = isTrial ? 0 : UInt64(clamping: recorded.change ?? 0)
            $0.decidedOn = day.description
            $0.caseStatusBefore = file.standing(on: day).status.rawValue
            $0.caseStatus = after.standing(on: day).status.rawValue
            $0.remainingBefore = file.remaining(on: day).amount
            $0.remaining = after.remaining(on: day).amount
            $0.ground = law.grounds(of: proposed.kind, on: day)
                .first { $0.code == proposed.ground }
                .map { CaseworkTranslation.ground($0) }
            $0.notes = notes.map(CaseworkTranslation.rule)
            $0.confirmed = proposed.confirmed.sorted()
            $0.lawBook = law.digest
        }
    }

    /// A decision of that kind and day is on file: the same one said again changes nothing, another is refused.
    private static func requireSame(_ proposed: ProposedDecision, _ file: CaseFile) throws {
        let known = file.decisions.first {
            $0.kind == proposed.kind && $0.decidedOn == proposed.decidedOn
        }
        let isSame =
            known?.ground == proposed.ground && known?.groundOn == proposed.groundOn
            && known?.untilOn == proposed.untilOn
            && (proposed.amount == nil || known?.amount == proposed.amount)
        guard !isSame else { return }
        throw Failure(
            .failedPrecondition,
            "đã có \(proposed.kind.vietnamese) ngày \(proposed.decidedOn.vietnamese) "
                + "với nội dung khác",
            field: "on", hint: "ghi sai thì nhập lại tệp decisions để đính chính",
            reason: "ALREADY_DECIDED")
    }

    private static func judged(
        _ proposed: ProposedDecision, _ file: CaseFile, _ law: LawTable
    ) throws -> [AppliedRule] {
        switch judge(proposed, on: file, law: law) {
        case .lawful(let notes): return notes
        case .refused(let refusal):
            let mark = refusal.rule.verified ? "" : " (chưa kiểm tra)"
            throw Failure(
                .failedPrecondition, "\(refusal.rule.citation)\(mark): \(refusal.rule.text)",
                field: "kind", hint: refusal.remedy, reason: "UNLAWFUL")
        case .undetermined(let questions):
            let lines = questions.map { question in
                let place =
                    "\(question.rule.citation)".isBlank ? "" : " (\(question.rule.citation))"
                return "\(question.id): \(question.rule.text)\(place)"
            }
            throw Failure(
                .failedPrecondition,
                "người ra quyết định phải xác nhận:\n" + lines.joined(separator: "\n"),
                field: "confirmed",
                hint: "trả lời “có” thì thêm: "
                    + questions.map { "--confirm \($0.id)" }.joined(separator: " "),
                reason: "UNDETERMINED")
        }
    }

    private static func fields(
        _ request: CaseworkV1.DecideRequest, _ call: WorkerCall
    ) throws(Failure) -> FactFields {
        var fields = FactFields(
            .decisions, unit: request.unit.composed, decisionNo: request.decisionNo.composed)
        try fields.set("kind", request.kind)
        fields.fill("decided_on", with: .integer(Int64(try call.asOf(request.on).number)))
        let given = [
            ("ground", request.ground), ("number", request.number),
            ("ground_on", request.groundOn), ("until_on", request.untilOn),
        ]
        for (name, text) in given where !text.isEmpty { try fields.set(name, text) }
        if let amount = request.amount { fields.fill("amount", with: .integer(amount)) }
        return fields
    }

    private static func proposed(
        _ fields: FactFields, confirmed: [String]
    ) throws(Failure) -> ProposedDecision {
        func value(_ name: String) -> FieldValue {
            fields.kind.columns.firstIndex { $0.name == name }.map { fields.values[$0] } ?? .null
        }
        func day(_ name: String) -> Day? {
            guard case .integer(let number) = value(name) else { return nil }
            return Day(number: Int32(truncatingIfNeeded: number))
        }
        guard case .text(let word) = value("kind"), let kind = DecisionKind(rawValue: word),
            let decidedOn = day("decided_on")
        else { throw Failure(FactProblem.missing(column: "kind"), .decisions) }
        var proposed = ProposedDecision(
            kind: kind, decidedOn: decidedOn, groundOn: day("ground_on"),
            untilOn: day("until_on"), confirmed: Set(confirmed))
        if case .text(let ground) = value("ground") { proposed.ground = ground }
        if case .integer(let amount) = value("amount") { proposed.amount = Dong(amount) }
        return proposed
    }

    @Sendable
    static func listGrounds(
        _ request: CaseworkV1.ListGroundsRequest, _ call: WorkerCall
    ) async throws(Failure) -> CaseworkV1.ListGroundsReply {
        let day = try call.asOf(request.asOf)
        let kinds =
            request.kind.isEmpty
            ? DecisionKind.allCases : DecisionKind(rawValue: request.kind).map { [$0] } ?? []
        guard !kinds.isEmpty else {
            let names = DecisionKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(
                .invalidArgument, "không có loại quyết định “\(request.kind)”", field: "kind",
                hint: "các loại: \(names)")
        }
        let law = call.law
        return .with {
            $0.asOf = day.description
            $0.lawBook = law.digest
            $0.grounds = kinds.flatMap { kind in
                law.grounds(of: kind, on: day).map { ground in
                    .with {
                        $0.kind = kind.rawValue
                        $0.code = ground.code
                        $0.rule = CaseworkTranslation.ground(ground)
                    }
                }
            }
        }
    }
}

extension String {
    fileprivate var isBlank: Bool { allSatisfy { $0 == " " } }
}
