/// A field of a message type.
public struct FieldDescriptor: Hashable, Sendable {
    /// descriptor.proto's types, with its numbers.
    public enum Kind: UInt64, Sendable {
        case double = 1
        case float, int64, uint64, int32, fixed64, fixed32, bool, string, group, message, bytes
        case uint32, enumeration, sfixed32, sfixed64, sint32, sint64
    }

    /// As the proto has it: `amount_dong`.
    public let name: String
    /// As JSON has it: `amountDong`.
    public let jsonName: String
    public let number: Int32
    public let kind: Kind
    /// Full name of the message or enum; empty for other kinds.
    public let typeName: String
    public let isRepeated: Bool
    /// Repeated numbers that are written as one field.
    public let isPacked: Bool
    /// True where "not there" and "there with the default" are told apart.
    public let hasPresence: Bool
    /// Place of its oneof in the message's list; nil outside of one and for proto3's `optional`.
    public let oneof: Int?
}

extension FieldDescriptor.Kind {
    /// The word for it in a .proto file; messages and enums go by their names there.
    public var word: String {
        switch self {
        case .enumeration: "enum"
        default: "\(self)"
        }
    }
}

/// A message type.
public struct MessageDescriptor: Hashable, Sendable {
    /// With its package.
    public let name: String
    /// In the order of their numbers.
    public let fields: [FieldDescriptor]
    /// Names of its oneofs, those of proto3's `optional` among them.
    public let oneofs: [String]
    /// True for the entry that stands behind a `map<>`: field 1 is the key, field 2 the value.
    public let isMapEntry: Bool
    private let places: [String: Int]

    init(name: String, fields: [FieldDescriptor], oneofs: [String], isMapEntry: Bool) {
        self.name = name
        self.fields = fields.sorted { $0.number < $1.number }
        self.oneofs = oneofs
        self.isMapEntry = isMapEntry
        var places: [String: Int] = [:]
        for (place, field) in self.fields.enumerated() { places[field.jsonName] = place }
        for (place, field) in self.fields.enumerated() { places[field.name] = place }
        self.places = places
    }

    /// By either of its names.
    public func field(named name: String) -> FieldDescriptor? { places[name].map { fields[$0] } }

    public func field(numbered number: Int32) -> FieldDescriptor? {
        // Numbers mostly run from 1 without gaps.
        let guess = Int(number) - 1
        if fields.indices.contains(guess), fields[guess].number == number { return fields[guess] }
        return fields.first { $0.number == number }
    }
}

/// An enum type.
public struct EnumDescriptor: Hashable, Sendable {
    public struct Value: Hashable, Sendable {
        public let name: String
        public let number: Int32
    }

    /// With its package.
    public let name: String
    public let values: [Value]

    public func number(named name: String) -> Int32? { values.first { $0.name == name }?.number }

    /// The first name where several have the number.
    public func name(numbered number: Int32) -> String? {
        values.first { $0.number == number }?.name
    }
}

/// A method of a service.
public struct MethodDescriptor: Hashable, Sendable {
    public let name: String
    /// `/package.Service/Method`
    public let path: String
    /// Full names of the two message types.
    public let request: String
    public let reply: String
    public let isClientStreaming: Bool
    public let isServerStreaming: Bool
    /// True where the proto promises that a second call changes nothing.
    public let isIdempotent: Bool
}

/// A service.
public struct ServiceDescriptor: Hashable, Sendable {
    /// With its package.
    public let name: String
    public let methods: [MethodDescriptor]
}

/// A .proto file of a set.
public struct FileDescriptor: Hashable, Sendable {
    /// As other files import it: `caodiem/wire/v1/wire.proto`.
    public let name: String
    public let package: String
    public let imports: [String]
    /// The encoded FileDescriptorProto, as it came.
    public let encoded: [UInt8]
}
