import Testing

@testable import Coordination

struct FleetSimulationTests {
    /// Rules of `SimulatedFleet`: never two of a singleton, no call to what is not READY, no process
    /// that nobody reaps, no start without its dependencies, no more starts and restarts than allowed,
    /// no silence that goes unnoticed, and an end within 30 s.
    @Test func thousandsOfRandomHistoriesKeepTheRules() {
        for seed in UInt64(1)...3000 {
            var fleet = SimulatedFleet(seed: seed)
            fleet.send(.begin)
            for _ in 0..<100 { fleet.randomStep() }
            fleet.checkRestartRate()
            fleet.stop()
            if !fleet.faults.isEmpty {
                Issue.record("seed \(seed): \(fleet.faults.prefix(5).joined(separator: "; "))")
                return
            }
        }
    }

    /// From any state a fleet whose processes behave comes back whole.
    @Test func whateverHappenedWellBehavedProcessesServeAgain() {
        for seed in UInt64(1)...200 {
            var fleet = SimulatedFleet(seed: seed)
            fleet.send(.begin)
            for _ in 0..<100 { fleet.randomStep() }
            for id in fleet.ids {
                fleet.send(.plugin(id, .order(.enable)))
                fleet.send(.plugin(id, .order(.start)))
                fleet.send(.plugin(id, .order(.reset)))
            }
            fleet.behaveUntilServing()
            let unwell = fleet.machine.plugins.filter { $0.value.state != .ready }
            if !unwell.isEmpty || !fleet.faults.isEmpty {
                let states = unwell.map { "\($0.key) \($0.value.state) \($0.value.reason)" }
                Issue.record("seed \(seed): \(states); \(fleet.faults.prefix(5))")
                return
            }
        }
    }

    @Test func startsAreSharedOutAndDependenciesComeFirst() {
        var fleet = SimulatedFleet(seed: 1)
        fleet.send(.begin)
        #expect(
            fleet.machine.order == ["auction", "casework", "scoring", "emulation", "ingestion"])
        #expect(fleet.processes.count == 2)
        #expect(
            fleet.machine.plugins["emulation"]?.reason
                == "waits for plugin scoring, which is STARTING")
        fleet.behaveUntilServing()
        #expect(fleet.machine.plugins.values.allSatisfy { $0.state == .ready })
        #expect(fleet.open.count == 2 + 1 + 1 + 1 + 3)
    }

    @Test func stoppingGoesBackwardsAndWaits() {
        var fleet = SimulatedFleet(seed: 1)
        fleet.send(.begin)
        fleet.behaveUntilServing()
        fleet.send(.stop)
        let leaving = Set(fleet.machine.plugins.filter { $0.value.isFinal }.keys)
        #expect(leaving == ["auction", "emulation", "ingestion"])
        fleet.end("emulation")
        #expect(fleet.machine.plugins["scoring"]?.isFinal == true)
        #expect(fleet.machine.plugins["casework"]?.isFinal == false)
        fleet.end("ingestion")
        #expect(fleet.machine.plugins["casework"]?.isFinal == true)
    }

    @Test func aLostDependencyTakesItsDependentsAlongAndBringsThemBack() {
        var fleet = SimulatedFleet(seed: 1)
        fleet.send(.begin)
        fleet.behaveUntilServing()
        let dependents = ["emulation", "ingestion"]
        let before = dependents.map { fleet.machine.plugins[$0]?.incarnation ?? 0 }
        fleet.die(all: "casework")
        #expect(dependents.allSatisfy { fleet.machine.plugins[$0]?.state == .draining })
        #expect(fleet.machine.plugins["auction"]?.state == .ready)
        fleet.behaveUntilServing()
        #expect(fleet.machine.plugins.values.allSatisfy { $0.state == .ready })
        let after = dependents.map { fleet.machine.plugins[$0]?.incarnation ?? 0 }
        #expect(zip(before, after).allSatisfy { $0 < $1 })
    }

    @Test func pluginsThatCrashTogetherComeBackOneASecond() {
        var fleet = SimulatedFleet(seed: 3)
        fleet.send(.begin)
        fleet.behaveUntilServing()
        for _ in 0..<3 {
            for id in ["auction", "casework", "scoring"] { fleet.die(all: id) }
            fleet.behaveUntilServing()
        }
        fleet.checkRestartRate()
        #expect(fleet.faults == [])
        #expect(fleet.restartTimes.count >= 18)
    }
}

extension SimulatedFleet {
    /// Every process does at once what is asked of it, beats, and ends when it is told to.
    mutating func behaveUntilServing() {
        for _ in 0..<4000 {
            let isDone = machine.plugins.values.allSatisfy { $0.state == .ready && $0.isSettled }
            if isDone { return }
            for key in processes.keys { behave(key) }
            guard let deadline = machine.deadline else { continue }
            let step = now + .milliseconds(100)
            now = max(now, min(deadline, step))
            send(.tick)
        }
    }

    private mutating func behave(_ key: Key) {
        guard let process = processes[key] else { return }
        guard process.isLiving else {
            processes[key]?.isLiving = true
            return send(.plugin(key.plugin, .spawned(key.number)))
        }
        guard let plugin = machine.plugins[key.plugin],
            let place = plugin.instance(of: key.number),
            let state = plugin.instances[place]?.state
        else { return }
        switch state {
        case .starting, .configuring: advance(key)
        case .draining: send(.plugin(key.plugin, .idle(key.number)))
        case .stopping: reap(key, [.code(0)])
        default:
            processes[key]?.lastSign = now
            send(.plugin(key.plugin, .beat(key.number)))
            if process.hasHealth { send(.plugin(key.plugin, .health(key.number, serving: true))) }
        }
    }

    private mutating func advance(_ key: Key) {
        guard let process = processes[key] else { return }
        send(.plugin(key.plugin, .greeted(key.number)))
        if process.promisesBeats { send(.plugin(key.plugin, .promisedBeats(key.number))) }
        if process.hasHealth { send(.plugin(key.plugin, .promisedHealth(key.number))) }
        send(.plugin(key.plugin, .configured(key.number)))
        if process.hasHealth { send(.plugin(key.plugin, .health(key.number, serving: true))) }
    }

    /// All processes of a plugin end as they were told to.
    mutating func end(_ id: String) {
        for key in processes.keys.sorted(by: { $0.number < $1.number }) where key.plugin == id {
            send(.plugin(id, .idle(key.number)))
            reap(key, [.code(0)])
        }
    }

    /// All processes of a plugin crash.
    mutating func die(all id: String) {
        for key in processes.keys.sorted(by: { $0.number < $1.number }) where key.plugin == id {
            reap(key, [.signal(11)])
        }
    }
}
