internal import Foundation
internal import GRDB

/// The store's schema and its versions. Migrations are append-only and run by the coordinator alone,
/// before any worker starts.
public enum Schema {
    /// The schema that this version reads and writes.
    public static let version = 1
    /// "CaoD" in the file's header: tells our store from any other SQLite file.
    static let applicationID = 0x4361_6F44

    /// Creates or upgrades the store at `path`; gives the schema's version.
    /// Refuses a store of a newer version and leaves it as it is.
    public static func migrate(path: String) throws(StoreFailure) -> Int {
        let existed = FileManager.default.fileExists(atPath: path)
        let pool = try Store.openPool(path: path)
        defer { try? pool.close() }
        if existed { try refuseForeign(pool, path: path) }
        try Store.mapped("migrating \(path)") {
            try migrator().migrate(pool)
            try pool.write { db in
                try db.execute(sql: "PRAGMA user_version = \(version)")
                try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            }
        }
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return version
    }

    static func check(_ pool: DatabasePool, path: String) throws(StoreFailure) {
        try refuseForeign(pool, path: path)
        let found = try userVersion(pool, path: path)
        if found < version {
            throw StoreFailure(
                .olderSchema, "the store \(path) has schema \(found), this program needs \(version)",
                hint: "start the coordinator of this version; it upgrades the store")
        }
    }

    private static func refuseForeign(_ pool: DatabasePool, path: String) throws(StoreFailure) {
        let found = try userVersion(pool, path: path)
        if found > version {
            throw StoreFailure(
                .newerSchema,
                "the store \(path) has schema \(found); this version knows up to \(version)",
                hint: "run the version that wrote it, or restore a backup of this version's; "
                    + "nothing was changed")
        }
        let application = try Store.mapped("opening \(path)") {
            try pool.read { db in try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0 }
        }
        if application != applicationID, found != 0 || application != 0 {
            throw StoreFailure(
                .cannotOpen, "\(path) is an SQLite file of another program",
                hint: "give another data folder")
        }
    }

    private static func userVersion(
        _ pool: DatabasePool, path: String
    ) throws(StoreFailure) -> Int {
        try Store.mapped("opening \(path)") {
            try pool.read { db in try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 }
        }
    }

    private static func migrator() -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001 facts, plans, changes", migrate: Migration0001.run)
        return migrator
    }
}
