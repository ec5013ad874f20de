/// Reads encoded messages of any type. As protobuf has it: unknown fields and those of another
/// wire type are skipped, of a number that comes twice the last counts, messages that come twice
/// are merged, lists may be packed or not.
struct MessageDecoder {
    private let definitions: DescriptorSet
    private let limits: ReflectionLimits
    private var path = JSONPath()
    private var depth = 0
    private var values = 0

    init(_ definitions: DescriptorSet, _ limits: ReflectionLimits) {
        self.definitions = definitions
        self.limits = limits
    }

    mutating func decode(
        _ bytes: ArraySlice<UInt8>, as message: MessageDescriptor, into value: inout MessageValue
    ) throws(ReflectionFailure) {
        depth += 1
        defer { depth -= 1 }
        guard depth <= limits.depth else {
            throw fault("messages stand more than \(limits.depth) deep in each other")
        }
        var reader = FieldReader(bytes)
        do throws(ReflectionFailure) {
            while let part = try reader.next() {
                guard let field = message.field(numbered: part.number) else { continue }
                path.enter(field.jsonName)
                try take(part, field, message, into: &value)
                path.leave()
            }
        } catch {
            throw error.path.isEmpty ? placed(error) : error
        }
    }

    private mutating func take(
        _ part: EncodedField, _ field: FieldDescriptor, _ message: MessageDescriptor,
        into value: inout MessageValue
    ) throws(ReflectionFailure) {
        if field.isRepeated, field.kind.isPackable, let content = part.content {
            try takePacked(content, field, into: &value)
            return
        }
        let before = field.isRepeated ? nil : value.fields[field.number]
        guard let read = try single(part, field, merging: before) else { return }
        if let oneof = field.oneof {
            for other in message.fields where other.oneof == oneof && other.number != field.number {
                value.fields[other.number] = nil
            }
        }
        if field.isRepeated {
            append([read], field, to: &value)
        } else {
            value.fields[field.number] = read
        }
    }

    /// One value; nil when its wire type is not the field's.
    private mutating func single(
        _ part: EncodedField, _ field: FieldDescriptor, merging before: MessageValue.Field?
    ) throws(ReflectionFailure) -> MessageValue.Field? {
        try count()
        if field.kind == .message {
            guard let content = part.content,
                let type = definitions.message(named: field.typeName)
            else { return nil }
            var inner = MessageValue()
            if case .message(let known)? = before { inner = known }
            try decode(content, as: type, into: &inner)
            return .message(inner)
        }
        return try scalar(part.payload, field.kind).map { .scalar($0) }
    }

    private mutating func takePacked(
        _ content: ArraySlice<UInt8>, _ field: FieldDescriptor, into value: inout MessageValue
    ) throws(ReflectionFailure) {
        var reader = FieldReader(content)
        var elements: [MessageValue.Field] = []
        while !reader.isAtEnd {
            try count()
            let payload: EncodedField.Payload =
                switch field.kind.wireType {
                case 1: .fixed64(try reader.fixed64())
                case 5: .fixed32(try reader.fixed32())
                default: .varint(try reader.varint())
                }
            if let element = try scalar(payload, field.kind) { elements.append(.scalar(element)) }
        }
        append(elements, field, to: &value)
    }

    private func append(
        _ elements: [MessageValue.Field], _ field: FieldDescriptor, to value: inout MessageValue
    ) {
        // Taken out while it grows: a second owner would make every append a copy.
        var all: [MessageValue.Field] = []
        if case .list(let known)? = value.fields.removeValue(forKey: field.number) { all = known }
        all += elements
        value.fields[field.number] = .list(all)
    }

    private func scalar(
        _ payload: EncodedField.Payload, _ kind: FieldDescriptor.Kind
    ) throws(ReflectionFailure) -> ScalarValue? {
        switch payload {
        case .varint(let value): MessageDecoder.number(value, kind)
        case .fixed64(let value):
            switch kind {
            case .double: .double(Double(bitPattern: value))
            case .fixed64: .unsigned(value)
            case .sfixed64: .signed(Int64(bitPattern: value))
            default: nil
            }
        case .fixed32(let value):
            switch kind {
            case .float: .float(Float(bitPattern: value))
            case .fixed32: .unsigned(UInt64(value))
            case .sfixed32: .signed(Int64(Int32(bitPattern: value)))
            default: nil
            }
        case .bytes(let content):
            switch kind {
            case .bytes: .bytes([UInt8](content))
            case .string: .string(try text(content))
            default: nil
            }
        }
    }

    private static func number(_ value: UInt64, _ kind: FieldDescriptor.Kind) -> ScalarValue? {
        switch kind {
        case .bool: .bool(value != 0)
        case .int32: .signed(Int64(Int32(truncatingIfNeeded: value)))
        case .int64: .signed(Int64(bitPattern: value))
        case .uint32: .unsigned(UInt64(UInt32(truncatingIfNeeded: value)))
        case .uint64: .unsigned(value)
        case .sint32: .signed(unfolded(UInt64(UInt32(truncatingIfNeeded: value))))
        case .sint64: .signed(unfolded(value))
        case .enumeration: .enumeration(Int32(truncatingIfNeeded: value))
        default: nil
        }
    }

    /// Zigzag: 0, 1, 2, 3 are 0, -1, 1, -2.
    private static func unfolded(_ value: UInt64) -> Int64 {
        Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    private func text(_ content: ArraySlice<UInt8>) throws(ReflectionFailure) -> String {
        guard let text = String(validating: content, as: UTF8.self) else {
            throw fault("the text is not UTF-8")
        }
        return text
    }

    private mutating func count() throws(ReflectionFailure) {
        values += 1
        guard values <= limits.values else {
            throw fault("the message holds more than \(limits.values) values")
        }
    }

    private func fault(_ message: String) -> ReflectionFailure {
        ReflectionFailure(message, path: path.text)
    }

    private func placed(_ failure: ReflectionFailure) -> ReflectionFailure {
        ReflectionFailure(failure.message, path: path.text, hint: failure.hint)
    }
}
