import Transport
import Wire

/// `grpc.health.v1.Health` of the fleet: a service is SERVING while calls to it reach a worker; the
/// empty name stands for the whole fleet.
struct HealthService: Sendable {
    typealias Status = HealthV1.HealthCheckResponse.ServingStatus

    let router: Router
    let loop: Loop

    /// Services in one answer of List; gRPC's bound.
    static let listLimit = 100

    func table() -> ServiceTable {
        var table = ServiceTable()
        table.registerImmediate(HealthV1.Health.check) { request, _ in
            guard let status = router.table.health(of: request.service) else {
                throw Failure(
                    .notFound, "no plugin has described the service \(request.service.prefix(200))",
                    hint: "services: caodiem call --list", reason: "SERVICE_UNKNOWN")
            }
            return response(status)
        }
        table.registerImmediate(HealthV1.Health.list) { _, _ in try list() }
        table.registerStreaming(HealthV1.Health.watch) { request, _, writer in
            try await watch(request.service, writer)
        }
        return table
    }

    /// On the loop.
    private func list() throws(Failure) -> HealthV1.HealthListResponse {
        let names = [""] + router.table.serviceNames
        guard names.count <= HealthService.listLimit else {
            throw Failure(
                .resourceExhausted, "\(names.count) services, at most \(HealthService.listLimit)",
                hint: "ask for each with Check")
        }
        return .with {
            $0.statuses = names.map { name in
                .with {
                    $0.key = name
                    $0.value = response(router.table.health(of: name) ?? .serviceUnknown)
                }
            }
        }
    }

    /// Says the state at once and at each change, until the caller hangs up.
    private func watch(
        _ service: String, _ writer: ReplyWriter<HealthV1.HealthCheckResponse>
    ) async throws {
        var said: Status?
        while !Task.isCancelled {
            let (status, version) = await loop.run { [router] in
                (router.table.health(of: service) ?? .serviceUnknown, router.changes.version)
            }
            if status != said {
                try await writer.write(response(status))
                said = status
            }
            await router.changes.wait(after: version, on: loop)
        }
    }

    private func response(_ status: Status) -> HealthV1.HealthCheckResponse {
        .with { $0.status = status }
    }
}

extension RoutingTable {
    /// On one service, or on the whole fleet when the name is empty; nil when nobody has described
    /// that service.
    func health(of service: String) -> HealthService.Status? {
        if service.isEmpty { return isWhole ? .serving : .notServing }
        return isOpen(service).map { $0 ? .serving : .notServing }
    }
}

/// Tells who waits that the routing table has changed. Lives on the loop.
final class TableChanges: @unchecked Sendable {
    // Unchecked: its variables, and those of its waiters, are touched on the loop only.
    private(set) var version: UInt64 = 0
    private var waiters: [ObjectIdentifier: Waiter] = [:]

    /// Tasks that wait now.
    var waiting: Int { waiters.count }

    private final class Waiter: @unchecked Sendable {
        var tell: (() -> Void)?
        var isCancelled = false
    }

    func note() {
        version &+= 1
        guard !waiters.isEmpty else { return }
        let told = waiters.values
        waiters = [:]
        for waiter in told { waiter.tell?() }
    }

    /// Returns once the table is no longer that of `version`, or the task is cancelled.
    func wait(after version: UInt64, on loop: Loop) async {
        let waiter = Waiter()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                loop.execute { [self] in
                    guard self.version == version, !waiter.isCancelled else {
                        return continuation.resume()
                    }
                    waiter.tell = { continuation.resume() }
                    waiters[ObjectIdentifier(waiter)] = waiter
                }
            }
        } onCancel: {
            loop.execute { [self] in
                waiter.isCancelled = true
                waiters.removeValue(forKey: ObjectIdentifier(waiter))?.tell?()
            }
        }
    }
}
