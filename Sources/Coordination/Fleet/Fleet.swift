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
    /// What workers of other machines are shown.
    var remote = RemoteCredentials()
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
    private(set) var machine: FleetMachine
    var members: [String: FleetMember] = [:]
    var attributes = FleetAttributes()
    let arrivals = RemoteArrivals()
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
        case .spawn(let number): spawn(id, number)
        case .configure(let number): configure(id, number)
        case .open(let number): open(id, number)
        case .close(let number): close(id, number)
        case .cancelCalls:
            let isLost = members[id]?.isLost ?? true
            router.routes[id]?.abortAll(isLost ? .workerLost(id) : .drained(id))
        case .shutdown(let number): shutDown(id, number)
        case .terminate(let number): end(id, number, Fleet.terminateSignal)
        case .kill(let number): end(id, number, Fleet.killSignal)
        case .changed(let state, let reason): changed(id, state, reason)
        }
    }

    private static let terminateSignal: Int32 = 15
    private static let killSignal: Int32 = 9

    private func end(_ id: String, _ number: Int, _ signal: Int32) {
        guard members[id]?.manifest?.remote == nil else { return hangUp(id, number) }
        members[id]?.child?.signal(signal)
    }

    private func open(_ id: String, _ number: Int) {
        guard let link = members[id]?.link else { return }
        router.routes[id] = WorkerRoute(plugin: id, link: link) { [self] failed in
            members[id]?.calls += 1
            if failed { members[id]?.failedCalls += 1 }
        }
        router.table.set(.open(incarnation: number), of: id)
    }

    private func close(_ id: String, _ number: Int) {
        router.table.set(.closed(.draining, reason: ""), of: id)
        router.routes[id]?.onIdle { [self] in feed(id, .idle(number)) }
    }

    private func changed(_ id: String, _ state: PluginState, _ reason: String) {
        if state != .ready { router.table.set(.closed(state, reason: reason), of: id) }
        let number = machine.plugins[id]?.incarnation ?? 0
        let member = members[id]
        let why = reason.isEmpty ? "" : ": \(reason)"
        let isBad = [.invalid, .backoff, .quarantined].contains(state)
        var speaker: Logger.Metadata = ["plugin": "\(id)"]
        if let child = member?.child { speaker["pid"] = "\(child.processID)" }
        log.log(
            level: isBad ? .warning : .info, "\(state.rawValue)\(why)", metadata: speaker)
        let exit = member?.lastExit
        journal.append(
            PluginEvent(
                atMilliseconds: WallClock.milliseconds(), plugin: id, state: state.rawValue,
                reason: reason, pid: member?.child?.processID ?? 0, incarnation: number,
                lastLines: isBad && exit?.incarnation == number ? exit?.lastLines ?? [] : []))
    }

    // MARK: Waiting

    /// Calls back when the plugin is READY or has failed, or the fleet stops.
    func whenSettled(_ id: String, _ body: @escaping () -> Void) {
        settledWaiters[id, default: []].append(body)
        tellSettled()
    }

    private func tellSettled() {
        for (id, waiters) in settledWaiters {
            let plugin = machine.plugins[id]
            switch plugin?.state {
            case .ready, .invalid, .backoff, .quarantined, .disabled, nil: break
            default: if plugin?.isFinal == false { continue }
            }
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
