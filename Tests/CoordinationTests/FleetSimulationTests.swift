import Testing

@testable import Coordination

/// A fleet of imagined processes: obeys effects late, early or not at all, as the seed decides.
struct SimulatedFleet {
    var machine: FleetMachine
    var random: SeededRandom
    var now = Moment.start
    var living: [String: Int] = [:]
    var spawning: [String: Int] = [:]
    var isFinished = false
    var faults: [String] = []
    let ids: [String]
    let limits = SupervisionLimits()

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        ids = ["auction", "casework", "emulation", "ingestion", "scoring"]
        machine = FleetMachine(
            ids.enumerated().map { index, id in
                let machine = PluginMachine(
                    limits: SupervisionLimits(), seed: seed &+ UInt64(index),
                    disabled: index == 2 && seed % 7 == 0)
                return (id, machine)
            }, limits: SupervisionLimits())
    }

    mutating func send(_ input: FleetInput) {
        for effect in machine.apply(input, at: now) {
            switch effect {
            case .plugin(let id, .spawn(let number)): spawn(id, number)
            case .plugin(let id, .changed(.backoff, _)): checkBackoff(id)
            case .finished: isFinished = true
            default: break
            }
        }
        if machine.plugins.values.count(where: \.isStarting) > limits.concurrentStarts {
            faults.append("more starts at once than allowed")
        }
    }

    private mutating func spawn(_ id: String, _ number: Int) {
        if let older = living[id] ?? spawning[id] {
            faults.append("\(id): process \(number) asked for while \(older) lives")
        }
        spawning[id] = number
    }

    private mutating func checkBackoff(_ id: String) {
        guard case .backoff(let until)? = machine.plugins[id]?.phase else {
            faults.append("\(id): BACKOFF without an end")
            return
        }
        let delay = until - now
        if delay < .milliseconds(200) || delay > limits.backoffCap {
            faults.append("\(id): backoff of \(delay)")
        }
        if let failures = machine.plugins[id]?.failures.count, failures > limits.failuresAllowed {
            faults.append("\(id): \(failures) failures and no quarantine")
        }
    }

    mutating func randomStep() {
        let id = ids[Int.random(in: 0..<ids.count, using: &random)]
        let number = machine.plugins[id]?.incarnation ?? 0
        let stale = Bool.random(using: &random) ? number : max(0, number - 1)
        switch Int.random(in: 0..<16, using: &random) {
        case 0, 1, 2: passTime()
        case 3, 4, 5: bringUp(id)
        case 6: die(id)
        case 7: send(.plugin(id, .linkLost(stale, reason: "end of file")))
        case 8: send(.plugin(id, .idle(stale)))
        case 9: send(.plugin(id, .restart))
        case 10: send(.plugin(id, .refused(stale, reason: "law_book differs")))
        case 11: send(.plugin(id, .startFailed(stale, reason: "call failed")))
        case 12, 13: advance(id)
        case 14: send(.plugin(id, .exited(max(0, number - 1), .code(1))))
        default: send(.tick)
        }
    }

    mutating func passTime() {
        if Bool.random(using: &random), let deadline = machine.deadline {
            now = max(now, deadline)
        } else {
            now = now + .milliseconds(Int.random(in: 0..<3000, using: &random))
        }
        send(.tick)
    }

    mutating func bringUp(_ id: String) {
        guard let number = spawning.removeValue(forKey: id) else { return }
        if Int.random(in: 0..<8, using: &random) == 0 {
            let permanent = Bool.random(using: &random)
            send(.plugin(id, .spawnFailed(number, reason: "EAGAIN", permanent: permanent)))
        } else {
            living[id] = number
            send(.plugin(id, .spawned(number)))
        }
    }

    mutating func advance(_ id: String) {
        guard let number = living[id] else { return }
        send(.plugin(id, .greeted(number)))
        send(.plugin(id, .configured(number)))
    }

    mutating func die(_ id: String) {
        guard let number = living.removeValue(forKey: id) else { return }
        let ends: [ProcessEnd] = [.code(0), .code(1), .code(1), .code(78), .signal(11)]
        let end = ends[Int.random(in: 0..<ends.count, using: &random)]
        send(.plugin(id, .exited(number, end)))
    }

    /// Stops the fleet; every process obeys SIGKILL, and nothing milder.
    mutating func stop() {
        send(.stop)
        let asked = now
        if Bool.random(using: &random) { send(.hurry) }
        for _ in 0..<200 where !isFinished {
            for id in ids { bringUp(id) }
            for effect in deadlineEffects() {
                if case .plugin(let id, .kill(let number)) = effect, living[id] == number {
                    living[id] = nil
                    send(.plugin(id, .exited(number, .signal(9))))
                }
                if case .finished = effect { isFinished = true }
            }
        }
        if !isFinished { faults.append("the fleet never stopped") }
        if now - asked > .seconds(30) { faults.append("stopping took \(now - asked)") }
        if !living.isEmpty { faults.append("left behind: \(living)") }
    }

    private mutating func deadlineEffects() -> [FleetEffect] {
        guard let deadline = machine.deadline else { return machine.apply(.tick, at: now) }
        now = max(now, deadline)
        return machine.apply(.tick, at: now)
    }
}

struct FleetSimulationTests {
    @Test func tenThousandRandomHistoriesKeepTheRules() {
        for seed in UInt64(1)...10_000 {
            var fleet = SimulatedFleet(seed: seed)
            fleet.send(.begin)
            for _ in 0..<60 { fleet.randomStep() }
            fleet.stop()
            if !fleet.faults.isEmpty {
                Issue.record("seed \(seed): \(fleet.faults.joined(separator: "; "))")
                return
            }
        }
    }

    @Test func startsAreSharedOutAndStopsGoBackwards() {
        var fleet = SimulatedFleet(seed: 1)
        fleet.send(.begin)
        #expect(fleet.spawning.keys.sorted() == ["auction", "casework"])
        for id in fleet.ids {
            fleet.living[id] = fleet.spawning.removeValue(forKey: id)
            fleet.send(.plugin(id, .spawned(1)))
            fleet.advance(id)
        }
        #expect(fleet.machine.plugins.values.allSatisfy { $0.state == .ready })
        let effects = fleet.machine.apply(.stop, at: fleet.now)
        let closed = effects.compactMap { effect in
            if case .plugin(let id, .close) = effect { id } else { nil }
        }
        #expect(closed == fleet.ids.reversed())
    }
}
