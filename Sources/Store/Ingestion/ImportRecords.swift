internal import Foundation
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
    }
}
