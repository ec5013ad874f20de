internal import Synchronization

/// Who has signed in at this board, by the number in their cookie.
final class Sessions: Sendable {
    struct Session: Sendable {
        let visitor: Visitor
        /// What each form of the session carries.
        let formSecret: String
        /// Seconds since 1970.
        let endsAt: Int64
    }

    /// How many may be signed in at once; the one that ends first makes room.
    private static let limit = 4096

    private let sessions = Mutex<[String: Session]>([:])

    func begin(_ visitor: Visitor, endsAt: Int64) -> String {
        let number = Secret.make()
        let session = Session(visitor: visitor, formSecret: Secret.make(), endsAt: endsAt)
        sessions.withLock { sessions in
            if sessions.count >= Sessions.limit,
                let first = sessions.min(by: { $0.value.endsAt < $1.value.endsAt })
            {
                sessions[first.key] = nil
            }
            sessions[number] = session
        }
        return number
    }

    /// Nil for a number that nobody has, and once its time has passed.
    func session(_ number: String) -> Session? {
        guard !number.isEmpty else { return nil }
        return sessions.withLock { sessions in
            guard let session = sessions[number] else { return nil }
            guard session.endsAt > Clock.seconds else {
                sessions[number] = nil
                return nil
            }
            return session
        }
    }

    func end(_ number: String) {
        sessions.withLock { $0[number] = nil }
    }
}

/// Holds back who tries tokens: a few wrong ones, then a pause that grows.
final class TryLimit: Sendable {
    private struct State {
        var failures = 0
        var lastFailure: Int64 = 0
    }

    /// Wrong tokens that cost nothing.
    static let free = 5
    /// Seconds without a wrong token after which all is forgotten.
    private static let memory: Int64 = 900

    private let state = Mutex(State())
    private let now: @Sendable () -> Int64

    init(now: @escaping @Sendable () -> Int64 = { Clock.seconds }) { self.now = now }

    /// Seconds until the next try is let through; 0 when it may come now.
    var wait: Int64 {
        let now = now()
        return state.withLock { state in
            guard now - state.lastFailure < TryLimit.memory, state.failures >= TryLimit.free else {
                return 0
            }
            let pause = Int64(1) << min(state.failures - TryLimit.free + 1, 8)
            return max(0, state.lastFailure + pause - now)
        }
    }

    func failed() {
        let now = now()
        state.withLock { state in
            if now - state.lastFailure >= TryLimit.memory { state.failures = 0 }
            state.failures += 1
            state.lastFailure = now
        }
    }

    func succeeded() {
        state.withLock { $0.failures = 0 }
    }
}
