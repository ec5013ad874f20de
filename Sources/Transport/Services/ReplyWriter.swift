import Synchronization
public import Wire

/// Sends the replies of a streaming call, no faster than the caller takes them.
public struct ReplyWriter<Reply: WireMessage>: Sendable {
    let raw: RawReplyWriter

    /// Sends one reply; returns when there is room for the next.
    ///
    /// - Throws: CANCELLED when the caller has gone; RESOURCE_EXHAUSTED when the reply is larger
    ///   than the caller takes, and nothing of it is sent.
    public func write(_ reply: Reply) async throws(Failure) {
        try await raw.write([encoded(reply)])
    }

    /// Sends several replies with one turn of the loop; returns when there is room for more.
    public func write(contentsOf replies: [Reply]) async throws(Failure) {
        var messages: [[UInt8]] = []
        messages.reserveCapacity(replies.count)
        for reply in replies { messages.append(try encoded(reply)) }
        try await raw.write(messages)
    }

    private func encoded(_ reply: Reply) throws(Failure) -> [UInt8] {
        do throws(EncodingFailure) {
            return try reply.encoded()
        } catch {
            throw Failure(.internal, "a reply does not encode: \(error)")
        }
    }
}

/// The same for encoded messages.
public struct RawReplyWriter: Sendable {
    let call: ServedCall
    let link: Link

    /// Sends encoded replies; returns when there is room for more.
    public func write(_ messages: [[UInt8]]) async throws(Failure) {
        let (call, link) = (call, link)
        if try call.outbox.put(messages) {
            link.loop.execute { call.flush(on: link) }
        }
        guard call.outbox.isFull else { return }
        let failure: Failure? = await withCheckedContinuation { continuation in
            link.loop.execute {
                call.waitForRoom(on: link) { continuation.resume(returning: $0) }
            }
        }
        if let failure { throw failure }
    }
}

/// Replies on their way from a handler's task to the loop: they cross together, not one by one.
final class Outbox: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        /// Bytes that the link had not sent when it was last asked.
        var pending = 0
        var isClosed = false
        /// The largest message that the peer takes, bytes.
        var messageLimit: Int
    }

    private let state: Mutex<State>

    /// A writer waits while more than this many bytes have not left.
    static let writeAhead = 64 << 10

    /// - Parameter messageLimit: the largest message that the peer takes, bytes.
    init(messageLimit: Int) {
        state = Mutex(State(messageLimit: messageLimit))
    }

    func limit(messages bytes: Int) {
        state.withLock { $0.messageLimit = bytes }
    }

    /// Adds messages; true when the loop must be told to fetch them.
    func put(_ messages: [[UInt8]]) throws(Failure) -> Bool {
        let result = state.withLock { state -> Result<Bool, Failure> in
            if state.isClosed { return .failure(.callerGone) }
            if let large = messages.first(where: { $0.count > state.messageLimit }) {
                return .failure(.tooLarge(large.count, state.messageLimit))
            }
            let wasEmpty = state.bytes.isEmpty
            for message in messages { MessageAssembler.appendFramed(message, to: &state.bytes) }
            return .success(wasEmpty && !state.bytes.isEmpty)
        }
        return try result.get()
    }

    /// Whether a writer must wait.
    var isFull: Bool {
        state.withLock { $0.bytes.count + $0.pending > Outbox.writeAhead }
    }

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

    /// The call is over: nothing more is taken.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.bytes = []
        }
    }
}
