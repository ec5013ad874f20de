internal import Synchronization
internal import Wire

/// What the fleet answered, kept as long as it is true.
///
/// An answer is as good as the mark it was asked under. One that has grown old is asked for anew, once for all who
/// wait; a reader waits for it a little and then gets the old one, marked so. Failures are not kept.
final class AnswerCache: Sendable {
    struct Key: Hashable, Sendable {
        /// Answers never pass from one principal to another.
        let visitor: Visitor
        let path: String
        let request: [UInt8]
    }

    private struct Entry {
        let value: any Sendable
        let mark: Mark
        /// Parts of the answer: cells of a board, rows of a list.
        let weight: Int
        var used: UInt64
    }

    /// What is being asked for, and since when.
    private struct Question {
        let task: Task<Result<Loaded, Failure>, Never>
        let began: ContinuousClock.Instant
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var running: [Key: Question] = [:]
        var weight = 0
        var turn: UInt64 = 0
    }

    /// What was loaded, with the number of its parts.
    struct Loaded: Sendable {
        let value: any Sendable
        let weight: Int
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let patience: Duration

    /// - Parameters:
    ///   - capacity: parts of answers that are kept in all.
    ///   - patience: how long after a question readers wait for its answer where an old one is at hand.
    init(capacity: Int, patience: Duration) {
        self.capacity = capacity
        self.patience = patience
    }

    /// The answer, and whether it is an old one that is being asked for anew.
    func answer(
        _ key: Key, _ mark: Mark,
        load: @escaping @Sendable () async -> Result<Loaded, Failure>
    ) async throws(Failure) -> (value: any Sendable, isOld: Bool) {
        let (kept, question) = lookUp(key, mark, load)
        if let kept, kept.mark == mark { return (kept.value, false) }
        guard let question else {
            throw Failure(.internal, "an answer is neither kept nor asked for")
        }
        guard let kept else { return (try await question.task.value.get().value, false) }
        let left = patience - (ContinuousClock.now - question.began)
        switch await AnswerCache.first(question.task, within: left) {
        case .success(let loaded): return (loaded.value, false)
        case .failure(let failure) where failure.code != .unavailable: throw failure
        case .failure, nil: return (kept.value, true)
        }
    }

    /// What is kept without asking for it anew.
    func kept(_ key: Key) -> (value: any Sendable, mark: Mark)? {
        state.withLock { state in
            state.entries[key].map { ($0.value, $0.mark) }
        }
    }

    private func lookUp(
        _ key: Key, _ mark: Mark,
        _ load: @escaping @Sendable () async -> Result<Loaded, Failure>
    ) -> (Entry?, Question?) {
        state.withLock { state in
            state.turn += 1
            state.entries[key]?.used = state.turn
            let kept = state.entries[key]
            if kept?.mark == mark { return (kept, nil) }
            if let running = state.running[key] { return (kept, running) }
            let task = Task { [weak self] in
                let result = await load()
                self?.keep(result, key, mark)
                return result
            }
            let question = Question(task: task, began: ContinuousClock.now)
            state.running[key] = question
            return (kept, question)
        }
    }

    private func keep(_ result: Result<Loaded, Failure>, _ key: Key, _ mark: Mark) {
        state.withLock { state in
            state.running[key] = nil
            guard case .success(let loaded) = result else { return }
            state.weight += loaded.weight - (state.entries[key]?.weight ?? 0)
            state.turn += 1
            state.entries[key] = Entry(
                value: loaded.value, mark: mark, weight: loaded.weight, used: state.turn)
            while state.weight > capacity, state.entries.count > 1,
                let oldest = state.entries.min(by: { $0.value.used < $1.value.used })
            {
                state.weight -= oldest.value.weight
                state.entries[oldest.key] = nil
            }
        }
    }

    /// What the task comes to when it ends in time.
    private static func first(
        _ task: Task<Result<Loaded, Failure>, Never>, within patience: Duration
    ) async -> Result<Loaded, Failure>? {
        guard patience > .zero else { return nil }
        let (stream, continuation) = AsyncStream.makeStream(of: Result<Loaded, Failure>?.self)
        let waiting = Task { continuation.yield(await task.value) }
        let timer = Task {
            try? await Task.sleep(for: patience)
            continuation.yield(nil)
        }
        defer {
            waiting.cancel()
            timer.cancel()
        }
        for await result in stream { return result }
        return nil
    }
}
