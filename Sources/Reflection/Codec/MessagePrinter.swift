/// Writes decoded messages as proto3's JSON, fields in the order of their numbers.
struct MessagePrinter {
    private let definitions: DescriptorSet
    private var writer: JSONWriter

    init(_ definitions: DescriptorSet, isPretty: Bool) {
        self.definitions = definitions
        writer = JSONWriter(isPretty: isPretty)
    }

    var text: String { writer.text }

    mutating func write(
        _ message: MessageValue, as type: MessageDescriptor
    ) throws(ReflectionFailure) {
        try type.checkForm(JSONPath())
        writer.open("{")
        for field in type.fields {
            guard let value = message.fields[field.number], !isLeftOut(value, field) else {
                continue
            }
            writer.name(field.jsonName)
            try write(value, field)
        }
        writer.close("}")
    }

    private func isLeftOut(_ value: MessageValue.Field, _ field: FieldDescriptor) -> Bool {
        switch value {
        case .scalar(let scalar): !field.hasPresence && scalar.isDefault
        case .list(let elements): elements.isEmpty
        case .message: false
        }
    }

    private mutating func write(
        _ value: MessageValue.Field, _ field: FieldDescriptor
    ) throws(ReflectionFailure) {
        switch value {
        case .scalar(let scalar): write(scalar, field)
        case .message(let message):
            guard let type = definitions.message(named: field.typeName) else { return }
            try write(message, as: type)
        case .list(let elements):
            if let entry = definitions.message(named: field.typeName), entry.isMapEntry {
                try writeMap(elements, entry)
                return
            }
            writer.open("[")
            for element in elements {
                writer.element()
                try write(element, field)
            }
            writer.close("]")
        }
    }

    /// Of a key that comes twice the last entry counts, at the first one's place.
    private mutating func writeMap(
        _ entries: [MessageValue.Field], _ type: MessageDescriptor
    ) throws(ReflectionFailure) {
        guard let keyField = type.field(numbered: 1), let valueField = type.field(numbered: 2)
        else { return }
        var order: [ScalarValue] = []
        var values: [ScalarValue: MessageValue.Field] = [:]
        for case .message(let entry) in entries {
            var key = keyField.kind.defaultValue
            if case .scalar(let given)? = entry.fields[1] { key = given }
            let absent: MessageValue.Field =
                valueField.kind == .message
                ? .message(MessageValue()) : .scalar(valueField.kind.defaultValue)
            if values.updateValue(entry.fields[2] ?? absent, forKey: key) == nil {
                order.append(key)
            }
        }
        writer.open("{")
        for key in order {
            guard let value = values[key] else { continue }
            writer.name(MessagePrinter.keyText(key))
            try write(value, valueField)
        }
        writer.close("}")
    }

    private static func keyText(_ key: ScalarValue) -> String {
        switch key {
        case .bool(let value): value ? "true" : "false"
        case .signed(let value): String(value)
        case .unsigned(let value): String(value)
        case .string(let text): text
        default: ""
        }
    }

    private mutating func write(_ value: ScalarValue, _ field: FieldDescriptor) {
        switch value {
        case .bool(let value): writer.word(value ? "true" : "false")
        case .signed(let value): number(String(value), field.kind)
        case .unsigned(let value): number(String(value), field.kind)
        case .float(let value): real(value)
        case .double(let value): real(value)
        case .string(let text): writer.string(text)
        case .bytes(let content): writer.string(Base64.text(content))
        case .enumeration(let number):
            let type = definitions.enumeration(named: field.typeName)
            if let name = type?.name(numbered: number) {
                writer.string(name)
            } else {
                writer.word(String(number))
            }
        }
    }

    /// 64 bits are a text: JavaScript's numbers have 53.
    private mutating func number(_ digits: String, _ kind: FieldDescriptor.Kind) {
        switch kind {
        case .int64, .sint64, .sfixed64, .uint64, .fixed64: writer.string(digits)
        default: writer.word(digits)
        }
    }

    private mutating func real(_ value: some BinaryFloatingPoint & CustomStringConvertible) {
        if value.isNaN {
            writer.string("NaN")
        } else if value.isInfinite {
            writer.string(value < 0 ? "-Infinity" : "Infinity")
        } else {
            writer.word(value.description)
        }
    }
}
