/// Messages of any defined type, between their encoded bytes and proto3's JSON mapping
/// (64-bit numbers as texts, bytes in base64, enums by name, defaults left out).
///
/// Types of google.protobuf with a JSON form of their own are refused by name.
public struct MessageCodec: Sendable {
    public let definitions: DescriptorSet
    private let limits: ReflectionLimits

    public init(_ definitions: DescriptorSet, limits: ReflectionLimits = ReflectionLimits()) {
        self.definitions = definitions
        self.limits = limits
    }

    /// The messages of one or several JSON texts after each other, e.g. one a line.
    ///
    /// - Parameter type: full name of the message type.
    public func encoded(
        json: [UInt8], as type: String
    ) throws(ReflectionFailure) -> [[UInt8]] {
        let message = try message(named: type)
        var reader = try JSONReader(json, limits)
        var messages: [[UInt8]] = []
        while let text = try reader.next() {
            var encoder = MessageEncoder(definitions, limits)
            messages.append(try encoder.encoded(text, as: message))
        }
        return messages
    }

    /// The JSON of one message; fields that its definition does not know are left out.
    ///
    /// - Parameter type: full name of the message type.
    public func json(
        of bytes: [UInt8], as type: String, isPretty: Bool = false
    ) throws(ReflectionFailure) -> String {
        guard bytes.count <= limits.messageBytes else {
            throw ReflectionFailure(
                "the message is \(bytes.count) bytes, at most \(limits.messageBytes) are read")
        }
        let message = try message(named: type)
        var decoder = MessageDecoder(definitions, limits)
        var value = MessageValue()
        try decoder.decode(bytes[...], as: message, into: &value)
        var printer = MessagePrinter(definitions, isPretty: isPretty)
        try printer.write(value, as: message)
        return printer.text
    }

    private func message(named type: String) throws(ReflectionFailure) -> MessageDescriptor {
        guard let message = definitions.message(named: type) else {
            throw ReflectionFailure("there is no message type “\(type)”")
        }
        return message
    }
}

extension MessageDescriptor {
    private static let specialForms: Set = [
        "Any", "BoolValue", "BytesValue", "DoubleValue", "Duration", "FieldMask", "FloatValue",
        "Int32Value", "Int64Value", "ListValue", "StringValue", "Struct", "Timestamp",
        "UInt32Value", "UInt64Value", "Value",
    ]

    /// Refuses the types whose JSON is not that of their fields.
    func checkForm(_ path: JSONPath) throws(ReflectionFailure) {
        let package = "google.protobuf."
        guard name.hasPrefix(package),
            MessageDescriptor.specialForms.contains(String(name.dropFirst(package.count)))
        else { return }
        throw ReflectionFailure("\(name) has a JSON form that is not carried", path: path.text)
    }
}

/// The place in a message, kept while it is walked through.
struct JSONPath {
    private enum Step {
        case field(String)
        case index(Int)
        case key(String)
    }

    private var steps: [Step] = []

    var depth: Int { steps.count }

    mutating func enter(_ field: String) { steps.append(.field(field)) }
    mutating func enter(index: Int) { steps.append(.index(index)) }
    mutating func enter(key: String) { steps.append(.key(key)) }
    mutating func leave() { steps.removeLast() }

    /// `units[2].amounts["a"]`
    var text: String {
        var text = ""
        for step in steps {
            switch step {
            case .field(let name): text += text.isEmpty ? name : "." + name
            case .index(let index): text += "[\(index)]"
            case .key(let key): text += "[\"\(key)\"]"
            }
        }
        return text
    }
}
