/// What bounds the calls to one plugin and those that wait for it.
struct AdmissionLimits: Sendable, Equatable {
    /// Calls that one process may have at a time; its own limit of streams may be lower.
    var most = 128
    /// Calls that may wait for the plugin.
    var queue = 64
    /// How long a call waits for a plugin that is coming back.
    var handOver: Duration = .seconds(5)
    /// How long a call waits for a busy plugin when its own deadline is later.
    var longestWait: Duration = .seconds(30)
    /// Bytes of requests that a waiting call may hold, and that are kept for a second attempt.
    var heldBytes = 256 << 10
    /// Streams of a process that are left to the coordinator's own calls (health, shutdown).
    static let reservedStreams = 4
}
