import Testing

@testable import Coordination

/// Beats, health, notes, policies, replacement and orders, each as a table of inputs and effects.
struct WatchTests {
    private func ready(
        _ shape: PluginShape = PluginShape(), beats: Bool = false, health: Bool = false
    ) -> PluginUnderTest {
        var plugin = PluginUnderTest(shape: shape)
        _ = plugin.send(.begin)
        for _ in 0..<shape.instances {
            _ = plugin.send(.slotGranted)
            let number = plugin.machine.incarnation
            _ = plugin.send(.spawned(number))
            _ = plugin.send(.greeted(number))
            if beats { _ = plugin.send(.promisedBeats(number)) }
            if health { _ = plugin.send(.promisedHealth(number)) }
            _ = plugin.send(.configured(number))
            if health { _ = plugin.send(.health(number, serving: true)) }
        }
        return plugin
    }

    @Test func theThirdLateBeatEndsTheProcess() {
        var plugin = ready(beats: true)
        #expect(plugin.send(.beat(1), after: .seconds(9)) == [])
        #expect(plugin.send(.tick, after: .seconds(9)) == [])
        #expect(
            plugin.send(.tick, after: .seconds(1)) == [
                .pause(1), .changed(.degraded, reason: "no beat within 10.0 seconds"),
            ])
        // One beat and all is well again.
        #expect(plugin.send(.beat(1)) == [.open(1), .changed(.ready, reason: "")])
        for _ in 0..<2 { _ = plugin.send(.tick, after: .seconds(10)) }
        #expect(plugin.machine.state == .degraded)
        #expect(
            plugin.send(.tick, after: .seconds(10)) == [
                .close(1), .cancelCalls(1), .kill(1),
                .changed(.stopping, reason: "no beat within 30.0 seconds"),
            ])
        _ = plugin.send(.exited(1, .signal(9)))
        #expect(plugin.machine.state == .backoff)
    }

    @Test func aBeatThatTellsOfStuckCallsIsLate() {
        var plugin = ready(beats: true)
        for _ in 0..<3 {
            _ = plugin.send(.stuck(1, calls: 2), after: .seconds(9))
            _ = plugin.send(.tick, after: .seconds(1))
        }
        #expect(plugin.machine.state == .stopping)
        #expect(plugin.machine.reason == "2 calls are stuck in their handlers")
    }

    @Test func whoNeverPromisedIsNotMissed() {
        var plugin = ready()
        #expect(plugin.machine.deadline == nil)
        #expect(plugin.send(.tick, after: .seconds(3600)) == [])
    }

    @Test func healthDecidesAboutReady() {
        var plugin = PluginUnderTest()
        _ = plugin.send(.begin)
        _ = plugin.send(.slotGranted)
        for input: PluginInput in [.spawned(1), .greeted(1), .promisedHealth(1), .configured(1)] {
            _ = plugin.send(input)
        }
        #expect(plugin.machine.state == .configuring)
        #expect(
            plugin.send(.health(1, serving: true), after: .seconds(20)) == [
                .open(1), .changed(.ready, reason: ""),
            ])
        #expect(
            plugin.send(.health(1, serving: false)) == [
                .pause(1), .changed(.degraded, reason: "health says NOT_SERVING"),
            ])
        #expect(
            plugin.send(.health(1, serving: true)) == [.open(1), .changed(.ready, reason: "")])
    }

    @Test func whoNeverSaysServingIsKilled() {
        var plugin = PluginUnderTest()
        _ = plugin.send(.begin)
        _ = plugin.send(.slotGranted)
        for input: PluginInput in [.spawned(1), .greeted(1), .promisedHealth(1), .configured(1)] {
            _ = plugin.send(input)
        }
        #expect(plugin.send(.tick, after: .seconds(29)) == [])
        #expect(plugin.send(.tick, after: .seconds(1)).first == .kill(1))
        #expect(plugin.machine.reason == "configured, but not SERVING within 30.0 seconds")
    }

    @Test func aNoteExtendsAStartButNotForEver() {
        var plugin = PluginUnderTest()
        _ = plugin.send(.begin)
        _ = plugin.send(.slotGranted)
        _ = plugin.send(.spawned(1))
        _ = plugin.send(.noted(1, extendBy: .seconds(30)), after: .seconds(4))
        _ = plugin.send(.greeted(1), after: .seconds(20))
        for _ in 0..<9 {
            #expect(plugin.send(.tick, after: .seconds(9)) == [])
            _ = plugin.send(.noted(1, extendBy: .seconds(20)))
        }
        // 105 s since the start; the note asks for 125.
        #expect(plugin.machine.deadline == Moment(sinceStart: .seconds(120)))
        #expect(plugin.send(.tick, after: .seconds(15)).first == .kill(1))
    }

    @Test(arguments: [
        (RestartPolicy.permanent, ProcessEnd.code(0), PluginState.backoff),
        (.permanent, .code(1), .backoff), (.transient, .code(0), .disabled),
        (.transient, .code(1), .backoff), (.temporary, .code(0), .disabled),
        (.temporary, .signal(9), .disabled), (.temporary, .code(78), .invalid),
    ])
    func thePolicyDecidesWhatFollowsAnEnd(
        policy: RestartPolicy, end: ProcessEnd, state: PluginState
    ) {
        var plugin = ready(PluginShape(policy: policy))
        _ = plugin.send(.exited(1, end))
        #expect(plugin.machine.state == state)
        // Whatever it is, an operator can have it back.
        _ = plugin.send(.order(.start))
        #expect(plugin.machine.state == .starting)
    }

    @Test func oneProcessReplacesAnother() {
        var plugin = ready()
        #expect(
            plugin.send(.order(.restart)) == [
                .instanceChanged(2, incarnation: 0, .starting, reason: "")
            ])
        #expect(plugin.send(.slotGranted) == [.spawn(2, next: true)])
        #expect(plugin.machine.state == .ready)
        _ = plugin.send(.spawned(2))
        _ = plugin.send(.greeted(2))
        let effects = plugin.send(.configured(2))
        #expect(effects.prefix(2) == [.open(2), .close(1)])
        #expect(plugin.send(.idle(1)).first == .shutdown(1))
        #expect(plugin.send(.exited(1, .code(0))).contains(.rolledOut))
        #expect(plugin.machine.instances.keys.sorted() == [2])
        #expect(plugin.machine.state == .ready && plugin.machine.isSettled)
    }

    @Test func aReplacementThatFailsIsNotTriedAgain() {
        var plugin = ready()
        _ = plugin.send(.order(.restart))
        _ = plugin.send(.slotGranted)
        _ = plugin.send(.spawned(2))
        let effects = plugin.send(.exited(2, .code(1)))
        #expect(effects.contains(.rolloutFailed(reason: "exit 1")))
        #expect(plugin.machine.state == .ready && plugin.machine.isSettled)
        #expect(plugin.machine.instances.keys.sorted() == [1])
    }

    @Test func whoDiesWhileBeingReplacedIsReplacedAllTheSame() {
        var plugin = ready()
        _ = plugin.send(.order(.restart))
        _ = plugin.send(.slotGranted)
        _ = plugin.send(.spawned(2))
        _ = plugin.send(.exited(1, .signal(9)))
        #expect(plugin.machine.instances.keys.sorted() == [2])
        // Nobody serves any more, so it is tried again when it fails.
        _ = plugin.send(.exited(2, .code(1)))
        #expect(plugin.machine.state == .backoff)
    }

    @Test func severalProcessesAreReplacedOneAfterTheOther() {
        var plugin = ready(PluginShape(instances: 3))
        _ = plugin.send(.order(.restart))
        for round in 0..<3 {
            #expect(plugin.machine.instances.values.count(where: \.isServing) == 3)
            plugin.bringUp()
            _ = plugin.send(.idle(round + 1))
            _ = plugin.send(.exited(round + 1, .code(0)))
        }
        #expect(plugin.machine.isSettled)
        #expect(plugin.machine.instances.values.map(\.incarnation).sorted() == [4, 5, 6])
    }

    @Test func ordersDoWhatTheySay() {
        var plugin = ready()
        #expect(plugin.send(.order(.disable, by: "uid:0", why: "inspection")).first == .close(1))
        _ = plugin.send(.idle(1))
        _ = plugin.send(.exited(1, .code(0)))
        #expect(plugin.machine.state == .disabled)
        #expect(plugin.machine.reason == "disabled by uid:0: inspection")
        for order in OperatorOrder.allCases where order != .enable {
            #expect(plugin.send(.order(order, by: "uid:0", why: "inspection")) == [])
        }
        _ = plugin.send(.order(.enable))
        #expect(plugin.machine.state == .starting)
    }

    @Test func whatHasNotBegunIsNotDisabled() {
        let plugin = PluginUnderTest()
        #expect(plugin.machine.state == .stopping)
    }

    @Test func fewerInstancesMeansTheLastOnesGo() {
        var plugin = ready(PluginShape(instances: 3))
        let effects = plugin.send(
            .reshape(PluginShape(instances: 1), SupervisionLimits(), fresh: false))
        #expect(effects.prefix(2) == [.close(2), .close(3)])
        for number in 2...3 { _ = plugin.send(.exited(number, .code(0))) }
        #expect(plugin.machine.instances.keys.sorted() == [1])
        _ = plugin.send(.reshape(PluginShape(instances: 2), SupervisionLimits(), fresh: false))
        #expect(plugin.machine.waiting != nil)
    }
}
