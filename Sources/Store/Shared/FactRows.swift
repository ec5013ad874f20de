/// Rows of one kind on their way into the store, one after the other. All text lies in one run of bytes: a row
/// costs no allocation of its own, and its bytes go to SQLite as they are.
public struct FactRows: Sendable {
    /// The value of one cell; text is a place in the run of bytes.
    public enum Cell: Sendable {
        case null
        case integer(Int64)
        /// UTF-8 in the composed form.
        case text(start: UInt32, count: UInt32)

        public var isNull: Bool { if case .null = self { true } else { false } }
    }

    /// Values of one row, in the order of its kind's columns.
    public let width: Int
    @usableFromInline var cells: [Cell] = []
    @usableFromInline var bytes: [UInt8] = []

    public init(width: Int, rows: Int = 0) {
        self.width = width
        cells.reserveCapacity(width * rows)
    }

    /// One row of these values.
    public init(_ values: [FieldValue]) {
        self.init(width: values.count, rows: 1)
        for value in values { append(value) }
    }

    public var count: Int { width == 0 ? 0 : cells.count / width }
    /// Bytes of text.
    public var byteCount: Int { bytes.count }

    @inlinable
    public mutating func appendNull() { cells.append(.null) }

    @inlinable
    public mutating func append(_ number: Int64) { cells.append(.integer(number)) }

    /// Appends text that is known to be UTF-8 in the composed form.
    @inlinable
    public mutating func append(text: UnsafeBufferPointer<UInt8>) {
        cells.append(
            .text(
                start: UInt32(truncatingIfNeeded: bytes.count),
                count: UInt32(truncatingIfNeeded: text.count)))
        bytes.append(contentsOf: text)
    }

    public mutating func append(_ value: FieldValue) {
        switch value {
        case .null: appendNull()
        case .integer(let number): append(number)
        case .text(var text): text.withUTF8 { append(text: $0) }
        }
    }

    /// Takes the last cells away again, so many of them.
    public mutating func removeLast(_ count: Int) {
        for cell in cells.suffix(count).reversed() {
            if case .text(let start, _) = cell { bytes.removeSubrange(Int(start)...) }
        }
        cells.removeLast(count)
    }

    /// The value of that row's column, both from 0.
    public subscript(row: Int, column: Int) -> FieldValue {
        switch cells[row * width + column] {
        case .null: .null
        case .integer(let number): .integer(number)
        case .text(let start, let count):
            .text(
                String(decoding: bytes[Int(start)..<Int(start) + Int(count)], as: UTF8.self))
        }
    }

    public func isNull(_ row: Int, _ column: Int) -> Bool { cells[row * width + column].isNull }

    /// The first values of a row.
    public func prefix(_ row: Int, _ count: Int) -> [FieldValue] {
        (0..<count).map { self[row, $0] }
    }

    /// Hands a row to `body`, which must not keep it.
    func withRow<Result>(_ row: Int, _ body: (FactRow) throws -> Result) rethrows -> Result {
        try cells.withUnsafeBufferPointer { cells in
            try bytes.withUnsafeBufferPointer { bytes in
                try body(
                    FactRow(
                        cells: UnsafeBufferPointer(
                            rebasing: cells[row * width..<(row + 1) * width]), bytes: bytes))
            }
        }
    }
}

/// One row in place; valid only inside the closure that received it.
struct FactRow {
    let cells: UnsafeBufferPointer<FactRows.Cell>
    let bytes: UnsafeBufferPointer<UInt8>

    /// The bytes of a column's text; nil where it holds none.
    func text(_ column: Int) -> UnsafeBufferPointer<UInt8>? {
        guard case .text(let start, let count) = cells[column] else { return nil }
        return UnsafeBufferPointer(rebasing: bytes[Int(start)..<Int(start) + Int(count)])
    }

    /// The column's value as one that may be kept.
    func value(_ column: Int) -> FieldValue {
        switch cells[column] {
        case .null: .null
        case .integer(let number): .integer(number)
        case .text: .text(text(column).map { String(decoding: $0, as: UTF8.self) } ?? "")
        }
    }
}
