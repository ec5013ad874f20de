import Logging
import Transport

/// What `Plugins/<id>/plugin.yaml` says about one plugin.
struct PluginManifest: Sendable, Equatable {
    /// Name of the manifest's folder.
    var id: String
    /// Path of the manifest.
    var file: String
    var source: WorkerSource
    /// What supervision must know.
    var shape = PluginShape()
    /// Periods and counts in place of the fleet's.
    var limits = LimitOverrides()
    /// Services that the worker must serve, no more and no fewer; nil when it says so itself.
    var services: [String]?
    var concurrency = Concurrency()
    var storeAccess = StoreAccess.write
    /// Entries below are not kept; lines on stderr always are.
    var logLevel = Logger.Level.info
    var grants: Set<Grant> = []
    /// The mapping `config`, each value as it is written.
    var settings: [String: String] = [:]
    /// Settings whose values stand in files of their own: path by key.
    var secrets: [String: String] = [:]
    /// Lines of keys that are judged against other manifests.
    var lines: [String: Int] = [:]

    /// `file:line` of a key.
    func place(of key: String) -> String { "\(file):\(lines[key] ?? 1)" }

    /// The same, wherever in the file it stands.
    func saysTheSame(as other: PluginManifest) -> Bool {
        var (mine, theirs) = (self, other)
        mine.lines = [:]
        theirs.lines = [:]
        return mine == theirs
    }

    /// Where a worker of another machine is reached; nil for a program that the coordinator starts.
    var remote: RemoteSettings? {
        if case .remote(let remote) = source { remote } else { nil }
    }

    /// Whether its processes run as the coordinator's user: they could open the socket, and the store, as well.
    var runsAsOwner: Bool {
        if case .spawned(let program) = source { program.user == nil } else { false }
    }

    /// For people: the program, or where the worker is reached.
    var executable: String {
        switch source {
        case .spawned(let program): program.executable
        case .remote(let remote): remote.description
        }
    }
}

/// Where a plugin's processes come from.
enum WorkerSource: Sendable, Equatable {
    case spawned(ProgramSource)
    case remote(RemoteSettings)
}

/// A program that the coordinator starts.
struct ProgramSource: Sendable, Equatable {
    /// Path of the worker's executable, checked to be there and trusted.
    var executable: String
    var arguments: [String] = []
    /// `NAME=value` beside what every worker gets.
    var environment: [String: String] = [:]
    /// 64 hex digits that the executable must have; nil when any will do.
    var sha256: String?
    /// Runs as this user; nil: as the coordinator's.
    var user: ProgramUser?
    var limits = ProcessLimits()
}

/// A user of this machine.
struct ProgramUser: Sendable, Equatable {
    var name: String
    var userID: UInt32
    var groupID: UInt32
}

/// Calls that one process may have at a time, and how many may wait for it.
struct Concurrency: Sendable, Equatable {
    var max = 128
    var queue = 64
}

/// What a worker may do with the fleet's store.
enum StoreAccess: String, Sendable, Equatable, CaseIterable {
    /// It is not told where the store is.
    case none
    case read
    case write
}

/// What a plugin may do beyond serving.
enum Grant: String, Sendable, Hashable, CaseIterable {
    /// Make calls on behalf of others.
    case impersonate
}

/// Periods and counts of one plugin in place of the fleet's; nil leaves the fleet's.
struct LimitOverrides: Sendable, Equatable {
    var start: Duration?
    var configure: Duration?
    var ready: Duration?
    var drain: Duration?
    var shutdown: Duration?
    var terminate: Duration?
    var beat: Duration?
    var backoffBase: Duration?
    var backoffCap: Duration?
    var failures: Int?
    var failureWindow: Duration?

    func applied(to fleet: SupervisionLimits) -> SupervisionLimits {
        var limits = fleet
        limits.startTimeout = start ?? fleet.startTimeout
        limits.configureTimeout = configure ?? fleet.configureTimeout
        limits.readyTimeout = ready ?? fleet.readyTimeout
        limits.drainTimeout = drain ?? fleet.drainTimeout
        limits.shutdownGrace = shutdown ?? fleet.shutdownGrace
        limits.terminateGrace = terminate ?? fleet.terminateGrace
        limits.beatInterval = beat ?? fleet.beatInterval
        limits.backoffBase = backoffBase ?? fleet.backoffBase
        limits.backoffCap = backoffCap ?? fleet.backoffCap
        limits.failuresAllowed = failures ?? fleet.failuresAllowed
        limits.failureWindow = failureWindow ?? fleet.failureWindow
        return limits
    }
}

extension PluginManifest {
    /// The fleet's limits with what this plugin says otherwise; a connection to another host is
    /// tried again more slowly than a process.
    func limits(of fleet: SupervisionLimits) -> SupervisionLimits {
        limits.applied(to: remote == nil ? fleet : fleet.remote)
    }
}

/// Everything that is wrong with one manifest.
struct ManifestRefusal: Error, Equatable, CustomStringConvertible {
    /// `file:line: what; what to do`, one an item.
    var problems: [String]
    var description: String { problems.joined(separator: "\n") }
}
