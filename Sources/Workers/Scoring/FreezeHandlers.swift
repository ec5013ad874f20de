internal import EmulationWorker
internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// Freezes: the answers of score and rank on a day, kept byte for byte.
enum FreezeHandlers {
    @Sendable
    static func freeze(
        _ request: CampaignV1.FreezeRequest, _ call: WorkerCall
    ) async throws(Failure) -> CampaignV1.FreezeEntry {
        try call.access.requireProvince()
        let day = try call.asOf(request.asOf)
        let (law, stamp) = (call.law, call.stamp)
        let made = try await call.load { scope -> Freeze in
            let applied = try scope.appliedPlan(campaign: request.campaign)
            let board = try ScoringService.board(in: scope, by: applied, law: law, asOf: day)
            let ranks =
                applied.plan.emulation.criteria.isEmpty
                ? nil
                : try EmulationService.ranking(
                    in: scope, by: applied, law: law, asOf: day)
            return Freeze.sealed(
                campaign: applied.plan.id, planVersion: applied.version.version,
                lawBook: law.digest, asOf: day, knownAt: try scope.lastChange(),
                score: try board.encoded(), rank: try ranks?.encoded() ?? [])
        }
        return try await call.save { scope in
            if let known = try scope.reading.freeze(like: made) {
                return entry(try known.checked(), status: "unchanged")
            }
            return entry(try scope.save(made, stamp: stamp), status: "frozen")
        }
    }

    @Sendable
    static func freezes(
        _ request: CampaignV1.FreezesRequest, _ call: WorkerCall
    ) async throws(Failure) -> CampaignV1.FreezesReply {
        let records = try await call.load { try $0.freezes() }
        return .with {
            $0.freezes =
                records
                .filter { request.campaign.isEmpty || $0.freeze.campaign == request.campaign }
                .map { entry($0, status: $0.freeze.isIntact ? "intact" : "damaged") }
        }
    }

    /// The scores that were frozen, byte for byte; of one unit, or of all where the text is empty.
    static func score(
        _ id: String, unit: String, _ scope: ReadScope
    ) throws -> ScoringV1.ScoreReply {
        let reply = try ScoringV1.ScoreReply(decoding: scope.requiredFreeze(id).freeze.score)
        guard unit.isEmpty || reply.units.contains(where: { $0.unit == unit }) else {
            throw Failure(
                .notFound, "bản chốt số liệu \(id) không có đơn vị “\(unit)”", field: "unit",
                hint: "các đơn vị: " + reply.units.map(\.unit).joined(separator: ", "))
        }
        return reply.limited(to: unit)
    }

    private static func entry(
        _ record: FreezeRecord, status: String
    ) -> CampaignV1.FreezeEntry {
        .with {
            $0.id = record.freeze.id
            $0.campaign = record.freeze.campaign
            $0.planVersion = UInt32(clamping: record.freeze.planVersion)
            $0.asOf = record.freeze.asOf.description
            $0.lawBook = record.freeze.lawBook
            $0.knownAt = UInt64(clamping: record.freeze.knownAt)
            $0.change = UInt64(clamping: record.change)
            $0.sha256 = record.freeze.sha256
            $0.status = status
            $0.principal = record.principal
            $0.frozenOn = Day(inVietnamAt: record.frozenAtMilliseconds).description
        }
    }
}
