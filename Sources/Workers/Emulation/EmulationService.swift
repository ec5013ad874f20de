public import WorkerKit

internal import Rules
internal import Store
internal import Wire

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
            let applied = try scope.appliedPlan(campaign: request.campaign)
            let plan = applied.plan
            guard !plan.emulation.criteria.isEmpty else {
                throw Failure(
                    .failedPrecondition, "kế hoạch \(plan.id) không có bảng điểm thi đua",
                    hint: "thêm mục emulation vào tệp kế hoạch rồi áp dụng lại")
            }
            let units = try scope.units()
            try checkCluster(request.cluster, among: units)
            var standings: [UnitStanding] = []
            for unit in units where plan.scores(unit) {
                let file = try scope.unitFile(unit)
                standings.append(UnitStanding(file, plan: plan, law: law, asOf: day))
            }
            let rows = Rules.rank(
                standings, plan: plan, cluster: request.cluster.isEmpty ? nil : request.cluster)
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
