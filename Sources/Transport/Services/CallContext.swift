public import Wire

/// What a handler knows about the call it serves, besides the request.
public struct CallContext: Sendable {
    /// `/package.Service/Method`.
    public let path: String
    public let metadata: [WireV1.MetadataEntry]
    /// When the caller stops waiting, on this machine's monotonic clock; nil when it waits for ever.
    public let deadline: Instant?
    public let peer: Peer
    /// Takes our metadata; nil for a context that was made without a call.
    private let call: ServedCall?

    public init(
        path: String, metadata: [WireV1.MetadataEntry], deadline: Instant?, peer: Peer
    ) {
        self.init(path, metadata, deadline, peer, call: nil)
    }

    init(
        _ path: String, _ metadata: [WireV1.MetadataEntry], _ deadline: Instant?, _ peer: Peer,
        call: ServedCall?
    ) {
        self.path = path
        self.metadata = metadata
        self.deadline = deadline
        self.peer = peer
        self.call = call
    }

    /// Says something ahead of the first reply; it leaves at once. More than the caller takes ends the
    /// call with RESOURCE_EXHAUSTED.
    ///
    /// - Throws: FAILED_PRECONDITION the second time, or when a reply has been written.
    public func setInitialMetadata(_ metadata: [WireV1.MetadataEntry]) throws(Failure) {
        try call?.setInitialMetadata(metadata)
    }

    /// Says something with the end of the call, however it ends; the last words count.
    public func setTrailingMetadata(_ metadata: [WireV1.MetadataEntry]) {
        call?.setTrailingMetadata(metadata)
    }

    /// The id that the coordinator stamped, or "".
    public var requestID: String { text("caodiem-request-id") ?? "" }

    /// The last value of a key as text; nil when it is missing or no UTF-8.
    public func text(_ key: String) -> String? {
        guard let entry = metadata.last(where: { $0.key == key }) else { return nil }
        return String(validating: entry.value, as: UTF8.self)
    }

    /// What is left of the caller's time for a call made on its behalf; nil when it waits for ever.
    public var remaining: Duration? {
        deadline.map { max(.nanoseconds(1), Loop.now.duration(to: $0)) }
    }
}
