public import WorkerKit

internal import Rules
internal import Store
internal import Wire

/// The scoring worker: the campaign's plan, and where each unit stands against its targets.
public enum ScoringService {
    /// Registers `caodiem.campaign.v1.Campaign` and `caodiem.scoring.v1.Scoring`.
    public static func register(in services: inout WorkerServices) {
        let boards = KeptBoards()
        services.mutation(CampaignV1.Campaign.apply, CampaignHandlers.apply)
        services.unary(CampaignV1.Campaign.show, CampaignHandlers.show)
        services.unary(ScoringV1.Scoring.score, boards.score)
        services.stream(ScoringV1.Scoring.explain, explain)
        services.mutation(CampaignV1.Campaign.freeze, FreezeHandlers.freeze)
        services.unary(CampaignV1.Campaign.freezes, FreezeHandlers.freezes)
        services.stream(ScoringV1.Scoring.watch, boards.watch)
        services.stream(ScoringV1.Scoring.diff, DiffHandler.diff)
        services.unary(ScoringV1.Scoring.forecast, ForecastHandler.forecast)
        services.unary(ScoringV1.Scoring.statistics, StatisticsHandler.statistics)
        services.stream(ScoringV1.Scoring.signals, SignalsHandler.signals)
        services.stream(CampaignV1.Campaign.propose, NominationHandlers.propose)
        services.stream(CampaignV1.Campaign.check, NominationHandlers.check)
        services.mutation(CampaignV1.Campaign.submit, NominationHandlers.submit)
        services.mutation(CampaignV1.Campaign.replace, NominationHandlers.replace)
        services.mutation(CampaignV1.Campaign.lock, NominationHandlers.lock)
        services.stream(CampaignV1.Campaign.watchChanges, WatchHandler.watchChanges)
    }

    /// Every unit against every target on a day, from the facts that the scope knows, counted from the start.
    static func board(
        in scope: ReadScope, by applied: AppliedPlan, law: LawTable, asOf day: Day
    ) throws -> ScoringV1.ScoreReply {
        let scorer = Scorer(plan: applied.plan, law: law, asOf: day)
        let scores = try KeptScores(scorer, counting: scope)
        return .head(applied, law, day, change: scores.change).with(
            units: scores.units.map { ScoringTranslation.unit($0.unit, $0.results) },
            province: scores.province.map(ScoringTranslation.result))
    }

    @Sendable
    static func explain(
        _ request: ScoringV1.ExplainRequest, _ call: WorkerCall,
        _ send: @Sendable (ScoringV1.ExplainItem) async throws(Failure) -> Void
    ) async throws(Failure) {
        let day = try call.asOf(request.asOf)
        let law = call.law
        let (head, explanation, changes, nearest) = try await call.load { scope in
            let scope = try scope.known(as: request.knownAt)
            let applied = try scope.appliedPlan(campaign: request.campaign)
            let target = try requiredTarget(request.target, in: applied.plan)
            let unit = try scope.requiredUnit(request.unit)
            let head = ScoringV1.ExplainHead.with {
                $0.campaign = applied.plan.id
                $0.planVersion = UInt32(clamping: applied.version.version)
                $0.asOf = day.description
                $0.lawBook = law.digest
                $0.unit = unit.code
                $0.name = unit.name
                $0.target = target.id
            }
            let file = try scope.unitFile(unit)
            let explanation = Rules.explain(
                target: target, unit: file, plan: applied.plan, law: law, asOf: day)
            return (
                head, explanation, try scope.changes(unit: unit.code),
                explanation.nearest(in: file, asOf: day)
            )
        }
        try await send(.with { $0.item = .head(head) })
        for reason in explanation.reasons {
            let words = ScoringTranslation.reason(
                reason, changes: changes[reason.decisionNo] ?? [])
            try await send(.with { $0.item = .reason(words) })
        }
        let summary = ScoringTranslation.result(explanation.summary)
        try await send(.with { $0.item = .summary(summary) })
        guard let nearest else { return }
        try await send(.with { $0.item = .nearest(ScoringTranslation.nearest(nearest)) })
    }

    private static func requiredTarget(_ id: String, in plan: CampaignPlan) throws -> Target {
        if let target = plan.target(id) { return target }
        throw Failure(
            .notFound, "kế hoạch \(plan.id) không có chỉ tiêu “\(id)”", field: "target",
            hint: "các chỉ tiêu: " + plan.targets.map(\.id).joined(separator: ", "))
    }
}

extension ScoringV1.ScoreReply {
    /// What the caller may see of it: whole units, and the province's figures where it sees the province.
    func seen(by access: WorkerAccess) -> ScoringV1.ScoreReply {
        guard !access.coversProvince else { return self }
        return with(units: units.filter { access.covers(unit: $0.unit) }, province: [])
    }

    /// What stands above the figures.
    static func head(
        _ applied: AppliedPlan, _ law: LawTable, _ day: Day, change: Int64
    ) -> ScoringV1.ScoreReply {
        .with {
            $0.campaign = applied.plan.id
            $0.title = applied.plan.title
            $0.planVersion = UInt32(clamping: applied.version.version)
            $0.asOf = day.description
            $0.lawBook = law.digest
            $0.change = UInt64(clamping: change)
        }
    }

    func with(
        units: [ScoringV1.UnitScore], province: [ScoringV1.TargetResult]
    ) -> ScoringV1.ScoreReply {
        var reply = self
        reply.units = units
        reply.province = province
        return reply
    }

    /// The same answer with that unit alone; the province's figures stay. Empty = all units.
    func limited(to unit: String) -> ScoringV1.ScoreReply {
        guard !unit.isEmpty else { return self }
        var reply = self
        reply.units = units.filter { $0.unit == unit }
        return reply
    }
}
