/// What a plugin is doing, in the words that operators see.
enum PluginState: String, Sendable, Equatable, CaseIterable {
    case invalid = "INVALID"
    case starting = "STARTING"
    case configuring = "CONFIGURING"
    case ready = "READY"
    case degraded = "DEGRADED"
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

/// Which ends of a process are followed by another start: the words of Erlang's supervisors.
enum RestartPolicy: String, Sendable, Equatable, CaseIterable {
    /// Always.
    case permanent
    /// Unless it ended with exit code 0.
    case transient
    /// Never.
    case temporary
}

/// What the supervisor must know of a plugin's manifest.
struct PluginShape: Sendable, Equatable {
    /// Processes side by side.
    var instances = 1
    /// Never two processes at once, not even while one replaces the other.
    var isSingleton = false
    var policy = RestartPolicy.permanent
    /// Plugins that must serve before this one is started.
    var dependsOn: [String] = []
}
