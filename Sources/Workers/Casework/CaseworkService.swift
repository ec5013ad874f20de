public import WorkerKit

internal import Rules
internal import Store
internal import Wire

/// The casework worker: one case with all its facts and what follows from them.
public enum CaseworkService {
    /// Registers `caodiem.casework.v1.Casework` and `caodiem.law.v1.LawBook`.
    public static func register(in services: inout WorkerServices) {
        services.unary(CaseworkV1.Casework.showCase, showCase)
        services.mutation(CaseworkV1.Casework.record, RecordHandlers.record)
        services.mutation(CaseworkV1.Casework.decide, DecisionHandlers.decide)
        services.unary(CaseworkV1.Casework.listGrounds, DecisionHandlers.listGrounds)
        LawHandlers.register(in: &services)
        WorklistHandlers.register(in: &services)
    }

    @Sendable
    static func showCase(
        _ request: CaseworkV1.ShowCaseRequest, _ call: WorkerCall
    ) async throws(Failure) -> CaseworkV1.ShowCaseReply {
        let day = try call.asOf(request.asOf)
        let key = CaseKey(
            unit: request.unit.composed, decisionNo: request.decisionNo.composed)
        let law = call.law
        return try await call.load { scope in
            let file = try scope.requiredCase(key)
            guard let unit = try scope.units().first(where: { $0.code == key.unit }),
                let parties = try scope.parties(of: key)
            else { throw Failure.unknownCase(key) }
            let plan = try scope.planInForce("")?.plan
            let standing = file.standing(on: day)
            let changes = try scope.changes(unit: key.unit, decisionNo: key.decisionNo)
            return .with {
                $0.case = CaseworkTranslation.record(file, parties)
                $0.unitName = unit.name
                $0.asOf = day.description
                $0.remaining = file.remaining(on: day).amount
                $0.status = standing.status.rawValue
                $0.statusSince = standing.since.description
                $0.moneyNotEnforceable = file.moneyNotEnforceable(on: day).amount
                $0.rules = file.appliedRules(law, on: day).map(CaseworkTranslation.rule)
                $0.events = CaseworkTranslation.events(of: file, until: day)
                $0.lawBook = law.digest
                $0.remarks = file.remarks(law, plan: plan, on: day).map(CaseworkTranslation.remark)
                $0.instalments = file.commitmentStates(on: day).map(CaseworkTranslation.instalment)
                $0.review = file.reviewPoints(law, on: day).map(CaseworkTranslation.reviewItem)
                $0.changes = changes[key.decisionNo, default: []].map { UInt64(clamping: $0) }
                $0.exemption =
                    file.stateRevenue
                    ? ExemptionTranslation.advice(file.exemptionAdvice(law, on: day)) : nil
            }
        }
    }
}
