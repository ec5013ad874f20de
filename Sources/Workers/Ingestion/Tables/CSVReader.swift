/// Reads CSV (RFC 4180) row by row from chunks of UTF-8; holds one row. Quoted line breaks, CRLF, CR, blank lines
/// and Excel's line `sep=;` are taken as they come. The separator is comma, semicolon or tab: the one that the
/// first line uses most, or the fullest of the first lines where titles stand above the table.
struct CSVReader: TableSource {
    enum Limits {
        /// Lines looked at for the separator.
        static let separatorLines = 20
    }

    private let nextChunk: () throws -> [UInt8]?
    private var chunk: [UInt8] = []
    private var position = 0
    private var ended = false
    private(set) var separator: UInt8 = 0x2C
    private var started = false
    private var nextLine = 1
    private var taken: UInt64 = 0

    /// `nextChunk` gives the following bytes, nil at the end of the file.
    init(nextChunk: @escaping () throws -> [UInt8]?) { self.nextChunk = nextChunk }

    var consumed: UInt64 { taken }

    mutating func next(into row: inout TableRow) throws -> Bool {
        if !started { try start() }
        row.clear()
        row.line = nextLine
        guard try fill() else { return false }
        if takeWhole(&row) { return true }
        while true {
            guard try fill() else {
                try endField(&row)
                return true
            }
            let byte = chunk[position]
            if byte == 0x22, row.bytes.count == Int(row.spans.last?.end ?? 0) {
                position += 1
                try readQuoted(&row)
                continue
            }
            switch byte {
            case separator:
                position += 1
                try endField(&row)
            case 0x0A, 0x0D:
                position += 1
                if byte == 0x0D, try fill(), chunk[position] == 0x0A { position += 1 }
                nextLine += 1
                try endField(&row)
                return true
            case 0:
                throw TableProblem(
                    .badFile, line: row.line, .init(.nulCharacter), hint: .init(.saveAsUTF8))
            default:
                let separator = separator
                try appendRun(&row) { byte in
                    byte == separator || byte == 0x0A || byte == 0x0D || byte == 0
                }
            }
        }
    }

    /// Takes a row that lies whole in the chunk, its fields bare or between quotes without a quote or a line
    /// break in them; takes nothing where the row is any other.
    private mutating func takeWhole(_ row: inout TableRow) -> Bool {
        let (start, separator) = (position, separator)
        let end = chunk.withUnsafeBufferPointer { bytes -> Int? in
            var place = start
            while let field = CSVReader.field(bytes, place, separator) {
                row.spans.append(
                    TableRow.Span(
                        start: UInt32(truncatingIfNeeded: field.start - start),
                        end: UInt32(truncatingIfNeeded: field.end - start), kind: .text))
                place = field.after + 1
                if bytes[field.after] == separator { continue }
                if bytes[field.after] == 0x0D {
                    guard place < bytes.count else { return nil }
                    if bytes[place] == 0x0A { place += 1 }
                }
                guard row.spans.count <= TableLimits.columns else { return nil }
                row.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<place]))
                return place
            }
            return nil
        }
        guard let end else {
            row.clear()
            return false
        }
        position = end
        nextLine += 1
        return true
    }

    /// The field that begins there, and the place of the separator or line end after it; nil where the chunk
    /// ends before, or the field has to be read byte by byte.
    @inline(__always)
    private static func field(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ separator: UInt8
    ) -> (start: Int, end: Int, after: Int)? {
        var place = start
        let count = bytes.count
        let isQuoted = place < count && bytes[place] == 0x22
        if isQuoted {
            place += 1
            while place < count, bytes[place] != 0x22, bytes[place] != 0x0A, bytes[place] != 0 {
                place += 1
            }
            guard place < count, bytes[place] == 0x22 else { return nil }
            place += 1
        } else {
            while place < count {
                let byte = bytes[place]
                if byte == separator || byte <= 0x0D, byte == separator || isEnd(byte) { break }
                place += 1
            }
        }
        guard place < count, bytes[place] == separator || isEnd(bytes[place]), bytes[place] != 0
        else { return nil }
        return isQuoted ? (start + 1, place - 1, place) : (start, place, place)
    }

    /// A line end, or the character that no table has.
    private static func isEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D || byte == 0 }

    /// Takes over bytes up to the next one that means something; the first is taken in any case.
    private mutating func appendRun(
        _ row: inout TableRow, until isSpecial: (UInt8) -> Bool
    ) throws {
        let start = position
        let end = chunk.withUnsafeBufferPointer { bytes in
            var end = start + 1
            while end < bytes.count, !isSpecial(bytes[end]) { end += 1 }
            return end
        }
        row.bytes.append(contentsOf: chunk[start..<end])
        position = end
        try check(row)
    }

    private mutating func readQuoted(_ row: inout TableRow) throws {
        let opened = nextLine
        while try fill() {
            switch chunk[position] {
            case 0x22:
                position += 1
                guard try fill(), chunk[position] == 0x22 else { return }
                try appendRun(&row) { _ in true }
            case 0:
                throw TableProblem(
                    .badFile, line: row.line, .init(.nulCharacter), hint: .init(.saveAsUTF8))
            case 0x0A:
                nextLine += 1
                try appendRun(&row) { _ in true }
            default: try appendRun(&row) { byte in byte == 0x22 || byte == 0x0A || byte == 0 }
            }
        }
        throw TableProblem(.badFile, line: opened, .init(.openQuote), hint: .init(.closeQuote))
    }

    private func check(_ row: TableRow) throws {
        if row.bytes.count > TableLimits.row {
            throw TableProblem(
                .tooLarge, line: row.line, .init(.rowTooLong, ["limit": "\(TableLimits.row)"]),
                hint: .init(.checkQuotes))
        }
    }

    private func endField(_ row: inout TableRow) throws {
        row.endCell()
        if row.spans.count > TableLimits.columns {
            throw TableProblem(
                .tooLarge, line: row.line,
                .init(.tooManyFields, ["limit": "\(TableLimits.columns)"]),
                hint: .init(.checkSeparator))
        }
    }

    private mutating func fill() throws -> Bool {
        while position >= chunk.count {
            if ended { return false }
            taken += UInt64(chunk.count)
            guard let next = try nextChunk() else {
                ended = true
                chunk = []
                position = 0
                return false
            }
            chunk = next
            position = 0
        }
        return true
    }

    /// Looks at the head of the file for its separator.
    private mutating func start() throws {
        started = true
        guard try fill() else { return }
        if chunk.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        let head = chunk[position...]
        if head.count > 4, String(decoding: head.prefix(4), as: UTF8.self).lowercased() == "sep=",
            let end = head.dropFirst(5).first, end == 0x0A || end == 0x0D
        {
            separator = head[position + 4]
            position += 6
            if end == 0x0D, try fill(), chunk[position] == 0x0A { position += 1 }
            nextLine = 2
            return
        }
        separator = CSVReader.separator(of: head)
    }

    private static func separator(of head: ArraySlice<UInt8>) -> UInt8 {
        let candidates: [UInt8] = [0x2C, 0x3B, 0x09]
        var best: (separator: UInt8, count: Int) = (0x2C, 0)
        var counts = [0, 0, 0]
        var lines = 0
        var isQuoted = false
        func count() {
            for (index, candidate) in candidates.enumerated() where counts[index] > best.count {
                best = (candidate, counts[index])
            }
            counts = [0, 0, 0]
            lines += 1
        }
        for byte in head {
            if byte == 0x22 { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 0x0A || byte == 0x0D {
                count()
                if lines == 1, best.count > 1 { break }
                if lines >= Limits.separatorLines { break }
            } else if let index = candidates.firstIndex(of: byte) {
                counts[index] += 1
            }
        }
        count()
        return best.separator
    }
}
