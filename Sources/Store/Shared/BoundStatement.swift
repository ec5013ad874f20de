internal import GRDB
internal import GRDBSQLite

/// The value of one cell, as the store keeps it: days and money are integers, flags 0 or 1.
public enum FieldValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case text(String)
}

/// A prepared statement bound and read through SQLite's C interface: row by row at half the cost of
/// argument arrays. Pointers stay in here.
final class BoundStatement {
    private let statement: Statement
    private let db: Database

    /// - Parameter isKept: the prepared statement stays for the next use; false for one of a kind.
    init(_ db: Database, _ sql: String, isKept: Bool = true) throws {
        self.db = db
        self.statement =
            isKept ? try db.cachedStatement(sql: sql) : try db.makeStatement(sql: sql)
    }

    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    func bind(_ value: FieldValue, at index: Int32) {
        let handle = statement.sqliteStatement
        switch value {
        case .null: sqlite3_bind_null(handle, index)
        case .integer(let number): sqlite3_bind_int64(handle, index, number)
        case .text(var text):
            text.withUTF8 { bytes in
                let base = UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
                if let base {
                    sqlite3_bind_text(
                        handle, index, base, Int32(bytes.count), BoundStatement.transient)
                } else {
                    sqlite3_bind_text(handle, index, "", 0, BoundStatement.transient)
                }
            }
        }
    }

    /// Runs a statement that gives no rows.
    func run() throws {
        defer { sqlite3_reset(statement.sqliteStatement) }
        try expect(sqlite3_step(statement.sqliteStatement), SQLITE_DONE)
    }

    /// Hands the statement to `body` once a row.
    func forEach(_ body: (OpaquePointer) throws -> Void) throws {
        let handle = statement.sqliteStatement
        defer { sqlite3_reset(handle) }
        while true {
            let code = sqlite3_step(handle)
            if code == SQLITE_DONE { return }
            try expect(code, SQLITE_ROW)
            try body(handle)
        }
    }

    /// Steps to the first row; `read` sees it. Nil when there is none.
    func first<T>(_ read: (BoundStatement) -> T) throws -> T? {
        defer { sqlite3_reset(statement.sqliteStatement) }
        let code = sqlite3_step(statement.sqliteStatement)
        if code == SQLITE_DONE { return nil }
        try expect(code, SQLITE_ROW)
        return read(self)
    }

    func int64(_ column: Int32) -> Int64 { sqlite3_column_int64(statement.sqliteStatement, column) }

    /// Whether the column of the current row holds just this value.
    func column(_ column: Int32, equals value: FieldValue) -> Bool {
        let handle = statement.sqliteStatement
        let type = sqlite3_column_type(handle, column)
        switch value {
        case .null: return type == SQLITE_NULL
        case .integer(let number):
            return type == SQLITE_INTEGER && sqlite3_column_int64(handle, column) == number
        case .text(var text):
            guard type == SQLITE_TEXT else { return false }
            let stored = UnsafeBufferPointer(
                start: sqlite3_column_text(handle, column),
                count: Int(sqlite3_column_bytes(handle, column)))
            return text.withUTF8 { $0.elementsEqual(stored) }
        }
    }

    /// The current row's value in that column.
    func value(_ column: Int32) -> FieldValue {
        FactReader(handle: statement.sqliteStatement).value(column)
    }

    private func expect(_ code: Int32, _ wanted: Int32) throws {
        guard code != wanted else { return }
        throw DatabaseError(
            resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage,
            sql: statement.sql)
    }
}
