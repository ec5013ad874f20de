internal import Foundation
internal import Store
internal import Synchronization
internal import Transport
internal import Wire

/// The lease of a worker that runs alone. Renewed until the process ends; once it has gone to another
/// process, the store refuses this one's writes and the worker ends.
final class HeldLease: Sendable {
    let fence: Fence
    private let coordinator: Channel

    /// Renewals in the time that the lease lasts without one.
    private static let renewals = 3

    /// Takes the lease from the coordinator.
    ///
    /// - Parameter lost: told once, when another process has the lease.
    static func taken(
        _ name: String, from coordinator: Channel, lost: @escaping @Sendable (Failure) -> Void
    ) async throws(Failure) -> HeldLease {
        let reply = try await coordinator.unary(
            HostV1.Host.acquireLease, HostV1.AcquireLeaseRequest.with { $0.name = name })
        let fence = Fence(lease: name, number: Int64(clamping: reply.fence))
        let lease = HeldLease(fence, coordinator)
        lease.renew(every: .milliseconds(Int64(reply.ttlMilliseconds)) / renewals, lost)
        return lease
    }

    private init(_ fence: Fence, _ coordinator: Channel) {
        self.fence = fence
        self.coordinator = coordinator
    }

    private func renew(every pause: Duration, _ lost: @escaping @Sendable (Failure) -> Void) {
        let (fence, coordinator) = (fence, coordinator)
        Task.detached {
            while !Task.isCancelled {
                do {
                    try await Task.sleep(for: pause)
                    _ = try await coordinator.unary(
                        HostV1.Host.renewLease,
                        HostV1.RenewLeaseRequest.with {
                            $0.name = fence.lease
                            $0.fence = UInt64(clamping: fence.number)
                        })
                } catch let failure as Failure where failure.code == .failedPrecondition {
                    return lost(failure)
                } catch {
                    // A late renewal is made up by the next; a lost link is the end of this process.

                }
            }
        }
    }
}

/// Holds the lease of a worker that runs alone, from its first configuration on; empty for others.
final class LeaseBox: Sendable {
    private let held = Mutex<HeldLease?>(nil)

    var current: HeldLease? { held.withLock { $0 } }

    /// Takes the lease unless it is held.
    ///
    /// - Parameter end: ends this process, once another one has the lease.
    func take(
        _ name: String, from coordinator: Channel, end: @escaping @Sendable () -> Void
    ) async throws(Failure) {
        if current?.fence.lease == name { return }
        let lease = try await HeldLease.taken(name, from: coordinator) { failure in
            FileHandle.standardError.write(Data("ends: \(failure.message)\n".utf8))
            end()
        }
        held.withLock { $0 = lease }
    }
}
