/// The HEADERS of a call written straight into what goes out: every call has them, and a struct of protobuf-c between takes
/// ten times the instructions. The bytes are those of `CallHeaders.encoded()`.
extension [UInt8] {
    /// Adds the frame; on failure nothing is added.
    mutating func appendCallHeaders(
        _ headers: WireV1.CallHeaders, timeoutNs: UInt64, stream: StreamID
    ) throws(EncodingFailure) {
        let start = count
        appendFrameHeader(.headers, flags: 0, stream: stream, length: 0)
        var isClean = appendText(1, headers.path) && appendText(2, headers.authority)
        if timeoutNs > 0 {
            append(3 << 3)
            appendVarint(timeoutNs)
        }
        isClean = isClean && appendText(4, headers.encoding)
        for entry in headers.metadata where isClean {
            let size =
                Self.fieldSize(entry.key.utf8.count) + Self.fieldSize(entry.value.count)
            append(5 << 3 | Self.lengthDelimited)
            appendVarint(UInt64(size))
            isClean = appendText(1, entry.key)
            appendField(2, entry.value)
        }
        guard isClean else {
            removeSubrange(start...)
            // Says which field it is.
            let payload = try headers.encoded()
            return appendFrame(.headers, stream: stream, payload: payload)
        }
        setBigEndian(UInt32(count - start - Frame.headerSize), at: start)
    }

    private static var lengthDelimited: UInt8 { 2 }

    /// Bytes of a field with so many bytes of content; an empty one is left out.
    private static func fieldSize(_ content: Int) -> Int {
        content == 0 ? 0 : 1 + varintSize(content) + content
    }

    private static func varintSize(_ number: Int) -> Int {
        number == 0 ? 1 : (64 - number.leadingZeroBitCount + 6) / 7
    }

    /// False when the text holds a NUL.
    private mutating func appendText(_ field: UInt8, _ text: String) -> Bool {
        var text = text
        return text.withUTF8 { utf8 in
            if TextScan.of(utf8) == .holdsNUL { return false }
            appendField(field, utf8)
            return true
        }
    }

    private mutating func appendField(_ field: UInt8, _ content: some Collection<UInt8>) {
        guard !content.isEmpty else { return }
        append(field << 3 | Self.lengthDelimited)
        appendVarint(UInt64(content.count))
        append(contentsOf: content)
    }

    private mutating func appendVarint(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    private mutating func setBigEndian(_ number: UInt32, at place: Int) {
        for offset in 0..<4 {
            self[place + offset] = UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32(offset)))
        }
    }
}
