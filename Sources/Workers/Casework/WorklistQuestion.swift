internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// Whose duties are asked for, on which day, under which plan. Each answer is one read transaction, in which
/// the units are read one after the other.
struct WorklistQuestion: Sendable {
    let day: Day
    let unit: String
    let campaign: String
    let scope: WorklistScope

    init(_ request: CaseworkV1.WorklistRequest, _ call: WorkerCall) throws(Failure) {
        day = try call.asOf(request.asOf)
        unit = request.unit.composed
        campaign = request.campaign
        let within = request.within.map { Int($0) } ?? WorklistScope.usualDays
        guard within <= 3_660 else {
            throw Failure(
                .invalidArgument, "within \(within) days is too far ahead", field: "within",
                hint: "ask for 3660 days at most")
        }
        scope = WorklistScope(
            officer: request.officer.isEmpty ? nil : request.officer.composed, within: within)
    }

    init(_ request: CaseworkV1.RegisterRequest, _ call: WorkerCall) throws(Failure) {
        day = try call.asOf(request.asOf)
        unit = request.unit.composed
        campaign = request.campaign
        scope = WorklistScope(
            officer: request.officer.isEmpty ? nil : request.officer.composed, within: 0)
    }

    func answer(
        _ call: WorkerCall, _ consequences: ConsequenceTable
    ) async throws(Failure) -> (basis: CaseworkV1.DutyBasis, list: Worklist) {
        let (day, scope, law, access) = (day, scope, call.law, call.access)
        return try await read(call) { units, plan, _, basis in
            var list = Worklist()
            try units { list.add($0, plan: plan, law: law, asOf: day, scope: scope) }
            list.keep { access.covers(unit: $0, officer: $1) }
            list.sort(by: consequences)
            return (basis, list)
        }
    }

    func register(
        _ call: WorkerCall, from: Day?, _ consequences: ConsequenceTable
    ) async throws(Failure) -> (basis: CaseworkV1.DutyBasis, rows: [RegisterRow]) {
        let (day, officer, law, access) = (day, scope.officer, call.law, call.access)
        return try await read(call) { units, plan, firms, basis in
            var register = ComplianceRegister()
            try units {
                register.append(
                    complianceRegister(
                        of: $0, plan: plan, law: law, firms: firms, asOf: day, from: from))
            }
            register.sort(by: consequences)
            return (
                basis,
                register.rows.filter {
                    (officer == nil || $0.officer == officer)
                        && access.covers(unit: $0.unit, officer: $0.officer)
                }
            )
        }
    }

    private func read<Value: Sendable>(
        _ call: WorkerCall,
        _ body:
            @escaping @Sendable (
                ((UnitFile) -> Void) throws -> Void, CampaignPlan?, RegisteredFirms,
                CaseworkV1.DutyBasis
            ) throws -> Value
    ) async throws(Failure) -> Value {
        let (question, digest) = (self, call.law.digest)
        return try await call.load { scope in
            let asked = try scope.touchedUnits(question.unit)
            let applied = try scope.planInForce(question.campaign)
            let change = try scope.lastChange()
            let basis = CaseworkV1.DutyBasis.with {
                $0.asOf = question.day.description
                $0.campaign = applied?.plan.id ?? ""
                $0.planVersion = UInt64(clamping: applied?.version.version ?? 0)
                $0.lawBook = digest
                $0.change = UInt64(clamping: change)
                $0.within = UInt32(clamping: question.scope.within)
            }
            return try body(
                { take in for unit in asked { take(try scope.unitFile(unit)) } }, applied?.plan,
                try scope.registeredFirms(), basis)
        }
    }
}
