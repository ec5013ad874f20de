import Synchronization
internal import Wire

/// Messages on their way from a task to the loop: they cross together, not one by one.
final class Outbox: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        /// Bytes that the link had not sent when it was last asked.
        var pending = 0
        var hasTaken = false
        var closed: Failure?
    }

    private let state = Mutex(State())

    /// A writer waits while more than this many bytes have not left.
    static let writeAhead = 64 << 10

    /// Adds messages; true when the loop must be told to fetch them.
    ///
    /// - Parameter limit: the largest message that the peer takes, bytes.
    func put(_ messages: [[UInt8]], limit: Int) throws(Failure) -> Bool {
        for message in messages where message.count > limit {
            throw .tooLarge(message.count, limit)
        }
        let result = state.withLock { state -> Result<Bool, Failure> in
            if let closed = state.closed { return .failure(closed) }
            let wasEmpty = state.bytes.isEmpty
            state.hasTaken = true
            for message in messages { MessageAssembler.appendFramed(message, to: &state.bytes) }
            return .success(wasEmpty && !state.bytes.isEmpty)
        }
        return try result.get()
    }

    /// Whether a writer must wait.
    var isFull: Bool {
        state.withLock { $0.bytes.count + $0.pending > Outbox.writeAhead }
    }

    /// Whether a message was ever put.
    var hasTaken: Bool { state.withLock { $0.hasTaken } }

    var isEmpty: Bool { state.withLock { $0.bytes.isEmpty } }

    /// What was added since the last time.
    func take() -> [UInt8] {
        state.withLock { state in
            defer { state.bytes = [] }
            return state.bytes
        }
    }

    func note(pending: Int) {
        state.withLock { $0.pending = pending }
    }

    /// Nothing more is taken, for this reason.
    func close(_ reason: Failure) {
        state.withLock { state in
            if state.closed == nil { state.closed = reason }
            state.bytes = []
        }
    }
}
