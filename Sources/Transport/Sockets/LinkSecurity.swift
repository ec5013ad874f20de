package import NIOCore
package import Wire

/// How a TCP connection is protected before CDP/1 begins on it.
///
/// The way in for other targets: TransportTLS makes one that puts TLS in front of the link.
public struct LinkSecurity: Sendable {
    /// Hears once, on the loop, whether the connection may carry a link, and who is at its other end.
    package typealias Settled = @Sendable (Result<Peer, Failure>) -> Void

    /// Adds handlers to a connection that is not yet active. `settled` is called once it is active and
    /// secured, or when that fails after it was active; then the link's own handler is added behind
    /// them, or the connection closed, by the caller.
    package typealias Preparation =
        @Sendable (
            _ channel: any NIOCore.Channel, _ side: Side, _ endpoint: TCPEndpoint,
            _ limits: TCPLimits, _ settled: @escaping Settled
        ) throws(Failure) -> Void

    package let prepare: Preparation
    /// Whether others on the way can read and change what is sent.
    public let isPlaintext: Bool

    package init(isPlaintext: Bool, prepare: @escaping Preparation) {
        self.isPlaintext = isPlaintext
        self.prepare = prepare
    }

    /// Nothing in between: for loopback, where it was asked for, and nowhere else.
    public static let plaintext = LinkSecurity(isPlaintext: true) {
        (channel, _, _, _, settled) throws(Failure) in
        do {
            try channel.pipeline.syncOperations.addHandler(ArrivalHandler(settled))
        } catch {
            throw Failure(.internal, "the connection was not set up: \(error)")
        }
    }

    /// Refuses plaintext to and from other machines.
    ///
    /// - Throws: FAILED_PRECONDITION, reason `PLAINTEXT_REFUSED`.
    func check(_ endpoint: TCPEndpoint) throws(Failure) {
        guard isPlaintext, !endpoint.isLoopback else { return }
        throw Failure(
            .failedPrecondition,
            "tcp:\(endpoint) without TLS: anyone on the way could read and change what is sent",
            hint: "give a certificate, its key and the authority's certificate; plaintext is for "
                + "127.0.0.1, ::1 and localhost only",
            reason: "PLAINTEXT_REFUSED")
    }
}

/// Bounds of TCP connections that are not yet links.
public struct TCPLimits: Equatable, Sendable {
    /// Until the kernel says connected.
    public var connect = Duration.seconds(10)
    /// From there until TLS is agreed.
    public var handshake = Duration.seconds(10)
    /// Connections of one listener that have not finished TLS; one more is closed at once.
    public var handshakes = 64
    /// How often a connection looks whether its peer's certificate is still good.
    public var expiryCheck = Duration.seconds(1)

    public init() {}
}

/// Waits for a connection to be there.
private final class ArrivalHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let settled: LinkSecurity.Settled

    init(_ settled: @escaping LinkSecurity.Settled) { self.settled = settled }

    func channelActive(context: ChannelHandlerContext) {
        var peer = Peer()
        peer.address = context.channel.remoteAddress.map(TCPEndpoint.text)
        settled(.success(peer))
    }
}

extension TCPEndpoint {
    /// Address and port of a connection's other end, for people.
    package static func text(_ address: SocketAddress) -> String {
        TCPEndpoint(host: address.ipAddress ?? "?", port: address.port ?? 0).description
    }
}
