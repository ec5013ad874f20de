/// The uncompressed tar of POSIX (ustar), as much as a backup needs: regular files with names of at most 100 bytes.
/// Sizes from 8 GiB on are written in base 256, as GNU tar does; every tar unpacks it.
enum Tar {
    static let block = 512
    static let longestName = 100

    struct Entry: Equatable {
        var name: String
        var size: Int64
    }

    /// The block before a file's bytes.
    static func head(of entry: Entry, madeAtSeconds: Int64) -> [UInt8] {
        var head = [UInt8](repeating: 0, count: block)
        put(Array(entry.name.utf8), at: 0)
        put(octal(0o600, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(entry.size < 1 << 33 ? octal(entry.size, 11) : wide(entry.size), at: 124)
        put(octal(madeAtSeconds, 11), at: 136)
        put([UInt8](repeating: 0x20, count: 8), at: 148)
        head[156] = 0x30
        put(Array("ustar\u{0}00".utf8), at: 257)
        put(octal(Int64(head.reduce(0) { $0 + Int($1) }), 6) + [0], at: 148)

        func put(_ bytes: [UInt8], at place: Int) {
            head.replaceSubrange(place..<place + bytes.count, with: bytes)
        }
        return head
    }

    /// The entry of a head; nil of a block of zeros, which ends the archive.
    static func entry(of head: [UInt8]) throws(TarProblem) -> Entry? {
        guard head.count == block else { throw .cut }
        if head.allSatisfy({ $0 == 0 }) { return nil }
        var summed = head
        for place in 148..<156 { summed[place] = 0x20 }
        guard Int64(summed.reduce(0) { $0 + Int($1) }) == number(head[148..<156]),
            head[156] == 0x30, head[257..<262].elementsEqual("ustar".utf8)
        else { throw .malformed }
        let name = String(decoding: head[0..<longestName].prefix { $0 != 0 }, as: UTF8.self)
        guard !name.isEmpty, let size = number(head[124..<136]), size >= 0 else {
            throw .malformed
        }
        return Entry(name: name, size: size)
    }

    /// Zeros after a file's bytes, up to the next block.
    static func padding(after size: Int64) -> Int { (block - Int(size % Int64(block))) % block }

    private static func octal(_ number: Int64, _ digits: Int) -> [UInt8] {
        let text = String(number, radix: 8)
        return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8)
    }

    private static func wide(_ number: Int64) -> [UInt8] {
        [0x80]
            + (0..<11).map { place in
                place < 3 ? 0 : UInt8(truncatingIfNeeded: number >> (8 * Int64(10 - place)))
            }
    }

    private static func number(_ field: ArraySlice<UInt8>) -> Int64? {
        if field.first == 0x80 {
            let bytes = field.dropFirst()
            guard bytes.dropLast(8).allSatisfy({ $0 == 0 }) else { return nil }
            return bytes.suffix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
        }
        var number: Int64 = 0
        var hasDigits = false
        for byte in field {
            if byte == 0 || byte == 0x20 { if hasDigits { break } else { continue } }
            guard (0x30...0x37).contains(byte), number < 1 << 40 else { return nil }
            number = number << 3 | Int64(byte - 0x30)
            hasDigits = true
        }
        return number
    }
}

enum TarProblem: Error, Equatable {
    case cut, malformed
}
