internal import Spelling

/// Makes encoded messages of JSON: fields in the order of their numbers, defaults left out.
struct MessageEncoder {
    private let definitions: DescriptorSet
    private let limits: ReflectionLimits
    private var path = JSONPath()
    private var depth = 0

    init(_ definitions: DescriptorSet, _ limits: ReflectionLimits) {
        self.definitions = definitions
        self.limits = limits
    }

    mutating func encoded(
        _ json: JSONValue, as message: MessageDescriptor
    ) throws(ReflectionFailure) -> [UInt8] {
        let bytes = try content(json, message)
        guard bytes.count <= limits.messageBytes else {
            throw ReflectionFailure(
                "the message takes \(bytes.count) bytes, at most \(limits.messageBytes) are sent",
                hint: "split it into several messages")
        }
        return bytes
    }

    private mutating func content(
        _ json: JSONValue, _ message: MessageDescriptor
    ) throws(ReflectionFailure) -> [UInt8] {
        try message.checkForm(path)
        guard case .object(let members) = json else {
            throw wrong(json, "an object with the fields of \(message.name)")
        }
        depth += 1
        defer { depth -= 1 }
        guard depth <= limits.depth else {
            throw fault("messages stand more than \(limits.depth) deep in each other")
        }
        var writer = FieldWriter()
        for (field, value) in try fields(of: members, message) {
            path.enter(field.jsonName)
            try write(value, field, &writer)
            path.leave()
        }
        return writer.bytes
    }

    /// The members as fields, in the order of their numbers; null stands for "not there".
    private mutating func fields(
        of members: [JSONValue.Member], _ message: MessageDescriptor
    ) throws(ReflectionFailure) -> [(FieldDescriptor, JSONValue)] {
        var found: [Int32: (FieldDescriptor, JSONValue)] = [:]
        var chosen: [Int: String] = [:]
        for member in members {
            guard let field = message.field(named: member.name) else {
                throw unknown(member.name, message)
            }
            if member.value == .null { continue }
            path.enter(field.jsonName)
            guard found.updateValue((field, member.value), forKey: field.number) == nil else {
                throw fault("the field is given twice")
            }
            if let oneof = field.oneof {
                if let other = chosen.updateValue(field.jsonName, forKey: oneof) {
                    throw fault(
                        "only one of \(other) and \(field.jsonName) may be given",
                        hint: "leave out one of them")
                }
            }
            path.leave()
        }
        return found.values.sorted { $0.0.number < $1.0.number }
    }

    private mutating func write(
        _ json: JSONValue, _ field: FieldDescriptor, _ writer: inout FieldWriter
    ) throws(ReflectionFailure) {
        if field.isRepeated {
            if field.kind == .message, let entry = definitions.message(named: field.typeName),
                entry.isMapEntry
            {
                try writeMap(json, field, entry, &writer)
            } else {
                try writeList(json, field, &writer)
            }
        } else if field.kind == .message {
            try writeMessage(json, field, &writer)
        } else {
            let value = try scalar(json, field)
            if field.hasPresence || !value.isDefault { writer.value(value, of: field) }
        }
    }

    private mutating func writeMessage(
        _ json: JSONValue, _ field: FieldDescriptor, _ writer: inout FieldWriter
    ) throws(ReflectionFailure) {
        guard let type = definitions.message(named: field.typeName) else {
            throw fault("the definition of \(field.typeName) is missing")
        }
        writer.content(field.number, try content(json, type))
    }

    private mutating func writeList(
        _ json: JSONValue, _ field: FieldDescriptor, _ writer: inout FieldWriter
    ) throws(ReflectionFailure) {
        guard case .array(let elements) = json else { throw wrong(json, "a list") }
        var packed = FieldWriter()
        for (index, element) in elements.enumerated() {
            path.enter(index: index)
            if field.kind == .message {
                try writeMessage(element, field, &writer)
            } else if field.isPacked {
                packed.value(try scalar(element, field), of: field, isTagged: false)
            } else {
                writer.value(try scalar(element, field), of: field)
            }
            path.leave()
        }
        if !packed.bytes.isEmpty { writer.content(field.number, packed.bytes) }
    }

    /// Entries in the order of their keys, so that the same map has the same bytes.
    private mutating func writeMap(
        _ json: JSONValue, _ field: FieldDescriptor, _ entry: MessageDescriptor,
        _ writer: inout FieldWriter
    ) throws(ReflectionFailure) {
        guard case .object(let members) = json else { throw wrong(json, "an object") }
        guard let keyField = entry.field(numbered: 1), let valueField = entry.field(numbered: 2)
        else { throw fault("the definition of its entries is incomplete") }
        var entries: [ScalarValue: [UInt8]] = [:]
        for member in members {
            path.enter(key: member.name)
            let key = try mapKey(member.name, keyField)
            var content = FieldWriter()
            content.value(key, of: keyField)
            if valueField.kind == .message {
                try writeMessage(member.value, valueField, &content)
            } else {
                content.value(try scalar(member.value, valueField), of: valueField)
            }
            guard entries.updateValue(content.bytes, forKey: key) == nil else {
                throw fault("the key is given twice")
            }
            path.leave()
        }
        for key in entries.keys.sorted(by: ScalarValue.keyOrder) {
            writer.content(field.number, entries[key] ?? [])
        }
    }

    private func mapKey(
        _ text: String, _ field: FieldDescriptor
    ) throws(ReflectionFailure) -> ScalarValue {
        switch (field.kind, text) {
        case (.bool, "true"): return .bool(true)
        case (.bool, "false"): return .bool(false)
        default: return try scalar(.string(text), field)
        }
    }

    private func scalar(
        _ json: JSONValue, _ field: FieldDescriptor
    ) throws(ReflectionFailure) -> ScalarValue {
        let parser = ScalarParser(
            path: path, enumeration: definitions.enumeration(named: field.typeName))
        return try parser.value(json, field.kind)
    }

    private func unknown(_ name: String, _ message: MessageDescriptor) -> ReflectionFailure {
        let names = message.fields.map(\.jsonName)
        var at = path
        at.enter(name)
        let hint: String
        if let near = nearestName(to: name, among: names) {
            hint = "did you mean “\(near)”?"
        } else if names.isEmpty {
            hint = "it has no fields; write {}"
        } else {
            hint = "its fields: \(names.prefix(16).joined(separator: ", "))"
        }
        return ReflectionFailure(
            "\(message.name) has no field “\(name)”", path: at.text, hint: hint)
    }

    private func fault(_ message: String, hint: String = "") -> ReflectionFailure {
        ReflectionFailure(message, path: path.text, hint: hint)
    }

    private func wrong(_ json: JSONValue, _ wanted: String) -> ReflectionFailure {
        fault("\(json.word) stands here", hint: "write \(wanted)")
    }
}

extension ScalarValue {
    /// Numbers by size, texts by their bytes, false before true.
    static func keyOrder(_ a: ScalarValue, _ b: ScalarValue) -> Bool {
        switch (a, b) {
        case (.signed(let a), .signed(let b)): a < b
        case (.unsigned(let a), .unsigned(let b)): a < b
        case (.string(let a), .string(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        case (.bool(let a), .bool(let b)): !a && b
        default: false
        }
    }
}
