/// What happens to the fleet.
enum FleetInput: Sendable, Equatable {
    case begin
    case plugin(String, PluginInput)
    case tick
    /// SIGTERM or SIGINT.
    case stop
    /// The same a second time.
    case hurry
}

/// What the code around the fleet has to do.
enum FleetEffect: Sendable, Equatable {
    case plugin(String, PluginEffect)
    /// Nothing runs any more; `leftBehind` names plugins whose process could not be ended in time.
    case finished(leftBehind: [String])
}

/// All plugins of one coordinator: who starts when, who goes down with whom, and the order of the
/// end.
struct FleetMachine: Sendable {
    private(set) var plugins: [String: PluginMachine]
    /// Order of starting, dependencies first; stopping goes the other way.
    private(set) var order: [String]
    private let limits: SupervisionLimits
    private var restarts: RestartBucket
    /// When a restart that has a slot, but no token, may be.
    private var tokenDue: Moment?
    /// Plugins that served after the last input.
    private var serving: Set<String> = []
    private var stopBy: Moment?
    /// From here on nobody waits for those that depend on it.
    private var stopAllAt: Moment?
    /// Whoever still lives then was told late, and is hurried.
    private var hurryAt: Moment?
    private var isFinished = false

    /// `plugins` in their order of starting, as long as dependencies allow.
    init(_ plugins: [(id: String, machine: PluginMachine)], limits: SupervisionLimits) {
        self.plugins = Dictionary(plugins.map { ($0.id, $0.machine) }) { first, _ in first }
        order = []
        self.limits = limits
        restarts = RestartBucket(limits: limits)
        sort(plugins.map(\.id))
    }

    /// When `tick` is due next.
    var deadline: Moment? {
        guard !isFinished else { return nil }
        var deadlines = plugins.values.compactMap(\.deadline)
        deadlines += [stopBy, stopAllAt, hurryAt, tokenDue].compactMap { $0 }
        return deadlines.min()
    }

    var isStopping: Bool { stopBy != nil }

    /// Restarts granted since the start.
    var restartsGranted: Int { restarts.taken }

    /// Takes one input at one moment and says what to do, in order.
    mutating func apply(_ input: FleetInput, at now: Moment) -> [FleetEffect] {
        guard !isFinished else { return [] }
        var effects: [FleetEffect] = []
        switch input {
        case .begin: for id in order { effects += feed(id, .begin, at: now) }
        case .plugin(let id, let input): effects += feed(id, input, at: now)
        case .tick:
            for id in order where plugins[id]?.deadline.map({ $0 <= now }) == true {
                effects += feed(id, .tick, at: now)
            }
        case .stop: beginStop(at: now)
        case .hurry:
            beginStop(at: now)
            stopAllAt = nil
            effects += hurryAll(at: now)
        }
        effects += passOnLosses(at: now)
        effects += stopInOrder(at: now)
        return effects + grantSlots(at: now) + finish(at: now)
    }

    // MARK: Members

    /// A plugin more; it starts with `.begin`.
    mutating func add(_ id: String, _ machine: PluginMachine) {
        guard plugins[id] == nil, !isStopping else { return }
        plugins[id] = machine
        sort(order + [id])
    }

    /// A plugin less; only one that is at rest.
    mutating func remove(_ id: String) {
        guard plugins[id]?.isAtRest == true else { return }
        plugins[id] = nil
        serving.remove(id)
        sort(order.filter { $0 != id })
    }

    /// Brings the order up to date after a plugin came to depend on others.
    mutating func sortByDependency() { sort(order.sorted()) }

    private mutating func sort(_ ids: [String]) {
        order = Dependencies(ids.map { ($0, plugins[$0]?.shape.dependsOn ?? []) }).order
    }

    func dependents(of id: String) -> [String] {
        order.filter { plugins[$0]?.shape.dependsOn.contains(id) == true }
    }

    // MARK: Steps

    private mutating func feed(
        _ id: String, _ input: PluginInput, at now: Moment
    ) -> [FleetEffect] {
        guard let effects = plugins[id]?.apply(input, at: now) else { return [] }
        return effects.map { .plugin(id, $0) }
    }

    /// Whoever depends on a plugin that serves no more goes down with it, and waits for it.
    private mutating func passOnLosses(at now: Moment) -> [FleetEffect] {
        var effects: [FleetEffect] = []
        // Dependencies come first in the order, so one pass reaches everybody.
        for id in order {
            let plugin = plugins[id]
            let isServing = plugin?.isServing == true || plugin?.isBeingReplaced == true
            if !isServing, serving.contains(id), !isStopping {
                for dependent in dependents(of: id) {
                    effects += feed(dependent, .dependencyLost(id), at: now)
                }
            }
            if isServing { serving.insert(id) } else { serving.remove(id) }
        }
        return effects
    }

    private mutating func grantSlots(at now: Moment) -> [FleetEffect] {
        tokenDue = nil
        guard !isStopping else { return [] }
        var free = limits.concurrentStarts - plugins.values.map(\.starting).reduce(0, +)
        var effects: [FleetEffect] = []
        for id in order {
            while let waiting = plugins[id]?.waiting {
                if let missing = missingDependency(of: id) {
                    effects += feed(id, .waits(missing), at: now)
                    break
                }
                if plugins[id]?.isBlocked == true { effects += feed(id, .waits(""), at: now) }
                guard free > 0 else { break }
                guard !waiting.isRestart || restarts.mayTake(at: now) else {
                    tokenDue = restarts.nextAt
                    break
                }
                if waiting.isRestart { restarts.take(at: now) }
                effects += feed(id, .slotGranted, at: now)
                free -= 1
            }
        }
        return effects
    }

    private func missingDependency(of id: String) -> String? {
        for other in plugins[id]?.shape.dependsOn ?? [] where plugins[other]?.isServing != true {
            let state = plugins[other].map { ", which is \($0.state.rawValue)" } ?? ""
            return "waits for plugin \(other)\(state)"
        }
        return nil
    }

    // MARK: The end

    private mutating func beginStop(at now: Moment) {
        guard stopBy == nil else { return }
        stopBy = now + limits.fleetStopTimeout
        stopAllAt = now + limits.fleetStopTimeout * 0.5
        hurryAt = now + max(.zero, limits.fleetStopTimeout - limits.hurriedGrace * 4)
    }

    private mutating func hurryAll(at now: Moment) -> [FleetEffect] {
        var effects: [FleetEffect] = []
        for id in order.reversed() {
            effects += feed(id, .stop, at: now) + feed(id, .hurry, at: now)
        }
        return effects
    }

    /// A plugin is stopped when all that depend on it have ended, or time presses.
    private mutating func stopInOrder(at now: Moment) -> [FleetEffect] {
        guard isStopping else { return [] }
        let presses = stopAllAt.map { $0 <= now } ?? false
        if presses { stopAllAt = nil }
        var effects: [FleetEffect] = []
        for id in order.reversed() where plugins[id]?.isFinal == false {
            let isFree = dependents(of: id).allSatisfy { plugins[$0]?.isAtRest == true }
            guard isFree || presses else { continue }
            effects += feed(id, .stop, at: now)
            if !isFree { effects += feed(id, .hurry, at: now) }
        }
        guard let hurryAt, hurryAt <= now else { return effects }
        self.hurryAt = nil
        return effects + hurryAll(at: now)
    }

    private mutating func finish(at now: Moment) -> [FleetEffect] {
        guard let stopBy else { return [] }
        let living = order.filter { plugins[$0]?.isAtRest == false }
        guard living.isEmpty || stopBy <= now else { return [] }
        isFinished = true
        return [.finished(leftBehind: living)]
    }
}
