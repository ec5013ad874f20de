/// One thing that happened to a plugin, for the record that outlives the coordinator.
public struct PluginEvent: Sendable, Equatable {
    /// In the journal; 0 before it is kept there.
    public var number: Int64 = 0
    /// Wall clock, milliseconds since 1970 in UTC.
    public var atMilliseconds: Int64
    public var plugin: String
    /// The state entered, e.g. `READY`, or what happened, e.g. `EXITED`.
    public var state: String
    /// Why; empty when there is nothing to say.
    public var reason: String
    /// Process id, 0 when there is no process.
    public var pid: Int32
    /// The n-th process of this plugin since the coordinator started, 0 before the first.
    public var incarnation: Int
    /// How the process ended, where that is the event.
    public var exit: PluginExit?

    public init(
        atMilliseconds: Int64, plugin: String, state: String, reason: String, pid: Int32,
        incarnation: Int, exit: PluginExit? = nil
    ) {
        self.atMilliseconds = atMilliseconds
        self.plugin = plugin
        self.state = state
        self.reason = reason
        self.pid = pid
        self.incarnation = incarnation
        self.exit = exit
    }
}

/// How a worker's process ended, and what it had used.
public struct PluginExit: Sendable, Equatable {
    /// `exit 1`, `signal 9 (SIGKILL)`
    public var how: String
    public var dumpedCore = false
    public var uptime = Duration.zero
    public var userTime = Duration.zero
    public var systemTime = Duration.zero
    public var peakMemoryKiB = 0
    /// Calls that ended with it.
    public var callsInFlight = 0
    /// The last lines that it wrote.
    public var lastLines: [String] = []

    public init(how: String) { self.how = how }
}

/// Keeps plugin events; the coordinator's main passes one that writes to the store.
public protocol FleetJournal: Sendable {
    /// Appends one event and gives its number. Called for one event at a time, in order; must not
    /// block the thread it is called on. An error is logged and the event lost.
    func append(_ event: PluginEvent) async throws -> Int64

    /// The latest events of a plugin, or of all when nil, oldest first.
    func events(of plugin: String?, latest: Int) async throws -> [PluginEvent]
}

/// Gives the numbers that tell a lease's present holder from former ones.
public protocol FenceSource: Sendable {
    /// The next number of a lease, higher than all before; from here on writes under those are
    /// refused.
    func nextFence(of lease: String, holder: String, atMilliseconds: Int64) async throws -> Int64
}

/// All that the coordinator keeps in the store.
public typealias FleetRecords = FleetJournal & PluginSwitches & FenceSource & AuditTrail
    & TokenKeeping

/// Brings the store to this version's schema before any worker opens it.
public protocol Migrator: Sendable {
    /// Applies what is missing and returns the schema's version.
    /// - Throws: an error whose description tells an operator what to do.
    func migrate() throws -> Int
}
