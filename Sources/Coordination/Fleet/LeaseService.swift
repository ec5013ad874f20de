import Transport
import Wire

/// The leases of `caodiem.host.v1.Host` as one worker process sees them.
struct LeaseService: Sendable {
    let fleet: Fleet
    let plugin: String
    let incarnation: Int

    /// How long a lease holds without renewal: when the worker names nothing, and the bounds.
    private static let ttl = (usual: UInt32(15_000), least: UInt32(1000), most: UInt32(60_000))

    private var holder: String { LeaseService.holder(plugin, incarnation) }

    /// As leases name a process.
    static func holder(_ plugin: String, _ incarnation: Int) -> String {
        "\(plugin), process \(incarnation)"
    }

    func table() -> ServiceTable {
        var table = ServiceTable()
        table.register(HostV1.Host.acquireLease) { request, _ in try await acquire(request) }
        table.registerImmediate(HostV1.Host.renewLease) { request, _ in try renew(request) }
        table.registerImmediate(HostV1.Host.releaseLease) { request, _ in
            fleet.leases.release(
                request.name, by: holder, fence: Int64(clamping: request.fence))
            return HostV1.ReleaseLeaseReply()
        }
        return table
    }

    private func acquire(
        _ request: HostV1.AcquireLeaseRequest
    ) async throws(Failure) -> HostV1.LeaseReply {
        let (name, holder) = (request.name, holder)
        guard name == plugin || name.hasPrefix(plugin + "/"), name.utf8.count <= 128 else {
            throw Failure(
                .permissionDenied, "plugin \(plugin) may not take the lease “\(name.prefix(128))”",
                field: "name", hint: "name it \(plugin) or \(plugin)/…", reason: "NOT_GRANTED")
        }
        guard let fences = fleet.setting.fences else {
            throw Failure(.unimplemented, "this coordinator keeps no leases")
        }
        let ttl = LeaseService.bounded(request.ttlMilliseconds)
        let answer = await fleet.loop.run { [fleet] in
            fleet.leases.take(name, by: holder, for: .milliseconds(ttl), at: fleet.now)
        }
        if case .held(let other, let rest) = answer {
            throw Failure(
                .unavailable,
                "the lease \(name) is held by \(other) for \(rest.wholeMilliseconds) ms more",
                hint: "try again when it has ended", retryable: true, reason: "LEASE_HELD")
        }
        do {
            let fence = try await fences.nextFence(
                of: name, holder: holder, atMilliseconds: WallClock.milliseconds())
            let isNoted = await fleet.loop.run { [fleet] in
                fleet.leases.note(fence, of: name, by: holder)
            }
            guard isNoted else { throw LeaseService.lost(name) }
            return LeaseService.reply(UInt64(clamping: fence), ttl)
        } catch let failure as Failure {
            throw failure
        } catch {
            await fleet.loop.run { [fleet] in fleet.leases.releaseAll(of: holder) }
            throw Failure(
                .unavailable, "the lease \(name) cannot be noted: \(error)", retryable: true)
        }
    }

    /// On the loop.
    private func renew(_ request: HostV1.RenewLeaseRequest) throws(Failure) -> HostV1.LeaseReply {
        let ttl = LeaseService.bounded(request.ttlMilliseconds)
        let isHeld = fleet.leases.renew(
            request.name, by: holder, fence: Int64(clamping: request.fence),
            for: .milliseconds(ttl), at: fleet.now)
        guard isHeld else { throw LeaseService.lost(request.name) }
        return LeaseService.reply(request.fence, ttl)
    }

    private static func bounded(_ milliseconds: UInt32) -> UInt32 {
        milliseconds == 0 ? ttl.usual : min(max(milliseconds, ttl.least), ttl.most)
    }

    private static func reply(_ fence: UInt64, _ milliseconds: UInt32) -> HostV1.LeaseReply {
        .with {
            $0.fence = fence
            $0.ttlMilliseconds = milliseconds
        }
    }

    private static func lost(_ name: String) -> Failure {
        Failure(
            .failedPrecondition, "the lease \(name) is no longer this process's",
            hint: "write no more; take it anew", reason: "LEASE_LOST")
    }
}
