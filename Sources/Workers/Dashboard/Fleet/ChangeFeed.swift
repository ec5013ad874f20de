internal import Synchronization
internal import Transport
internal import Wire

/// What an answer is as old as: the store's change number, or, while nobody tells it, a moment.
enum Mark: Hashable, Sendable {
    case change(UInt64)
    case moment(Int64)
}

/// Follows the store's change number for all readers of the board together.
final class ChangeFeed: Sendable {
    private struct State {
        var change: UInt64 = 0
        /// Whether the fleet tells changes at present.
        var isLive = false
        var last = 0
        var readers: [Int: AsyncStream<UInt64>.Continuation] = [:]
        var following: Task<Void, Never>?
    }

    private let state = Mutex(State())
    private let coordinator: Channel

    init(coordinator: Channel) { self.coordinator = coordinator }

    /// The last change that was told; 0 before any.
    var change: UInt64 { state.withLock { $0.change } }

    var isLive: Bool { state.withLock { $0.isLive } }

    /// Without word from the fleet an answer is held to be new for five seconds.
    var mark: Mark {
        let (change, isLive) = state.withLock { ($0.change, $0.isLive) }
        return isLive ? .change(change) : .moment(Clock.seconds / 5)
    }

    func begin() {
        let task = Task { [weak self] in
            while !Task.isCancelled {
                guard let self else { return }
                await self.follow()
                self.state.withLock { $0.isLive = false }
                try? await Task.sleep(for: .seconds(1))
            }
        }
        state.withLock { $0.following = task }
    }

    func end() {
        let (task, readers) = state.withLock { state in
            defer { state.readers = [:] }
            return (state.following, Array(state.readers.values))
        }
        task?.cancel()
        for reader in readers { reader.finish() }
    }

    /// The change number now and each later one; a slow reader sees the newest only. Nil when there are as many
    /// readers as there may be.
    func changes(atMost limit: Int) -> AsyncStream<UInt64>? {
        let (stream, continuation) = AsyncStream.makeStream(
            of: UInt64.self, bufferingPolicy: .bufferingNewest(1))
        let number: Int? = state.withLock { state in
            guard state.readers.count < limit else { return nil }
            state.last += 1
            state.readers[state.last] = continuation
            continuation.yield(state.change)
            return state.last
        }
        guard let number else { return nil }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.readers.removeValue(forKey: number) }
        }
        return stream
    }

    /// Returns when the fleet tells no more, for whatever reason.
    private func follow() async {
        do throws(Failure) {
            try await coordinator.serverStream(
                CampaignV1.Campaign.watchChanges, CampaignV1.WatchChangesRequest()
            ) { told in
                state.withLock { state in
                    state.change = told.change
                    state.isLive = true
                    for reader in state.readers.values { reader.yield(told.change) }
                }
            }
        } catch {
            // The worker restarts or the fleet has lost it; `begin` asks again.
        }
    }
}
