/// What a first look at the bytes of a text says.
enum TextScan {
    /// No byte is NUL or above 0x7F: valid as it stands.
    case ascii
    /// No byte is NUL, some are above 0x7F: to be validated.
    case beyondASCII
    case holdsNUL

    /// Looks at eight bytes at a time.
    static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> TextScan {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highBits: UInt64 = 0x8080_8080_8080_8080
        let raw = UnsafeRawBufferPointer(bytes)
        var seen: UInt64 = 0
        var offset = 0
        while offset &+ 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            // The classic test for a zero byte in a word.
            if (word &- ones) & ~word & highBits != 0 { return .holdsNUL }
            seen |= word
            offset &+= 8
        }
        while offset < raw.count {
            if raw[offset] == 0 { return .holdsNUL }
            seen |= UInt64(raw[offset])
            offset &+= 1
        }
        return seen & highBits == 0 ? .ascii : .beyondASCII
    }
}
