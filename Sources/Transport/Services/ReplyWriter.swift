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
    let half: SendingHalf

    /// Sends encoded replies; returns when there is room for more.
    public func write(_ messages: [[UInt8]]) async throws(Failure) {
        try await half.write(messages)
    }
}
