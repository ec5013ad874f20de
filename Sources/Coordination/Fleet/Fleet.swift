import Logging
import Transport
import Wire

/// Everything that a fleet is given at the start.
struct FleetSetting: Sendable {
    var limits: SupervisionLimits
    /// Settings that each worker gets when it declares them: `store`, `law_book`, `spool`.
    var shared: [String: String]
    /// Working folder of the workers.
    var directory: String
    /// Environment that passes through to every worker.
    var environment: [String: String]
    var software: String
    /// Version of the store's schema; 0 when there is no store.
    var storeSchema: UInt32
    /// Gives the numbers of leases; nil when there is no store.
    var fences: (any FenceSource)?
    /// What workers of other machines are shown.
    var remote = RemoteCredentials()
    /// Reads the whole configuration again, for a reload.
    var sources: ConfigurationSources?
}

/// Feeds the machine of the plugins with what happens, and does what it says. Lives on the loop.
final class Fleet: @unchecked Sendable {
    // Unchecked: its variables are touched on `loop` only.
    let loop: Loop
    let setting: FleetSetting
    let router: Router
    let locks: WorkerLocks
    let journal: JournalWriter
    let log: Logger
    var machine: FleetMachine
    var members: [String: FleetMember] = [:]
    var attributes = FleetAttributes()
    var leases = LeaseTable()
    /// Workers of other machines that wait to be taken in.
    let arrivals = RemoteArrivals()
    /// Number of the configuration that holds; each reload that is applied raises it.
    var generation: UInt64 = 1
    var isReloading = false
    /// Why the last replacement of a plugin's processes failed.
    var lastRolloutFailure: [String: String] = [:]
    private let start = Loop.now
    private var pending: [FleetInput] = []
    private var isFeeding = false
    private var timer: LoopTimer?
    private var settledWaiters: [String: [() -> Void]] = [:]
    private var finishedWaiter: (([String]) -> Void)?
    private var leftBehind: [String]?

    init(
        members: [FleetMember], machine: FleetMachine, setting: FleetSetting, router: Router,
        locks: WorkerLocks, journal: JournalWriter, log: Logger, loop: Loop = .shared
    ) {
        self.machine = machine
        self.setting = setting
        self.router = router
        self.locks = locks
        self.journal = journal
        self.log = log
        self.loop = loop
        router.isComing = { [unowned self] in self.machine.plugins[$0]?.isComing ?? false }
        router.access.mayImpersonate = { [unowned self] in
            self.members[$0]?.manifest?.grants.contains(.impersonate) ?? false
        }
        router.access.runsAsOwner = { [unowned self] in
            self.members[$0]?.manifest?.runsAsOwner ?? false
        }
        for member in members {
            self.members[member.id] = member
            guard let plugin = machine.plugins[member.id] else { continue }
            router.table.set(.closed(plugin.state, reason: plugin.reason), of: member.id)
        }
    }

    var now: Moment { Moment(sinceStart: start.duration(to: Loop.now)) }

    // MARK: Inputs

    /// Takes an input; effects are done before this returns, or by the call that is under way.
    func feed(_ input: FleetInput) {
        pending.append(input)
        guard !isFeeding else { return }
        isFeeding = true
        while !pending.isEmpty {
            let next = pending.removeFirst()
            for effect in machine.apply(next, at: now) { perform(effect) }
        }
        isFeeding = false
        setTimer()
        tellSettled()
    }

    func feed(_ id: String, _ input: PluginInput) { feed(.plugin(id, input)) }

    private func setTimer() {
        timer?.cancel()
        timer = nil
        guard let deadline = machine.deadline else { return }
        let delay = max(.zero, deadline - now) + .milliseconds(1)
        timer = loop.schedule(after: delay) { [self] in feed(.tick) }
    }

    // MARK: Effects

    private func perform(_ effect: FleetEffect) {
        switch effect {
        case .plugin(let id, let effect): perform(effect, on: id)
        case .finished(let left):
            leftBehind = left
            finishedWaiter?(left)
            finishedWaiter = nil
        }
    }

    private func perform(_ effect: PluginEffect, on id: String) {
        switch effect {
        case .spawn(let number, let next): spawn(id, number, next: next)
        case .configure(let number): configure(id, number)
        case .open(let number): open(id, number)
        case .close(let number): close(id, number)
        case .pause(let number): pause(id, number)
        case .cancelCalls(let number): cancelCalls(id, number)
        case .shutdown(let number): shutDown(id, number)
        case .terminate(let number): signal(id, number, Fleet.terminateSignal)
        case .kill(let number): signal(id, number, Fleet.killSignal)
        case .rolledOut:
            if let candidate = members[id]?.candidate { members[id]?.manifest = candidate }
            members[id]?.candidate = nil
        case .rolloutFailed(let reason): rolloutFailed(id, reason)
        case .instanceChanged(let place, let number, let state, let reason):
            let instance = InstanceID(plugin: id, number: place)
            record(id, "\(state.rawValue)", reason, instance: instance, number, isBad(state))
        case .changed(let state, let reason): changed(id, state, reason)
        }
    }

    private static let terminateSignal: Int32 = 15
    private static let killSignal: Int32 = 9

    private func rolloutFailed(_ id: String, _ reason: String) {
        let tried = members[id]?.candidate
        members[id]?.candidate = nil
        if tried != nil, let held = members[id]?.manifest {
            feed(id, reshaping(held, fresh: false))
        }
        lastRolloutFailure[id] = reason
        record(
            id, "REPLACEMENT_FAILED", "\(reason); what served before goes on",
            instance: nil, machine.plugins[id]?.incarnation ?? 0, true)
    }

    private func changed(_ id: String, _ state: PluginState, _ reason: String) {
        if state != .ready { router.table.set(.closed(state, reason: reason), of: id) }
        record(
            id, state.rawValue, reason, instance: nil, machine.plugins[id]?.incarnation ?? 0,
            isBad(state))
    }

    private func isBad(_ state: PluginState) -> Bool {
        [.invalid, .backoff, .quarantined, .degraded].contains(state)
    }

    /// An event for the log and the journal.
    func record(
        _ id: String, _ event: String, _ reason: String, instance: InstanceID?, _ number: Int,
        _ isBad: Bool, exit: PluginExit? = nil
    ) {
        let member = members[id]
        let pid = (member?.processes[number] ?? member?.newest)?.child?.processID
        var speaker: Logger.Metadata = ["plugin": "\(id)"]
        if let pid { speaker["pid"] = "\(pid)" }
        let place = instance.map { "\($0) " } ?? ""
        log.log(
            level: isBad ? .warning : .info,
            "\(place)\(event)\(reason.isEmpty ? "" : ": \(reason)")", metadata: speaker)
        journal.append(
            PluginEvent(
                atMilliseconds: WallClock.milliseconds(), plugin: id, state: event,
                reason: instance.map { reason.isEmpty ? "\($0)" : "\($0): \(reason)" } ?? reason,
                pid: pid ?? 0, incarnation: number, exit: exit))
    }

    // MARK: Waiting

    /// Calls back when all that was ordered for the plugin is done or has failed, or the fleet stops.
    func whenSettled(_ id: String, _ body: @escaping () -> Void) {
        settledWaiters[id, default: []].append(body)
        tellSettled()
    }

    private func tellSettled() {
        for (id, waiters) in settledWaiters {
            let plugin = machine.plugins[id]
            if let plugin, !plugin.isSettled, !plugin.isFinal { continue }
            settledWaiters[id] = nil
            for waiter in waiters { waiter() }
        }
    }

    /// Waits until nothing runs any more; gives the plugins whose process could not be ended.
    func finished() async -> [String] {
        await withCheckedContinuation { continuation in
            loop.execute { [self] in
                if let leftBehind {
                    continuation.resume(returning: leftBehind)
                } else {
                    finishedWaiter = { continuation.resume(returning: $0) }
                }
            }
        }
    }
}
