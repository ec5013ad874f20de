internal import Rules
internal import Store

/// Reads cells that are written as the store keeps them, straight from their bytes; whatever is written in
/// another way is left to `RowReader`.
struct CanonicalCell {
    /// What a cell says.
    enum Value {
        case integer(Int64)
        /// The bytes themselves.
        case text
        /// It has to be read with care.
        case other
    }

    private enum Shape {
        case text
        /// Text that begins with a digit where it is canonical.
        case ground
        case day
        /// Digits only, at most so many.
        case number(digits: Int)
        case flag
        case choice([[UInt8]])
    }

    private let shape: Shape

    init(_ column: ImportColumn) {
        shape =
            switch column.type {
            case .text: column.name == "ground" ? .ground : .text
            case .day: .day
            case .money: .number(digits: 15)
            case .integer: .number(digits: 6)
            case .flag: .flag
            case .choice(let words): .choice(words.map { Array($0.utf8) })
            }
    }

    /// - Parameter bytes: not empty.
    func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Value {
        switch shape {
        case .text: return CanonicalCell.isPlain(bytes) ? .text : .other
        case .ground:
            let isNumbered = (0x30...0x39).contains(bytes[0])
            return isNumbered && CanonicalCell.isPlain(bytes) ? .text : .other
        case .day: return CanonicalCell.day(bytes)
        case .number(let digits):
            guard bytes.count <= digits, let value = CanonicalCell.number(bytes) else {
                return .other
            }
            return .integer(value)
        case .flag:
            guard bytes.count == 1, bytes[0] == 0x30 || bytes[0] == 0x31 else { return .other }
            return .integer(Int64(bytes[0] - 0x30))
        case .choice(let words):
            return words.contains { $0.elementsEqual(bytes) } ? .text : .other
        }
    }

    private static func number(_ bytes: some Sequence<UInt8>) -> Int64? {
        var value: Int64 = 0
        for byte in bytes {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - 0x30)
        }
        return value
    }

    /// `2021-05-31`.
    private static func day(_ bytes: UnsafeBufferPointer<UInt8>) -> Value {
        guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D,
            let year = number(bytes[0..<4]), (1900...2200).contains(year),
            let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
            let value = Day(Int(year), Int(month), Int(day))
        else { return .other }
        return .integer(Int64(value.number))
    }

    /// Whether this is UTF-8 text, short enough, of one line, without blanks at its ends and without marks that
    /// stand apart from their letters.
    static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let count = bytes.count
        guard count > 0, count <= RowReader.Limits.text, bytes[0] > 0x20, bytes[count - 1] > 0x20
        else { return false }
        var place = 0
        while place < count {
            let byte = bytes[place]
            if byte < 0x80 {
                guard byte >= 0x20 else { return false }
                place += 1
                continue
            }
            let length = plainLength(bytes, place, lead: byte)
            guard length > 0 else { return false }
            place += length
        }
        return true
    }

    /// Bytes of the letter that begins there; 0 where it is none, or one that needs a closer look: marks, blanks
    /// of all sorts, and what lies beyond U+FFFF.
    @inline(__always)
    private static func plainLength(
        _ bytes: UnsafeBufferPointer<UInt8>, _ place: Int, lead: UInt8
    ) -> Int {
        func follows(_ offset: Int) -> Bool {
            place + offset < bytes.count && bytes[place + offset] & 0xC0 == 0x80
        }
        switch lead {
        // From U+00C0 on, without the marks of U+0300 to U+037F.
        case 0xC3...0xCB, 0xCE...0xDF: return follows(1) ? 2 : 0
        // The letters of U+1E00 to U+1FFF: those of Vietnamese with two marks.
        case 0xE1: return follows(1) && follows(2) && bytes[place + 1] >= 0xB8 ? 3 : 0
        default: return 0
        }
    }
}
