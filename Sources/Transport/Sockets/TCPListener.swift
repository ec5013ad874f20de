internal import NIOCore
internal import NIOPosix
public import Wire

/// A TCP port on which each connection becomes a link of the loop, once its security is settled.
public final class TCPListener: Sendable {
    /// Where it listens, with the port that the kernel chose when none was named.
    public let endpoint: TCPEndpoint
    private let channel: any NIOCore.Channel

    private init(endpoint: TCPEndpoint, channel: any NIOCore.Channel) {
        self.endpoint = endpoint
        self.channel = channel
    }

    /// Listens.
    ///
    /// - Parameters:
    ///   - hello: what we say to each peer; its limits should be those for remote peers.
    ///   - refused: told why a connection never became a link, and its address; on the loop.
    ///   - accept: gives the delegate of a new connection, whose `peer` has its address and the name in
    ///     its certificate; what it throws reaches the peer as GOAWAY(INADEQUATE_SECURITY). On the loop.
    /// - Throws: FAILED_PRECONDITION when the port cannot be had, or for plaintext beyond loopback.
    public static func listen(
        on endpoint: TCPEndpoint, security: LinkSecurity, hello: HelloInfo,
        limits: TCPLimits = TCPLimits(), loop: Loop = .shared,
        refused: @escaping @Sendable (_ address: String, Failure) -> Void = { _, _ in },
        accept: @escaping @Sendable (Peer) throws(Failure) -> any LinkDelegate
    ) async throws(Failure) -> TCPListener {
        try security.check(endpoint)
        let gate = ConnectionGate(
            side: .acceptor, endpoint: endpoint, security: security, hello: hello, limits: limits,
            loop: loop, owner: accept)
        let waiting = WaitingRoom(limits.handshakes)
        do {
            let channel = try await ServerBootstrap(group: loop.eventLoop)
                .serverChannelOption(.backlog, value: 128)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.writeBufferWaterMark, value: Link.waterMark)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { child in
                    let address = child.remoteAddress.map(TCPEndpoint.text) ?? "?"
                    guard let place = waiting.enter() else {
                        refused(address, .tooManyHandshakes(limits.handshakes))
                        return child.close()
                    }
                    child.closeFuture.whenComplete { _ in place.leave() }
                    return gate.open(child) { result in
                        place.leave()
                        if case .failure(let failure) = result { refused(address, failure) }
                    }
                }
                .bind(host: endpoint.host, port: endpoint.port).get()
            let port = channel.localAddress?.port ?? endpoint.port
            return TCPListener(
                endpoint: TCPEndpoint(host: endpoint.host, port: port), channel: channel)
        } catch {
            throw Failure(
                .failedPrecondition, "cannot listen on tcp:\(endpoint): \(error)",
                hint: "choose an address of this machine and a free port",
                reason: "LISTEN_FAILED")
        }
    }

    /// Takes no more connections; links that exist go on.
    public func close() async {
        try? await channel.close().get()
    }
}

/// Counts the connections that have not become links. Lives on the loop.
private final class WaitingRoom: @unchecked Sendable {
    // Unchecked: its variable is touched on the listener's loop only.
    private let capacity: Int
    private var count = 0

    init(_ capacity: Int) { self.capacity = capacity }

    /// nil when it is full.
    func enter() -> Place? {
        guard count < capacity else { return nil }
        count += 1
        return Place(self)
    }

    final class Place: @unchecked Sendable {
        // Unchecked: as its room.
        private var room: WaitingRoom?

        init(_ room: WaitingRoom) { self.room = room }

        /// Gives the place up; again does nothing.
        func leave() {
            room?.count -= 1
            room = nil
        }
    }
}

extension Failure {
    fileprivate static func tooManyHandshakes(_ limit: Int) -> Failure {
        Failure(
            .resourceExhausted, "\(limit) connections have not finished their TLS handshake",
            retryable: true, reason: "HANDSHAKES_FULL")
    }
}
