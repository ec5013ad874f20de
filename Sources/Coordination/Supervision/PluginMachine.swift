/// The life of one plugin as a plain value: inputs go in with the time, effects come out.
///
/// It never asks for a second process before the first is reaped, and every phase but READY,
/// INVALID and DISABLED has a deadline.
struct PluginMachine: Sendable {
    /// What follows once the process is gone.
    enum Ending: Sendable, Equatable {
        case restart
        case stopped
        case invalid(String)
        case failure(String)
    }

    /// The stages of ending a process, mildest first.
    enum StopStage: Sendable, Equatable {
        case awaitExit, shutdown, terminate, kill
    }

    enum Phase: Sendable, Equatable {
        case invalid, disabled, stopped
        case waitingForSlot
        case starting(until: Moment)
        case configuring(until: Moment)
        case ready(since: Moment)
        case draining(until: Moment, then: Ending)
        case stopping(StopStage, until: Moment, then: Ending)
        case backoff(until: Moment)
        case quarantined(probeAt: Moment)
    }

    enum Process: Sendable, Equatable {
        case none, spawning, alive
    }

    var phase: Phase
    /// Why the plugin is where it is; empty when there is nothing to say.
    var reason: String
    /// Number of the current or last process of this plugin; 0 before the first.
    var incarnation = 0
    var process = Process.none
    /// The fleet stops: whatever ends now ends for good.
    var isFinal = false

    let limits: SupervisionLimits
    var random: SeededRandom
    var failures: [Moment] = []
    var failuresInRow = 0
    var probes = 0
    var isProbing = false

    init(limits: SupervisionLimits, seed: UInt64, invalid: String? = nil, disabled: Bool = false) {
        self.limits = limits
        random = SeededRandom(seed: seed)
        reason = invalid ?? (disabled ? "disabled in the coordinator's configuration" : "")
        phase = invalid != nil ? .invalid : disabled ? .disabled : .stopped
    }

    var state: PluginState {
        switch phase {
        case .invalid: .invalid
        case .disabled: .disabled
        case .waitingForSlot, .starting: .starting
        case .configuring: .configuring
        case .ready: .ready
        case .draining: .draining
        case .stopping, .stopped: .stopping
        case .backoff: .backoff
        case .quarantined: .quarantined
        }
    }

    /// Processes started after the first.
    var restarts: Int { max(0, incarnation - 1) }

    /// Occupies one of the fleet's start slots.
    var isStarting: Bool {
        switch phase {
        case .starting, .configuring: true
        default: false
        }
    }

    /// Has no process and wants none.
    var isAtRest: Bool {
        switch phase {
        case .invalid, .disabled, .stopped: process == .none
        default: false
        }
    }

    /// When `tick` is due next.
    var deadline: Moment? {
        switch phase {
        case .invalid, .disabled, .stopped, .waitingForSlot, .ready: nil
        case .starting(let until), .configuring(let until), .backoff(let until): until
        case .draining(let until, _), .stopping(_, let until, _): until
        case .quarantined(let probeAt): probeAt
        }
    }

    /// Takes one input at one moment and says what to do.
    mutating func apply(_ input: PluginInput, at now: Moment) -> [PluginEffect] {
        let before = (state, reason)
        var effects: [PluginEffect]
        switch input {
        case .begin, .slotGranted, .restart, .order, .stop, .hurry:
            effects = command(input, at: now)
        case .tick: effects = tick(at: now)
        default: effects = report(input, at: now)
        }
        if before != (state, reason) { effects.append(.changed(state, reason: reason)) }
        return effects
    }

    private mutating func command(_ input: PluginInput, at now: Moment) -> [PluginEffect] {
        switch input {
        case .begin:
            guard phase == .stopped, !isFinal, incarnation == 0 else { return [] }
            wait()
            return []
        case .slotGranted:
            guard phase == .waitingForSlot else { return [] }
            incarnation += 1
            process = .spawning
            phase = .starting(until: now + limits.startTimeout)
            return [.spawn(incarnation)]
        case .restart, .order(.restart, _, _): return restart(at: now)
        case .stop: return stop(at: now)
        case .hurry: return hurry(at: now)
        default: return []
        }
    }

    private mutating func report(_ input: PluginInput, at now: Moment) -> [PluginEffect] {
        switch input {
        case .spawned(incarnation): return spawned(at: now)
        case .spawnFailed(incarnation, let reason, let permanent):
            return spawnFailed(reason, permanent: permanent, at: now)
        case .greeted(incarnation):
            guard case .starting = phase, process == .alive else { return [] }
            phase = .configuring(until: now + limits.configureTimeout)
            return [.configure(incarnation)]
        case .configured(incarnation):
            guard case .configuring = phase else { return [] }
            phase = .ready(since: now)
            reason = ""
            return [.open(incarnation)]
        case .refused(incarnation, let why):
            guard case .configuring = phase else { return [] }
            reason = why
            return enter(.shutdown, then: .invalid(why), at: now)
        case .startFailed(incarnation, let why): return startFailed(why, at: now)
        case .linkLost(incarnation, let why): return linkLost(why, at: now)
        case .exited(incarnation, let status): return exited(status, at: now)
        case .idle(incarnation):
            guard case .draining(_, let ending) = phase else { return [] }
            return enter(.shutdown, then: ending, at: now)
        default: return []
        }
    }

    private mutating func spawned(at now: Moment) -> [PluginEffect] {
        guard process == .spawning else { return [] }
        process = .alive
        // The order to stop came while the process was being made: it holds now.
        if case .stopping(let stage, _, let ending) = phase {
            return enter(stage, then: ending, at: now)
        }
        return []
    }

    private mutating func spawnFailed(
        _ why: String, permanent: Bool, at now: Moment
    ) -> [PluginEffect] {
        guard process == .spawning else { return [] }
        process = .none
        if case .stopping(_, _, let ending) = phase {
            conclude(ending, at: now)
        } else {
            conclude(permanent ? .invalid(why) : .failure(why), at: now)
        }
        return []
    }

    private mutating func startFailed(_ why: String, at now: Moment) -> [PluginEffect] {
        switch phase {
        case .starting, .configuring:
            reason = why
            return enter(.awaitExit, then: .failure(why), at: now)
        default: return []
        }
    }

    private mutating func linkLost(_ why: String, at now: Moment) -> [PluginEffect] {
        switch phase {
        case .starting, .configuring:
            return startFailed(why, at: now)
        case .ready:
            reason = why
            noteStability(at: now)
            return [.close(incarnation), .cancelCalls(incarnation)]
                + enter(.awaitExit, then: .failure(why), at: now)
        case .draining(_, let ending):
            return [.cancelCalls(incarnation)] + enter(.awaitExit, then: ending, at: now)
        default: return []
        }
    }

    private mutating func exited(_ status: ProcessEnd, at now: Moment) -> [PluginEffect] {
        guard process == .alive else { return [] }
        process = .none
        let unasked = status == .code(0) ? "exit 0 without being asked to stop" : "\(status)"
        let ending: Ending =
            status == .configurationRefused
            ? .invalid("exit 78: the worker refuses its configuration; its last log lines say why")
            : .failure(unasked)
        switch phase {
        case .starting, .configuring:
            conclude(ending, at: now)
            return []
        case .ready:
            noteStability(at: now)
            conclude(ending, at: now)
            return [.close(incarnation), .cancelCalls(incarnation)]
        case .draining(_, let planned):
            conclude(planned, at: now)
            return [.cancelCalls(incarnation)]
        case .stopping(let stage, _, .failure(let why)):
            // Its own end says more than the lost connection that came first.
            let isOwn = stage == .awaitExit && status != .code(0)
            conclude(isOwn ? withReason(why, ending) : .failure(why), at: now)
            return []
        case .stopping(_, _, let planned):
            conclude(planned, at: now)
            return []
        default: return []
        }
    }

    private func withReason(_ why: String, _ ending: Ending) -> Ending {
        guard case .failure(let how) = ending else { return ending }
        return .failure("\(how) (\(why))")
    }

    private mutating func tick(at now: Moment) -> [PluginEffect] {
        guard let deadline, deadline <= now else { return [] }
        switch phase {
        case .starting:
            return overdue("no HELLO within \(limits.startTimeout)", at: now)
        case .configuring:
            return overdue("not configured within \(limits.configureTimeout)", at: now)
        case .draining(_, let ending):
            return [.cancelCalls(incarnation)] + enter(.shutdown, then: ending, at: now)
        case .stopping(let stage, _, let ending):
            return enter(next(after: stage), then: ending, at: now)
        case .backoff:
            wait()
            return []
        case .quarantined:
            isProbing = true
            wait()
            return []
        default: return []
        }
    }

    private mutating func overdue(_ why: String, at now: Moment) -> [PluginEffect] {
        reason = why
        return enter(.kill, then: .failure(why), at: now)
    }

    mutating func wait() {
        phase = .waitingForSlot
    }
}
