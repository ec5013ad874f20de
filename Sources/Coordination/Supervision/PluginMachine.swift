/// The life of one plugin as a plain value: its processes side by side, how one replaces another,
/// and what an operator wants of it. Inputs go in with the time, effects come out.
struct PluginMachine: Sendable {
    /// Why a plugin shall not run although the coordinator does.
    enum Rest: Sendable, Equatable {
        /// Until it is enabled.
        case disabled(String)
        /// Until it is started, or the coordinator starts again.
        case stopped(String)

        var reason: String {
            switch self {
            case .disabled(let why), .stopped(let why): why
            }
        }
    }

    var shape: PluginShape
    var limits: SupervisionLimits
    /// By number, from 1.
    var instances: [Int: InstanceMachine] = [:]
    var rest: Rest?
    var rollout: Rollout?
    /// The coordinator stops.
    private(set) var isFinal = false
    /// Incarnations are counted over all places.
    private var lastIncarnation = 0
    private var firstStarts = 0
    /// What it waits for before it starts; empty when for nothing.
    private var waitsFor = ""
    private var random: SeededRandom

    init(
        limits: SupervisionLimits, seed: UInt64, shape: PluginShape = PluginShape(),
        invalid: String? = nil, disabled: String? = nil
    ) {
        self.shape = shape
        self.limits = limits
        random = SeededRandom(seed: seed)
        rest = disabled.map { .disabled($0) }
        for number in 1...max(1, shape.instances) {
            addInstance(number, invalid == nil ? .resting : .invalid)
            instances[number]?.reason = invalid ?? ""
        }
    }

    // MARK: What others see

    /// Number of the newest process; 0 before the first.
    var incarnation: Int { lastIncarnation }

    /// Processes started beyond those that were wanted.
    var restarts: Int { max(0, lastIncarnation - firstStarts) }

    var deadline: Moment? { instances.values.compactMap(\.deadline).min() }

    /// Instances that occupy one of the fleet's start slots.
    var starting: Int { instances.values.count(where: \.isStarting) }

    var isStarting: Bool { starting > 0 }

    /// The place that waits for a slot; the lowest of several.
    private var waitingPlace: Int? {
        instances.keys.sorted().first { instances[$0]?.phase == .waitingForSlot }
    }

    /// What waits for a slot, if anything does.
    var waiting: InstanceMachine? { waitingPlace.flatMap { instances[$0] } }

    /// It cannot start yet, for lack of another plugin.
    var isBlocked: Bool { waitingPlace != nil && !waitsFor.isEmpty }

    /// At least one process takes or took calls and is not on its way out.
    var isServing: Bool { instances.values.contains(where: \.isServing) }

    /// It is back in a moment: nothing that depends on it need go down meanwhile.
    var isBeingReplaced: Bool { rollout != nil && rest == nil }

    /// Has no process and wants none.
    var isAtRest: Bool {
        instances.values.allSatisfy { instance in
            guard instance.process == .none else { return false }
            switch instance.phase {
            case .invalid, .resting, .gone: return true
            default: return false
            }
        }
    }

    /// Everything that was ordered is done: nothing is being replaced or on its way in or out.
    var isSettled: Bool {
        guard rollout == nil else { return false }
        return instances.values.allSatisfy { instance in
            switch instance.phase {
            case .ready, .degraded, .invalid, .backoff, .quarantined, .resting, .gone: true
            case .waitingForSlot: !waitsFor.isEmpty
            case .starting, .configuring, .draining, .stopping: false
            }
        }
    }

    /// The process that works for this incarnation, while it lives.
    func instance(of incarnation: Int) -> Int? {
        instances.first { $0.value.incarnation == incarnation && incarnation > 0 }?.key
    }

    // MARK: Inputs

    /// Takes one input at one moment and says what to do.
    mutating func apply(_ input: PluginInput, at now: Moment) -> [PluginEffect] {
        let before = (state, reason)
        let former = instances.mapValues { ($0.state, $0.reason) }
        var effects: [PluginEffect]
        if let number = input.incarnation {
            guard let place = instance(of: number) else { return [] }
            effects = instances[place]?.report(input, at: now) ?? []
        } else {
            effects = command(input, at: now)
        }
        effects += settle(at: now)
        if instances.count > 1 || former.count > 1 { effects += instanceChanges(since: former) }
        if before != (state, reason) { effects.append(.changed(state, reason: reason)) }
        return effects
    }

    private mutating func command(_ input: PluginInput, at now: Moment) -> [PluginEffect] {
        switch input {
        case .begin:
            if rest == nil, !isFinal { wake { $0.phase == .resting && $0.incarnation == 0 } }
        case .slotGranted: return grant(at: now)
        case .waits(let what): waitsFor = what
        case .dependencyLost(let other):
            return each { $0.recycle("plugin \(other), which it depends on, is gone", at: now) }
        case .order(let order, let by, let why):
            return obey(order, OperatorOrder.reason(order, by: by, why: why), at: now)
        case .reshape(let shape, let limits, let fresh):
            return reshape(shape, limits, fresh: fresh, at: now)
        case .stop:
            isFinal = true
            rollout = nil
            return each { $0.stop(at: now) }
        case .hurry: return each { $0.hurry(at: now) }
        case .tick: return each { $0.tick(at: now) }
        default: break
        }
        return []
    }

    private mutating func grant(at now: Moment) -> [PluginEffect] {
        guard let place = waitingPlace, let waiting, !isFinal else { return [] }
        lastIncarnation += 1
        if waiting.incarnation == 0 && !waiting.isProvisional { firstStarts += 1 }
        waitsFor = ""
        return instances[place]?.grant(lastIncarnation, at: now) ?? []
    }

    private mutating func obey(
        _ order: OperatorOrder, _ why: String, at now: Moment
    ) -> [PluginEffect] {
        guard !isFinal else { return [] }
        switch order {
        case .disable: return takeOut(.disabled(why), for: limits.drainTimeout, why, at: now)
        case .stop, .drain:
            if case .disabled = rest { return [] }
            let period = order == .stop ? limits.drainTimeout : limits.patientDrainTimeout
            return takeOut(.stopped(why), for: period, why, at: now)
        case .enable, .start:
            if order == .start, case .disabled = rest { return [] }
            rest = nil
            return bringBack(why, at: now)
        case .restart:
            if case .disabled = rest { return [] }
            rest = nil
            for place in instances.keys { instances[place]?.forgetFailures() }
            return beginRollout(why, at: now)
        case .retry, .reset:
            guard rest == nil else { return [] }
            if order == .reset {
                for place in instances.keys { instances[place]?.forgetFailures() }
            }
            wake {
                switch $0.phase {
                case .invalid, .backoff, .quarantined: true
                default: false
                }
            }
            return []
        }
    }

    /// Ends what lives; the processes on trial too.
    private mutating func takeOut(
        _ rest: Rest, for period: Duration, _ why: String, at now: Moment
    ) -> [PluginEffect] {
        self.rest = rest
        let failed = abandonRollout(why, at: now)
        return failed
            + each { $0.isLeaving ? [] : $0.end(why, for: period, then: .rest, at: now) }
    }

    private mutating func bringBack(_ why: String, at now: Moment) -> [PluginEffect] {
        each { instance in
            guard !instance.isLeaving else { return [] }
            return switch instance.phase {
            case .resting, .invalid, .backoff, .quarantined, .draining, .stopping:
                instance.restart(why, at: now)
            default: []
            }
        }
    }

    private mutating func reshape(
        _ shape: PluginShape, _ limits: SupervisionLimits, fresh: Bool, at now: Moment
    ) -> [PluginEffect] {
        self.shape = shape
        self.limits = limits
        for place in instances.keys {
            instances[place]?.limits = limits
            instances[place]?.policy = shape.policy
        }
        let effects = resize(at: now)
        guard fresh, rest == nil, !isFinal else {
            return fresh ? effects + [.rolledOut] : effects
        }
        for place in instances.keys { instances[place]?.forgetFailures() }
        return effects + beginRollout("the configuration changed", at: now)
    }

    /// As many places as the manifest wants; those with the highest numbers go first.
    private mutating func resize(at now: Moment) -> [PluginEffect] {
        guard !isFinal else { return [] }
        var effects: [PluginEffect] = []
        let regular = instances.filter { !$0.value.isProvisional && !$0.value.isLeaving }
        let surplus = regular.keys.sorted().dropFirst(shape.instances)
        for place in surplus {
            effects +=
                instances[place]?.end(
                    "fewer instances are wanted", for: limits.drainTimeout, then: .retire, at: now)
                ?? []
        }
        for _ in 0..<max(0, shape.instances - regular.count) {
            addInstance(freePlace(), rest == nil ? .waitingForSlot : .resting)
        }
        return effects
    }

    // MARK: Places

    mutating func addInstance(
        _ place: Int, _ phase: InstanceMachine.Phase, isProvisional: Bool = false
    ) {
        instances[place] = InstanceMachine(
            phase, limits: limits, policy: shape.policy, seed: random.next(),
            isProvisional: isProvisional)
    }

    func freePlace() -> Int {
        var place = 1
        while instances[place] != nil { place += 1 }
        return place
    }

    /// Lets instances wait for a slot.
    mutating func wake(where isMeant: (InstanceMachine) -> Bool) {
        for (place, instance) in instances where isMeant(instance) {
            instances[place]?.reason = ""
            instances[place]?.wait()
        }
    }

    /// Does something to every instance, the highest number first.
    mutating func each(_ body: (inout InstanceMachine) -> [PluginEffect]) -> [PluginEffect] {
        var effects: [PluginEffect] = []
        for place in instances.keys.sorted(by: >) {
            guard var instance = instances[place] else { continue }
            effects += body(&instance)
            instances[place] = instance
        }
        return effects
    }

    private func instanceChanges(
        since former: [Int: (PluginState, String)]
    ) -> [PluginEffect] {
        instances.sorted { $0.key < $1.key }.compactMap { place, instance in
            if let old = former[place], old == (instance.state, instance.reason) { return nil }
            return .instanceChanged(
                place, incarnation: instance.incarnation, instance.state, reason: instance.reason)
        }
    }
}

extension PluginMachine {
    /// What the plugin as a whole is doing: what its most useful process does.
    var state: PluginState {
        if rest != nil, isAtRest, !isFinal { return .disabled }
        let states = Set(counted.map(\.state))
        return PluginMachine.byUse.first { states.contains($0) } ?? .stopping
    }

    private static let byUse: [PluginState] = [
        .ready, .degraded, .configuring, .starting, .draining, .stopping, .backoff, .quarantined,
        .invalid, .disabled,
    ]

    /// Why it is so, or what is amiss beside it.
    var reason: String {
        if let rest, isAtRest, !isFinal { return rest.reason }
        let summed = state
        if summed == .starting, !waitsFor.isEmpty, waiting != nil { return waitsFor }
        let all = counted
        guard all.count > 1 || instances.count > 1 else { return all.first?.reason ?? "" }
        let others = instances.sorted { $0.key < $1.key }
            .filter { entry in
                entry.value.state != summed && !entry.value.isProvisional
                    && !entry.value.isLeaving
            }
        if summed == .ready {
            return others.map { PluginMachine.line($0.key, $0.value) }.joined(separator: "; ")
        }
        return all.first { $0.state == summed }?.reason ?? ""
    }

    /// Processes on trial do not count before they serve, those that leave only when no other is.
    private var counted: [InstanceMachine] {
        let all = instances.sorted { $0.key < $1.key }.map(\.value)
        let staying = all.filter { !$0.isProvisional && !$0.isLeaving }
        return staying.isEmpty ? all : staying
    }

    private static func line(_ place: Int, _ instance: InstanceMachine) -> String {
        let why = instance.reason.isEmpty ? "" : ": \(instance.reason)"
        return "#\(place) is \(instance.state.rawValue)\(why)"
    }
}

extension OperatorOrder {
    /// `restart asked for by uid:0: new licence`.
    static func reason(_ order: OperatorOrder, by: String, why: String) -> String {
        if order == .disable { return PluginSwitch.reason(by: by, why: why) }
        let who = by.isEmpty ? "" : " by \(by)"
        return "\(order.rawValue) asked for\(who)\(why.isEmpty ? "" : ": \(why)")"
    }
}
