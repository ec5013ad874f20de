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
        var beats: Task<Void, Never>?
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
        registerHealth(&table)
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
                $0.capabilities = ["beat"]
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
            self.beat(everyMilliseconds: request.beatMilliseconds)
            return .with { $0.generation = request.generation }
        }
        table.registerImmediate(PluginV1.Plugin.shutdown) { _, _ in PluginV1.ShutdownReply() }
    }

    /// Signs of life from the pool of the handlers, as a worker of the product sends them.
    private func beat(everyMilliseconds period: UInt32) {
        let task: Task<Void, Never>? =
            period == 0
            ? nil
            : Task {
                var number: UInt64 = 0
                while !Task.isCancelled {
                    number += 1
                    let beat = HostV1.BeatRequest.with { $0.number = number }
                    _ = try? await self.coordinator?.unary(HostV1.Host.beat, beat)
                    try? await Task.sleep(for: .milliseconds(period))
                }
            }
        let former = state.withLock { state in
            defer { state.beats = task }
            return state.beats
        }
        former?.cancel()
    }

    /// `grpc.health.v1.Health`: SERVING unless it was told otherwise.
    private func registerHealth(_ table: inout ServiceTable) {
        table.registerImmediate(HealthV1.Health.check) { _, _ in self.health() }
        table.registerStreaming(HealthV1.Health.watch) { _, _, writer in
            var said: HealthV1.HealthCheckResponse?
            while true {
                let now = self.health()
                if now != said { try await writer.write(now) }
                said = now
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    private func health() -> HealthV1.HealthCheckResponse {
        .with { $0.status = isServing ? .serving : .notServing }
    }
}
