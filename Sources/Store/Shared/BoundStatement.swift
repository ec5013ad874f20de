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

    /// Binds a column of a row without copying its text: the row must stay until the statement was run.
    func bind(_ row: FactRow, _ column: Int, at index: Int32) {
        let handle = statement.sqliteStatement
        switch row.cells[column] {
        case .null: sqlite3_bind_null(handle, index)
        case .integer(let number): sqlite3_bind_int64(handle, index, number)
        case .text(let start, let count):
            guard count > 0, let base = row.bytes.baseAddress else {
                sqlite3_bind_text(handle, index, "", 0, BoundStatement.transient)
                return
            }
            sqlite3_bind_text(
                handle, index,
                UnsafeRawPointer(base + Int(start)).assumingMemoryBound(to: CChar.self),
                Int32(count), nil)
        }
    }

    func bind(_ number: Int64, at index: Int32) {
        sqlite3_bind_int64(statement.sqliteStatement, index, number)
    }

    /// Lets go of all that was bound.
    func clear() { sqlite3_clear_bindings(statement.sqliteStatement) }

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

    /// Whether the column of the current row holds just this number, or nothing.
    func column(_ column: Int32, equals number: Int64?) -> Bool {
        let handle = statement.sqliteStatement
        let type = sqlite3_column_type(handle, column)
        guard let number else { return type == SQLITE_NULL }
        return type == SQLITE_INTEGER && sqlite3_column_int64(handle, column) == number
    }

    /// Whether the column of the current row holds just the value of that column of `row`.
    func column(_ column: Int32, equals row: FactRow, _ place: Int) -> Bool {
        let handle = statement.sqliteStatement
        let type = sqlite3_column_type(handle, column)
        switch row.cells[place] {
        case .null: return type == SQLITE_NULL
        case .integer(let number):
            return type == SQLITE_INTEGER && sqlite3_column_int64(handle, column) == number
        case .text:
            guard type == SQLITE_TEXT, let text = row.text(place) else { return false }
            let stored = UnsafeBufferPointer(
                start: sqlite3_column_text(handle, column),
                count: Int(sqlite3_column_bytes(handle, column)))
            return text.elementsEqual(stored)
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
