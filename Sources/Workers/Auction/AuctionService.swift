public import WorkerKit

internal import Rules
internal import Store
internal import Wire

/// The auction worker: where each seized asset stands, what comes next, what is late.
public enum AuctionService {
    /// Registers `caodiem.auction.v1.Auction`.
    public static func register(in services: inout WorkerServices) {
        services.stream(AuctionV1.Auction.list, list)
        services.stream(AuctionV1.Auction.gaps, gaps)
        services.stream(AuctionV1.Auction.next, next)
    }

    @Sendable
    static func list(
        _ request: AuctionV1.TracksRequest, _ call: WorkerCall,
        _ send: @Sendable (AuctionV1.Track) async throws(Failure) -> Void
    ) async throws(Failure) {
        let day = try call.asOf(request.asOf)
        for unit in try await units(request.unit, request.knownAt, call) {
            let tracks = try await call.store.reading { scope in
                try scope.known(as: request.knownAt).caseFilesWithAssets(unit: unit.code).sorted {
                    $0.key < $1.key
                }
                .flatMap { $0.auctionTracks(on: day) }
            }
            for track in tracks { try await send(AuctionTranslation.track(track)) }
        }
    }

    @Sendable
    static func gaps(
        _ request: AuctionV1.GapsRequest, _ call: WorkerCall,
        _ send: @Sendable (AuctionV1.Gap) async throws(Failure) -> Void
    ) async throws(Failure) {
        let day = try call.asOf(request.asOf)
        for unit in try await units(request.unit, request.knownAt, call) {
            let duties = try await duties(
                of: unit, campaign: request.campaign, request.knownAt, day, call)
            for gap in duties.gaps { try await send(AuctionTranslation.gap(gap, on: day)) }
            for open in duties.undetermined { try await send(AuctionTranslation.gap(open)) }
            guard request.past else { continue }
            for late in duties.past { try await send(AuctionTranslation.gap(late, on: day)) }
        }
    }

    @Sendable
    static func next(
        _ request: AuctionV1.TracksRequest, _ call: WorkerCall,
        _ send: @Sendable (AuctionV1.NextStep) async throws(Failure) -> Void
    ) async throws(Failure) {
        let day = try call.asOf(request.asOf)
        for unit in try await units(request.unit, request.knownAt, call) {
            let duties = try await duties(
                of: unit, campaign: request.campaign, request.knownAt, day, call)
            for duty in duties.next { try await send(AuctionTranslation.next(duty, on: day)) }
        }
    }

    private static func units(
        _ code: String, _ knownAt: String, _ call: WorkerCall
    ) async throws(Failure) -> [Unit] {
        let units = try await call.store.reading { try $0.known(as: knownAt).units() }
        if code.isEmpty { return units }
        guard let unit = units.first(where: { $0.code == code }) else {
            throw Failure.unknownUnit(code, among: units)
        }
        return [unit]
    }

    /// The steps of one unit's assets. Without a plan the steps that only a plan gives a period are left out.
    private static func duties(
        of unit: Unit, campaign: String, _ knownAt: String, _ day: Day, _ call: WorkerCall
    ) async throws(Failure) -> AuctionDuties {
        let law = call.law
        return try await call.store.reading { scope in
            let scope = try scope.known(as: knownAt)
            let hasPlan = try scope.plan() != nil
            let plan =
                hasPlan || !campaign.isEmpty
                ? try scope.appliedPlan(campaign: campaign).plan : nil
            let file = UnitFile(
                unit: unit, cases: try scope.caseFilesWithAssets(unit: unit.code), reports: [])
            return auctionDuties(of: file, plan: plan, law: law, asOf: day)
        }
    }
}
