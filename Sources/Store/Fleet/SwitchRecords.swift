internal import GRDB

/// An operator's word that a plugin shall not run.
public struct DisabledPlugin: Sendable, Equatable {
    public var plugin: String
    /// Who disabled it, e.g. `uid:0`.
    public var by: String
    public var reason: String
    /// Milliseconds since 1970.
    public var atMilliseconds: Int64

    public init(plugin: String, by: String, reason: String, atMilliseconds: Int64) {
        self.plugin = plugin
        self.by = by
        self.reason = reason
        self.atMilliseconds = atMilliseconds
    }
}

extension ReadScope {
    /// All plugins that an operator disabled, by id.
    public func disabledPlugins() throws -> [DisabledPlugin] {
        try Row.fetchAll(
            db,
            sql: "SELECT plugin, disabled_by, reason, at_ms FROM plugin_switches ORDER BY plugin"
        ).map { row in
            DisabledPlugin(plugin: row[0], by: row[1], reason: row[2], atMilliseconds: row[3])
        }
    }
}

extension WriteScope {
    /// Notes that a plugin is disabled, in place of what was noted before.
    public func disable(_ plugin: DisabledPlugin) throws {
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO plugin_switches (plugin, disabled_by, reason, at_ms)
                VALUES (?, ?, ?, ?)
                """,
            arguments: [plugin.plugin, plugin.by, plugin.reason, plugin.atMilliseconds])
    }

    /// Forgets that a plugin was disabled.
    public func enable(_ plugin: String) throws {
        try db.execute(sql: "DELETE FROM plugin_switches WHERE plugin = ?", arguments: [plugin])
    }
}
