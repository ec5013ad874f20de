import Glibc
import Synchronization
import Transport
import Wire

/// The worker's state, and the service that every worker has.
final class FaultWorker: Sendable {
    let script: StartScript
    /// Open when the process began, before it made any.
    let descriptors: [UInt32]
    let book = SleepBook()
    private let state = Mutex(State())

    private struct State {
        var coordinator: Channel?
        var store: String?
        var isServing = true
    }

    init(script: StartScript, descriptors: [UInt32]) {
        self.script = script
        self.descriptors = descriptors
        state.withLock { $0.isServing = script.isServing }
    }

    /// Calls to the coordinator, once the handshake is done.
    var coordinator: Channel? { state.withLock { $0.coordinator } }
    /// Path of the store, once it is configured.
    var store: String? { state.withLock { $0.store } }

    var isServing: Bool {
        get { state.withLock { $0.isServing } }
        set { state.withLock { $0.isServing = newValue } }
    }

    func joined(_ coordinator: Channel) { state.withLock { $0.coordinator = coordinator } }

    func table() -> ServiceTable {
        var table = ServiceTable()
        registerPlugin(&table)
        if !script.isSilent {
            registerConformance(&table)
            registerFaults(&table)
        }
        return table
    }

    private func registerPlugin(_ table: inout ServiceTable) {
        table.registerImmediate(PluginV1.Plugin.describe) { _, _ in
            .with {
                $0.name = "fault"
                $0.version = "1.0"
                $0.settings = [
                    .with {
                        $0.key = "store"
                        $0.type = "path"
                    }
                ]
                guard !self.script.isSilent else { return }
                $0.services = [
                    ConformanceV1.Conformance.serviceName, ConformanceV1.Fault.serviceName,
                ]
            }
        }
        table.registerImmediate(PluginV1.Plugin.validateConfig) { _, _ in
            .with { $0.problems = self.script.problem.map { [$0] } ?? [] }
        }
        table.register(PluginV1.Plugin.configure) { request, _ in
            try await Task.sleep(for: .milliseconds(self.script.configureMilliseconds))
            let store = request.settings.last { $0.key == "store" }?.value
            self.state.withLock { $0.store = store }
            return .with { $0.generation = request.generation }
        }
        table.registerImmediate(PluginV1.Plugin.shutdown) { _, _ in PluginV1.ShutdownReply() }
    }
}
