import Wire

/// A connection to the coordinator, as far as commands need one.
protocol Line: Sendable {
    /// One request, one reply.
    func call<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request, seconds: Int
    ) async throws(Failure) -> Reply

    /// One request, many replies, handed over one by one as they come.
    func stream<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request, seconds: Int,
        _ receive: @Sendable (Reply) async -> Void
    ) async throws(Failure)

    func hangUp() async
}

/// What makes connections.
protocol Dialler: Sendable {
    func dial(seconds: Int) async throws(Failure) -> any Line
}
