/// Reads one encoded FileDescriptorProto; numbers of fields are descriptor.proto's.
struct DefinitionReader {
    /// What a file defines.
    struct File {
        var file: FileDescriptor
        var messages: [MessageDescriptor]
        var enums: [EnumDescriptor]
        var services: [ServiceDescriptor]
        /// Messages, enums, services and their members.
        var count: Int
    }

    private let limits: ReflectionLimits
    private var messages: [MessageDescriptor] = []
    private var enums: [EnumDescriptor] = []
    private var count = 0
    private var isProto3 = false

    private init(_ limits: ReflectionLimits) { self.limits = limits }

    static func file(
        _ bytes: [UInt8], _ limits: ReflectionLimits
    ) throws(ReflectionFailure) -> File {
        var reader = DefinitionReader(limits)
        return try reader.file(bytes)
    }

    private mutating func file(_ bytes: [UInt8]) throws(ReflectionFailure) -> File {
        let parts = try Parts(bytes[...])
        let package = try parts.text(2)
        isProto3 = try parts.text(12) == "proto3"
        let prefix = package.isEmpty ? "" : package + "."
        for content in parts.all(4) { try message(content, prefix, depth: 1) }
        for content in parts.all(5) { try enumeration(content, prefix) }
        var services: [ServiceDescriptor] = []
        for content in parts.all(6) { services.append(try service(content, prefix)) }
        let file = FileDescriptor(
            name: try parts.text(1), package: package, imports: try parts.texts(3), encoded: bytes)
        return File(
            file: file, messages: messages, enums: enums, services: services, count: count)
    }

    private mutating func message(
        _ bytes: ArraySlice<UInt8>, _ prefix: String, depth: Int
    ) throws(ReflectionFailure) {
        guard depth <= limits.depth else {
            throw ReflectionFailure(
                "definitions stand more than \(limits.depth) deep in each other", path: prefix)
        }
        let parts = try Parts(bytes)
        let name = prefix + (try parts.text(1))
        var fields: [FieldDescriptor] = []
        for content in parts.all(2) { fields.append(try field(content, name)) }
        var oneofs: [String] = []
        for content in parts.all(8) { oneofs.append(try Parts(content).text(1)) }
        guard Set(fields.map(\.number)).count == fields.count,
            fields.allSatisfy({ $0.oneof.map(oneofs.indices.contains) ?? true })
        else { throw FieldReader.malformed("the fields of \(name) are not numbered soundly") }
        messages.append(
            MessageDescriptor(
                name: name, fields: fields, oneofs: oneofs,
                isMapEntry: try parts.options(7).number(7) == 1
                    && fields.contains { $0.number == 1 } && fields.contains { $0.number == 2 }))
        count += 1 + fields.count
        for content in parts.all(3) { try message(content, name + ".", depth: depth + 1) }
        for content in parts.all(4) { try enumeration(content, name + ".") }
    }

    private func field(
        _ bytes: ArraySlice<UInt8>, _ message: String
    ) throws(ReflectionFailure) -> FieldDescriptor {
        let parts = try Parts(bytes)
        let name = try parts.text(1)
        let number = Int32(truncatingIfNeeded: parts.number(3) ?? 0)
        guard let kind = FieldDescriptor.Kind(rawValue: parts.number(5) ?? 0), number > 0 else {
            throw FieldReader.malformed("\(message).\(name) is no field that we know")
        }
        let isRepeated = parts.number(4) == 3
        let isOptional = parts.number(17) == 1
        let oneof = isOptional ? nil : parts.number(9).map { Int(truncatingIfNeeded: $0) }
        let packed = try parts.options(8).number(2).map { $0 == 1 } ?? isProto3
        let json = try parts.text(10)
        return FieldDescriptor(
            name: name, jsonName: json.isEmpty ? DefinitionReader.jsonName(name) : json,
            number: number, kind: kind, typeName: String(try parts.text(6).drop { $0 == "." }),
            isRepeated: isRepeated, isPacked: isRepeated && packed && kind.isPackable,
            hasPresence: !isRepeated
                && (isOptional || oneof != nil || kind == .message || !isProto3),
            oneof: oneof)
    }

    private mutating func enumeration(
        _ bytes: ArraySlice<UInt8>, _ prefix: String
    ) throws(ReflectionFailure) {
        let parts = try Parts(bytes)
        var values: [EnumDescriptor.Value] = []
        for content in parts.all(2) {
            let value = try Parts(content)
            values.append(
                EnumDescriptor.Value(
                    name: try value.text(1),
                    number: Int32(truncatingIfNeeded: value.number(2) ?? 0)))
        }
        enums.append(EnumDescriptor(name: prefix + (try parts.text(1)), values: values))
        count += 1 + values.count
    }

    private mutating func service(
        _ bytes: ArraySlice<UInt8>, _ prefix: String
    ) throws(ReflectionFailure) -> ServiceDescriptor {
        let parts = try Parts(bytes)
        let name = prefix + (try parts.text(1))
        var methods: [MethodDescriptor] = []
        for content in parts.all(2) {
            let method = try Parts(content)
            let own = try method.text(1)
            methods.append(
                MethodDescriptor(
                    name: own, path: "/\(name)/\(own)",
                    request: String(try method.text(2).drop { $0 == "." }),
                    reply: String(try method.text(3).drop { $0 == "." }),
                    isClientStreaming: method.number(5) == 1,
                    isServerStreaming: method.number(6) == 1,
                    isIdempotent: try method.options(4).number(34) ?? 0 != 0))
        }
        count += 1 + methods.count
        return ServiceDescriptor(name: name, methods: methods)
    }

    /// protoc's rule: an underscore goes and makes the next letter large.
    private static func jsonName(_ name: String) -> String {
        var result = ""
        var isNextLarge = false
        for character in name {
            if character == "_" {
                isNextLarge = true
                continue
            }
            result += isNextLarge ? character.uppercased() : String(character)
            isNextLarge = false
        }
        return result
    }
}

/// The fields of one encoded definition by number.
private struct Parts {
    private var contents: [Int32: [ArraySlice<UInt8>]] = [:]
    private var numbers: [Int32: UInt64] = [:]

    init(_ bytes: ArraySlice<UInt8>) throws(ReflectionFailure) {
        var reader = FieldReader(bytes)
        while let field = try reader.next() {
            if let content = field.content { contents[field.number, default: []].append(content) }
            if let number = field.number64 { numbers[field.number] = number }
        }
    }

    func all(_ number: Int32) -> [ArraySlice<UInt8>] { contents[number] ?? [] }

    func number(_ number: Int32) -> UInt64? { numbers[number] }

    func options(_ number: Int32) throws(ReflectionFailure) -> Parts {
        try Parts(all(number).last ?? [])
    }

    func text(_ number: Int32) throws(ReflectionFailure) -> String {
        try all(number).last.map { content throws(ReflectionFailure) in
            try Parts.text(content)
        } ?? ""
    }

    func texts(_ number: Int32) throws(ReflectionFailure) -> [String] {
        var texts: [String] = []
        for content in all(number) { texts.append(try Parts.text(content)) }
        return texts
    }

    private static func text(_ bytes: ArraySlice<UInt8>) throws(ReflectionFailure) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FieldReader.malformed("a name is not UTF-8")
        }
        return text
    }
}
