/// Who may do alone what must not be done twice, by the monotonic clock: a lease that is not renewed in
/// time is free again.
struct LeaseTable: Sendable {
    private struct Lease: Sendable {
        var holder: String
        var until: Moment
        /// nil while the store is asked for it.
        var fence: Int64?
    }

    enum Answer: Sendable, Equatable {
        /// It is set aside for the holder until the fence is noted.
        case free
        case held(by: String, stillFor: Duration)
    }

    private var leases: [String: Lease] = [:]

    /// Sets a lease aside for `holder`, unless another has it. Whoever has it may take it anew, with
    /// another fence.
    mutating func take(
        _ name: String, by holder: String, for ttl: Duration, at now: Moment
    ) -> Answer {
        if let lease = leases[name], lease.until > now, lease.holder != holder {
            return .held(by: lease.holder, stillFor: lease.until - now)
        }
        leases[name] = Lease(holder: holder, until: now + ttl, fence: nil)
        return .free
    }

    /// The fence came; false when the lease is another's by now.
    mutating func note(_ fence: Int64, of name: String, by holder: String) -> Bool {
        guard leases[name]?.holder == holder else { return false }
        leases[name]?.fence = fence
        return true
    }

    /// Holds the lease longer; false when it is no longer the holder's under this fence.
    mutating func renew(
        _ name: String, by holder: String, fence: Int64, for ttl: Duration, at now: Moment
    ) -> Bool {
        guard let lease = leases[name], lease.holder == holder, lease.fence == fence,
            lease.until > now
        else { return false }
        leases[name]?.until = now + ttl
        return true
    }

    /// The lease is free at once; nothing happens when it is another's.
    mutating func release(_ name: String, by holder: String, fence: Int64) {
        guard let lease = leases[name], lease.holder == holder, lease.fence == fence else { return }
        leases[name] = nil
    }

    /// A process ended: all that it held is free.
    mutating func releaseAll(of holder: String) {
        leases = leases.filter { $0.value.holder != holder }
    }

    /// Who has a lease now.
    func holder(of name: String, at now: Moment) -> String? {
        leases[name].flatMap { $0.until > now ? $0.holder : nil }
    }
}
