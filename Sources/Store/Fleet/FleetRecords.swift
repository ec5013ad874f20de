internal import GRDB

/// One event in the life of a plugin.
public struct StoredEvent: Sendable, Equatable {
    /// Counts up over all plugins; 0 before the event is stored.
    public var number: Int64 = 0
    /// Milliseconds since 1970.
    public var atMilliseconds: Int64
    public var plugin: String
    /// The state entered, or what happened.
    public var event: String
    public var detail: String
    /// 0 when there was no process.
    public var pid: Int32
    /// The n-th process of the plugin in that run of the coordinator; 0 before the first.
    public var incarnation: Int
    /// How the process ended, where that is the event.
    public var exit: StoredExit?

    public init(
        atMilliseconds: Int64, plugin: String, event: String, detail: String, pid: Int32 = 0,
        incarnation: Int = 0, exit: StoredExit? = nil
    ) {
        self.atMilliseconds = atMilliseconds
        self.plugin = plugin
        self.event = event
        self.detail = detail
        self.pid = pid
        self.incarnation = incarnation
        self.exit = exit
    }
}

/// How a worker's process ended, and what it had used.
public struct StoredExit: Sendable, Equatable {
    /// `exit 1`, `signal 9 (SIGKILL)`
    public var how: String
    public var dumpedCore = false
    public var uptimeMilliseconds: Int64 = 0
    public var userMilliseconds: Int64 = 0
    public var systemMilliseconds: Int64 = 0
    public var peakMemoryKiB: Int64 = 0
    /// Calls that ended with it.
    public var callsInFlight: Int64 = 0
    /// The last lines that it wrote.
    public var lastLines: [String] = []

    public init(how: String) { self.how = how }
}

/// How much of the fleet's life is kept.
public enum FleetRecordLimits {
    /// Events kept of each plugin.
    public static let eventsKept = 2000
    /// Events in one answer.
    public static let eventsRead = 1000
}

extension WriteScope {
    /// Records one event and drops the plugin's oldest beyond `keeping`; gives the event's number.
    @discardableResult
    public func record(
        _ event: StoredEvent, keeping: Int = FleetRecordLimits.eventsKept
    ) throws -> Int64 {
        try db.execute(
            sql: """
                INSERT INTO plugin_events (at_ms, plugin, event, detail, pid, incarnation)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                event.atMilliseconds, event.plugin, event.event, event.detail, event.pid,
                event.incarnation,
            ])
        let number = db.lastInsertedRowID
        if let exit = event.exit { try record(exit, of: number) }
        try db.execute(
            sql: """
                DELETE FROM plugin_events WHERE plugin = ?1 AND id <= (
                    SELECT id FROM plugin_events WHERE plugin = ?1
                    ORDER BY id DESC LIMIT 1 OFFSET ?2)
                """, arguments: [event.plugin, max(1, keeping)])
        return number
    }

    private func record(_ exit: StoredExit, of event: Int64) throws {
        try db.execute(
            sql: """
                INSERT INTO plugin_exits (event_id, how, dumped_core, uptime_ms, user_ms, system_ms,
                    peak_memory_kib, calls_in_flight, last_lines)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                event, exit.how, exit.dumpedCore, exit.uptimeMilliseconds, exit.userMilliseconds,
                exit.systemMilliseconds, exit.peakMemoryKiB, exit.callsInFlight,
                exit.lastLines.joined(separator: "\n"),
            ])
    }
}

extension ReadScope {
    /// The latest events after number `after`, oldest first; of one plugin or of all.
    public func pluginEvents(
        plugin: String? = nil, after: Int64 = 0, limit: Int
    ) throws -> [StoredEvent] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT id, at_ms, plugin, event, detail, pid, incarnation, how, dumped_core,
                    uptime_ms, user_ms, system_ms, peak_memory_kib, calls_in_flight, last_lines
                FROM plugin_events LEFT JOIN plugin_exits ON event_id = id
                WHERE id > ?1 AND (?2 IS NULL OR plugin = ?2)
                ORDER BY id DESC LIMIT ?3
                """,
            arguments: [after, plugin, min(max(0, limit), FleetRecordLimits.eventsRead)])
        return rows.reversed().map(ReadScope.event)
    }

    private static func event(_ row: Row) -> StoredEvent {
        var event = StoredEvent(
            atMilliseconds: row[1], plugin: row[2], event: row[3], detail: row[4], pid: row[5],
            incarnation: row[6])
        event.number = row[0]
        if let how = row[7] as String? {
            var exit = StoredExit(how: how)
            exit.dumpedCore = row[8]
            exit.uptimeMilliseconds = row[9]
            exit.userMilliseconds = row[10]
            exit.systemMilliseconds = row[11]
            exit.peakMemoryKiB = row[12]
            exit.callsInFlight = row[13]
            let lines = row[14] as String
            exit.lastLines =
                lines.isEmpty
                ? []
                : lines.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            event.exit = exit
        }
        return event
    }
}
