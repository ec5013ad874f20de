internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// What-if: ranks with other figures and weights, and how firmly the first place stands. Nothing is kept.
enum SimulationHandler {
    /// Figures and weights put in at most; each criterion is then tried with every base up to the total.
    private static let suppositions = 1000

    @Sendable
    static func simulate(
        _ request: EmulationV1.SimulateRequest, _ call: WorkerCall
    ) async throws(Failure) -> EmulationV1.SimulateReply {
        try call.access.requireProvince()
        let day = try call.asOf(request.asOf)
        let law = call.law
        guard request.rates.count + request.weights.count <= suppositions else {
            throw Failure(
                .invalidArgument, "quá nhiều giả định, tối đa \(suppositions)", field: "rates")
        }
        return try await call.load { scope in
            let emulation = try scope.emulation(campaign: request.campaign, law: law, asOf: day)
            let cluster = request.cluster.composed
            try RankHandler.checkCluster(cluster, among: try scope.units())
            let standings = try scope.standings(emulation)
            let supposition = try supposition(request, standings, emulation)
            let group = cluster.isEmpty ? nil : cluster
            let before = Rules.rank(standings, plan: emulation.plan, cluster: group)
            let after = Rules.simulate(
                standings, supposition, plan: emulation.plan, cluster: group, asOf: day)
            let firmness = firstPlaceSensitivity(
                standings, plan: emulation.plan, cluster: group)
            return .with {
                $0.campaign = emulation.plan.id
                $0.planVersion = emulation.version
                $0.asOf = day.description
                $0.lawBook = law.digest
                $0.moves = moves(before, after)
                $0.sensitivity = firmness.map { sensitivity($0, before) }
                $0.firstBefore = before.filter { $0.rank == 1 }.map(\.unit.code)
                $0.firstAfter = after.filter { $0.rank == 1 }.map(\.unit.code)
            }
        }
    }

    private static func supposition(
        _ request: EmulationV1.SimulateRequest, _ standings: [UnitStanding],
        _ emulation: EmulationCase
    ) throws -> Supposition {
        var supposition = Supposition()
        for asked in request.rates {
            let unit = asked.unit.composed
            guard let standing = standings.first(where: { $0.unit.code == unit }) else {
                throw Failure.unknownUnit(unit, among: standings.map(\.unit))
            }
            guard standing.results.contains(where: { $0.id == asked.target }) else {
                throw Failure(
                    .notFound, "kế hoạch không có chỉ tiêu “\(asked.target.prefix(64))”",
                    field: "rates.target",
                    hint: emulation.plan.targets.map(\.id).joined(separator: ", "))
            }
            guard let rate = Ratio(rate: asked.rate) else {
                throw Failure(
                    .invalidArgument, "“\(asked.rate.prefix(40))” không phải là tỷ lệ",
                    field: "rates.rate", hint: "viết như 85%, 17/20 hoặc 0.85")
            }
            supposition.rates.append(.init(unit: unit, target: asked.target, rate: rate))
        }
        for asked in request.weights {
            guard emulation.table.criterion(asked.criterion) != nil else {
                throw Failure(
                    .notFound, "bảng điểm không có tiêu chí “\(asked.criterion.prefix(64))”",
                    field: "weights.criterion",
                    hint: emulation.table.criteria.map(\.id).joined(separator: ", "))
            }
            guard asked.base <= 1000 else {
                throw Failure(
                    .invalidArgument, "điểm chuẩn \(asked.base) lớn hơn 1000", field: "weights.base"
                )
            }
            supposition.weights[asked.criterion] = Int(asked.base)
        }
        return supposition
    }

    private static func moves(
        _ before: [EmulationRow], _ after: [EmulationRow]
    ) -> [EmulationV1.Move] {
        after.map { row in
            let old = before.first { $0.unit.code == row.unit.code }
            return .with {
                $0.unit = row.unit.code
                $0.name = row.unit.name
                $0.rankBefore = old?.rank.map { UInt32(clamping: $0) }
                $0.rankAfter = row.rank.map { UInt32(clamping: $0) }
                $0.scoreBefore = old.map { EmulationTranslation.points($0.score) } ?? ""
                $0.scoreAfter = EmulationTranslation.points(row.score)
            }
        }
    }

    private static func sensitivity(
        _ found: FirstPlaceSensitivity, _ rows: [EmulationRow]
    ) -> EmulationV1.Sensitivity {
        let first = rows.first?.score ?? .zero
        return .with {
            $0.criterion = found.criterion
            $0.base = UInt32(clamping: found.base)
            $0.baseBelow = found.below.map { UInt32(clamping: $0.base) }
            $0.firstBelow = found.below?.first.joined(separator: ", ") ?? ""
            $0.baseAbove = found.above.map { UInt32(clamping: $0.base) }
            $0.firstAbove = found.above?.first.joined(separator: ", ") ?? ""
            $0.pointsToLose = found.pointsToLose.map(roundedUp) ?? ""
            $0.runnerUp = rows.first { $0.rank != nil && $0.score < first }?.unit.code ?? ""
        }
    }

    /// So many points do move the place: the least number of hundredths that is enough.
    private static func roundedUp(_ points: Ratio) -> String {
        EmulationTranslation.points(Ratio((points * Ratio(100)).ceiling, 100))
    }
}
