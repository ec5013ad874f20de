public import Wire

/// The requests of a call that streams them, read by its handler; credit is granted as they are
/// read. One task reads at a time.
public struct RequestStream<Request: WireMessage>: Sendable {
    let raw: RawRequests
    let path: String

    /// The next request; nil when the caller has ended its half.
    ///
    /// - Throws: CANCELLED when the caller or the reading task is gone; INTERNAL when the bytes do
    ///   not decode.
    public func next() async throws(Failure) -> Request? {
        guard let bytes = try await raw.next() else { return nil }
        do throws(DecodingFailure) {
            return try Request(decoding: bytes)
        } catch {
            throw Failure(.internal, "a request of \(path) does not decode: \(error)")
        }
    }
}

/// The same for encoded messages.
public struct RawRequests: Sendable {
    let reader: MessageReader

    /// The next request; nil when the caller has ended its half.
    ///
    /// - Throws: CANCELLED when the caller or the reading task is gone.
    public func next() async throws(Failure) -> [UInt8]? {
        try await reader.next()
    }
}
