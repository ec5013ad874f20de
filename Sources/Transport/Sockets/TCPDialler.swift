internal import NIOCore
internal import NIOPosix
public import Wire

/// Outgoing TCP connections.
public enum TCPDialler {
    /// Connects and secures the connection; CDP/1's handshake then begins by itself.
    ///
    /// - Parameters:
    ///   - owner: gives the delegate, once the peer's certificate is known; what it throws is thrown
    ///     here, and the peer is told.
    /// - Throws: UNAVAILABLE with reason `NOT_LISTENING` when nobody listens; UNAVAILABLE or
    ///   PERMISSION_DENIED with a reason that begins `TLS_` when the two cannot agree.
    public static func link(
        to endpoint: TCPEndpoint, security: LinkSecurity, hello: HelloInfo,
        limits: TCPLimits = TCPLimits(), loop: Loop = .shared,
        owner: @escaping @Sendable (Peer) throws(Failure) -> any LinkDelegate
    ) async throws(Failure) -> Link {
        try security.check(endpoint)
        let gate = ConnectionGate(
            side: .dialler, endpoint: endpoint, security: security, hello: hello, limits: limits,
            loop: loop, owner: owner)
        let attempt = Attempt(loop)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                loop.execute {
                    attempt.start(gate) { continuation.resume(returning: $0) }
                }
            }
        } onCancel: {
            loop.execute { attempt.cancel() }
        }
        return try result.get()
    }
}

extension Channel {
    /// Connects over TCP and waits for the handshake.
    ///
    /// - Parameters:
    ///   - hello: its limits should be those for remote peers.
    ///   - services: what the peer may call on us; nothing unless told.
    /// - Throws: as `TCPDialler.link`, and UNAVAILABLE when the peer speaks something else.
    public static func connect(
        tcp endpoint: TCPEndpoint, security: LinkSecurity, hello: HelloInfo,
        services: ServiceTable = ServiceTable(), limits: TCPLimits = TCPLimits(),
        loop: Loop = .shared
    ) async throws(Failure) -> Channel {
        let owner = ChannelOwner(services: services)
        let link = try await TCPDialler.link(
            to: endpoint, security: security, hello: hello, limits: limits, loop: loop
        ) { _ in owner }
        return try await connected(link, owner)
    }
}

/// One try to connect. Lives on the loop.
private final class Attempt: @unchecked Sendable {
    // Unchecked: its variables are touched on the loop only.
    private let loop: Loop
    private var channel: (any NIOCore.Channel)?
    private var settle: ((Result<Link, Failure>) -> Void)?
    private var isCancelled = false

    init(_ loop: Loop) { self.loop = loop }

    func start(_ gate: ConnectionGate, _ body: @escaping (Result<Link, Failure>) -> Void) {
        settle = body
        guard !isCancelled else { return cancel() }
        let endpoint = gate.endpoint
        ClientBootstrap(group: loop.eventLoop)
            .connectTimeout(.nanoseconds(gate.limits.connect.wholeNanoseconds))
            .channelOption(.writeBufferWaterMark, value: Link.waterMark)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                self.channel = channel
                // Of several addresses of a host only one that connects settles.
                return gate.open(channel) { self.finish($0) }
            }
            .connect(host: endpoint.host, port: endpoint.port)
            .whenFailure { error in self.finish(.failure(.unconnected(endpoint, error))) }
    }

    func cancel() {
        isCancelled = true
        channel?.close(promise: nil)
        finish(.failure(Failure(.cancelled, "the caller gave up connecting")))
    }

    private func finish(_ result: Result<Link, Failure>) {
        guard let settle else {
            if case .success(let link) = result { link.close(.noError, "not wanted any more") }
            return
        }
        self.settle = nil
        settle(result)
    }
}

extension Failure {
    fileprivate static func unconnected(_ endpoint: TCPEndpoint, _ error: any Error) -> Failure {
        if let failure = error as? Failure { return failure }
        var why = "\(error)"
        if let several = error as? NIOConnectionError {
            let causes = several.connectionErrors.map { "\($0.error)" }
            let unknown = several.dnsAError ?? several.dnsAAAAError
            why = causes.first ?? unknown.map { "the name does not resolve: \($0)" } ?? why
        }
        return Failure(
            .unavailable, "cannot connect to tcp:\(endpoint): \(why)",
            hint: "start the other side, or name its address", retryable: true,
            reason: "NOT_LISTENING")
    }
}
