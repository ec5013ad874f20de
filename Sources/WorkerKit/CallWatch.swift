internal import Synchronization
internal import Transport
internal import Wire

/// Which handlers run, and which of them go on although nobody waits for their answer any more.
final class CallWatch: Sendable {
    private struct State {
        var last: UInt64 = 0
        /// When each call's answer came too late: its deadline, or the moment it was cancelled.
        var running: [UInt64: Instant?] = [:]
    }

    /// A handler that has not returned so long after that is stuck.
    static let patience: Duration = .seconds(10)

    private let state = Mutex(State())

    /// Runs a handler under watch.
    func run<Reply: Sendable>(
        until deadline: Instant?, _ handler: () async -> Result<Reply, Failure>
    ) async throws(Failure) -> Reply {
        let number = state.withLock { state in
            state.last += 1
            state.running[state.last] = .some(deadline)
            return state.last
        }
        defer { state.withLock { _ = $0.running.removeValue(forKey: number) } }
        let result = await withTaskCancellationHandler {
            await handler()
        } onCancel: {
            cancelled(number)
        }
        return try result.get()
    }

    private func cancelled(_ number: UInt64) {
        let now = Loop.now
        state.withLock { state in
            guard let due = state.running[number] else { return }
            state.running[number] = .some(due.map { min($0, now) } ?? now)
        }
    }

    /// Handlers that run, and how many of them are stuck.
    func count(at now: Instant) -> (running: Int, stuck: Int) {
        state.withLock { state in
            let stuck = state.running.values.count { due in
                due.map { $0.advanced(by: CallWatch.patience) < now } ?? false
            }
            return (state.running.count, stuck)
        }
    }
}
