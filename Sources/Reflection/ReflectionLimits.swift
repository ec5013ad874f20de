/// Bounds of what is read without a generated type: definitions, messages and JSON.
public struct ReflectionLimits: Sendable, Hashable {
    /// Messages inside messages, and likewise definitions inside definitions.
    public var depth = 64
    /// Bytes of one encoded message; the transport's own bound for a message.
    public var messageBytes = 4 * 1024 * 1024
    /// Bytes of the JSON of one call: base64 and escapes make more of the same message.
    public var jsonBytes = 16 * 1024 * 1024
    /// Values in one message or JSON text, each element of a list and each member counted.
    public var values = 1_000_000
    /// Bytes of a descriptor set.
    public var descriptorBytes = 16 * 1024 * 1024
    /// Messages, enums, services, fields and methods of a descriptor set.
    public var definitions = 100_000

    public init() {}
}
