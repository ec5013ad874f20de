internal import Rules
internal import Store
internal import Synchronization
internal import Wire
internal import WorkerKit

/// The boards that were asked for last, each kept up to date from the change log: an answer costs what has
/// changed since the one before. A board is of one plan, law book and day; another day is counted from the start.
final class KeptBoards: Sendable {
    /// Boards kept at once: of today and of the days that a reader compares.
    private static let most = 4

    private struct Key: Hashable {
        let campaign: String
        let version: Int
        let law: String
        let day: Day
    }

    /// The latest asked for last.
    private let boards = Mutex<[(key: Key, board: KeptBoard)]>([])

    @Sendable
    func score(
        _ request: ScoringV1.ScoreRequest, _ call: WorkerCall
    ) async throws(Failure) -> ScoringV1.ScoreReply {
        let day = try call.asOf(request.asOf)
        let (law, access) = (call.law, call.access)
        return try await call.load { [self] scope in
            if !request.freeze.isEmpty {
                let unit = request.unit.composed
                if !unit.isEmpty { try access.require(unit: unit) }
                return try FreezeHandlers.score(request.freeze, unit: unit, scope)
                    .seen(by: access)
            }
            let isPresent = request.knownAt.isEmpty
            let scope = try scope.known(as: request.knownAt)
            let unit = request.unit.isEmpty ? "" : try scope.requiredUnit(request.unit).code
            let applied = try scope.appliedPlan(campaign: request.campaign)
            // The board is everybody's: it is counted over all rows, and each caller gets what it may see of it.
            let all = scope.seen(by: nil)
            guard isPresent else {
                return try ScoringService.board(in: all, by: applied, law: law, asOf: day)
                    .limited(to: unit).seen(by: access)
            }
            return try board(applied, law, day).reply(all, applied, law, day, unit: unit)
                .seen(by: access)
        }
    }

    private func board(_ applied: AppliedPlan, _ law: LawTable, _ day: Day) -> KeptBoard {
        let key = Key(
            campaign: applied.plan.id, version: applied.version.version, law: law.digest, day: day)
        return boards.withLock { boards in
            let at = boards.firstIndex { $0.key == key }
            let entry: (key: Key, board: KeptBoard) =
                at.map { boards.remove(at: $0) } ?? (key, KeptBoard())
            if boards.count >= KeptBoards.most { boards.removeFirst() }
            boards.append(entry)
            return entry.board
        }
    }
}

/// One board: its scores and their messages.
private final class KeptBoard: Sendable {
    private struct Shown {
        var scores: KeptScores
        var units: [ScoringV1.UnitScore]
        var province: [ScoringV1.TargetResult]

        init(_ scores: KeptScores) {
            self.scores = scores
            units = scores.units.map { ScoringTranslation.unit($0.unit, $0.results) }
            province = scores.province.map(ScoringTranslation.result)
        }
    }

    private let shown = Mutex<Shown?>(nil)

    /// The figures as the scope sees them; of one unit alone where it is named.
    func reply(
        _ scope: ReadScope, _ applied: AppliedPlan, _ law: LawTable, _ day: Day, unit: String
    ) throws -> ScoringV1.ScoreReply {
        let last = try scope.lastChange()
        let reply = try shown.withLock { shown -> ScoringV1.ScoreReply? in
            if let known = shown, known.scores.change > last { return nil }
            // A reading that was broken off leaves sums of which nobody knows what they hold.
            var kept = shown.take()
            try KeptBoard.bring(&kept, applied, law, day, scope)
            shown = kept
            guard let kept else { return nil }
            return .head(applied, law, day, change: last).with(
                units: unit.isEmpty ? kept.units : kept.units.filter { $0.unit == unit },
                province: kept.province)
        }
        // A reader that began before the board's last change gets its own count.
        return try reply
            ?? ScoringService.board(in: scope, by: applied, law: law, asOf: day)
            .limited(to: unit)
    }

    private static func bring(
        _ kept: inout Shown?, _ applied: AppliedPlan, _ law: LawTable, _ day: Day,
        _ scope: ReadScope
    ) throws {
        guard kept != nil else {
            let scorer = Scorer(plan: applied.plan, law: law, asOf: day)
            kept = Shown(try KeptScores(scorer, counting: scope))
            return
        }
        guard let moved = try kept?.scores.update(from: scope), !moved.isEmpty,
            let scores = kept?.scores
        else { return }
        guard scores.units.count == kept?.units.count else {
            kept = Shown(scores)
            return
        }
        for at in moved {
            kept?.units[at] = ScoringTranslation.unit(
                scores.units[at].unit, scores.units[at].results)
        }
        kept?.province = scores.province.map(ScoringTranslation.result)
    }
}
