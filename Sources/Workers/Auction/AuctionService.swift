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
        TrackHandlers.register(in: &services)
        ForecastHandlers.register(in: &services)
        FirmHandlers.register(in: &services)
    }

    @Sendable
    static func list(
        _ request: AuctionV1.TracksRequest, _ call: WorkerCall,
        _ send: @Sendable (AuctionV1.Track) async throws(Failure) -> Void
    ) async throws(Failure) {
        let facts = try await call.auctionFacts(
            unit: request.unit, campaign: request.campaign, asOf: request.asOf,
            knownAt: request.knownAt)
        try await send(.with { $0.head = facts.head })
        for track in auctionTracks(of: facts.cases, on: facts.day) {
            try await send(AuctionTranslation.track(track))
        }
    }

    @Sendable
    static func gaps(
        _ request: AuctionV1.GapsRequest, _ call: WorkerCall,
        _ send: @Sendable (AuctionV1.Gap) async throws(Failure) -> Void
    ) async throws(Failure) {
        let facts = try await call.auctionFacts(
            unit: request.unit, campaign: request.campaign, asOf: request.asOf,
            knownAt: request.knownAt)
        let day = facts.day
        let duties = auctionDuties(of: facts.cases, plan: facts.plan, law: call.law, asOf: day)
        try await send(.with { $0.head = facts.head })
        for gap in duties.gaps { try await send(AuctionTranslation.gap(gap, on: day)) }
        for open in duties.undetermined { try await send(AuctionTranslation.undetermined(open)) }
        if request.past {
            for late in duties.past { try await send(AuctionTranslation.gap(late, on: day)) }
        }
        guard request.sum else { return }
        for lost in lostDays(duties.gaps + (request.past ? duties.past : []), on: day) {
            try await send(.with { $0.lost = AuctionTranslation.lost(lost) })
        }
    }

    @Sendable
    static func next(
        _ request: AuctionV1.TracksRequest, _ call: WorkerCall,
        _ send: @Sendable (AuctionV1.NextStep) async throws(Failure) -> Void
    ) async throws(Failure) {
        let facts = try await call.auctionFacts(
            unit: request.unit, campaign: request.campaign, asOf: request.asOf,
            knownAt: request.knownAt)
        let duties = auctionDuties(
            of: facts.cases, plan: facts.plan, law: call.law, asOf: facts.day)
        try await send(.with { $0.head = facts.head })
        let cases = Dictionary(facts.cases.map { ($0.key, $0) }) { first, _ in first }
        for duty in duties.next {
            let advice = cases[duty.key].map {
                $0.auctionAdvice(duty.assetNo, law: call.law, on: facts.day)
            }
            var step = AuctionTranslation.next(duty, on: facts.day)
            step.advice = (advice ?? []).map(TrackTranslation.advice)
            try await send(step)
        }
    }
}
