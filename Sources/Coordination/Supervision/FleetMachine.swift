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

/// All plugins of one coordinator: shares out start slots and stops everything in reverse order.
struct FleetMachine: Sendable {
    private(set) var plugins: [String: PluginMachine]
    /// Order of starting; stopping goes the other way.
    let order: [String]
    private let limits: SupervisionLimits
    private var stopBy: Moment?
    private var isFinished = false

    /// `plugins` in their order of starting.
    init(_ plugins: [(id: String, machine: PluginMachine)], limits: SupervisionLimits) {
        self.plugins = Dictionary(plugins.map { ($0.id, $0.machine) }) { first, _ in first }
        order = plugins.map(\.id)
        self.limits = limits
    }

    /// When `tick` is due next.
    var deadline: Moment? {
        guard !isFinished else { return nil }
        let deadlines = plugins.values.compactMap(\.deadline) + (stopBy.map { [$0] } ?? [])
        return deadlines.min()
    }

    /// Takes one input at one moment and says what to do, in order.
    mutating func apply(_ input: FleetInput, at now: Moment) -> [FleetEffect] {
        guard !isFinished else { return [] }
        var effects: [FleetEffect] = []
        switch input {
        case .begin: for id in order { effects += feed(id, .begin, at: now) }
        case .plugin(let id, let input): effects += feed(id, input, at: now)
        case .tick: for id in order { effects += feed(id, .tick, at: now) }
        case .stop:
            if stopBy == nil { stopBy = now + limits.fleetStopTimeout }
            for id in order.reversed() { effects += feed(id, .stop, at: now) }
        case .hurry: for id in order.reversed() { effects += feed(id, .hurry, at: now) }
        }
        return effects + grantSlots(at: now) + finish(at: now)
    }

    private mutating func feed(
        _ id: String, _ input: PluginInput, at now: Moment
    ) -> [FleetEffect] {
        guard let effects = plugins[id]?.apply(input, at: now) else { return [] }
        return effects.map { .plugin(id, $0) }
    }

    private mutating func grantSlots(at now: Moment) -> [FleetEffect] {
        var free = limits.concurrentStarts - plugins.values.count(where: \.isStarting)
        var effects: [FleetEffect] = []
        for id in order where free > 0 && plugins[id]?.phase == .waitingForSlot {
            effects += feed(id, .slotGranted, at: now)
            free -= 1
        }
        return effects
    }

    private mutating func finish(at now: Moment) -> [FleetEffect] {
        guard let stopBy else { return [] }
        let living = order.filter { plugins[$0]?.isAtRest == false }
        guard living.isEmpty || stopBy <= now else { return [] }
        isFinished = true
        return [.finished(leftBehind: living)]
    }
}
