/// A value of a field that is no message.
enum ScalarValue: Hashable, Sendable {
    case bool(Bool)
    /// int32, int64, sint32, sint64, sfixed32, sfixed64
    case signed(Int64)
    /// uint32, uint64, fixed32, fixed64
    case unsigned(UInt64)
    case float(Float)
    case double(Double)
    /// Values that the definition does not name are kept.
    case enumeration(Int32)
    case string(String)
    case bytes([UInt8])

    /// True for the value that proto3 leaves out; minus zero is no default.
    var isDefault: Bool {
        switch self {
        case .bool(let value): !value
        case .signed(let value): value == 0
        case .unsigned(let value): value == 0
        case .float(let value): value.bitPattern == 0
        case .double(let value): value.bitPattern == 0
        case .enumeration(let value): value == 0
        case .string(let text): text.isEmpty
        case .bytes(let content): content.isEmpty
        }
    }
}

extension FieldDescriptor.Kind {
    var wireType: UInt64 {
        switch self {
        case .double, .fixed64, .sfixed64: 1
        case .string, .bytes, .message, .group: 2
        case .float, .fixed32, .sfixed32: 5
        default: 0
        }
    }

    /// True where a list may stand in one length-delimited field.
    var isPackable: Bool { wireType != 2 }

    /// The value of a field that is not there.
    var defaultValue: ScalarValue {
        switch self {
        case .bool: .bool(false)
        case .double: .double(0)
        case .float: .float(0)
        case .uint32, .uint64, .fixed32, .fixed64: .unsigned(0)
        case .enumeration: .enumeration(0)
        case .string: .string("")
        case .bytes, .message, .group: .bytes([])
        default: .signed(0)
        }
    }
}
