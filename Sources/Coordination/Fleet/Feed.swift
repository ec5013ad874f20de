import Synchronization

/// Hands what comes to everyone who listens. A listener that is slower than what comes loses the
/// oldest of it and hears how much; nobody waits for it.
final class Feed<Element: Sendable>: Sendable {
    /// What waits for one listener.
    private struct Ring {
        var waiting: [Element] = []
        var dropped: UInt64 = 0
        var waiter: CheckedContinuation<Void, Never>?
    }

    private struct State {
        var rings: [UInt64: Ring] = [:]
        var last: UInt64 = 0
    }

    private let state = Mutex(State())
    /// What may wait for one listener.
    private let capacity: Int

    init(capacity: Int) { self.capacity = max(1, capacity) }

    func publish(_ element: Element) {
        let waiters = state.withLock { state in
            var waiters: [CheckedContinuation<Void, Never>] = []
            for key in state.rings.keys {
                state.rings[key]?.waiting.append(element)
                if let count = state.rings[key]?.waiting.count, count > capacity {
                    state.rings[key]?.waiting.removeFirst()
                    state.rings[key]?.dropped += 1
                }
                if let waiter = state.rings[key]?.waiter {
                    state.rings[key]?.waiter = nil
                    waiters.append(waiter)
                }
            }
            return waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Listens from here on, until the listener goes.
    func listen() -> Listener {
        let key = state.withLock { state in
            state.last += 1
            state.rings[state.last] = Ring()
            return state.last
        }
        return Listener(feed: self, key: key)
    }

    final class Listener: Sendable {
        private let feed: Feed
        private let key: UInt64

        fileprivate init(feed: Feed, key: UInt64) {
            self.feed = feed
            self.key = key
        }

        deinit { feed.leave(key) }

        /// All that has come since the last time, at least one; empty once the task is cancelled.
        func next() async -> (elements: [Element], dropped: UInt64) {
            await withTaskCancellationHandler {
                while !Task.isCancelled {
                    let taken = feed.take(key)
                    if !taken.elements.isEmpty { return taken }
                    await feed.wait(key)
                }
                return ([], 0)
            } onCancel: {
                feed.wake(key)
            }
        }
    }

    private func take(_ key: UInt64) -> (elements: [Element], dropped: UInt64) {
        state.withLock { state in
            let ring = state.rings[key] ?? Ring()
            state.rings[key]?.waiting = []
            state.rings[key]?.dropped = 0
            return (ring.waiting, ring.dropped)
        }
    }

    private func wait(_ key: UInt64) async {
        await withCheckedContinuation { continuation in
            let isDue = state.withLock { state in
                guard let ring = state.rings[key], ring.waiting.isEmpty, !Task.isCancelled else {
                    return true
                }
                state.rings[key]?.waiter = continuation
                return false
            }
            if isDue { continuation.resume() }
        }
    }

    private func wake(_ key: UInt64) {
        let waiter = state.withLock { state in
            let waiter = state.rings[key]?.waiter
            state.rings[key]?.waiter = nil
            return waiter
        }
        waiter?.resume()
    }

    private func leave(_ key: UInt64) {
        wake(key)
        state.withLock { $0.rings[key] = nil }
    }
}
