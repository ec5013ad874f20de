/// What a cell of a table holds, as far as its file says.
enum CellKind: UInt8 {
    /// Anything of a CSV, and text of a workbook.
    case text
    /// A whole number.
    case number
    /// A number with a part after the point.
    case fraction
    /// A number shown as a day; its bytes are `YYYY-MM-DD`.
    case day
    /// Its bytes are `1` or `0`.
    case boolean
    /// `#REF!` and its like.
    case error
    /// A formula that was never calculated.
    case formula
}

/// One row of a table: the bytes of its cells, as UTF-8, and what may stand between them.
struct TableRow {
    struct Span {
        var start: UInt32
        var end: UInt32
        var kind: CellKind
    }

    var bytes: [UInt8] = []
    /// One a place; places that the row does not reach have none.
    var spans: [Span] = []
    /// 1-based: the physical line of a CSV, the row of a sheet.
    var line = 0

    var count: Int { spans.count }

    /// The bytes of a cell; none where the row does not reach.
    func cell(_ place: Int) -> ArraySlice<UInt8> {
        guard place < spans.count else { return [] }
        let span = spans[place]
        return bytes[Int(span.start)..<Int(span.end)]
    }

    func kind(_ place: Int) -> CellKind { place < spans.count ? spans[place].kind : .text }

    func text(_ place: Int) -> String { String(decoding: cell(place), as: UTF8.self) }

    /// Whether nothing stands in it but spaces and a formula without a value is no value.
    var isBlank: Bool {
        spans.allSatisfy { span in
            span.kind != .formula
                && bytes[Int(span.start)..<Int(span.end)].allSatisfy { $0 == 0x20 }
        }
    }

    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        spans.removeAll(keepingCapacity: true)
    }

    /// Ends the cell whose bytes were appended last.
    mutating func endCell() {
        spans.append(
            Span(
                start: spans.last?.end ?? 0, end: UInt32(truncatingIfNeeded: bytes.count),
                kind: .text))
    }
}

/// Rows of a table, one after the other.
protocol TableSource {
    /// Moves to the next row; false at the end.
    mutating func next(into row: inout TableRow) throws -> Bool
    /// Bytes of the file consumed so far, or of its announced size the part that corresponds.
    var consumed: UInt64 { get }
}

/// What makes a file, or the rest of it, no table.
struct TableProblem: Error, Equatable {
    enum Kind: String {
        case badEncoding = "bad_encoding"
        case badFile = "bad_file"
        case tooLarge = "too_large"
    }

    let kind: Kind
    /// 1-based; 0 = the file as a whole.
    let line: Int
    let message: Message
    let hint: Message?

    init(_ kind: Kind, line: Int = 0, _ message: Message, hint: Message? = nil) {
        self.kind = kind
        self.line = line
        self.message = message
        self.hint = hint
    }
}

/// What a table may have, whatever its file.
enum TableLimits {
    /// Bytes of one row, and of one cell.
    static let row = 1 << 20
    /// Columns that may hold a value.
    static let columns = 256
    /// Rows looked at for a heading, and their bytes.
    static let headRows = 40
}
