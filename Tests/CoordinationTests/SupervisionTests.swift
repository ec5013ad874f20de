import Testing

@testable import Coordination

/// One plugin under the hand of a test: time is a number, a process is a flag.
struct PluginUnderTest {
    var machine: PluginMachine
    var now = Moment.start

    init(_ limits: SupervisionLimits = SupervisionLimits(), shape: PluginShape = PluginShape()) {
        machine = PluginMachine(limits: limits, seed: 7, shape: shape)
    }

    /// Of the only instance.
    var phase: InstanceMachine.Phase? { machine.instances[1]?.phase }

    mutating func send(_ input: PluginInput, after delay: Duration = .zero) -> [PluginEffect] {
        now = now + delay
        return machine.apply(input, at: now)
    }

    /// From rest or backoff to READY.
    mutating func start() {
        _ = send(machine.incarnation == 0 ? .begin : .tick)
        _ = send(.slotGranted)
        let number = machine.incarnation
        _ = send(.spawned(number))
        _ = send(.greeted(number))
        _ = send(.configured(number))
    }

    /// The newest process comes up as far as READY.
    mutating func bringUp() {
        _ = send(.slotGranted)
        let number = machine.incarnation
        for input: PluginInput in [.spawned(number), .greeted(number), .configured(number)] {
            _ = send(input)
        }
    }

    mutating func passBackoff() {
        guard case .backoff(let until) = phase else { return }
        now = until
    }
}

struct SupervisionTests {
    @Test func aPluginComesUpStepByStep() {
        var plugin = PluginUnderTest()
        #expect(plugin.send(.begin) == [.changed(.starting, reason: "")])
        #expect(plugin.send(.slotGranted) == [.spawn(1, next: false)])
        #expect(plugin.send(.spawned(1)) == [])
        #expect(plugin.send(.greeted(1)) == [.configure(1), .changed(.configuring, reason: "")])
        #expect(plugin.send(.configured(1)) == [.open(1), .changed(.ready, reason: "")])
        #expect(plugin.machine.restarts == 0)
    }

    @Test func aCrashIsAnsweredByAGrowingDelay() {
        var plugin = PluginUnderTest()
        var delays: [Duration] = []
        for _ in 1...5 {
            plugin.start()
            let effects = plugin.send(.exited(plugin.machine.incarnation, .signal(9)))
            #expect(
                effects.last == .changed(.backoff, reason: "signal 9 (SIGKILL)"))
            guard case .backoff(let until) = plugin.phase else {
                Issue.record("no backoff after a crash: \(plugin.phase)")
                return
            }
            delays.append(until - plugin.now)
            plugin.passBackoff()
        }
        for (index, delay) in delays.enumerated() {
            let nominal = Duration.milliseconds(250 << index)
            #expect(delay >= nominal * 0.8 && delay <= nominal * 1.2)
        }
        #expect(Set(delays).count == 5)
    }

    @Test func theSixthFailureInAMinuteQuarantines() {
        var plugin = PluginUnderTest()
        for failure in 1...6 {
            plugin.start()
            _ = plugin.send(.exited(plugin.machine.incarnation, .code(1)))
            #expect(plugin.machine.state == (failure < 6 ? .backoff : .quarantined))
            plugin.passBackoff()
        }
        #expect(plugin.machine.reason == "6 failures in 60.0 seconds, the last: exit 1")
        // One trial after five minutes; it fails, so the next wait is longer.
        guard case .quarantined(let first) = plugin.phase else { return }
        #expect(first - plugin.now >= .seconds(240) && first - plugin.now <= .seconds(360))
        plugin.now = first
        plugin.start()
        _ = plugin.send(.exited(plugin.machine.incarnation, .code(1)))
        guard case .quarantined(let second) = plugin.phase else {
            Issue.record("a failed trial must lead back to quarantine")
            return
        }
        #expect(second - plugin.now >= .seconds(480))
    }

    @Test func aMinuteOfServiceForgivesFailures() {
        var plugin = PluginUnderTest()
        for _ in 1...4 {
            plugin.start()
            _ = plugin.send(.exited(plugin.machine.incarnation, .code(1)))
            plugin.passBackoff()
        }
        plugin.start()
        _ = plugin.send(.exited(plugin.machine.incarnation, .code(1)), after: .seconds(60))
        guard case .backoff(let until) = plugin.phase else {
            Issue.record("expected a backoff, found \(plugin.phase)")
            return
        }
        #expect(until - plugin.now <= .milliseconds(300))
    }

    @Test func exit78NeedsAPerson() {
        var plugin = PluginUnderTest()
        _ = plugin.send(.begin)
        _ = plugin.send(.slotGranted)
        _ = plugin.send(.spawned(1))
        _ = plugin.send(.linkLost(1, reason: "end of file before HELLO"))
        #expect(plugin.machine.state == .stopping)
        _ = plugin.send(.exited(1, .code(78)))
        #expect(plugin.machine.state == .invalid)
        #expect(plugin.machine.reason.hasPrefix("exit 78"))
        #expect(plugin.machine.deadline == nil)
        _ = plugin.send(.order(.restart))
        #expect(plugin.send(.slotGranted) == [.spawn(2, next: false)])
    }

    @Test func aSilentWorkerIsKilledAtTheDeadline() {
        var plugin = PluginUnderTest()
        _ = plugin.send(.begin)
        _ = plugin.send(.slotGranted)
        _ = plugin.send(.spawned(1))
        #expect(plugin.send(.tick, after: .seconds(4)) == [])
        #expect(plugin.send(.tick, after: .seconds(1)).first == .kill(1))
        // Not reaped yet: killed again, and no second process meanwhile.
        #expect(plugin.send(.tick, after: .seconds(1)).first == .kill(1))
        #expect(plugin.send(.slotGranted) == [])
        _ = plugin.send(.exited(1, .signal(9)))
        #expect(plugin.machine.state == .backoff)
        #expect(plugin.machine.reason == "no HELLO within 5.0 seconds")
    }

    @Test func aSingletonsRestartDrainsThenAsksThenInsists() {
        var plugin = PluginUnderTest(shape: PluginShape(isSingleton: true))
        plugin.start()
        #expect(
            plugin.send(.order(.restart)) == [
                .close(1), .rolledOut,
                .changed(.draining, reason: "restart asked for"),
            ])
        #expect(
            plugin.send(.tick, after: .seconds(30)) == [
                .cancelCalls(1), .shutdown(1), .changed(.stopping, reason: "restart asked for"),
            ])
        #expect(plugin.send(.tick, after: .seconds(5)) == [.terminate(1)])
        #expect(plugin.send(.tick, after: .seconds(5)) == [.kill(1)])
        _ = plugin.send(.exited(1, .signal(9)))
        #expect(plugin.send(.slotGranted) == [.spawn(2, next: false)])
        #expect(plugin.machine.restarts == 1)
    }

    @Test func anOrderToStopWaitsForTheProcessBeingMade() {
        var plugin = PluginUnderTest()
        _ = plugin.send(.begin)
        _ = plugin.send(.slotGranted)
        #expect(plugin.send(.stop) == [.changed(.stopping, reason: "the coordinator stops")])
        #expect(plugin.send(.spawned(1)) == [.shutdown(1)])
        _ = plugin.send(.exited(1, .code(0)))
        #expect(plugin.machine.isAtRest)
    }

    @Test func newsOfAnEarlierProcessChangesNothing() {
        var plugin = PluginUnderTest()
        plugin.start()
        _ = plugin.send(.exited(1, .code(1)))
        plugin.passBackoff()
        plugin.start()
        #expect(plugin.machine.incarnation == 2)
        #expect(plugin.send(.exited(1, .code(1))) == [])
        #expect(plugin.send(.linkLost(1, reason: "late")) == [])
        #expect(plugin.machine.state == .ready)
    }
}
