/// Every bound of a connection: queues, sizes, counts and times.
///
/// The first five travel in HELLO and bind the peer; the rest are our own affair. docs/protocol.md
/// has the table with the hard bounds.
public struct Limits: Equatable, Sendable {
    /// Payload of one frame, bytes; 16 KiB…1 MiB.
    public var frame = 64 << 10
    /// One message without its five-byte prefix, bytes; at most 64 MiB.
    public var message = 4 << 20
    /// Metadata one way, counted as key + value + 32 bytes an entry; at most 64 KiB.
    public var metadata = 16 << 10
    /// Calls that the peer may have open at once; at most 4096.
    public var streams = 128
    /// DATA bytes that the peer may send on a stream before a grant; at most 16 MiB.
    public var window = 256 << 10
    /// The shortest time between two PINGs that the peer must keep; in each such time
    /// `pingsAnswered` of them are answered at once.
    public var minimumPingInterval = Duration.seconds(1)

    /// How soon a call that waits for room in the inbound budget asks again.
    public var budgetRetry = Duration.milliseconds(20)
    /// Entries of metadata one way.
    public var metadataEntries = 128
    /// The HELLO frame's payload, before anything is agreed, bytes.
    public var hello = 64 << 10
    /// Calls that wait for a free stream; one more fails with RESOURCE_EXHAUSTED.
    public var queuedCalls = 1024
    /// A status's message, bytes; longer ones are cut and marked.
    public var statusText = 1 << 10
    /// A status's details, bytes; longer ones are left out.
    public var statusDetails = 16 << 10
    /// Text in RESET and GOAWAY, bytes.
    public var errorText = 1 << 10
    /// From the first byte sent to the peer's HELLO.
    public var handshake = Duration.seconds(5)
    /// The most that NOTEs of the peer can stretch the handshake to.
    public var longestHandshake = Duration.seconds(120)
    /// NOTEs within a second that are looked at; others are skipped.
    public var notesPerSecond = 10
    /// A unary call that names no deadline gets this one; zero means none.
    public var defaultTimeout = Duration.seconds(30)
    /// Times that a call of an idempotent method is made at most.
    public var retryAttempts = 5
    /// Before the second attempt; doubles with each further one, ±20 %.
    public var retryBackoff = Duration.milliseconds(50)
    public var longestRetryBackoff = Duration.seconds(1)
    /// Failed calls that empty a peer's bucket; below half of it nothing is made again.
    public var retryTokens = 10
    /// Silence after which we send a PING.
    public var idleBeforePing = Duration.seconds(10)
    /// Silence after that PING before the peer counts as dead.
    public var pingAnswer = Duration.seconds(5)
    /// Ids of closed streams that we remember, so that frames that crossed on the way are dropped.
    public var rememberedStreams = 64
    /// Streams that the peer may reset within a second.
    public var resetsPerSecond = 100
    /// PINGs within `minimumPingInterval` that are answered at once; of the others only the last is,
    /// when that time is over.
    public var pingsAnswered = 10
    /// Bytes of answers that wait because the peer does not read; one more and we hang up.
    public var unsentControl = 4 << 20

    /// A line of a child's output, bytes; the rest of a longer one is left out.
    public var logLine = 64 << 10
    /// Lines of a child's output that wait to be read; then the oldest are dropped and counted.
    public var logLines = 512

    public init() {}

    /// Limits for a peer on another machine: longer handshake, slower keepalive.
    public static var remote: Limits {
        var limits = Limits()
        limits.handshake = .seconds(10)
        limits.idleBeforePing = .seconds(30)
        limits.pingAnswer = .seconds(20)
        return limits
    }

    /// The hard bounds of what HELLO may say; our own values are brought inside them.
    public static let frameBounds = 16 << 10...1 << 20
    public static let messageBounds = 1...64 << 20
    public static let metadataBounds = 1 << 10...64 << 10
    public static let streamBounds = 1...4096
    public static let windowBounds = 1...16 << 20

    /// The same limits with the five agreed ones inside their hard bounds.
    func bounded() -> Limits {
        var limits = self
        limits.frame = frame.inside(Limits.frameBounds)
        limits.message = message.inside(Limits.messageBounds)
        limits.metadata = metadata.inside(Limits.metadataBounds)
        limits.streams = streams.inside(Limits.streamBounds)
        limits.window = window.inside(Limits.windowBounds)
        return limits
    }
}

extension Int {
    func inside(_ bounds: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, bounds.lowerBound), bounds.upperBound)
    }
}

/// Bytes that this process may still promise to take in, over all its connections.
///
/// A stream's window is reserved when the stream opens and a large message before it is granted, so
/// half-received messages never starve each other. Confined to the thread of its connections.
public final class InboundBudget {
    public let capacity: Int
    public private(set) var reserved = 0

    /// - Parameter capacity: bytes; 64 MiB unless told.
    public init(capacity: Int = 64 << 20) {
        self.capacity = capacity
    }

    func reserve(_ bytes: Int) -> Bool {
        guard bytes <= capacity - reserved else { return false }
        reserved += bytes
        return true
    }

    func release(_ bytes: Int) {
        reserved -= bytes
        precondition(reserved >= 0, "more inbound bytes released than reserved")
    }
}
