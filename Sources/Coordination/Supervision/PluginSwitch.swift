/// An operator's word that a plugin shall not run, kept over restarts of the coordinator.
public struct PluginSwitch: Sendable, Equatable {
    public var plugin: String
    /// Who disabled it, e.g. `uid:0`.
    public var by: String
    /// Why; empty when nobody said.
    public var why: String
    /// Wall clock, milliseconds since 1970 in UTC.
    public var atMilliseconds: Int64

    public init(plugin: String, by: String, why: String, atMilliseconds: Int64) {
        self.plugin = plugin
        self.by = by
        self.why = why
        self.atMilliseconds = atMilliseconds
    }

    /// As it stands in `status`.
    var reason: String { PluginSwitch.reason(by: by, why: why) }

    static func reason(by: String, why: String) -> String {
        if by.isEmpty, why == byConfiguration { return why }
        let who = by.isEmpty ? "disabled" : "disabled by \(by)"
        return why.isEmpty ? who : "\(who): \(why)"
    }

    static let byConfiguration = "disabled in the coordinator's configuration"
}

/// Keeps what operators disabled; the coordinator's main passes one that writes to the store.
public protocol PluginSwitches: Sendable {
    /// All disabled plugins; read once, before the fleet begins.
    func disabled() async throws -> [PluginSwitch]
    /// Notes that a plugin is disabled, in place of what was noted before.
    func disable(_ plugin: PluginSwitch) async throws
    /// Forgets that a plugin was disabled.
    func enable(_ plugin: String) async throws
}
