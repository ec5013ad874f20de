internal import Foundation
internal import LawBook
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
        let health = WorkerHealth()
        health.register(in: &services.table, services: services.table.services)
        let names = services.table.services
        let stopper = Stopper()
        let beats = Beats(calls: calls)
        PluginHandlers(
            name: name, services: names, own: settings, context: context, stopper: stopper,
            beats: beats, health: health
        ).register(in: &services.table)
        var info = HelloInfo(role: .worker, software: "caodiem-\(name)/\(Product.version)")
        info.pluginID = name
        info.storeSchemas = UInt32(Schema.version)...UInt32(Schema.version)
        let code = await WorkerEndpoint.serve(services: services.table, info: info) { endpoint in
            stopper.attach(endpoint)
            beats.attach(endpoint.coordinator)
        }
        exit(code)
    }
}

/// Ends the endpoint when the coordinator asks for it.
final class Stopper: Sendable {
    private let endpoint = Mutex<WorkerEndpoint?>(nil)

    func attach(_ endpoint: WorkerEndpoint) {
        self.endpoint.withLock { $0 = endpoint }
    }

    func stop() {
        endpoint.withLock { $0 }?.stop()
    }
}
