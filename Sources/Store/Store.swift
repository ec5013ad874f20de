internal import Foundation
internal import GRDB

/// The fleet's one SQLite file, opened by one process. Reads are read transactions, writes IMMEDIATE ones;
/// both run on the store's own queues, never on Swift's cooperative pool. `synchronous=FULL`: what was
/// acknowledged survives a power cut.
public final class Store: Sendable {
    /// How long a write waits for another process's write, in seconds.
    public static let busyTimeoutSeconds = 30.0
    /// How often a waiting write looks again, in seconds. SQLite's own waits grow to 0.1 s, and then miss
    /// the gaps that a long import leaves for others.
    static let busyPollSeconds = 0.002
    /// Read connections of one process.
    public static let readers = 3

    let pool: DatabasePool

    private init(pool: DatabasePool) { self.pool = pool }

    /// Opens a store that the coordinator has migrated; refuses one of another schema.
    public static func open(path: String) throws(StoreFailure) -> Store {
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreFailure(
                .cannotOpen, "no store at \(path)",
                hint: "start the coordinator once; it creates the store")
        }
        try Schema.check(path: path)
        return Store(pool: try openPool(path: path))
    }

    static func openPool(path: String) throws(StoreFailure) -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .callback(waitForWriter)
        configuration.maximumReaderCount = readers
        configuration.label = "caodiem.store"
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA cache_size = -16384")
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            RowSeals.register(in: db)
        }
        return try mapped("opening \(path)") {
            let pool = try DatabasePool(path: path, configuration: configuration)
            // Opening a pool leaves its writer at NORMAL, which syncs no commit.
            try pool.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
            }
            return pool
        }
    }

    private static func waitForWriter(tries: Int) -> Bool {
        // A caller that has gone waits for no lock; SQLite's interrupt does not reach this wait.
        guard !Task.isCancelled, Double(tries) * busyPollSeconds < busyTimeoutSeconds else {
            return false
        }
        Thread.sleep(forTimeInterval: busyPollSeconds)
        return true
    }

    /// Reads in one transaction: every figure of `body` is of one moment of the store.
    public func read<T: Sendable>(
        _ body: @escaping @Sendable (ReadScope) throws -> T
    ) async throws(StoreFailure) -> T {
        do {
            return try await pool.read { db in try body(ReadScope(db: db)) }
        } catch {
            throw Store.failure(error, "reading the store")
        }
    }

    /// Writes in one IMMEDIATE transaction: all of `body` or nothing. Pass `commit: false` to try without keeping.
    ///
    /// - Parameter fence: of a lease that the writer must still hold; `fenced` when another holds it.
    public func write<T: Sendable>(
        commit: Bool = true, fence: Fence? = nil,
        _ body: @escaping @Sendable (WriteScope) throws -> T
    ) async throws(StoreFailure) -> T {
        try await writeDeciding(fence: fence) { scope in (try body(scope), commit) }
    }

    /// As `write(commit:)`, where the body itself says whether its work is kept.
    ///
    /// - Parameter looksUpReferences: the body adds rows only and looks up itself, in this transaction, what they
    ///   refer to; the store does not look again.
    public func writeDeciding<T: Sendable>(
        fence: Fence? = nil, looksUpReferences: Bool = false,
        _ body: @escaping @Sendable (WriteScope) throws -> (T, commit: Bool)
    ) async throws(StoreFailure) -> T {
        do {
            return try await pool.writeWithoutTransaction { db in
                var result: T?
                if looksUpReferences { try db.execute(sql: "PRAGMA foreign_keys = OFF") }
                defer {
                    // Does not fail outside a transaction.
                    if looksUpReferences { try? db.execute(sql: "PRAGMA foreign_keys = ON") }
                }
                try db.inTransaction(.immediate) {
                    if let fence { try WriteScope(db: db).require(fence) }
                    let (value, keep) = try body(WriteScope(db: db))
                    result = value
                    return keep ? .commit : .rollback
                }
                guard let result else { throw StoreFailure(.other, "the write gave no result") }
                return result
            }
        } catch {
            throw Store.failure(error, "writing the store")
        }
    }

    public func close() throws(StoreFailure) {
        try Store.mapped("closing the store") { try pool.close() }
    }

    static func mapped<T>(_ doing: String, _ body: () throws -> T) throws(StoreFailure) -> T {
        do { return try body() } catch { throw failure(error, doing) }
    }

    static func failure(_ error: any Error, _ doing: String) -> StoreFailure {
        if let known = error as? StoreFailure { return known }
        if error is CancellationError || Task.isCancelled {
            return StoreFailure(.interrupted, "\(doing): cancelled")
        }
        guard let error = error as? DatabaseError else {
            return StoreFailure(.other, "\(doing): \(error)")
        }
        let said = "\(doing): \(error.message ?? "SQLite error \(error.resultCode.rawValue)")"
        return switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            StoreFailure(
                .busy, said, hint: "another process is writing; try again in a moment")
        case .SQLITE_FULL, .SQLITE_IOERR:
            StoreFailure(.full, said, hint: "check the disk's free space and its health")
        case .SQLITE_READONLY, .SQLITE_PERM:
            StoreFailure(.readOnly, said, hint: "check the owner and mode of the data folder")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            StoreFailure(.corrupt, said, hint: "stop the fleet and restore a backup")
        case .SQLITE_INTERRUPT, .SQLITE_ABORT:
            StoreFailure(.interrupted, said)
        case .SQLITE_CANTOPEN:
            StoreFailure(.cannotOpen, said, hint: "check the path and its permissions")
        case .SQLITE_CONSTRAINT:
            StoreFailure(.constraint, said)
        default:
            StoreFailure(.other, said)
        }
    }
}

/// One read transaction. Valid only inside the closure that received it.
public struct ReadScope {
    let db: Database
    /// The change up to which facts are known; nil = as they stand now.
    var knownAt: Int64?
    /// Whose rows are seen; nil = all.
    public internal(set) var sight: RowSight?
}

/// One write transaction; reads see its own writes. Valid only inside the closure that received it.
public struct WriteScope {
    let db: Database
    /// Whose rows reads see; nil = all.
    var sight: RowSight?

    public var reading: ReadScope { ReadScope(db: db, sight: sight) }
}

extension ReadScope {
    /// The number of the last change that this scope sees; 0 in an empty store. A freeze changes no fact and
    /// is passed over.
    public func lastChange() throws -> Int64 {
        let known = knownAt ?? .max
        return try Int64.fetchOne(
            db,
            sql: """
                SELECT change_no FROM changes
                WHERE change_no <= ?1 AND kind NOT IN ('unchanged', 'dropped', 'freeze')
                    AND change_no NOT IN (SELECT change_no FROM staged_changes
                        WHERE published_as IS NULL OR published_as > ?1)
                ORDER BY change_no DESC LIMIT 1
                """, arguments: [known]) ?? 0
    }
}

/// Who asked for a change and when the coordinator received it; stored with the change.
public struct ChangeStamp: Sendable, Equatable {
    public var principal: String
    public var requestID: String
    /// Milliseconds since 1970, stamped by the coordinator.
    public var receivedAtMilliseconds: Int64

    public init(principal: String, requestID: String, receivedAtMilliseconds: Int64) {
        self.principal = principal
        self.requestID = requestID
        self.receivedAtMilliseconds = receivedAtMilliseconds
    }
}

extension WriteScope {
    /// Takes the next number of the one change counter, and tells the audit trail.
    ///
    /// - Parameters:
    ///   - subject: what is changed, e.g. a campaign or a case; no values of parties.
    ///   - detail: what tells the change's content, e.g. a digest.
    func newChange(
        kind: String, stamp: ChangeStamp, subject: String = "", detail: String = ""
    ) throws -> Int64 {
        let change = try untoldChange(kind: kind, stamp: stamp)
        try record(
            AuditedAct(kind, subject: subject, change: change, detail: detail), stamp: stamp)
        return change
    }

    /// As `newChange`, for an import, which tells the audit trail when it is published and known whole.
    func untoldChange(kind: String, stamp: ChangeStamp) throws -> Int64 {
        try db.execute(
            sql: """
                INSERT INTO changes (kind, principal, request_id, received_at_ms)
                VALUES (?, ?, ?, ?)
                """,
            arguments: [kind, stamp.principal, stamp.requestID, stamp.receivedAtMilliseconds])
        return db.lastInsertedRowID
    }
}
