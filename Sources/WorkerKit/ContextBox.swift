internal import Synchronization
internal import Wire

/// Holds the worker's context from Configure on.
final class ContextBox: Sendable {
    private let held = Mutex<WorkerContext?>(nil)

    func set(_ context: WorkerContext) { held.withLock { $0 = context } }

    /// The lease that is held already; nil before Configure.
    var lease: HeldLease? { held.withLock { $0?.lease } }

    func required() throws(Failure) -> WorkerContext {
        guard let context = held.withLock({ $0 }) else {
            throw Failure(
                .unavailable, "this worker has not been configured yet", retryable: true,
                reason: "PLUGIN_STARTING")
        }
        return context
    }
}
