/// Definitions of messages and services, looked up by name: an encoded FileDescriptorSet, read by
/// a bounded reader of its own (the definition of a definition holds itself).
public struct DescriptorSet: Sendable {
    /// In the order in which they came.
    public private(set) var files: [FileDescriptor] = []
    private var fileNames: [String: Int] = [:]
    private var messages: [String: MessageDescriptor] = [:]
    private var enums: [String: EnumDescriptor] = [:]
    private var served: [String: ServiceDescriptor] = [:]
    /// Full name of a message, enum or service -> place of its file.
    private var homes: [String: Int] = [:]

    /// No definitions.
    public init() {}

    /// - Parameter encoded: a google.protobuf.FileDescriptorSet.
    public init(
        encoded: [UInt8], limits: ReflectionLimits = ReflectionLimits()
    ) throws(ReflectionFailure) {
        guard encoded.count <= limits.descriptorBytes else {
            throw DescriptorSet.tooLarge(limits)
        }
        var files: [[UInt8]] = []
        var reader = FieldReader(encoded[...])
        while let field = try reader.next() {
            if field.number == 1, let content = field.content { files.append([UInt8](content)) }
        }
        try self.init(files: files, limits: limits)
    }

    /// - Parameter files: each a google.protobuf.FileDescriptorProto; one that comes twice with
    ///   the same bytes counts once.
    public init(
        files encoded: [[UInt8]], limits: ReflectionLimits = ReflectionLimits()
    ) throws(ReflectionFailure) {
        guard encoded.reduce(0, { $0 + $1.count }) <= limits.descriptorBytes else {
            throw DescriptorSet.tooLarge(limits)
        }
        var definitions = 0
        for bytes in encoded {
            let read = try DefinitionReader.file(bytes, limits)
            definitions += read.count
            guard definitions <= limits.definitions else { throw DescriptorSet.tooLarge(limits) }
            try add(read)
        }
        try checkTypes()
    }

    /// Full names, sorted.
    public var serviceNames: [String] { served.keys.sorted() }
    /// Full names, sorted.
    public var messageNames: [String] { messages.keys.sorted() }
    /// Full names, sorted.
    public var enumNames: [String] { enums.keys.sorted() }

    public func message(named name: String) -> MessageDescriptor? { messages[name] }
    public func enumeration(named name: String) -> EnumDescriptor? { enums[name] }
    public func service(named name: String) -> ServiceDescriptor? { served[name] }
    public func file(named name: String) -> FileDescriptor? { fileNames[name].map { files[$0] } }

    /// The file that defines a message, enum, service, or a member of one of these.
    public func file(defining symbol: String) -> FileDescriptor? {
        if let home = homes[symbol] { return files[home] }
        guard let dot = symbol.lastIndex(of: ".") else { return nil }
        let owner = String(symbol[..<dot])
        let member = String(symbol[symbol.index(after: dot)...])
        let isThere =
            messages[owner].map { message in
                message.fields.contains { $0.name == member } || message.oneofs.contains(member)
            }
            ?? served[owner].map { service in service.methods.contains { $0.name == member } }
            ?? enums[owner].map { $0.number(named: member) != nil } ?? false
        guard isThere, let home = homes[owner] else { return nil }
        return files[home]
    }

    /// The file and all that it imports, itself first; a missing import is left out.
    public func closure(of file: FileDescriptor) -> [FileDescriptor] {
        var found = [file]
        var names: Set = [file.name]
        var next = 0
        while next < found.count {
            for name in found[next].imports where names.insert(name).inserted {
                if let imported = self.file(named: name) { found.append(imported) }
            }
            next += 1
        }
        return found
    }

    private mutating func add(_ read: DefinitionReader.File) throws(ReflectionFailure) {
        let place = files.count
        if let known = fileNames[read.file.name] {
            guard files[known].encoded == read.file.encoded else {
                throw ReflectionFailure(
                    "the file \(read.file.name) comes twice with different definitions",
                    hint: "build the set from one tree of protos")
            }
            return
        }
        files.append(read.file)
        fileNames[read.file.name] = place
        for name in read.messages.map(\.name) + read.enums.map(\.name) + read.services.map(\.name) {
            guard homes.updateValue(place, forKey: name) == nil else {
                throw ReflectionFailure(
                    "\(name) is defined twice", path: read.file.name,
                    hint: "build the set from one tree of protos")
            }
        }
        for message in read.messages { messages[message.name] = message }
        for enumeration in read.enums { enums[enumeration.name] = enumeration }
        for service in read.services { served[service.name] = service }
    }

    /// Every type that a field or method names must be there: later look-ups rely on it.
    private func checkTypes() throws(ReflectionFailure) {
        for message in messages.values {
            for field in message.fields {
                let isKnown =
                    switch field.kind {
                    case .message: messages[field.typeName] != nil
                    case .enumeration: enums[field.typeName] != nil
                    case .group: false
                    default: true
                    }
                guard isKnown else {
                    throw DescriptorSet.missing(field.typeName, "\(message.name).\(field.name)")
                }
            }
        }
        for method in served.values.flatMap(\.methods) {
            for type in [method.request, method.reply] where messages[type] == nil {
                throw DescriptorSet.missing(type, method.path)
            }
        }
    }

    private static func missing(_ type: String, _ path: String) -> ReflectionFailure {
        ReflectionFailure(
            "the definition of “\(type)” is missing", path: path,
            hint: "build the set with its imports (protoc --include_imports)")
    }

    private static func tooLarge(_ limits: ReflectionLimits) -> ReflectionFailure {
        ReflectionFailure(
            """
            the descriptor set is larger than \(limits.descriptorBytes) bytes or \
            \(limits.definitions) definitions
            """,
            hint: "leave out files that no service needs")
    }
}
