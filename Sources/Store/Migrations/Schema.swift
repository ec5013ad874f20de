internal import Foundation
internal import GRDB

/// The store's schema and its versions. Migrations are append-only and run by the coordinator alone,
/// before any worker starts.
public enum Schema {
    /// The schema that this version reads and writes.
    public static let version = 11
    /// The schema that brought digests of rows.
    static var firstWithSeals: Int {
        (migrations.firstIndex { $0.name == sealing } ?? migrations.count) + 1
    }
    private static let sealing = "0010 digests of rows"
    /// "CaoD" in the file's header: tells our store from any other SQLite file.
    static let applicationID = 0x4361_6F44

    /// Creates or upgrades the store at `path`; gives the schema's version.
    /// Refuses a store of a newer version and leaves it as it is.
    public static func migrate(path: String) throws(StoreFailure) -> Int {
        try migrate(path: path, to: version)
    }

    /// As `migrate(path:)`; an earlier version leaves the store as that one's programs did.
    static func migrate(path: String, to version: Int) throws(StoreFailure) -> Int {
        if FileManager.default.fileExists(atPath: path) { try refuseForeign(path: path) }
        let pool = try Store.openPool(path: path)
        defer { try? pool.close() }
        try Store.mapped("migrating \(path)") {
            try migrator(to: version).migrate(pool)
            try pool.write { db in
                if version >= firstWithSeals { try RowSeals.complete(in: db) }
                try db.execute(sql: "PRAGMA user_version = \(version)")
                try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            }
        }
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return version
    }

    /// Refuses a store that is not of this schema; changes nothing in it.
    static func check(path: String) throws(StoreFailure) {
        let found = try refuseForeign(path: path)
        if found < version {
            throw StoreFailure(
                .olderSchema,
                "the store \(path) has schema \(found), this program needs \(version)",
                hint: "start the coordinator of this version; it upgrades the store")
        }
    }

    /// Gives the file's schema version, read without writing to it.
    @discardableResult
    static func refuseForeign(path: String) throws(StoreFailure) -> Int {
        let (found, application) = try Store.mapped("opening \(path)") {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(Store.busyTimeoutSeconds)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.read { db in
                (
                    try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0,
                    try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
                )
            }
        }
        if application != applicationID, found != 0 || application != 0 {
            throw StoreFailure(
                .foreign, "\(path) is an SQLite file of another program",
                hint: "give another data folder")
        }
        if found > version {
            throw StoreFailure(
                .newerSchema,
                "the store \(path) has schema \(found); this version knows up to \(version)",
                hint: "run the version that wrote it, or restore a backup of this version's; "
                    + "nothing was changed")
        }
        return found
    }

    private static let migrations: [(name: String, run: @Sendable (Database) throws -> Void)] = [
        ("0001 facts, plans, changes", Migration0001.run),
        ("0002 the fleet's records", Migration0002.run),
        ("0003 staged imports, retractions", Migration0003.run),
        ("0004 the work of a campaign", Migration0004.run),
        ("0005 appraisers, auction houses", Migration0005.run),
        ("0006 freezes, former versions by what they hang on", Migration0006.run),
        ("0007 emulation", Migration0007.run),
        ("0008 audit trail", Migration0008.run),
        ("0009 access tokens", Migration0009.run),
        (sealing, Migration0010.run),
        ("0011 former versions by what superseded them", Migration0011.run),
    ]

    private static func migrator(to version: Int) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for migration in migrations.prefix(version) {
            migrator.registerMigration(migration.name, migrate: migration.run)
        }
        return migrator
    }
}
