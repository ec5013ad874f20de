/// What a first look at the bytes of a text says.
enum TextScan {
    /// No byte is NUL or above 0x7F: valid as it stands.
    case ascii
    /// No byte is NUL, some are above 0x7F: to be validated.
    case beyondASCII
    case holdsNUL

    /// Looks at eight bytes at a time; the last look may overlap the one before.
    static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> TextScan {
        let raw = UnsafeRawBufferPointer(bytes)
        guard raw.count >= 8 else { return verdict(on: shortWord(raw)) }
        var seen: UInt64 = 0
        var offset = 0
        let last = raw.count &- 8
        while true {
            let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if holdsZeroByte(word) { return .holdsNUL }
            seen |= word
            if offset == last { break }
            offset = min(offset &+ 8, last)
        }
        return seen & highBits == 0 ? .ascii : .beyondASCII
    }

    private static var highBits: UInt64 { 0x8080_8080_8080_8080 }
    private static var ones: UInt64 { 0x0101_0101_0101_0101 }

    private static func verdict(on word: UInt64) -> TextScan {
        if holdsZeroByte(word) { return .holdsNUL }
        return word & highBits == 0 ? .ascii : .beyondASCII
    }

    /// The classic test for a zero byte in a word.
    private static func holdsZeroByte(_ word: UInt64) -> Bool {
        (word &- ones) & ~word & highBits != 0
    }

    /// Fewer than eight bytes as one word, filled up with bytes of them or with ones.
    private static func shortWord(_ raw: UnsafeRawBufferPointer) -> UInt64 {
        if raw.count >= 4 {
            let first = raw.loadUnaligned(as: UInt32.self)
            let last = raw.loadUnaligned(fromByteOffset: raw.count &- 4, as: UInt32.self)
            return UInt64(first) | UInt64(last) &<< 32
        }
        var word = ones
        for byte in raw { word = word &<< 8 | UInt64(byte) }
        return word
    }
}
