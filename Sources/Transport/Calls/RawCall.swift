public import Wire

/// A call whose messages stay encoded, of any kind: for gateways, reflection and tools.
///
/// One task reads it and others may write. Dropped before its end, it is cancelled.
public final class RawCall: Sendable {
    private let call: StreamCall

    init(_ call: StreamCall) {
        self.call = call
    }

    deinit {
        call.cancel()
    }

    /// Sends a message; returns when there is room for the next.
    ///
    /// - Throws: why the call is over; RESOURCE_EXHAUSTED when the message is larger than the peer
    ///   takes, and nothing of it is sent.
    public func send(_ message: [UInt8]) async throws(Failure) {
        try await call.sending.write([message])
    }

    /// Ends our half: no message follows.
    public func finishSending() {
        call.finishSending()
    }

    /// What the peer sent before its first message; empty when there was nothing.
    public func initialMetadata() async -> [WireV1.MetadataEntry] {
        await call.initialMetadata()
    }

    /// The next message; nil when the call ended OK.
    ///
    /// - Throws: the status that the call ended with; CANCELLED with the task, and the peer is told.
    public func next() async throws(Failure) -> [UInt8]? {
        try await call.next()
    }

    /// The next messages together, at least one; none when the call ended OK.
    ///
    /// - Throws: as `next`.
    public func nextBatch() async throws(Failure) -> [[UInt8]] {
        try await call.nextBatch()
    }

    /// What the peer sent with the status; known once the call has ended, well or not.
    public func trailingMetadata() async -> [WireV1.MetadataEntry] { call.trailingMetadata }

    /// Ends the call; the peer is told.
    public func cancel() {
        call.cancel()
    }
}
