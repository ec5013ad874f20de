/// One thing that happened to a plugin, for the record that outlives the coordinator.
public struct PluginEvent: Sendable, Equatable {
    /// Wall clock, milliseconds since 1970 in UTC.
    public var atMilliseconds: Int64
    public var plugin: String
    /// The state entered, e.g. `READY`.
    public var state: String
    /// Why; empty when there is nothing to say.
    public var reason: String
    /// Process id, 0 when there is no process.
    public var pid: Int32
    /// The n-th process of this plugin since the coordinator started, 0 before the first.
    public var incarnation: Int
    /// The last lines the worker wrote, given when a process ended.
    public var lastLines: [String]

    public init(
        atMilliseconds: Int64, plugin: String, state: String, reason: String, pid: Int32,
        incarnation: Int, lastLines: [String] = []
    ) {
        self.atMilliseconds = atMilliseconds
        self.plugin = plugin
        self.state = state
        self.reason = reason
        self.pid = pid
        self.incarnation = incarnation
        self.lastLines = lastLines
    }
}

/// Keeps plugin events; the coordinator's main passes one that writes to the store.
public protocol FleetJournal: Sendable {
    /// Appends one event. Called for one event at a time, in order; must not block the thread it
    /// is called on. An error is logged and the event lost.
    func append(_ event: PluginEvent) async throws
}

/// Brings the store to this version's schema before any worker opens it.
public protocol Migrator: Sendable {
    /// Applies what is missing and returns the schema's version.
    /// - Throws: an error whose description tells an operator what to do.
    func migrate() throws -> Int
}
