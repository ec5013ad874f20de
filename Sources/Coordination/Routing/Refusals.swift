import Wire

/// Why the coordinator itself ends a call.
extension Failure {
    static func malformedPath(_ path: String) -> Failure {
        Failure(
            .unimplemented, "“\(path.prefix(200))” is no method path",
            hint: "write it as /package.Service/Method", reason: "METHOD_UNKNOWN")
    }

    /// `silent` are plugins that never described their services.
    static func unknownService(_ service: String, silent: [String]) -> Failure {
        let hint =
            silent.isEmpty
            ? "check the spelling and the fleet's plugins with: caodiem plugin list"
            : "plugins that do not run and might serve it: \(silent.joined(separator: ", "))"
        return Failure(
            .unimplemented, "no plugin serves \(service)", hint: hint, reason: "SERVICE_UNKNOWN")
    }

    static func unknownMethod(_ path: MethodPath) -> Failure {
        Failure(
            .unimplemented, "\(path.service) has no method \(path.method)",
            hint: "check the spelling; the service may be older than the caller",
            reason: "METHOD_UNKNOWN")
    }

    static func perhapsStarting(_ service: String, plugins: [String]) -> Failure {
        Failure(
            .unavailable,
            "\(service) is not served yet; still starting: \(plugins.joined(separator: ", "))",
            hint: "try again in a moment", retryable: true, reason: "PLUGIN_STARTING")
    }

    /// A known service whose plugin cannot take calls now.
    static func notRunning(_ plugin: String, _ state: PluginState, reason: String) -> Failure {
        let needsOperator = [.invalid, .quarantined, .disabled].contains(state)
        let why = reason.isEmpty ? "" : ": \(reason)"
        return Failure(
            .unavailable, "plugin \(plugin) is \(state.rawValue)\(why)",
            hint: needsOperator
                ? "see caodiem plugin show \(plugin); then caodiem plugin restart \(plugin)"
                : "try again in a moment",
            retryable: !needsOperator, reason: "PLUGIN_\(state.rawValue)")
    }

    /// The worker ended while it had the call.
    static func workerLost(_ plugin: String) -> Failure {
        Failure(
            .unavailable, "plugin \(plugin) ended while it had this call",
            hint: "repeat a reading call; after a change look first whether it was made",
            retryable: true, reason: "WORKER_LOST")
    }

    /// A restart or the fleet's end did not wait any longer for the call.
    static func drained(_ plugin: String) -> Failure {
        Failure(
            .unavailable, "plugin \(plugin) stops, and this call took too long to wait for",
            hint: "repeat a reading call; after a change look first whether it was made",
            retryable: true,
            reason: "PLUGIN_DRAINING")
    }

    /// The caller went away.
    static let callerLeft = Failure(.cancelled, "the caller left", reason: "CALLER_GONE")

    /// The call would not be done in time.
    static func tooLate(_ plugin: String, expected: Duration, deadline: Instant?) -> Failure {
        Failure(
            .resourceExhausted,
            "plugin \(plugin) is busy: a call waits about \(expected.wholeNanoseconds / 1_000_000) ms, "
                + "longer than this one has",
            hint: "try again later, or give the call more time", retryable: true,
            reason: "QUEUE_TOO_SLOW")
    }

    /// As many calls wait as may.
    static func queueFull(_ plugin: String, _ limit: Int) -> Failure {
        Failure(
            .resourceExhausted, "plugin \(plugin) is busy, and \(limit) calls wait for it already",
            hint: "try again later", retryable: true, reason: "QUEUE_FULL")
    }

    /// The call's turn did not come.
    static func waitedLong(_ plugin: String, _ wait: Duration) -> Failure {
        Failure(
            .resourceExhausted,
            "plugin \(plugin) is busy: the call waited \(wait.wholeNanoseconds / 1_000_000) ms in vain",
            hint: "try again later", retryable: true, reason: "QUEUE_TOO_SLOW")
    }

    /// Someone speaks for another without the right to.
    static func mayNotImpersonate(_ principal: String) -> Failure {
        Failure(
            .permissionDenied, "\(principal) may not make calls on behalf of others",
            field: CallStamp.onBehalfKey,
            hint: "grants: [impersonate] in the plugin's manifest allows it",
            reason: "NOT_GRANTED")
    }

    static func coordinatorStops() -> Failure {
        Failure(
            .unavailable, "the coordinator stops", hint: "try again when it runs",
            retryable: true, reason: "COORDINATOR_STOPPING")
    }

    static func unknownPlugin(_ id: String, known: [String]) -> Failure {
        Failure(
            .notFound, "there is no plugin “\(id)”", field: "id",
            hint: "plugins: \(known.joined(separator: ", "))", reason: "PLUGIN_UNKNOWN")
    }
}
