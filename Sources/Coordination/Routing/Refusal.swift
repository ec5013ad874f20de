/// Why the coordinator itself ends a call; becomes the Failure of the call's trailers.
struct Refusal: Sendable, Equatable {
    /// gRPC codes that the coordinator gives by itself.
    enum Code: UInt32, Sendable {
        case deadlineExceeded = 4
        case notFound = 5
        case permissionDenied = 7
        case resourceExhausted = 8
        case failedPrecondition = 9
        case unimplemented = 12
        case unavailable = 14
    }

    var code: Code
    var message: String
    /// What the caller can do.
    var hint: String
    /// A stable word for programs.
    var reason: String
    var isRetryable: Bool

    static func malformedPath(_ path: String) -> Refusal {
        Refusal(
            code: .unimplemented, message: "“\(path.prefix(200))” is no method path",
            hint: "write it as /package.Service/Method", reason: "METHOD_UNKNOWN",
            isRetryable: false)
    }

    static func unknownService(_ service: String, silent: [String]) -> Refusal {
        let hint =
            silent.isEmpty
            ? "check the spelling and the fleet's plugins with: caodiem plugin list"
            : "plugins that do not run and might serve it: \(silent.joined(separator: ", "))"
        return Refusal(
            code: .unimplemented, message: "no plugin serves \(service)", hint: hint,
            reason: "SERVICE_UNKNOWN", isRetryable: false)
    }

    static func unknownMethod(_ path: MethodPath) -> Refusal {
        Refusal(
            code: .unimplemented, message: "\(path.service) has no method \(path.method)",
            hint: "check the spelling; the service may be older than the caller",
            reason: "METHOD_UNKNOWN", isRetryable: false)
    }

    static func perhapsStarting(_ service: String, plugins: [String]) -> Refusal {
        Refusal(
            code: .unavailable,
            message: "\(service) is not served yet; still starting: "
                + plugins.joined(separator: ", "),
            hint: "try again in a moment", reason: "PLUGIN_STARTING", isRetryable: true)
    }

    /// A known service whose plugin cannot take calls now.
    static func notRunning(_ plugin: String, _ state: PluginState, reason: String) -> Refusal {
        let needsOperator = [.invalid, .quarantined, .disabled].contains(state)
        let why = reason.isEmpty ? "" : ": \(reason)"
        return Refusal(
            code: .unavailable, message: "plugin \(plugin) is \(state.rawValue)\(why)",
            hint: needsOperator
                ? "see caodiem plugin show \(plugin); then caodiem plugin restart \(plugin)"
                : "try again in a moment",
            reason: "PLUGIN_\(state.rawValue)", isRetryable: !needsOperator)
    }

    /// The worker ended while it had the call.
    static func workerLost(_ plugin: String) -> Refusal {
        Refusal(
            code: .unavailable, message: "plugin \(plugin) ended while it had this call",
            hint: "repeat a reading call; repeat a change only with the same idempotency key",
            reason: "WORKER_LOST", isRetryable: true)
    }

    static func stopping() -> Refusal {
        Refusal(
            code: .unavailable, message: "the coordinator stops",
            hint: "try again when it runs", reason: "COORDINATOR_STOPPING", isRetryable: true)
    }

    static func tooManyCalls(_ limit: Int) -> Refusal {
        Refusal(
            code: .resourceExhausted, message: "this client has \(limit) calls open",
            hint: "wait for one of them to end", reason: "TOO_MANY_CALLS", isRetryable: true)
    }
}
