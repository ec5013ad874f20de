internal import Synchronization
internal import Transport
internal import Wire

/// `grpc.health.v1.Health` of this worker: SERVING from Configure to Shutdown.
final class WorkerHealth: Sendable {
    typealias Status = HealthV1.HealthCheckResponse.ServingStatus

    private struct State {
        var status = Status.notServing
        var last = 0
        var watchers: [Int: AsyncStream<Status>.Continuation] = [:]
    }

    private let state = Mutex(State())

    func set(_ status: Status) {
        state.withLock { state in
            state.status = status
            for watcher in state.watchers.values { watcher.yield(status) }
        }
    }

    /// - Parameter services: the names that may be asked for, beside the empty one.
    func register(in table: inout ServiceTable, services: [String]) {
        let known = Set(services + [""])
        table.register(HealthV1.Health.check) { request, _ in
            guard known.contains(request.service) else {
                throw Failure(
                    .notFound, "this worker does not serve \(request.service)", field: "service",
                    hint: "it serves: \(services.joined(separator: ", "))")
            }
            return WorkerHealth.response(self.state.withLock { $0.status })
        }
        table.registerStreaming(HealthV1.Health.watch) { request, _, writer in
            guard known.contains(request.service) else {
                return try await writer.write(WorkerHealth.response(.serviceUnknown))
            }
            var told: Status?
            for await status in self.changes() where status != told {
                try await writer.write(WorkerHealth.response(status))
                told = status
            }
        }
    }

    /// The status now and each later one; a slow reader sees the newest only.
    private func changes() -> AsyncStream<Status> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Status.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.last += 1
            state.watchers[state.last] = continuation
            continuation.yield(state.status)
            return state.last
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.watchers.removeValue(forKey: number) }
        }
        return stream
    }

    private static func response(_ status: Status) -> HealthV1.HealthCheckResponse {
        var response = HealthV1.HealthCheckResponse()
        response.status = status
        return response
    }
}
