internal import Foundation
internal import GRDB

/// One file of an import that was applied.
public struct ImportedFile: Sendable {
    public var name: String
    public var kind: String
    public var sha256: String

    public init(name: String, kind: String, sha256: String) {
        self.name = name
        self.kind = kind
        self.sha256 = sha256
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
    /// Keeps the answer of an import beside what it changed, in the same transaction.
    public func saveImport(
        id: String, status: String, result: [UInt8], change: Int64?, files: [ImportedFile]
    ) throws {
        try db.execute(
            sql: "INSERT INTO imports (import_id, change_no, status, result) VALUES (?, ?, ?, ?)",
            arguments: [id, change, status, Data(result)])
        guard let change else { return }
        for (index, file) in files.enumerated() {
            try db.execute(
                sql: """
                    INSERT INTO import_files (change_no, file_no, name, kind, sha256)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [change, index, file.name, file.kind, file.sha256])
        }
    }

    /// Takes back a change number that nothing was written under.
    public func discardChange(_ change: Int64) throws {
        try db.execute(sql: "DELETE FROM changes WHERE change_no = ?", arguments: [change])
    }
}
