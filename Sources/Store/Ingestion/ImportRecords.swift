internal import Foundation
internal import Digests
internal import GRDB

/// One file of an import that was applied.
public struct ImportedFile: Sendable {
    public var name: String
    public var kind: String
    public var sha256: String
    /// Bytes; unknown of imports from before schema 3.
    public var size: Int64?

    public init(name: String, kind: String, sha256: String, size: Int64?) {
        self.name = name
        self.kind = kind
        self.sha256 = sha256
        self.size = size
    }
}

extension ReadScope {
    /// The stored answer of an import that was committed before: a repeated Commit gets the same bytes.
    public func importResult(id: String) throws -> [UInt8]? {
        try Data.fetchOne(
            db, sql: "SELECT result FROM imports WHERE import_id = ?", arguments: [id]
        )
        .map { Array($0) }
    }
}

extension WriteScope {
    /// Keeps the answer of an import beside what it changed, in the same transaction. Of an import that
    /// changed nothing the number of its change still says who asked and when.
    public func saveImport(
        id: String, status: String, result: [UInt8], change: Int64, hasChanged: Bool,
        files: [ImportedFile]
    ) throws {
        if !hasChanged {
            try db.execute(
                sql: "UPDATE changes SET kind = 'unchanged' WHERE change_no = ?",
                arguments: [change])
        }
        try db.execute(
            sql: "INSERT INTO imports (import_id, change_no, status, result) VALUES (?, ?, ?, ?)",
            arguments: [id, change, status, Data(result)])
        for (index, file) in files.enumerated() {
            try db.execute(
                sql: """
                    INSERT INTO import_files (change_no, file_no, name, kind, sha256, size)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [change, index, file.name, file.kind, file.sha256, file.size])
        }
        try tell(change, status: status, result: result, files: files)
    }

    /// Files of an import that the audit trail names one by one; the digest of the result covers all.
    static let filesTold = 20

    /// Tells the audit trail of an import: which files by digest, and the digest of the result.
    private func tell(
        _ change: Int64, status: String, result: [UInt8], files: [ImportedFile]
    ) throws {
        guard
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT principal, request_id, received_at_ms FROM changes WHERE change_no = ?
                    """, arguments: [change])
        else { throw StoreFailure(.corrupt, "change \(change) is not there") }
        let stamp = ChangeStamp(
            principal: row[0], requestID: row[1], receivedAtMilliseconds: row[2])
        let told = files.prefix(WriteScope.filesTold).map { "\($0.kind) sha256:\($0.sha256)" }
        let rest = files.count > told.count ? ["+\(files.count - told.count)"] : []
        let result = ["result sha256:\(Digests.sha256(of: result))"]
        let rows = [try sealDetail(of: change)].filter { !$0.isEmpty }
        try record(
            AuditedAct(
                "import", subject: status, change: change,
                detail: (told + rest + result + rows).joined(separator: ", ")),
            stamp: stamp)
    }
}
