/// What makes a file no CSV at all.
struct CSVProblem: Error, Equatable {
    enum Kind: String {
        case badEncoding = "bad_encoding"
        case badFile = "bad_file"
        case tooLarge = "too_large"
    }

    let kind: Kind
    /// 1-based physical line.
    let line: Int
    let message: String
    let hint: String
}

/// Reads CSV (RFC 4180) row by row from chunks of bytes; holds one row. The separator is the one that the
/// heading uses most: comma, semicolon or tab. A UTF-8 byte order mark is skipped; quoted line breaks, CRLF
/// and blank lines are taken as they come.
struct CSVReader {
    enum Limits {
        /// Bytes of one row.
        static let row = 1 << 20
        static let fields = 256
    }

    private let nextChunk: () throws -> [UInt8]?
    private var chunk: [UInt8] = []
    private var position = 0
    private var ended = false
    private var separator: UInt8 = 0x2C
    private var started = false
    private var nextLine = 1
    private var row: [UInt8] = []
    private var ends: [Int] = []
    /// Line on which the current row starts, 1-based.
    private(set) var line = 0
    /// Bytes consumed so far.
    private(set) var consumed = 0

    /// `nextChunk` gives the following bytes, nil at the end of the file.
    init(nextChunk: @escaping () throws -> [UInt8]?) { self.nextChunk = nextChunk }

    var fieldCount: Int { ends.count }

    /// The bytes of a field of the current row, quotes taken off.
    func field(_ index: Int) -> ArraySlice<UInt8> {
        row[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    /// Whether all fields of the current row are empty.
    var isBlank: Bool { row.isEmpty }

    /// Moves to the next row; false at the end of the file.
    mutating func nextRow() throws -> Bool {
        if !started { try start() }
        row.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        line = nextLine
        guard try fill() else { return false }
        while true {
            guard try fill() else {
                ends.append(row.count)
                return true
            }
            let byte = chunk[position]
            if byte == 0x22, row.count == (ends.last ?? 0) {
                position += 1
                try readQuoted()
                continue
            }
            position += 1
            switch byte {
            case separator: try endField()
            case 0x0A:
                nextLine += 1
                ends.append(row.count)
                return true
            case 0x0D:
                if try fill(), chunk[position] == 0x0A { position += 1 }
                nextLine += 1
                ends.append(row.count)
                return true
            case 0:
                throw problem(
                    .badFile, "ô có ký tự NUL; đây không phải là tệp CSV",
                    "lưu lại bảng dưới dạng CSV UTF-8")
            default:
                position -= 1
                let separator = separator
                try appendRun { byte in
                    byte == separator || byte == 0x0A || byte == 0x0D || byte == 0
                }
            }
        }
    }

    private mutating func readQuoted() throws {
        let opened = nextLine
        while try fill() {
            let byte = chunk[position]
            position += 1
            if byte == 0x22 {
                if try fill(), chunk[position] == 0x22 {
                    position += 1
                    try append(0x22)
                    continue
                }
                return
            }
            if byte == 0 {
                throw problem(
                    .badFile, "ô có ký tự NUL; đây không phải là tệp CSV",
                    "lưu lại bảng dưới dạng CSV UTF-8")
            }
            if byte == 0x0A {
                nextLine += 1
                try append(byte)
            } else {
                position -= 1
                try appendRun { byte in byte == 0x22 || byte == 0x0A || byte == 0 }
            }
        }
        throw CSVProblem(
            kind: .badFile, line: opened, message: "dấu ngoặc kép mở ở dòng này không được đóng",
            hint: "đóng dấu ngoặc kép hoặc bỏ nó")
    }

    /// Takes over bytes up to the next one that means something; the first is taken in any case.
    private mutating func appendRun(until isSpecial: (UInt8) -> Bool) throws {
        let start = position
        let end = chunk.withUnsafeBufferPointer { bytes in
            var end = start + 1
            while end < bytes.count, !isSpecial(bytes[end]) { end += 1 }
            return end
        }
        row.append(contentsOf: chunk[start..<end])
        position = end
        try checkLength()
    }

    private mutating func append(_ byte: UInt8) throws {
        row.append(byte)
        try checkLength()
    }

    private func checkLength() throws {
        if row.count > Limits.row {
            throw problem(
                .tooLarge, "dòng dài hơn \(Limits.row) byte",
                "kiểm tra dấu ngoặc kép và dấu phân cách của dòng")
        }
    }

    private mutating func endField() throws {
        ends.append(row.count)
        if ends.count > Limits.fields {
            throw problem(
                .tooLarge, "dòng có hơn \(Limits.fields) ô", "kiểm tra dấu phân cách của tệp")
        }
    }

    private func problem(_ kind: CSVProblem.Kind, _ message: String, _ hint: String) -> CSVProblem {
        CSVProblem(kind: kind, line: line, message: message, hint: hint)
    }

    private mutating func fill() throws -> Bool {
        while position >= chunk.count {
            if ended { return false }
            consumed += chunk.count
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

    /// Looks at the head of the file: its encoding and its separator.
    private mutating func start() throws {
        started = true
        line = 1
        guard try fill() else { return }
        if chunk.starts(with: [0xFF, 0xFE]) || chunk.starts(with: [0xFE, 0xFF]) {
            throw problem(
                .badEncoding, "tệp mã hóa UTF-16", "lưu lại tệp dưới dạng CSV UTF-8")
        }
        if chunk.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            throw problem(
                .badFile, "đây là tệp nén hoặc tệp Excel, không phải CSV",
                "lưu bảng dưới dạng CSV UTF-8")
        }
        if chunk.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        var counts: [UInt8: Int] = [:]
        heading: for byte in chunk[position...] {
            switch byte {
            case 0x0A, 0x0D: break heading
            case 0x2C, 0x3B, 0x09: counts[byte, default: 0] += 1
            default: break
            }
        }
        for candidate: UInt8 in [0x3B, 0x09]
        where counts[candidate, default: 0] > counts[separator, default: 0] {
            separator = candidate
        }
    }
}
