public import Wire

/// What a handler knows about the call it serves, besides the request.
public struct CallContext: Sendable {
    /// `/package.Service/Method`.
    public let path: String
    public let metadata: [WireV1.MetadataEntry]
    /// When the caller stops waiting, on this machine's monotonic clock; nil when it waits for ever.
    public let deadline: Instant?
    public let peer: Peer
    let outgoing = OutgoingMetadata()

    public init(
        path: String, metadata: [WireV1.MetadataEntry], deadline: Instant?, peer: Peer
    ) {
        self.path = path
        self.metadata = metadata
        self.deadline = deadline
        self.peer = peer
    }

    /// The id that the coordinator stamped, or "".
    public var requestID: String { text("caodiem-request-id") ?? "" }

    /// The last value of a key as text; nil when it is missing or no UTF-8.
    public func text(_ key: String) -> String? {
        guard let entry = metadata.last(where: { $0.key == key }) else { return nil }
        return String(validating: entry.value, as: UTF8.self)
    }

    /// Says something ahead of the first reply.
    ///
    /// - Throws: FAILED_PRECONDITION when a reply has left already.
    public func setInitialMetadata(_ metadata: [WireV1.MetadataEntry]) throws(Failure) {
        guard outgoing.set(initial: metadata) else {
            throw Failure(
                .failedPrecondition, "initial metadata comes after the first reply",
                hint: "set it before the first reply, or send it as trailing metadata")
        }
    }

    /// Says something with the end of the call, however it ends.
    public func setTrailingMetadata(_ metadata: [WireV1.MetadataEntry]) {
        outgoing.set(trailing: metadata)
    }

    /// What is left of the caller's time for a call made on its behalf; nil when it waits for ever.
    public var remaining: Duration? {
        deadline.map { max(.nanoseconds(1), Loop.now.duration(to: $0)) }
    }
}
