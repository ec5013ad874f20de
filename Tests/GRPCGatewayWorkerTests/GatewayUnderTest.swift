import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Glibc
import Testing
import Transport
import Wire
import WorkerKit

@testable import GRPCGatewayWorker

/// A gateway before a coordinator that serves the conformance service itself.
struct GatewayUnderTest: Sendable {
    let gateway: Gateway
    let address: ListenAddress
    let witness: Witness
    let coordinator: Transport.Channel

    typealias Client = GRPCClient<HTTP2ClientTransport.Posix>

    init(
        listen: ListenAddress = .tcp(host: "127.0.0.1", port: 0),
        limits: GatewayLimits = GatewayLimits()
    ) async throws {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
        let (near, far) = (ends[0], ends[1])
        let witness = Witness()
        self.witness = witness
        async let serving = Transport.Channel.connect(
            fd: far, side: .dialler,
            hello: HelloInfo(role: .coordinator, software: "coordinator"),
            services: Interop.table(witness))
        let link = try await Transport.Channel.connect(
            fd: near, side: .acceptor, hello: HelloInfo(role: .worker, software: "gateway"))
        coordinator = try await serving
        gateway = try Gateway(listen: listen, coordinator: link, limits: limits)
        address = try await gateway.start()
    }

    /// Runs `body` with a client of the gateway; everything is gone afterwards.
    static func run<Result: Sendable>(
        limits: GatewayLimits = GatewayLimits(),
        _ body: (GatewayUnderTest, Client) async throws -> Result
    ) async throws -> Result {
        let under = try await GatewayUnderTest(limits: limits)
        guard case .tcp(let host, let port) = under.address else {
            throw Failure(.internal, "\(under.address) is no port")
        }
        let transport = try HTTP2ClientTransport.Posix(
            target: .ipv4(address: host, port: port), transportSecurity: .plaintext)
        let result = try await withGRPCClient(transport: transport) { client in
            try await body(under, client)
        }
        await under.gateway.leave()
        under.coordinator.close()
        return result
    }
}

/// Our messages as gRPC's clients see them.
struct Coder<Message: WireMessage>: MessageSerializer, MessageDeserializer {
    func serialize<Bytes: GRPCContiguousBytes>(_ message: Message) throws -> Bytes {
        Bytes(try message.encoded())
    }

    func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> Message {
        try Message(decoding: bytes.withUnsafeBytes { Array($0) })
    }
}

/// What a call brought.
struct Brought<Reply: Sendable>: Sendable {
    var initial = Metadata()
    var replies: [Reply] = []
    var trailing = Metadata()
}

extension GRPCClient where Transport == HTTP2ClientTransport.Posix {
    /// Makes a call of any kind and takes all that it brings.
    ///
    /// - Parameter onReply: called between two replies.
    func call<Request, Reply>(
        _ method: Method<Request, Reply>, _ requests: [Request], metadata: Metadata = [:],
        timeout: Duration? = nil, onReply: @escaping @Sendable (Int) async throws -> Void = { _ in }
    ) async throws -> Brought<Reply> {
        var options = CallOptions.defaults
        options.timeout = timeout
        options.maxResponseMessageBytes = 16 << 20
        let parts = method.path.split(separator: "/")
        return try await bidirectionalStreaming(
            request: StreamingClientRequest(metadata: metadata) { writer in
                for request in requests { try await writer.write(request) }
            },
            descriptor: MethodDescriptor(
                fullyQualifiedService: String(parts[0]), method: String(parts[1])),
            serializer: Coder<Request>(), deserializer: Coder<Reply>(), options: options
        ) { response in
            var brought = Brought<Reply>()
            brought.initial = response.metadata
            for try await part in try response.accepted.get().bodyParts {
                switch part {
                case .message(let reply):
                    brought.replies.append(reply)
                    try await onReply(brought.replies.count)
                case .trailingMetadata(let metadata): brought.trailing = metadata
                }
            }
            return brought
        }
    }
}
