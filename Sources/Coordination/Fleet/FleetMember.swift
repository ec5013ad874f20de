import Transport
import Wire

/// What the fleet holds of one plugin beside its state machine. Lives on the loop.
struct FleetMember {
    let id: String
    /// Path of the manifest's folder.
    let folder: String
    /// nil when it was refused.
    var manifest: PluginManifest?
    let log: WorkerLog

    var child: Child?
    var link: Link?
    /// The attempt to reach a worker of another machine.
    var dial: Task<Void, Never>?
    /// Whether calls are lost, and not merely ended by us.
    var isLost = false
    var startedAt = Moment.start
    var version = ""
    var settings: [(key: String, value: String)] = []
    var lastExit: ExitReport?
    var calls: UInt64 = 0
    var failedCalls: UInt64 = 0

    /// How the last process ended.
    struct ExitReport: Sendable {
        var incarnation: Int
        var end: ProcessEnd
        var uptime: Duration
        var lastLines: [String]
    }

    init(id: String, folder: String, manifest: PluginManifest?, log: WorkerLog) {
        self.id = id
        self.folder = folder
        self.manifest = manifest
        self.log = log
    }
}

extension ProcessEnd {
    init(_ exit: ChildExit) {
        self = exit.signal.map { .signal($0) } ?? .code(exit.code ?? 0)
    }
}
