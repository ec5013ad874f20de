internal import Foundation
internal import Store
internal import Synchronization
internal import Transport
internal import Wire

/// A plugin's executable, but for the services it brings: two lines of `main.swift` are enough.
public enum Worker {
    /// Serves the coordinator until it lets go, then ends the process.
    ///
    /// - Parameter name: as in the manifest's folder.
    /// - Parameter settings: what this worker takes beside what every worker gets.
    /// - Parameter services: registers the worker's methods.
    public static func run(
        name: String, settings: [WorkerSetting] = [],
        services register: (inout WorkerServices) -> Void
    ) async -> Never {
        let context = ContextBox()
        let calls = CallWatch()
        var services = WorkerServices(context: context, calls: calls)
        register(&services)
        var info = HelloInfo(role: .worker, software: "")
        info.storeSchemas = UInt32(Schema.version)...UInt32(Schema.version)
        await run(
            name, SubjectBody(context: context, own: settings), services.table, calls, info)
    }

    /// The same for a worker that is none of a subject: no store, no law book, no services of its own.
    public static func run(name: String, body: some WorkerBody) async -> Never {
        await run(
            name, body, ServiceTable(), CallWatch(), HelloInfo(role: .worker, software: ""))
    }

    private static func run(
        _ name: String, _ body: some WorkerBody, _ services: ServiceTable, _ calls: CallWatch,
        _ hello: HelloInfo
    ) async -> Never {
        var (table, info) = (services, hello)
        let health = WorkerHealth()
        health.register(in: &table, services: table.services)
        let stopper = Stopper()
        let beats = Beats(calls: calls)
        PluginHandlers(
            name: name, services: table.services, body: body, stopper: stopper, beats: beats,
            health: health
        ).register(in: &table)
        info.software = "caodiem-\(name)/\(Product.version)"
        info.pluginID = name
        let code = await WorkerEndpoint.serve(services: table, info: info) { endpoint in
            stopper.attach(endpoint)
            beats.attach(endpoint.coordinator)
        }
        exit(code)
    }
}

/// Holds the endpoint once there is one, and ends it when the coordinator asks for it.
final class Stopper: Sendable {
    private struct State {
        var endpoint: WorkerEndpoint?
        var waiters: [CheckedContinuation<Channel, Never>] = []
    }

    private let state = Mutex(State())

    func attach(_ endpoint: WorkerEndpoint) {
        let waiters = state.withLock { state in
            state.endpoint = endpoint
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(returning: endpoint.coordinator) }
    }

    /// The connection to the coordinator; a call may come in before the endpoint is attached.
    func coordinator() async -> Channel {
        await withCheckedContinuation { continuation in
            let channel = state.withLock { state in
                if let endpoint = state.endpoint { return Optional(endpoint.coordinator) }
                state.waiters.append(continuation)
                return nil
            }
            if let channel { continuation.resume(returning: channel) }
        }
    }

    func stop() {
        state.withLock { $0.endpoint }?.stop()
    }
}
