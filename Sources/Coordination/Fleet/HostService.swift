import Logging
import Transport
import Wire

/// `caodiem.host.v1.Host` as one worker process sees it.
struct HostService: Sendable {
    let fleet: Fleet
    let plugin: String
    let incarnation: Int

    func table() -> ServiceTable {
        var table = ServiceTable()
        table.registerImmediate(HostV1.Host.beat) { request, _ in
            take(request)
            return HostV1.BeatReply()
        }
        table.registerClientStreaming(HostV1.Host.log) { requests, _ in
            try await keep(requests)
        }
        table.registerImmediate(HostV1.Host.signIn) { (request, _) throws(Failure) in
            try signIn(request)
        }
        table.registerImmediate(HostV1.Host.signOut) { request, _ in
            fleet.router.access.signOut(request.session, plugin: plugin)
            return HostV1.SignOutReply()
        }
        table.merge(
            LeaseService(fleet: fleet, plugin: plugin, incarnation: incarnation).table())
        return table
    }

    /// On the loop.
    private func take(_ beat: HostV1.BeatRequest) {
        fleet.members[plugin]?.processes[incarnation]?.lastBeat = WorkerProcess.Beat(
            at: fleet.now, loopLagMicroseconds: beat.loopLagMicroseconds,
            poolLagMicroseconds: beat.poolLagMicroseconds, queueDepth: beat.queueDepth,
            stuckCalls: beat.stuckCalls)
        fleet.feed(
            plugin,
            beat.stuckCalls > 0
                ? .stuck(incarnation, calls: Int(beat.stuckCalls)) : .beat(incarnation))
    }

    /// On the loop.
    private func signIn(_ request: HostV1.SignInRequest) throws(Failure) -> HostV1.SignInReply {
        let desk = fleet.router.access
        guard desk.mayImpersonate(plugin) else {
            throw Failure.mayNotImpersonate("plugin:\(plugin)")
        }
        let (session, caller) = try desk.signIn(request.token, plugin: plugin)
        return .with {
            $0.session = session
            $0.principal = caller.principal
            $0.roles = caller.roles.map(\.rawValue)
            $0.units = caller.grants.flatMap(\.right.scope.units)
            $0.province = caller.grants.contains { $0.right.scope == .province }
            $0.expiresAtMs = caller.expiresAt ?? 0
        }
    }

    private func keep(
        _ entries: RequestStream<HostV1.LogEntry>
    ) async throws(Failure) -> HostV1.LogReply {
        let source = await fleet.loop.run { [fleet] in
            (fleet.members[plugin]?.log, fleet.members[plugin]?.processes[incarnation])
        }
        guard let log = source.0, let process = source.1 else {
            throw Failure(.unavailable, "the coordinator keeps no log of this process any more")
        }
        let pid = process.child?.processID ?? 0
        var allowance = LogAllowance(perSecond: fleet.setting.limits.logEntriesPerSecond)
        var reply = HostV1.LogReply()
        while let entry = try await entries.next() {
            guard allowance.take(at: fleet.now) else {
                reply.dropped += 1
                continue
            }
            reply.kept += 1
            log.take(
                entry, pid: pid, atLeast: process.manifest.logLevel, tail: process.tail)
        }
        if reply.dropped > 0 { log.dropped(reply.dropped, pid: pid) }
        return reply
    }
}

/// Entries of one stream by the second; what is above is dropped and counted.
struct LogAllowance: Sendable {
    let perSecond: Int
    private var second = Int64.min
    private var used = 0

    init(perSecond: Int) { self.perSecond = perSecond }

    mutating func take(at now: Moment) -> Bool {
        let current = now.sinceStart.components.seconds
        if current != second { (second, used) = (current, 0) }
        used += 1
        return used <= perSecond
    }
}
