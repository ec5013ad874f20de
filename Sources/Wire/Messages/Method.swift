/// How many messages go each way in a call: gRPC's four kinds.
public enum CallKind: Sendable, Hashable {
    case unary
    case serverStreaming
    case clientStreaming
    case bidirectional
}

/// What calling a method twice does, from the proto's `idempotency_level`.
public enum Idempotency: Sendable, Hashable {
    /// Not said: only retried when the first try surely never ran.
    case unknown
    /// Reads only.
    case noSideEffects
    /// The second call changes nothing more.
    case idempotent

    /// True when a call that may have run can be sent again.
    public var allowsRetry: Bool { self != .unknown }
}

/// A method of a service with its message types: what a client calls and a server registers.
public struct Method<Request: WireMessage, Reply: WireMessage>: Sendable {
    /// `/package.Service/Method`, as in HEADERS and in gRPC.
    public let path: String
    public let kind: CallKind
    public let idempotency: Idempotency

    public init(path: String, kind: CallKind, idempotency: Idempotency) {
        self.path = path
        self.kind = kind
        self.idempotency = idempotency
    }

    /// The same without its message types in the type.
    public var erased: MethodDescription {
        MethodDescription(
            path: path, kind: kind, idempotency: idempotency, request: Request.self,
            reply: Reply.self)
    }
}

/// A method for tables of routes: the types of its messages are values here.
public struct MethodDescription: Sendable {
    /// `/package.Service/Method`
    public let path: String
    public let kind: CallKind
    public let idempotency: Idempotency
    public let request: any WireMessage.Type
    public let reply: any WireMessage.Type

    public init(
        path: String, kind: CallKind, idempotency: Idempotency, request: any WireMessage.Type,
        reply: any WireMessage.Type
    ) {
        self.path = path
        self.kind = kind
        self.idempotency = idempotency
        self.request = request
        self.reply = reply
    }
}
