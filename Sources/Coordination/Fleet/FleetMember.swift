import Transport
import Wire

/// What the fleet holds of one plugin beside its state machine. Lives on the loop.
struct FleetMember {
    let id: String
    /// Path of the manifest's folder.
    let folder: String
    /// The manifest that holds; nil when it was refused.
    var manifest: PluginManifest?
    /// The manifest that a rollout tries.
    var candidate: PluginManifest?
    let log: WorkerLog
    /// Processes that are being made, or not reaped yet, by incarnation.
    var processes: [Int: WorkerProcess] = [:]
    var lastExit: ExitReport?
    var calls: UInt64 = 0
    var failedCalls: UInt64 = 0

    init(id: String, folder: String, manifest: PluginManifest?, log: WorkerLog) {
        self.id = id
        self.folder = folder
        self.manifest = manifest
        self.log = log
    }

    /// The process that speaks for the plugin: of those in service the newest, else the newest.
    var newest: WorkerProcess? {
        let sorted = processes.sorted { $0.key > $1.key }.map(\.value)
        return sorted.first { $0.isOpen } ?? sorted.first
    }

    var child: Child? { newest?.child }
    var startedAt: Moment { newest?.startedAt ?? .start }
    var version: String { newest?.version ?? lastVersion }
    var settings: [(key: String, value: String)] { newest?.shownSettings ?? lastSettings }
    /// As last described, while no process lives.
    var lastVersion = ""
    var lastSettings: [(key: String, value: String)] = []
}

/// One process of a plugin. Lives on the loop.
struct WorkerProcess {
    let instance: InstanceID
    /// What it was started with.
    var manifest: PluginManifest
    let startedAt: Moment
    /// Its own last lines.
    let tail: LineRing
    var child: Child?
    var link: Link?
    /// Whether calls are lost, and not merely ended by us.
    var isLost = false
    /// Takes new calls.
    var isOpen = false
    var version = ""
    /// Services that calls may be routed to.
    var services: [String] = []
    /// Keys whose values it takes over without a new process.
    var reloadable: Set<String> = []
    var declared: [WorkerSettings.Declaration] = []
    /// What it was configured with; secrets are values here.
    var settings: [(key: String, value: String)] = []
    var generation: UInt64 = 0
    var lastBeat: Beat?
    /// Watches its health until the process ends.
    var healthWatch: Task<Void, Never>?

    /// Settings as they may be shown.
    var shownSettings: [(key: String, value: String)] {
        settings.map { setting in
            let path = manifest.secrets[setting.key]
            return (key: setting.key, value: path.map { "from_file: \($0)" } ?? setting.value)
        }
    }

    /// What a worker said of itself with its last beat.
    struct Beat: Sendable, Equatable {
        var at: Moment
        var loopLagMicroseconds: UInt64
        var poolLagMicroseconds: UInt64
        var queueDepth: UInt32
        var stuckCalls: UInt32
    }
}

/// How a process ended.
struct ExitReport: Sendable {
    var instance: InstanceID
    var incarnation: Int
    var pid: Int32
    var end: ProcessEnd
    var dumpedCore: Bool
    var uptime: Duration
    var userTime: Duration
    var systemTime: Duration
    var peakMemoryKiB: Int
    /// Calls that it had when it ended.
    var callsInFlight: Int
    var lastLines: [String]

    /// One line for the log.
    var sentence: String {
        "ended: \(end)\(dumpedCore ? ", core dumped" : "") after "
            + "\(uptime.wholeMilliseconds) ms, \(userTime.wholeMilliseconds) ms user, "
            + "\(systemTime.wholeMilliseconds) ms system, \(peakMemoryKiB) KiB at most, "
            + "\(callsInFlight) calls in flight"
    }
}

extension ProcessEnd {
    init(_ exit: ChildExit) {
        self = exit.signal.map { .signal($0) } ?? .code(exit.code ?? 0)
    }
}
