import Wire

/// A connection to the coordinator, as far as commands need one.
protocol Line: Sendable {
    /// One request, one reply.
    func call<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request, seconds: Int,
        metadata: [WireV1.MetadataEntry]
    ) async throws(Failure) -> Reply

    /// One request, many replies, handed over one by one as they come.
    func stream<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request, seconds: Int,
        _ receive: @Sendable (Reply) async -> Void
    ) async throws(Failure)

    /// A call of any kind with encoded messages: all requests are sent, and each reply is handed
    /// over as it comes; what `receive` throws ends the call.
    func exchange(
        _ call: EncodedCall, _ receive: @Sendable ([UInt8]) async throws(Failure) -> Void
    ) async throws(Failure)

    func hangUp() async
}

/// A call that is made by name.
struct EncodedCall: Sendable {
    /// `/package.Service/Method`
    var path: String
    /// Encoded messages.
    var requests: [[UInt8]]
    /// nil lets it go on without end.
    var seconds: Int?
    var metadata: [WireV1.MetadataEntry] = []
}

/// What makes connections.
protocol Dialler: Sendable {
    func dial(seconds: Int) async throws(Failure) -> any Line
}
