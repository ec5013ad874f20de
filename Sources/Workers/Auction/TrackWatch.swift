internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// The present tracks, then each that changes, for as long as somebody watches.
enum TrackWatch {
    @Sendable
    static func watch(
        _ request: AuctionV1.TracksRequest, _ call: WorkerCall,
        _ send: @Sendable (AuctionV1.WatchedTrack) async throws(Failure) -> Void
    ) async throws(Failure) {
        var sent: [TrackKey: AuctionTrack] = [:]
        try await call.answeringEachChange { (isFirst) async throws(Failure) in
            let facts = try await call.auctionFacts(
                unit: request.unit, campaign: request.campaign, asOf: request.asOf)
            let tracks = auctionTracks(of: facts.cases, on: facts.day)
            try await sendChanges(from: sent, to: tracks, facts.head, isFirst: isFirst, send)
            sent = Dictionary(uniqueKeysWithValues: tracks.map { (TrackKey($0), $0) })
            return facts.head.change
        }
    }

    private static func sendChanges(
        from sent: [TrackKey: AuctionTrack], to tracks: [AuctionTrack],
        _ head: AuctionV1.AuctionHead, isFirst: Bool,
        _ send: @Sendable (AuctionV1.WatchedTrack) async throws(Failure) -> Void
    ) async throws(Failure) {
        let changed = tracks.filter { sent[TrackKey($0)] != $0 }
        let present = Set(tracks.map(TrackKey.init))
        let gone = sent.filter { !present.contains($0.key) }.map(\.value)
            .sorted { ($0.key, $0.assetNo) < ($1.key, $1.assetNo) }
        guard isFirst || !changed.isEmpty || !gone.isEmpty else { return }
        try await send(.with { $0.head = head })
        for track in changed {
            try await send(.with { $0.track = AuctionTranslation.track(track) })
        }
        for track in gone {
            try await send(
                .with {
                    $0.track = AuctionTranslation.track(track)
                    $0.gone = true
                })
        }
        if isFirst { try await send(.with { $0.caughtUp = true }) }
    }

    private struct TrackKey: Hashable {
        let key: CaseKey
        let assetNo: String

        init(_ track: AuctionTrack) {
            key = track.key
            assetNo = track.assetNo
        }
    }
}
