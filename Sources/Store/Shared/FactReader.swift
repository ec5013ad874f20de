internal import GRDB
internal import GRDBSQLite
internal import Rules

/// Reads the rows of one query through SQLite's C interface, column by column from the left.
struct FactReader {
    let handle: OpaquePointer

    func int64(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    func text(_ column: Int32) -> String {
        let bytes = UnsafeBufferPointer(
            start: sqlite3_column_text(handle, column),
            count: Int(sqlite3_column_bytes(handle, column)))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The value as it is kept.
    func value(_ column: Int32) -> FieldValue {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: .integer(int64(column))
        case SQLITE_TEXT: .text(text(column))
        default: .null
        }
    }

    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    /// A day; a number that is none means a damaged store.
    func day(_ column: Int32) throws -> Day {
        guard let number = Int32(exactly: int64(column)) else {
            throw StoreFailure(
                .corrupt, "the store holds “\(int64(column))” where a day belongs",
                hint: "run the deep check of the store")
        }
        return Day(number: number)
    }

    func optionalDay(_ column: Int32) throws -> Day? { isNull(column) ? nil : try day(column) }

    func dong(_ column: Int32) -> Dong { Dong(int64(column)) }
    func optionalDong(_ column: Int32) -> Dong? { isNull(column) ? nil : dong(column) }
    func flag(_ column: Int32) -> Bool { int64(column) != 0 }

    /// An enumeration's value; a word that this version does not know means a damaged store.
    func word<Word: RawRepresentable<String>>(_ column: Int32, _ type: Word.Type) throws -> Word {
        let raw = text(column)
        guard let word = Word(rawValue: raw) else {
            throw StoreFailure(
                .corrupt, "the store holds “\(raw)” where a \(Word.self) belongs",
                hint: "run the deep check of the store")
        }
        return word
    }

    func optionalWord<Word: RawRepresentable<String>>(
        _ column: Int32, _ type: Word.Type
    ) throws -> Word? { isNull(column) ? nil : try word(column, type) }
}

extension Database {
    /// Runs a query and hands each row to `body`; the statement is kept unless said otherwise.
    func forEachFact(
        _ sql: String, _ arguments: [FieldValue] = [], keepsStatement: Bool = true,
        _ body: (FactReader) throws -> Void
    ) throws {
        let bound = try BoundStatement(self, sql, isKept: keepsStatement)
        for (index, value) in arguments.enumerated() { bound.bind(value, at: Int32(index + 1)) }
        try bound.forEach { handle in try body(FactReader(handle: handle)) }
    }
}
