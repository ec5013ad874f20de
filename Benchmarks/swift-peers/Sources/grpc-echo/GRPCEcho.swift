import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Glibc
import Meter
import SwiftProtobuf

/// The same work as `calls`: 200 bytes there and back as field 1 of a message, a deadline of 30 s, one entry of metadata.
///
///     grpc-echo serve SOCKET
///     grpc-echo client SOCKET IN_FLIGHT SECONDS
@main
struct GRPCEcho {
    typealias Payload = Google_Protobuf_BytesValue

    static let method = MethodDescriptor(
        fullyQualifiedService: "caodiem.conformance.v1.Conformance", method: "UnaryCall")

    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        switch words.first {
        case "serve" where words.count == 2: try await serve(words[1])
        case "client" where words.count == 4:
            try await client(words[1], Int(words[2]) ?? 1, Double(words[3]) ?? 1)
        default: exit(64)
        }
    }

    static func serve(_ path: String) async throws {
        let server = GRPCServer(
            transport: .http2NIOPosix(
                address: .unixDomainSocket(path: path), transportSecurity: .plaintext),
            services: [EchoService()])
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await server.serve() }
            _ = try await server.listeningAddress
            print("ready")
            fflush(nil)
        }
    }

    static func client(_ path: String, _ inFlight: Int, _ seconds: Double) async throws {
        let transport = try HTTP2ClientTransport.Posix(
            target: .unixDomainSocket(path: path), transportSecurity: .plaintext)
        try await withGRPCClient(transport: transport) { client in
            let meter = try await withThrowingTaskGroup(of: Meter.self) { group in
                let empty = Meter(seconds: seconds)
                for _ in 0..<inFlight { group.addTask { try await calls(client, empty) } }
                var all = empty
                for try await meter in group { all.add(meter) }
                return all
            }
            print(meter.report())
            fflush(nil)
            exit(0)
        }
    }

    static func calls(
        _ client: GRPCClient<HTTP2ClientTransport.Posix>, _ empty: Meter
    ) async throws -> Meter {
        var meter = empty
        let message = Payload([UInt8](repeating: 7, count: 200))
        var options = CallOptions.defaults
        options.timeout = .seconds(30)
        while true {
            let start = Meter.now
            let size = try await client.unary(
                request: ClientRequest(message: message, metadata: ["campaign": "2026-peak"]),
                descriptor: method, serializer: Coder(), deserializer: Coder(), options: options
            ) { try $0.message.value.count }
            guard size == 200 else { exit(1) }
            if !meter.took(since: start) { return meter }
        }
    }
}

extension Google_Protobuf_BytesValue {
    init(_ bytes: [UInt8]) {
        self.init()
        value = .init(bytes)
    }
}

struct Coder: MessageSerializer, MessageDeserializer {
    func serialize<Bytes: GRPCContiguousBytes>(_ message: GRPCEcho.Payload) throws -> Bytes {
        Bytes(try message.serializedBytes() as [UInt8])
    }

    func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> GRPCEcho.Payload {
        try bytes.withUnsafeBytes { try GRPCEcho.Payload(serializedBytes: Array($0)) }
    }
}

struct EchoService: RegistrableRPCService {
    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.registerHandler(
            forMethod: GRPCEcho.method, deserializer: Coder(), serializer: Coder()
        ) { request, _ in
            let single = try await ServerRequest(stream: request)
            return StreamingServerResponse(single: ServerResponse(message: single.message))
        }
    }
}
