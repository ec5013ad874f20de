internal import GRDB

/// Schema 2: the fleet's own records. Events name the process and come with its exit report; who disabled
/// a plugin; the fencing numbers of leases; and the answers that were given under idempotency keys.
enum Migration0002 {
    static func run(_ db: Database) throws {
        for statement in statements { try db.execute(sql: statement) }
    }

    private static let statements = [
        "ALTER TABLE plugin_events ADD COLUMN pid INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE plugin_events ADD COLUMN incarnation INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX plugin_events_by_plugin ON plugin_events (plugin, id)",
        """
        CREATE TABLE plugin_exits (
            event_id INTEGER PRIMARY KEY REFERENCES plugin_events ON DELETE CASCADE,
            how TEXT NOT NULL,
            dumped_core INTEGER NOT NULL,
            uptime_ms INTEGER NOT NULL,
            user_ms INTEGER NOT NULL,
            system_ms INTEGER NOT NULL,
            peak_memory_kib INTEGER NOT NULL,
            calls_in_flight INTEGER NOT NULL,
            last_lines TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE plugin_switches (
            plugin TEXT PRIMARY KEY,
            disabled_by TEXT NOT NULL,
            reason TEXT NOT NULL,
            at_ms INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE leases (
            name TEXT PRIMARY KEY,
            fence INTEGER NOT NULL,
            holder TEXT NOT NULL,
            at_ms INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE idempotent_replies (
            principal TEXT NOT NULL,
            method TEXT NOT NULL,
            key TEXT NOT NULL,
            request_sha256 TEXT NOT NULL,
            reply BLOB NOT NULL,
            saved_at_ms INTEGER NOT NULL,
            PRIMARY KEY (principal, method, key)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX idempotent_replies_by_age ON idempotent_replies (saved_at_ms)",
    ]
}
