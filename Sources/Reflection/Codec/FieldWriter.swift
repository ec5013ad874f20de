/// Writes the fields of one message.
struct FieldWriter {
    private(set) var bytes: [UInt8] = []

    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func fixed32(_ value: UInt32) {
        for shift in stride(from: 0, to: 32, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift)))
        }
    }

    mutating func fixed64(_ value: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
        }
    }

    mutating func tag(_ number: Int32, _ wireType: UInt64) {
        varint(UInt64(UInt32(bitPattern: number)) << 3 | wireType)
    }

    /// A length-delimited field.
    mutating func content(_ number: Int32, _ content: some Collection<UInt8>) {
        tag(number, 2)
        varint(UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    /// One value as `field` has it; with its tag unless it stands in a packed list.
    mutating func value(_ value: ScalarValue, of field: FieldDescriptor, isTagged: Bool = true) {
        if isTagged { tag(field.number, field.kind.wireType) }
        switch value {
        case .bool(let value): varint(value ? 1 : 0)
        case .signed(let value): signed(value, field.kind)
        case .unsigned(let value): unsigned(value, field.kind)
        case .float(let value): fixed32(value.bitPattern)
        case .double(let value): fixed64(value.bitPattern)
        case .enumeration(let value): varint(UInt64(bitPattern: Int64(value)))
        case .string(let text):
            varint(UInt64(text.utf8.count))
            bytes.append(contentsOf: text.utf8)
        case .bytes(let content):
            varint(UInt64(content.count))
            bytes.append(contentsOf: content)
        }
    }

    private mutating func signed(_ value: Int64, _ kind: FieldDescriptor.Kind) {
        switch kind {
        case .sfixed32: fixed32(UInt32(truncatingIfNeeded: value))
        case .sfixed64: fixed64(UInt64(bitPattern: value))
        case .sint32, .sint64: varint(UInt64(bitPattern: value << 1 ^ value >> 63))
        default: varint(UInt64(bitPattern: value))
        }
    }

    private mutating func unsigned(_ value: UInt64, _ kind: FieldDescriptor.Kind) {
        switch kind {
        case .fixed32: fixed32(UInt32(truncatingIfNeeded: value))
        case .fixed64: fixed64(value)
        default: varint(value)
        }
    }
}
