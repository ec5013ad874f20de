/// What a plugin is doing, in the words that operators see.
enum PluginState: String, Sendable, Equatable {
    case invalid = "INVALID"
    case starting = "STARTING"
    case configuring = "CONFIGURING"
    case ready = "READY"
    case draining = "DRAINING"
    case stopping = "STOPPING"
    case backoff = "BACKOFF"
    case quarantined = "QUARANTINED"
    case disabled = "DISABLED"
}

/// How a process ended.
enum ProcessEnd: Sendable, Equatable, CustomStringConvertible {
    case code(Int32)
    case signal(Int32)

    /// EX_CONFIG: the worker says that no restart will help.
    static let configurationRefused = ProcessEnd.code(78)

    var description: String {
        switch self {
        case .code(let code): "exit \(code)"
        case .signal(let number):
            "signal \(number)\(ProcessEnd.names[number].map { " (\($0))" } ?? "")"
        }
    }

    private static let names: [Int32: String] = [
        1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT",
        7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL", 11: "SIGSEGV", 13: "SIGPIPE", 14: "SIGALRM",
        15: "SIGTERM", 24: "SIGXCPU", 31: "SIGSYS",
    ]
}

/// What happens to a plugin. Inputs about a process name its incarnation (the n-th spawn of that
/// plugin, from 1), so that late news of an earlier process change nothing.
enum PluginInput: Sendable, Equatable {
    /// First start, once the fleet is assembled.
    case begin
    /// One of the fleet's start slots is this plugin's.
    case slotGranted
    case spawned(Int)
    /// No process came to be; `permanent` when trying again cannot help.
    case spawnFailed(Int, reason: String, permanent: Bool)
    /// The worker's HELLO came and is in order.
    case greeted(Int)
    /// Describe, ValidateConfig and Configure went well.
    case configured(Int)
    /// The worker or the fleet cannot accept this configuration.
    case refused(Int, reason: String)
    /// The handshake or a call of the configuration failed.
    case startFailed(Int, reason: String)
    case linkLost(Int, reason: String)
    /// The process is reaped.
    case exited(Int, ProcessEnd)
    /// No call is open any more.
    case idle(Int)
    /// An operator wants a fresh process.
    case restart
    /// An operator's wish; `by` and `why` stand in the reason and the events.
    case order(OperatorOrder, by: String = "", why: String = "")
    /// The coordinator stops.
    case stop
    /// A second signal: the coordinator shall stop sooner.
    case hurry
    /// Time passed.
    case tick
}

/// What the code around a `PluginMachine` has to do.
enum PluginEffect: Sendable, Equatable {
    case spawn(Int)
    /// Describe, ValidateConfig and Configure.
    case configure(Int)
    /// Calls may be routed to the worker.
    case open(Int)
    /// No new calls; `idle` is due when the open ones have ended.
    case close(Int)
    /// End all open calls of the worker now.
    case cancelCalls(Int)
    /// Call Shutdown and close fd 0.
    case shutdown(Int)
    /// SIGTERM to the process group.
    case terminate(Int)
    /// SIGKILL to the process group.
    case kill(Int)
    /// The state or its reason changed; for the log and the journal.
    case changed(PluginState, reason: String)
}
