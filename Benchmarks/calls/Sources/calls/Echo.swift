import Glibc
import Transport
import Wire

/// The call that all peers make: 200 bytes there and back, with a deadline and one entry of metadata.
enum Echo {
    static let service = ConformanceV1.Conformance.serviceName
    static let method = Method<ConformanceV1.Payload, ConformanceV1.Payload>(
        path: "/\(service)/UnaryCall", kind: .unary, idempotency: .unknown)
    static let request = ConformanceV1.Payload.with { $0.body = [UInt8](repeating: 7, count: 200) }
    static let timeout = Duration.seconds(30)
    static let metadata = [
        WireV1.MetadataEntry.with {
            $0.key = "campaign"
            $0.value = Array("2026-peak".utf8)
        }
    ]

    static func register(_ table: inout ServiceTable, onLoop: Bool) {
        if onLoop {
            table.registerImmediate(method) { request, _ in request }
        } else {
            table.register(method) { request, _ in request }
        }
    }

    static func serve(path: String, onLoop: Bool) async throws {
        var table = ServiceTable()
        register(&table, onLoop: onLoop)
        let owner = EchoOwner(table)
        let hello = HelloInfo(role: .coordinator, software: "calls/1")
        let listener = try await UnixListener.listen(path: path, hello: hello) { _ in owner }
        print("ready")
        fflush(nil)
        try await Task.sleep(for: .seconds(86_400))
        await listener.close()
    }
}

final class EchoOwner: LinkDelegate {
    private let dispatcher: Dispatcher

    init(_ table: ServiceTable) { dispatcher = Dispatcher(table) }

    func link(
        _ link: Link, accept stream: StreamID, headers: WireV1.CallHeaders, deadline: Instant?
    ) -> (any StreamObserver)? {
        dispatcher.accept(link, stream, headers, deadline: deadline)
    }
}

/// The echo as a plugin: what the relay is measured with.
enum EchoWorker {
    static func serve(onLoop: Bool) async -> Int32 {
        var table = ServiceTable()
        Echo.register(&table, onLoop: onLoop)
        table.registerImmediate(PluginV1.Plugin.describe) { _, _ in
            .with {
                $0.name = "echo"
                $0.version = "1.0"
                $0.services = [HealthV1.Health.serviceName, Echo.service]
            }
        }
        table.registerImmediate(PluginV1.Plugin.validateConfig) { _, _ in .init() }
        table.registerImmediate(PluginV1.Plugin.configure) { request, _ in
            .with { $0.generation = request.generation }
        }
        table.registerImmediate(PluginV1.Plugin.shutdown) { _, _ in .init() }
        table.registerImmediate(HealthV1.Health.check) { _, _ in .with { $0.status = .serving } }
        table.registerStreaming(HealthV1.Health.watch) { _, _, writer in
            try await writer.write(.with { $0.status = .serving })
            try await Task.sleep(for: .seconds(3600))
        }
        return await WorkerEndpoint.serve(
            services: table, info: HelloInfo(role: .worker, software: "calls/1")
        ) { endpoint in
            let coordinator = endpoint.coordinator
            Task {
                var number: UInt64 = 0
                while true {
                    number += 1
                    let beat = HostV1.BeatRequest.with { $0.number = number }
                    _ = try? await coordinator.unary(HostV1.Host.beat, beat)
                    try? await Task.sleep(for: .milliseconds(500))
                }
            }
        }
    }
}
