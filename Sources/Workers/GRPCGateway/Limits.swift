internal import Wire

/// Every bound of the gateway that CDP/1 and HTTP/2 do not set already.
public struct GatewayLimits: Equatable, Sendable {
    /// Calls that one connection of a client may have open.
    public var streams = 100
    /// Connections of clients at the same time; one more is closed at once.
    public var connections = 256
    /// HTTP/2 window of a connection and of each of its streams, bytes.
    public var window = 256 << 10
    /// A request that HTTP/2 may carry, bytes. It is twice what CDP/1 takes, so that most of those that are
    /// too large for it end with RESOURCE_EXHAUSTED and not with a reset stream.
    public var message = 2 * Limits().message
    /// `grpc-status-details-bin` before base64, bytes: stock clients take 8 KiB of trailers in all.
    public var details = 3 << 10
    /// A status's message before percent-encoding, bytes; longer ones are cut and marked.
    public var statusText = 1 << 10
    /// How long running calls may go on when the gateway leaves; then they are cancelled. Less than what a
    /// coordinator waits for the answer to Shutdown.
    public var drain = Duration.seconds(2)
    /// Silence on a connection after which a PING is sent.
    public var keepalive = Duration.seconds(30)
    /// Silence after that PING before the connection is closed.
    public var keepaliveAnswer = Duration.seconds(20)
    /// The shortest time between two PINGs of a client without calls.
    public var clientPings = Duration.seconds(10)
    /// A connection without calls is told to go after this.
    public var idle = Duration.seconds(600)
    /// The longest deadline that is passed on; a longer one is cut to it.
    public var timeout = Duration.seconds(365 * 86_400)

    public init() {}
}
