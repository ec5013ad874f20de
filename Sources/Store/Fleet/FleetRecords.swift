internal import GRDB

extension WriteScope {
    /// Records one event in the life of a plugin. `atMilliseconds` since 1970.
    public func recordPluginEvent(
        atMilliseconds: Int64, plugin: String, event: String, detail: String
    ) throws {
        try db.execute(
            sql: "INSERT INTO plugin_events (at_ms, plugin, event, detail) VALUES (?, ?, ?, ?)",
            arguments: [atMilliseconds, plugin, event, detail])
    }
}

/// One event in the life of a plugin.
public struct PluginEvent: Sendable, Equatable {
    public var atMilliseconds: Int64
    public var plugin: String
    public var event: String
    public var detail: String
}

extension ReadScope {
    /// The latest events, newest first.
    public func pluginEvents(plugin: String? = nil, limit: Int) throws -> [PluginEvent] {
        let condition = plugin == nil ? "" : "WHERE plugin = ?"
        return try Row.fetchAll(
            db,
            sql: """
                SELECT at_ms, plugin, event, detail FROM plugin_events \(condition)
                ORDER BY id DESC LIMIT \(limit)
                """, arguments: plugin.map { [$0] } ?? []
        ).map { row in
            PluginEvent(atMilliseconds: row[0], plugin: row[1], event: row[2], detail: row[3])
        }
    }
}
