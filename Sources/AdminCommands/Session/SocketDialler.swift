import Wire

/// Connections over the coordinator's unix socket.
struct SocketDialler: Dialler {
    private let endpoint: Endpoint

    init(_ endpoint: Endpoint) { self.endpoint = endpoint }

    func dial(seconds: Int) async throws(Failure) -> any Line {
        throw Failure(.unavailable, endpoint.socketPath, reason: Failure.unreached)
    }
}
