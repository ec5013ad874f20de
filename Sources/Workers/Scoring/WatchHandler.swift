internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// The store's change number as it moves.
enum WatchHandler {
    /// The change number now and each time it has moved.
    @Sendable
    static func watchChanges(
        _ request: CampaignV1.WatchChangesRequest, _ call: WorkerCall,
        _ send: @Sendable (CampaignV1.StoreChange) async throws(Failure) -> Void
    ) async throws(Failure) {
        try await call.answeringEachChange { (_) async throws(Failure) in
            let change = UInt64(clamping: try await call.load { try $0.lastChange() })
            try await send(.with { $0.change = change })
            return change
        }
    }
}

/// Figures as they move: sent when the store's change number has moved and theirs have, too.
extension KeptBoards {
    @Sendable
    func watch(
        _ request: ScoringV1.WatchRequest, _ call: WorkerCall,
        _ send: @Sendable (ScoringV1.ScoreReply) async throws(Failure) -> Void
    ) async throws(Failure) {
        let asked = ScoringV1.ScoreRequest.with {
            $0.campaign = request.campaign
            $0.asOf = request.asOf
            $0.unit = request.unit
        }
        var shown: ScoringV1.ScoreReply?
        try await call.answeringEachChange { (_) async throws(Failure) in
            let board = try await score(asked, call)
            if let moved = board.difference(from: shown) { try await send(moved) }
            shown = board
            return board.change
        }
    }
}

extension ScoringV1.ScoreReply {
    /// The same answer with the targets alone that are not as they were shown; nil where all are. The whole where
    /// nothing was shown, or by another version of the plan.
    func difference(from shown: ScoringV1.ScoreReply?) -> ScoringV1.ScoreReply? {
        guard let shown, shown.planVersion == planVersion, shown.campaign == campaign else {
            return self
        }
        var moved = self
        moved.units = units.compactMap { unit in
            let former = shown.units.first { $0.unit == unit.unit }?.targets ?? []
            var unit = unit
            unit.targets = unit.targets.filter { !former.contains($0) }
            return unit.targets.isEmpty ? nil : unit
        }
        moved.province = province.filter { !shown.province.contains($0) }
        return moved.units.isEmpty && moved.province.isEmpty ? nil : moved
    }
}
