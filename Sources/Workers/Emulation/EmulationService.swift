public import Rules
public import Store
public import Wire
public import WorkerKit

/// The emulation worker: points by the plan's table, and ranks.
public enum EmulationService {
    /// Registers `caodiem.emulation.v1.Emulation`.
    public static func register(in services: inout WorkerServices) {
        services.unary(EmulationV1.Emulation.rank, rank)
    }

    @Sendable
    static func rank(
        _ request: EmulationV1.RankRequest, _ call: WorkerCall
    ) async throws(Failure) -> EmulationV1.RankReply {
        let day = try call.asOf(request.asOf)
        let law = call.law
        return try await call.store.reading { scope in
            if !request.freeze.isEmpty { return try frozen(request.freeze, scope) }
            let scope = try scope.known(as: request.knownAt)
            let applied = try scope.appliedPlan(campaign: request.campaign)
            return try ranking(
                in: scope, by: applied, cluster: request.cluster, law: law, asOf: day)
        }
    }

    /// Points and ranks on a day, from the facts that the scope knows; of one cluster, or of the province where
    /// the text is empty.
    public static func ranking(
        in scope: ReadScope, by applied: AppliedPlan, cluster: String, law: LawTable, asOf day: Day
    ) throws -> EmulationV1.RankReply {
        let plan = applied.plan
        guard !plan.emulation.criteria.isEmpty else {
            throw Failure(
                .failedPrecondition, "kế hoạch \(plan.id) không có bảng điểm thi đua",
                hint: "thêm mục emulation vào tệp kế hoạch rồi áp dụng lại")
        }
        let units = try scope.units()
        try checkCluster(cluster, among: units)
        var standings: [UnitStanding] = []
        for unit in units where plan.scores(unit) {
            let file = try scope.unitFile(unit)
            standings.append(UnitStanding(file, plan: plan, law: law, asOf: day))
        }
        let rows = Rules.rank(
            standings, plan: plan, cluster: cluster.isEmpty ? nil : cluster)
        return .with {
            $0.campaign = plan.id
            $0.planVersion = UInt32(clamping: applied.version.version)
            $0.asOf = day.description
            $0.lawBook = law.digest
            $0.rows = rows.map(EmulationTranslation.row)
            $0.tieBreaks = plan.emulation.tieBreaks.map(\.rawValue)
            $0.verified = plan.emulation.verified
            $0.criteria = plan.emulation.criteria.map(\.id)
        }
    }

    /// The ranks that were frozen, byte for byte.
    private static func frozen(_ id: String, _ scope: ReadScope) throws -> EmulationV1.RankReply {
        let freeze = try scope.requiredFreeze(id).freeze
        guard !freeze.rank.isEmpty else {
            throw Failure(
                .failedPrecondition,
                "bản chốt số liệu \(id) không có bảng xếp hạng: kế hoạch khi đó chưa có bảng điểm",
                field: "freeze", hint: "xem caodiem score --freeze \(id)")
        }
        return try EmulationV1.RankReply(decoding: freeze.rank)
    }

    private static func checkCluster(_ cluster: String, among units: [Unit]) throws {
        let clusters = Set(units.compactMap(\.cluster)).sorted()
        guard cluster.isEmpty || clusters.contains(cluster) else {
            throw Failure(
                .notFound, "không có cụm thi đua “\(cluster)”", field: "cluster",
                hint: "các cụm: " + clusters.joined(separator: ", "))
        }
    }
}
