import StrictYAML

/// The section `limits` of the coordinator's file: periods of supervision in milliseconds, so that
/// a rehearsal need not wait as long as a real run does.
enum LimitSettings {
    typealias Period = any WritableKeyPath<SupervisionLimits, Duration> & Sendable

    static let periods: [(key: String, path: Period)] = [
        ("start_timeout_ms", \.startTimeout),
        ("configure_timeout_ms", \.configureTimeout),
        ("ready_timeout_ms", \.readyTimeout),
        ("start_extension_cap_ms", \.startExtensionCap),
        ("beat_interval_ms", \.beatInterval),
        ("restart_interval_ms", \.restartInterval),
        ("reload_timeout_ms", \.reloadTimeout),
        ("drain_timeout_ms", \.drainTimeout),
        ("shutdown_drain_timeout_ms", \.shutdownDrainTimeout),
        ("shutdown_grace_ms", \.shutdownGrace),
        ("terminate_grace_ms", \.terminateGrace),
        ("backoff_base_ms", \.backoffBase),
        ("backoff_cap_ms", \.backoffCap),
        ("backoff_reset_ms", \.backoffReset),
        ("failure_window_ms", \.failureWindow),
        ("probe_base_ms", \.probeBase),
        ("probe_cap_ms", \.probeCap),
        ("remote_start_timeout_ms", \.remoteStartTimeout),
        ("remote_backoff_base_ms", \.remoteBackoffBase),
        ("remote_backoff_cap_ms", \.remoteBackoffCap),
    ]

    /// A day: no period is longer.
    private static let longestMilliseconds = 86_400_000

    /// What stands there, in place of the defaults.
    static var shape: Shape<SupervisionLimits> {
        .mapping { keys in
            var limits = SupervisionLimits()
            for (key, path) in periods {
                let range = 1...longestMilliseconds
                if let milliseconds = keys.optional(key, .integer(in: range)) {
                    limits[keyPath: path] = .milliseconds(milliseconds)
                }
            }
            limits.concurrentStarts = keys.optional(
                "concurrent_starts", .integer(in: 1...64), or: limits.concurrentStarts)
            limits.restartBurst = keys.optional(
                "restart_burst", .integer(in: 1...1000), or: limits.restartBurst)
            limits.failuresAllowed = keys.optional(
                "failures_allowed", .integer(in: 0...1000), or: limits.failuresAllowed)
            return limits
        }
    }
}
