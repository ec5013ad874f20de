/// One field of an encoded message, as the wire has it.
struct EncodedField {
    /// What follows a tag; groups, the fifth form, are not carried.
    enum Payload {
        case varint(UInt64)
        case fixed64(UInt64)
        case fixed32(UInt32)
        case bytes(ArraySlice<UInt8>)
    }

    let number: Int32
    let payload: Payload
}

/// Reads the fields of one encoded message from start to end. Every length is checked before it
/// is used, nothing is copied.
struct FieldReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    var isAtEnd: Bool { position == bytes.endIndex }

    /// The next field; nil at the end.
    mutating func next() throws(ReflectionFailure) -> EncodedField? {
        guard !isAtEnd else { return nil }
        let tag = try varint()
        guard let number = Int32(exactly: tag >> 3), (1..<1 << 29).contains(number) else {
            throw FieldReader.malformed("a field has the number \(tag >> 3)")
        }
        switch tag & 7 {
        case 0: return EncodedField(number: number, payload: .varint(try varint()))
        case 1: return EncodedField(number: number, payload: .fixed64(try fixed64()))
        case 2: return EncodedField(number: number, payload: .bytes(try delimited()))
        case 5: return EncodedField(number: number, payload: .fixed32(try fixed32()))
        default: throw FieldReader.malformed("field \(number) has the wire type \(tag & 7)")
        }
    }

    mutating func varint() throws(ReflectionFailure) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: 0, through: 63, by: 7) {
            guard position < bytes.endIndex else { throw FieldReader.cutOff }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte < 0x80 { return value }
        }
        throw FieldReader.malformed("a number takes more than ten bytes")
    }

    mutating func fixed32() throws(ReflectionFailure) -> UInt32 {
        try taken(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func fixed64() throws(ReflectionFailure) -> UInt64 {
        try taken(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func delimited() throws(ReflectionFailure) -> ArraySlice<UInt8> {
        guard let count = Int(exactly: try varint()) else { throw FieldReader.cutOff }
        return try taken(count)
    }

    private mutating func taken(_ count: Int) throws(ReflectionFailure) -> ArraySlice<UInt8> {
        guard count <= bytes.endIndex - position else { throw FieldReader.cutOff }
        defer { position += count }
        return bytes[position..<position + count]
    }

    static var cutOff: ReflectionFailure { malformed("the bytes end inside a field") }

    static func malformed(_ what: String) -> ReflectionFailure {
        ReflectionFailure(
            "these bytes are no message of that type: \(what)",
            hint: "check that both sides use the same definitions")
    }
}

extension EncodedField {
    /// The number of a varint field.
    var number64: UInt64? {
        if case .varint(let value) = payload { value } else { nil }
    }

    /// The content of a length-delimited field.
    var content: ArraySlice<UInt8>? {
        if case .bytes(let slice) = payload { slice } else { nil }
    }
}
