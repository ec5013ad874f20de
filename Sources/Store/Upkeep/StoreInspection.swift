internal import Foundation
internal import GRDB

/// What a store says of itself.
public struct StoreFacts: Sendable, Equatable {
    public var schema: Int
    /// The last change; 0 in an empty store.
    public var lastChange: Int64
    /// When the last change was received, in milliseconds since 1970; 0 in an empty store.
    public var lastAtMilliseconds: Int64
    /// Entries of the audit trail and the digest of the last one; empty of stores from before schema 8.
    public var auditEntries: Int64
    public var auditHead: String
    /// Digests of the files that imports came from, sorted.
    public var originals: [String]
}

/// Looks at the store file of any schema up to this version's without changing it: for backups, restores and the
/// doctor. Works while a fleet runs.
public final class StoreInspection: Sendable {
    let queue: DatabaseQueue
    public let path: String
    /// The file's schema; 0 of one that no migration has finished.
    public let schema: Int

    private static let firstWithAudit = 8

    /// - Parameter isOwnCopy: nobody else uses the file; what SQLite puts beside it goes when it is closed.
    public init(path: String, isOwnCopy: Bool = false) throws(StoreFailure) {
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreFailure(
                .cannotOpen, "no store at \(path)",
                hint: "start the coordinator once; it creates the store")
        }
        schema = try Schema.refuseForeign(path: path)
        self.path = path
        queue = try Store.mapped("opening \(path)") {
            var configuration = Configuration()
            configuration.readonly = !isOwnCopy
            configuration.busyMode = .timeout(Store.busyTimeoutSeconds)
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA trusted_schema = OFF")
                try db.execute(sql: "PRAGMA cell_size_check = ON")
                RowSeals.register(in: db)
            }
            return try DatabaseQueue(path: path, configuration: configuration)
        }
    }

    public func close() throws(StoreFailure) {
        try Store.mapped("closing \(path)") { try queue.close() }
    }

    /// Copies the store as it stands at one moment to a new file, by SQLite's online backup in one step: a read
    /// transaction, so that writers go on meanwhile and are all in the copy or not at all. Their pages wait in the
    /// write-ahead log until the copy is done.
    public func copy(to target: String) throws(StoreFailure) {
        try Store.mapped("copying \(path) to \(target)") {
            var configuration = Configuration()
            configuration.prepareDatabase { db in
                // The whole file is synced before anybody relies on it.
                try db.execute(sql: "PRAGMA synchronous = OFF")
            }
            let copy = try DatabaseQueue(path: target, configuration: configuration)
            do { try queue.backup(to: copy) } catch {
                try? copy.close()
                throw error
            }
            try copy.close()
        }
    }

    /// A number that changes whenever another connection has written.
    public func dataVersion() throws(StoreFailure) -> Int64 {
        try read { db in try Int64.fetchOne(db, sql: "PRAGMA data_version") ?? 0 }
    }

    public func facts() throws(StoreFailure) -> StoreFacts {
        let schema = schema
        return try read { db in
            guard schema > 0 else {
                return StoreFacts(
                    schema: 0, lastChange: 0, lastAtMilliseconds: 0, auditEntries: 0,
                    auditHead: "", originals: [])
            }
            let last = try Row.fetchOne(
                db,
                sql: """
                    SELECT change_no, received_at_ms FROM changes
                    ORDER BY change_no DESC LIMIT 1
                    """)
            var facts = StoreFacts(
                schema: schema, lastChange: last?[0] ?? 0, lastAtMilliseconds: last?[1] ?? 0,
                auditEntries: 0, auditHead: "", originals: [])
            facts.originals = try String.fetchAll(
                db, sql: "SELECT DISTINCT sha256 FROM import_files ORDER BY sha256")
            if schema >= StoreInspection.firstWithAudit {
                (facts.auditEntries, facts.auditHead) = try ReadScope(db: db).auditHead()
            }
            return facts
        }
    }

    /// What SQLite's own check of pages, indexes and constraints finds, at most so many; empty when sound.
    public func integrity(limit: Int = 100) throws(StoreFailure) -> [String] {
        do {
            return try queue.read { db in
                try String.fetchAll(db, sql: "PRAGMA integrity_check(\(limit))")
                    .filter { $0 != "ok" }
            }
        } catch {
            let failure = Store.failure(error, "checking \(path)")
            guard failure.reason == .corrupt else { throw failure }
            return [failure.message]
        }
    }

    /// Rows that refer to one that is not there, as `table row -> table`, at most so many.
    public func danglingReferences(limit: Int = 100) throws(StoreFailure) -> [String] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT "table", coalesce(rowid, 0), parent FROM pragma_foreign_key_check
                    LIMIT \(limit)
                    """
            ).map { row in
                "\(row[0] as String) \(row[1] as Int64) -> \(row[2] as String)"
            }
        }
    }

    /// What is wrong with the audit trail; nil when it is intact or the schema has none.
    public func auditFinding() throws(StoreFailure) -> AuditFinding? {
        guard schema >= StoreInspection.firstWithAudit else { return nil }
        return try read { db in try ReadScope(db: db).verifyAudit().broken }
    }

    /// Imports that were begun and neither published nor taken back.
    public func unfinishedImports() throws(StoreFailure) -> [Int64] {
        guard schema >= 3 else { return [] }
        return try read { db in
            try Int64.fetchAll(
                db,
                sql: """
                    SELECT change_no FROM staged_changes WHERE published_as IS NULL
                    ORDER BY change_no
                    """)
        }
    }

    func read<T>(_ body: (Database) throws -> T) throws(StoreFailure) -> T {
        try Store.mapped("reading \(path)") { try queue.read(body) }
    }
}
