internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// The lists that units hand in: who belongs on them, who stands on them, and every change of them.
enum NominationHandlers {
    @Sendable
    static func propose(
        _ request: CampaignV1.ListRequest, _ call: WorkerCall,
        _ send: @Sendable (CampaignV1.ListItem) async throws(Failure) -> Void
    ) async throws(Failure) {
        for seen in try await lists(request, call) {
            try await send(NominationTranslation.head(seen))
            for candidate in seen.list.candidates {
                try await send(NominationTranslation.candidate(candidate))
            }
        }
    }

    @Sendable
    static func check(
        _ request: CampaignV1.ListRequest, _ call: WorkerCall,
        _ send: @Sendable (CampaignV1.ListItem) async throws(Failure) -> Void
    ) async throws(Failure) {
        for seen in try await lists(request, call) {
            try await send(NominationTranslation.head(seen))
            for candidate in seen.list.candidates where candidate.isListed {
                try await send(NominationTranslation.candidate(candidate))
            }
            for finding in seen.list.findings {
                try await send(NominationTranslation.finding(finding))
            }
        }
    }

    private static func lists(
        _ request: CampaignV1.ListRequest, _ call: WorkerCall
    ) async throws(Failure) -> [SeenList] {
        let day = try call.asOf(request.asOf)
        return try await call.load { scope in
            let applied = try scope.appliedPlan(campaign: request.campaign)
            let plan = applied.plan
            let asked = request.list.isEmpty ? plan.lists : [try plan.required(list: request.list)]
            var seen: [SeenList] = []
            let locks = try asked.map { try scope.locks(campaign: plan.id, list: $0.id) }
            for unit in try scope.selectedUnits(request.unit) where plan.scores(unit) {
                let file = try scope.unitFile(unit)
                for (list, locks) in zip(asked, locks) {
                    seen.append(
                        SeenList(
                            list: unitList(list, of: file, plan: plan, asOf: day), plan: applied,
                            asOf: day, lockedOn: locks[unit.code]))
                }
            }
            return seen
        }
    }

    @Sendable
    static func submit(
        _ request: CampaignV1.SubmitRequest, _ call: WorkerCall
    ) async throws(Failure) -> CampaignV1.ListChange {
        let day = try call.past(request.submittedOn, field: "submitted_on")
        let stamp = call.stamp
        return try await call.save { scope in
            let open = try OpenList(
                request.campaign, list: request.list, unit: request.unit, on: day, scope)
            let numbers =
                request.decisionNos.isEmpty
                ? open.list.candidates.filter(\.isProposed).map(\.key.decisionNo)
                : request.decisionNos
            try open.refuseUnfit(numbers, reason: request.reason)
            let fresh = numbers.filter { !open.isListed($0) }
            let change = try scope.nominate(
                unit: request.unit,
                fresh.map { number in
                    NominationEntry(
                        decisionNo: number, list: open.list.list.id, submittedOn: day,
                        reason: request.reason.isEmpty ? nil : request.reason)
                }, stamp: stamp)
            return open.change(fresh.isEmpty ? "unchanged" : "submitted", fresh, change)
        }
    }

    @Sendable
    static func replace(
        _ request: CampaignV1.ReplaceRequest, _ call: WorkerCall
    ) async throws(Failure) -> CampaignV1.ListChange {
        let day = try call.past(request.replacedOn, field: "replaced_on")
        guard !request.reason.isEmpty else {
            throw Failure(
                .invalidArgument, "thay việc trong danh sách phải có lý do", field: "reason",
                hint: "thêm --reason")
        }
        let stamp = call.stamp
        return try await call.save { scope in
            let open = try OpenList(
                request.campaign, list: request.list, unit: request.unit, on: day, scope)
            guard let out = open.candidate(request.withdrawn), let submitted = out.submittedOn
            else {
                throw Failure(
                    .failedPrecondition,
                    "việc \(request.withdrawn) không có trong danh sách \(open.list.list.id)",
                    field: "withdrawn", hint: "xem caodiem nominate check", reason: "NOT_LISTED")
            }
            guard !open.isListed(request.added) else {
                throw Failure(
                    .failedPrecondition, "việc \(request.added) đã có trong danh sách",
                    field: "added", reason: "ALREADY_LISTED")
            }
            try open.refuseUnfit([request.added], reason: "")
            let list = open.list.list.id
            let change = try scope.nominate(
                unit: request.unit,
                [
                    NominationEntry(
                        decisionNo: request.withdrawn, list: list, submittedOn: submitted,
                        withdrawnOn: day, reason: request.reason),
                    NominationEntry(
                        decisionNo: request.added, list: list, submittedOn: day,
                        reason: request.reason),
                ], stamp: stamp)
            return open.change("replaced", [request.withdrawn, request.added], change)
        }
    }

    @Sendable
    static func lock(
        _ request: CampaignV1.LockRequest, _ call: WorkerCall
    ) async throws(Failure) -> CampaignV1.ListChange {
        try call.access.requireProvince()
        let (day, stamp) = (call.receivedOn, call.stamp)
        return try await call.save { scope in
            let plan = try scope.reading.appliedPlan(campaign: request.campaign).plan
            let list = try plan.required(list: request.list)
            let units = try scope.reading.selectedUnits(request.unit)
            let (change, closed) = try scope.lock(
                campaign: plan.id, list: list.id, units: units.map(\.code), on: day, stamp: stamp)
            return .with {
                $0.campaign = plan.id
                $0.list = list.id
                $0.unit = request.unit
                $0.status = closed.isEmpty ? "unchanged" : "locked"
                $0.change = UInt64(clamping: change)
            }
        }
    }
}

/// A unit's list with what its answer says beside it.
struct SeenList: Sendable {
    let list: UnitList
    let plan: AppliedPlan
    let asOf: Day
    let lockedOn: Day?
}

/// A list that may still be changed.
private struct OpenList {
    let list: UnitList
    private let plan: CampaignPlan

    /// - Throws: NOT_FOUND for what is not there, FAILED_PRECONDITION for a closed list.
    init(
        _ campaign: String, list id: String, unit code: String, on day: Day, _ scope: WriteScope
    ) throws {
        let reading = scope.reading
        plan = try reading.appliedPlan(campaign: campaign).plan
        let list = try plan.required(list: id)
        let unit = try reading.requiredUnit(code)
        if let on = try reading.locks(campaign: plan.id, list: id)[unit.code] {
            throw Failure(
                .failedPrecondition, "danh sách \(id) của \(code) đã khóa ngày \(on.vietnamese)",
                field: "list", hint: "danh sách đã khóa chỉ sửa được bằng nhập dữ liệu đính chính",
                reason: "LIST_LOCKED")
        }
        let file = try reading.unitFile(unit)
        self.list = unitList(list, of: file, plan: plan, asOf: day)
        self.known = Dictionary(
            self.list.candidates.map { ($0.key.decisionNo, $0) }, uniquingKeysWith: { a, _ in a })
        self.cases = file.cases.reduce(into: [:]) {
            $0[$1.key.decisionNo] = $1
        }
    }

    private let known: [String: ListCandidate]
    private let cases: [String: CaseFile]

    func candidate(_ number: String) -> ListCandidate? { known[number] }

    func isListed(_ number: String) -> Bool { known[number]?.isListed ?? false }

    /// Refuses cases that are not there, and those that may not stand on the list unless a reason says why.
    func refuseUnfit(_ numbers: [String], reason: String) throws {
        for number in numbers {
            guard let file = cases[number] else {
                throw Failure(
                    .notFound, "đơn vị \(list.unit.code) không có việc \(number)",
                    field: "decision_nos", hint: "kiểm tra số quyết định hoặc nhập việc đó trước")
            }
            let obstacles = file.obstacles(to: list.list.population, on: list.judgedOn)
            guard reason.isEmpty, !obstacles.isEmpty, !isListed(number) else { continue }
            throw Failure(
                .failedPrecondition,
                "việc \(number) không thuộc danh sách \(list.list.id): "
                    + obstacles.map(\.sentence).joined(separator: " "), field: "decision_nos",
                hint: "bỏ việc này, hoặc nêu lý do bằng --reason", reason: "NOT_ELIGIBLE")
        }
    }

    func change(_ status: String, _ numbers: [String], _ change: Int64) -> CampaignV1.ListChange {
        .with {
            $0.campaign = plan.id
            $0.list = list.list.id
            $0.unit = list.unit.code
            $0.status = status
            $0.decisionNos = numbers
            $0.change = UInt64(clamping: change)
        }
    }
}

extension CampaignPlan {
    fileprivate func required(list id: String) throws -> PlanList {
        if let list = list(id) { return list }
        throw Failure(
            .notFound, "kế hoạch \(self.id) không có danh sách “\(id)”", field: "list",
            hint: "các danh sách: " + lists.map(\.id).joined(separator: ", "))
    }
}

extension WorkerCall {
    /// A day of something done: the day of the call where the text is empty, never later.
    fileprivate func past(_ text: String, field: String) throws(Failure) -> Day {
        let day = try asOf(text)
        guard day <= receivedOn else {
            throw Failure(
                .invalidArgument, "ngày \(day.vietnamese) chưa đến", field: field,
                hint: "ghi ngày đã nộp, không ghi ngày trong tương lai")
        }
        return day
    }
}

/// Lists become messages here.
private enum NominationTranslation {
    static func head(_ seen: SeenList) -> CampaignV1.ListItem {
        let list = seen.list
        let head = CampaignV1.ListHead.with {
            $0.campaign = seen.plan.plan.id
            $0.planVersion = UInt32(clamping: seen.plan.version.version)
            $0.asOf = seen.asOf.description
            $0.unit = list.unit.code
            $0.name = list.unit.name
            $0.list = list.list.id
            $0.title = list.list.title
            $0.size = UInt32(clamping: list.list.size ?? 0)
            $0.dueOn = list.dueOn.description
            $0.judgedOn = list.judgedOn.description
            $0.eligible = UInt32(clamping: list.eligible)
            $0.listed = UInt32(clamping: list.listed)
            $0.lockedOn = seen.lockedOn?.description ?? ""
        }
        return .with { $0.item = .head(head) }
    }

    static func candidate(_ candidate: ListCandidate) -> CampaignV1.ListItem {
        let entry = CampaignV1.Candidate.with {
            $0.decisionNo = candidate.key.decisionNo
            $0.decisionOn = candidate.decisionOn.description
            $0.officer = candidate.officer ?? ""
            $0.remaining = candidate.remaining.amount
            $0.eligible = candidate.isEligible
            $0.proposed = candidate.isProposed
            $0.listed = candidate.isListed
            $0.submittedOn = candidate.submittedOn?.description ?? ""
            $0.reasons = candidate.obstacles.map(\.sentence)
        }
        return .with { $0.item = .candidate(entry) }
    }

    static func finding(_ finding: ListFinding) -> CampaignV1.ListItem {
        let entry = CampaignV1.ListFinding.with {
            $0.code = finding.code.rawValue
            $0.severity = finding.severity.rawValue
            $0.decisionNo = finding.decisionNo ?? ""
            $0.message = finding.message
        }
        return .with { $0.item = .finding(entry) }
    }
}
