public import Wire

/// Sends the requests of a call that streams them, no faster than the peer takes them.
public struct RequestWriter<Request: WireMessage>: Sendable {
    let half: SendingHalf
    let path: String

    /// Sends one request; returns when there is room for the next.
    ///
    /// - Throws: when the call is over, what `clientStream` or `bidirectional` then throws or a
    ///   CANCELLED with reason `CALL_OVER`; RESOURCE_EXHAUSTED when the request is larger than the
    ///   peer takes, and nothing of it is sent.
    public func write(_ request: Request) async throws(Failure) {
        let bytes: [UInt8]
        do throws(EncodingFailure) {
            bytes = try request.encoded()
        } catch {
            throw Failure(.internal, "a request of \(path) does not encode: \(error)")
        }
        try await half.write([bytes])
    }
}
