@testable import Coordination

/// A fleet of imagined processes: obeys effects late, early or not at all, as the seed decides, and
/// notes every rule that the machines break.
struct SimulatedFleet {
    /// A process as the world sees it.
    struct Process {
        var isLiving = false
        var isFrozen = false
        var promisesBeats = false
        var hasHealth = false
        /// When the coordinator last had a sign of life, or opened it.
        var lastSign = Moment.start
    }

    struct Key: Hashable {
        var plugin: String
        var number: Int
    }

    var machine: FleetMachine
    var random: SeededRandom
    var now = Moment.start
    /// Spawned and not reaped.
    var processes: [Key: Process] = [:]
    /// Where calls may go.
    var open: Set<Key> = []
    var restartTimes: [Moment] = []
    var isFinished = false
    var faults: [String] = []
    let ids: [String]
    let limits = SupervisionLimits()

    static let shapes: [(String, PluginShape)] = [
        ("auction", PluginShape(instances: 2)),
        ("casework", PluginShape(isSingleton: true)),
        ("emulation", PluginShape(dependsOn: ["scoring", "casework"])),
        ("ingestion", PluginShape(policy: .transient, dependsOn: ["casework"])),
        ("scoring", PluginShape(instances: 3)),
    ]

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        ids = SimulatedFleet.shapes.map(\.0)
        machine = FleetMachine(
            SimulatedFleet.shapes.enumerated().map { index, entry in
                let machine = PluginMachine(
                    limits: SupervisionLimits(), seed: seed &+ UInt64(index), shape: entry.1,
                    disabled: index == 0 && seed % 7 == 0 ? "by a test" : nil)
                return (entry.0, machine)
            }, limits: SupervisionLimits())
    }

    // MARK: Effects

    mutating func send(_ input: FleetInput) {
        let granted = machine.restartsGranted
        for effect in machine.apply(input, at: now) {
            switch effect {
            case .plugin(let id, let effect): obey(effect, id)
            case .finished(let left):
                isFinished = true
                if !left.isEmpty { faults.append("left behind: \(left)") }
            }
        }
        for _ in granted..<machine.restartsGranted { restartTimes.append(now) }
        check()
    }

    private mutating func obey(_ effect: PluginEffect, _ id: String) {
        switch effect {
        case .spawn(let number, _): spawn(Key(plugin: id, number: number))
        case .open(let number): opened(Key(plugin: id, number: number))
        case .close(let number), .pause(let number):
            open.remove(Key(plugin: id, number: number))
        case .changed(.backoff, _), .instanceChanged(_, _, .backoff, _): checkBackoff(id)
        default: break
        }
    }

    private mutating func spawn(_ key: Key) {
        if processes[key] != nil { faults.append("\(key): spawned twice") }
        let others = processes.keys.filter { $0.plugin == key.plugin }
        let plugin = machine.plugins[key.plugin]
        if plugin?.shape.isSingleton == true, !others.isEmpty {
            faults.append("\(key): a second process of a singleton beside \(others)")
        }
        for other in others where plugin?.instance(of: other.number) == nil {
            faults.append("\(key): \(other) lives and nobody looks after it")
        }
        for need in plugin?.shape.dependsOn ?? [] where machine.plugins[need]?.isServing != true {
            faults.append("\(key): started while \(need) does not serve")
        }
        processes[key] = Process(
            promisesBeats: Bool.random(using: &random), hasHealth: Bool.random(using: &random))
    }

    private mutating func opened(_ key: Key) {
        if processes[key]?.isLiving != true {
            faults.append("\(key): opened while it does not live")
        }
        open.insert(key)
        processes[key]?.lastSign = now
    }

    // MARK: Rules

    private mutating func check() {
        let starting = machine.plugins.values.map(\.starting).reduce(0, +)
        if starting > limits.concurrentStarts { faults.append("\(starting) starts at once") }
        for key in open {
            let plugin = machine.plugins[key.plugin]
            let place = plugin?.instance(of: key.number)
            let state = place.flatMap { plugin?.instances[$0]?.state }
            if state != .ready { faults.append("\(key): takes calls, but is \(state as Any)") }
        }
        for (id, plugin) in machine.plugins {
            checkCount(id, plugin)
            let isOpen = open.contains { $0.plugin == id }
            if plugin.state == .ready, !isOpen { faults.append("\(id): READY without a way") }
        }
        checkSilence()
    }

    private mutating func checkCount(_ id: String, _ plugin: PluginMachine) {
        let staying = plugin.instances.values.filter { !$0.isLeaving }.count
        // When all shall end, it no longer matters which of them were being replaced.
        if !plugin.isFinal, staying > plugin.shape.instances + 1 {
            faults.append("\(id): \(staying) places")
        }
        let lost = processes.keys.filter { key in
            key.plugin == id && plugin.instance(of: key.number) == nil
        }
        if !lost.isEmpty { faults.append("\(id): nobody reaps \(lost)") }
        if !plugin.isFinal, plugin.rest == nil, plugin.instances.isEmpty {
            faults.append("\(id): no place is left")
        }
    }

    private mutating func checkSilence() {
        for key in open {
            guard let process = processes[key], process.promisesBeats else { continue }
            let silence = now - process.lastSign
            if silence > limits.beatInterval * limits.lateBeatsAllowed {
                faults.append("\(key): takes calls after \(silence) of silence")
            }
        }
    }

    private mutating func checkBackoff(_ id: String) {
        for instance in machine.plugins[id]?.instances.values.map({ $0 }) ?? [] {
            guard case .backoff(let until) = instance.phase else { continue }
            if until - now > limits.backoffCap { faults.append("\(id): backoff \(until - now)") }
            if instance.failures.count > limits.failuresAllowed {
                faults.append("\(id): \(instance.failures.count) failures and no quarantine")
            }
        }
    }

    /// No more restarts than the bucket holds, in any stretch of time.
    mutating func checkRestartRate() {
        for first in restartTimes.indices {
            for last in restartTimes.indices where last > first {
                let span = restartTimes[last] - restartTimes[first]
                let seconds = Int(span.components.seconds)
                if last - first + 1 > limits.restartBurst + seconds + 1 {
                    faults.append("\(last - first + 1) restarts within \(span)")
                    return
                }
            }
        }
    }
}

/// What happens in the world.
extension SimulatedFleet {
    mutating func randomStep() {
        let id = ids[Int.random(in: 0..<ids.count, using: &random)]
        switch Int.random(in: 0..<24, using: &random) {
        case 0, 1, 2: passTime()
        case 3, 4, 5, 6: bringUp(id)
        case 7: die(id)
        case 8: tellOfOne(id) { .linkLost($0, reason: "end of file") }
        case 9, 10: tellOfOne(id) { .idle($0) }
        case 11: send(.plugin(id, .order(order(), by: "uid:0")))
        case 12: tellOfOne(id) { .refused($0, reason: "law_book differs") }
        case 13: tellOfOne(id) { .startFailed($0, reason: "call failed") }
        case 14, 15, 16, 17: advance(id)
        case 18: stale(id)
        case 19, 20: beat(id)
        case 21:
            let serving = Int.random(in: 0..<3, using: &random) > 0
            tellOfOne(id) { .health($0, serving: serving) }
        case 22: tellOfOne(id) { .noted($0, extendBy: .seconds(20)) }
        default: send(.tick)
        }
    }

    private mutating func order() -> OperatorOrder {
        let all = OperatorOrder.allCases + [.restart, .restart, .enable, .start]
        return all[Int.random(in: 0..<all.count, using: &random)]
    }

    mutating func passTime() {
        let step = Duration.milliseconds(Int.random(in: 0..<3000, using: &random))
        // Like the real timer: never later than the next deadline.
        if let deadline = machine.deadline, deadline < now + step {
            now = max(now, deadline)
        } else {
            now = now + step
        }
        send(.tick)
    }

    private mutating func one(_ id: String) -> Key? {
        let keys = processes.keys.filter { $0.plugin == id }.sorted { $0.number < $1.number }
        return keys.isEmpty ? nil : keys[Int.random(in: 0..<keys.count, using: &random)]
    }

    private mutating func tellOfOne(_ id: String, _ input: (Int) -> PluginInput) {
        guard let key = one(id), processes[key]?.isLiving == true else { return }
        send(.plugin(id, input(key.number)))
    }

    /// Late news of processes that are long reaped.
    private mutating func stale(_ id: String) {
        let newest = machine.plugins[id]?.incarnation ?? 0
        let number = Int.random(in: 0...newest, using: &random)
        guard processes[Key(plugin: id, number: number)] == nil else { return }
        for input: PluginInput in [
            .exited(number, .code(1)), .linkLost(number, reason: "late"), .idle(number),
            .beat(number), .configured(number),
        ] { send(.plugin(id, input)) }
    }

    mutating func bringUp(_ id: String) {
        guard let key = one(id), processes[key]?.isLiving == false else { return }
        if Int.random(in: 0..<8, using: &random) == 0 {
            processes[key] = nil
            let permanent = Bool.random(using: &random)
            send(.plugin(id, .spawnFailed(key.number, reason: "EAGAIN", permanent: permanent)))
        } else {
            processes[key]?.isLiving = true
            send(.plugin(id, .spawned(key.number)))
        }
    }

    mutating func advance(_ id: String) {
        guard let key = one(id), let process = processes[key], process.isLiving else { return }
        send(.plugin(id, .greeted(key.number)))
        if process.promisesBeats { send(.plugin(id, .promisedBeats(key.number))) }
        if process.hasHealth { send(.plugin(id, .promisedHealth(key.number))) }
        send(.plugin(id, .configured(key.number)))
        if process.hasHealth { send(.plugin(id, .health(key.number, serving: true))) }
    }

    mutating func beat(_ id: String) {
        guard let key = one(id), processes[key]?.isLiving == true else { return }
        processes[key]?.lastSign = now
        send(.plugin(id, .beat(key.number)))
    }

    mutating func die(_ id: String) {
        guard let key = one(id), processes[key]?.isLiving == true else { return }
        reap(key, [.code(0), .code(1), .code(1), .code(78), .signal(11)])
    }

    mutating func reap(_ key: Key, _ ends: [ProcessEnd]) {
        processes[key] = nil
        // The way is closed by the effects of this very input.
        let end = ends[Int.random(in: 0..<ends.count, using: &random)]
        send(.plugin(key.plugin, .exited(key.number, end)))
    }

    /// Stops the fleet; every process obeys SIGKILL, and nothing milder.
    mutating func stop() {
        send(.stop)
        let asked = now
        if Bool.random(using: &random) { send(.hurry) }
        for _ in 0..<400 where !isFinished {
            for key in processes.keys where processes[key]?.isLiving == false {
                processes[key]?.isLiving = true
                send(.plugin(key.plugin, .spawned(key.number)))
            }
            if let deadline = machine.deadline { now = max(now, deadline) }
            let effects = machine.apply(.tick, at: now)
            // All effects of one input are obeyed before the next input comes.
            for case .plugin(let id, let effect) in effects { obey(effect, id) }
            for effect in effects {
                if case .plugin(let id, .kill(let number)) = effect,
                    processes[Key(plugin: id, number: number)] != nil
                {
                    reap(Key(plugin: id, number: number), [.signal(9)])
                }
                if case .finished(let left) = effect {
                    isFinished = true
                    for id in left { faults.append("\(id): \(machine.plugins[id] as Any)") }
                }
            }
        }
        if !isFinished { faults.append("the fleet never stopped") }
        if now - asked > .seconds(30) { faults.append("stopping took \(now - asked)") }
        if !processes.isEmpty { faults.append("left behind: \(processes.keys)") }
    }
}
