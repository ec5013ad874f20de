internal import Rules
internal import Synchronization
internal import Transport
internal import Wire

/// The board's figures on one day, and nothing else of it.
struct DayFigures: Sendable {
    struct Figure: Sendable, Equatable {
        let numerator: Int64
        let denominator: Int64
    }

    /// By target; the province has the empty code.
    private var units: [String: [String: Figure]] = [:]

    init(_ board: ScoringV1.ScoreReply) {
        units[""] = DayFigures.figures(board.province)
        for unit in board.units { units[unit.unit] = DayFigures.figures(unit.targets) }
    }

    func figure(unit: String, target: String) -> Figure? { units[unit]?[target] }

    private static func figures(_ targets: [ScoringV1.TargetResult]) -> [String: Figure] {
        Dictionary(
            targets.map {
                ($0.id, Figure(numerator: $0.numerator, denominator: $0.denominator))
            }
        ) { first, _ in first }
    }
}

/// The way that the figures have gone: the board on past days, counted one after the other in the background.
///
/// A province of a million cases takes seconds a day, so after a count that took long there is a pause of four times
/// as long: a trend that somebody looks at costs the scoring worker a fifth of its time at most.
final class Trends: Sendable {
    private struct Key: Hashable {
        let visitor: Visitor
        let campaign: String
    }

    private struct Series {
        var days: [Day: (figures: DayFigures, mark: Mark)] = [:]
        var wanted: [Day] = []
        var isRunning = false
        var began = ContinuousClock.now
        var used: UInt64 = 0
    }

    private struct State {
        var series: [Key: Series] = [:]
        var turn: UInt64 = 0
    }

    /// Principals whose trends are kept.
    private static let limit = 32
    /// Days that are kept for one of them.
    private static let dayLimit = 400
    /// How long a page waits for days that were never counted.
    private static let patience = Duration.milliseconds(100)
    private static let pauseFactor = 4
    /// A count that takes less needs no pause.
    private static let short = Duration.milliseconds(150)

    private let state = Mutex(State())
    private let fleet: Fleet

    init(fleet: Fleet) { self.fleet = fleet }

    struct Line: Sendable {
        let points: [(day: Day, figures: DayFigures)]
        /// All days are there and as new as the store.
        let isComplete: Bool
    }

    /// The figures of the days as far as they are known; those that are missing or old are counted meanwhile.
    func line(_ days: [Day], campaign: String, as visitor: Visitor) async -> Line {
        let key = Key(visitor: visitor, campaign: campaign)
        var line = look(key, days)
        while line.points.count < days.count, isNew(key) {
            try? await Task.sleep(for: .milliseconds(10))
            line = look(key, days)
        }
        return line
    }

    /// Whether the count of days began just now, so that it is worth waiting for.
    private func isNew(_ key: Key) -> Bool {
        state.withLock { state in
            guard let series = state.series[key], series.isRunning else { return false }
            return ContinuousClock.now - series.began < Trends.patience
        }
    }

    private func look(_ key: Key, _ days: [Day]) -> Line {
        let mark = fleet.changes.mark
        let (line, begins) = state.withLock { state in
            state.turn += 1
            var series = state.series[key] ?? Series()
            series.used = state.turn
            series.wanted = days.filter { series.days[$0]?.mark != mark }
            let begins = !series.wanted.isEmpty && !series.isRunning
            if begins {
                series.isRunning = true
                series.began = ContinuousClock.now
            }
            let points = days.compactMap { day in
                series.days[day].map { (day: day, figures: $0.figures) }
            }
            let line = Line(points: points, isComplete: series.wanted.isEmpty)
            state.series[key] = series
            Trends.makeRoom(&state)
            return (line, begins)
        }
        if begins { Task { await self.count(key) } }
        return line
    }

    private static func makeRoom(_ state: inout State) {
        while state.series.count > limit,
            let oldest = state.series.filter({ !$0.value.isRunning })
                .min(by: { $0.value.used < $1.value.used })
        {
            state.series[oldest.key] = nil
        }
    }

    /// Counts the days that are wanted until none is left or the fleet refuses.
    private func count(_ key: Key) async {
        let clock = ContinuousClock()
        while let day = next(key) {
            let mark = fleet.changes.mark
            let began = clock.now
            let request = ScoringV1.ScoreRequest.with {
                $0.campaign = key.campaign
                $0.asOf = day.description
                $0.unit = key.visitor.onlyUnit
            }
            do throws(Failure) {
                let board = try await fleet.coordinator.unary(
                    ScoringV1.Scoring.score, request, timeout: .seconds(60),
                    metadata: key.visitor.metadata)
                keep(key, day, DayFigures(board), mark)
            } catch {
                return stop(key)
            }
            let took = clock.now - began
            if took > Trends.short { try? await Task.sleep(for: took * Trends.pauseFactor) }
        }
    }

    private func next(_ key: Key) -> Day? {
        state.withLock { state in
            let day = state.series[key]?.wanted.first
            if day == nil { state.series[key]?.isRunning = false }
            return day
        }
    }

    private func keep(_ key: Key, _ day: Day, _ figures: DayFigures, _ mark: Mark) {
        state.withLock { state in
            guard var series = state.series[key] else { return }
            if series.days.count >= Trends.dayLimit { series.days = [:] }
            series.days[day] = (figures, mark)
            series.wanted.removeAll { $0 == day }
            state.series[key] = series
        }
    }

    private func stop(_ key: Key) {
        state.withLock { state in
            state.series[key]?.isRunning = false
            state.series[key]?.wanted = []
        }
    }
}
