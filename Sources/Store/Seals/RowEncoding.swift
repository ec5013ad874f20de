internal import Digests
internal import GRDBSQLite

/// The bytes of rows as digests take them: each cell that holds something behind the number of its column in the
/// table, so that no two rows read alike and a column that is added later, and empty, changes nothing.
///
/// A cell is its column (2 bytes, little-endian), its type (1 integer, 2 text, 3 blob, 4 real) and the value: 8 bytes
/// little-endian, or the length in 8 bytes and the bytes. A row ends with the column 0xFFFF.
struct RowEncoding {
    private(set) var bytes: [UInt8] = []

    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    mutating func append(column: Int, _ number: Int64) {
        head(column, 1)
        append(UInt64(bitPattern: number))
    }

    mutating func append(column: Int, text: UnsafeRawBufferPointer) {
        head(column, 2)
        append(UInt64(text.count))
        bytes.append(contentsOf: text)
    }

    mutating func endRow() { head(0xFFFF, 0) }

    /// The value of a result's column or of a function's argument.
    mutating func append(column: Int, _ value: OpaquePointer) {
        switch sqlite3_value_type(value) {
        case SQLITE_NULL: return
        case SQLITE_INTEGER: append(column: column, sqlite3_value_int64(value))
        case SQLITE_FLOAT:
            head(column, 4)
            append(sqlite3_value_double(value).bitPattern)
        case SQLITE_TEXT:
            let start = sqlite3_value_text(value)
            let count = Int(sqlite3_value_bytes(value))
            append(column: column, text: UnsafeRawBufferPointer(start: start, count: count))
        default:
            head(column, 3)
            let start = sqlite3_value_blob(value)
            let count = Int(sqlite3_value_bytes(value))
            append(UInt64(count))
            bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count))
        }
    }

    private mutating func head(_ column: Int, _ type: UInt8) {
        bytes.append(UInt8(truncatingIfNeeded: column))
        bytes.append(UInt8(truncatingIfNeeded: column >> 8))
        bytes.append(type)
    }

    private mutating func append(_ number: UInt64) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

/// A run of rows of one kind that came with one change, ascending by id, and the digest over them.
struct RowPart: Equatable {
    var firstID: Int64
    var lastID: Int64
    var rows: Int64
    /// SHA-256 of the rows' bytes, 64 hex digits.
    var digest: String
}

/// Digests rows as they come, ascending by id, in parts of at most `limit` rows.
struct RowParts {
    /// Rows of a part: what a deep check can point at.
    static let limit: Int64 = 1024
    private static let bufferSize = 32 * 1024

    private(set) var parts: [RowPart] = []
    private var encoding = RowEncoding()
    private var hasher = SHA256Hasher()
    private var open: RowPart?

    /// Takes in a row whose cells `encode` appends.
    ///
    /// - Parameter startsPart: the row does not go into the part of the row before.
    mutating func add(
        _ id: Int64, startsPart: Bool, _ encode: (inout RowEncoding) -> Void
    ) {
        if startsPart || (open?.rows ?? 0) >= RowParts.limit { close() }
        encode(&encoding)
        encoding.endRow()
        if encoding.bytes.count >= RowParts.bufferSize { flush() }
        var part = open ?? RowPart(firstID: id, lastID: id, rows: 0, digest: "")
        part.lastID = id
        part.rows += 1
        open = part
    }

    /// Ends the part under way.
    mutating func close() {
        guard var part = open else { return }
        flush()
        part.digest = hasher.hex()
        hasher = SHA256Hasher()
        parts.append(part)
        open = nil
    }

    private mutating func flush() {
        hasher.update(encoding.bytes)
        encoding.clear()
    }
}
