/// The life of one of a plugin's processes and of those that follow it in its place, as a plain
/// value: inputs go in with the time, effects come out.
///
/// It never asks for a second process before the first is reaped, and every phase that waits for
/// a process has a deadline.
struct InstanceMachine: Sendable {
    /// What follows once the process is gone.
    enum Ending: Sendable, Equatable {
        case restart
        /// Nothing, until somebody wants it.
        case rest
        /// Its place is given up.
        case retire
        case invalid(String)
        case failure(String)
    }

    /// The stages of ending a process, mildest first.
    enum StopStage: Sendable, Equatable {
        case awaitExit, shutdown, terminate, kill
    }

    enum Phase: Sendable, Equatable {
        case invalid, resting
        case waitingForSlot
        case starting(until: Moment)
        case configuring(until: Moment)
        case ready(since: Moment)
        case degraded
        case draining(until: Moment, then: Ending)
        case stopping(StopStage, until: Moment, then: Ending)
        case backoff(until: Moment)
        case quarantined(probeAt: Moment)
        /// Its place is free; `reason` says why when it was not asked for.
        case gone
    }

    enum Process: Sendable, Equatable {
        case none, spawning, alive
    }

    enum Health: Sendable, Equatable {
        case unwatched, unknown, serving, notServing
    }

    var phase: Phase
    /// Why it is where it is; empty when there is nothing to say.
    var reason = ""
    /// Number of the current or last process; 0 before the first.
    var incarnation = 0
    var process = Process.none
    /// Whatever ends now ends for good.
    var isFinal = false
    /// Replaces a process that serves: when it fails, it is not tried again.
    var isProvisional: Bool
    /// The next start follows a failure, and takes one of the fleet's tokens.
    var isRestart = false

    var limits: SupervisionLimits
    var policy = RestartPolicy.permanent
    var random: SeededRandom
    var failures: [Moment] = []
    var failuresInRow = 0
    var probes = 0
    var isProbing = false

    // Of the current process.
    var startedAt = Moment.start
    var isConfigured = false
    var health = Health.unwatched
    var beats = BeatWatch()

    init(
        _ phase: Phase, limits: SupervisionLimits, policy: RestartPolicy, seed: UInt64,
        isProvisional: Bool = false
    ) {
        self.phase = phase
        self.limits = limits
        self.policy = policy
        self.isProvisional = isProvisional
        random = SeededRandom(seed: seed)
    }

    var state: PluginState {
        switch phase {
        case .invalid: .invalid
        case .waitingForSlot, .starting: .starting
        case .configuring: .configuring
        case .ready: .ready
        case .degraded: .degraded
        case .draining: .draining
        case .stopping: .stopping
        case .backoff: .backoff
        case .quarantined: .quarantined
        // What never ran is not out of service: it has not begun.
        case .resting, .gone: isFinal || incarnation == 0 ? .stopping : .disabled
        }
    }

    /// Occupies one of the fleet's start slots.
    var isStarting: Bool {
        switch phase {
        case .starting, .configuring: true
        default: false
        }
    }

    /// Has a worker that is or was of use, and is not on its way out.
    var isServing: Bool {
        switch phase {
        case .ready, .degraded: true
        default: false
        }
    }

    /// When `tick` is due next.
    var deadline: Moment? {
        switch phase {
        case .invalid, .resting, .waitingForSlot, .gone: nil
        case .ready, .degraded: beats.due
        case .starting(let until), .configuring(let until), .backoff(let until): until
        case .draining(let until, _), .stopping(_, let until, _): until
        case .quarantined(let probeAt): probeAt
        }
    }

    mutating func wait() { phase = .waitingForSlot }

    /// The n-th process of the plugin shall work here.
    mutating func grant(_ number: Int, at now: Moment) -> [PluginEffect] {
        incarnation = number
        process = .spawning
        startedAt = now
        isConfigured = false
        isRestart = false
        health = .unwatched
        beats = BeatWatch()
        phase = .starting(until: now + limits.startTimeout)
        return [.spawn(number, next: isProvisional)]
    }

    /// News of the current process.
    mutating func report(_ input: PluginInput, at now: Moment) -> [PluginEffect] {
        switch input {
        case .spawned: return spawned(at: now)
        case .spawnFailed(_, let why, let permanent):
            return spawnFailed(why, permanent: permanent, at: now)
        case .noted(_, let extension_): return extend(by: extension_, at: now)
        case .greeted: return greeted(at: now)
        case .promisedBeats, .promisedHealth, .configured, .beat, .stuck, .health:
            return watch(input, at: now)
        case .refused(_, let why):
            guard isStarting else { return [] }
            reason = why
            return enter(.shutdown, then: .invalid(why), at: now)
        case .startFailed(_, let why): return startFailed(why, at: now)
        case .linkLost(_, let why): return linkLost(why, at: now)
        case .exited(_, let end): return exited(end, at: now)
        case .idle:
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

    /// More time for a start, but never beyond the cap.
    private mutating func extend(by extension_: Duration, at now: Moment) -> [PluginEffect] {
        let cap = startedAt + limits.startExtensionCap
        let wanted = min(now + extension_, cap)
        switch phase {
        case .starting(let until): phase = .starting(until: max(until, wanted))
        case .configuring(let until): phase = .configuring(until: max(until, wanted))
        default: break
        }
        return []
    }

    private mutating func greeted(at now: Moment) -> [PluginEffect] {
        guard case .starting = phase, process == .alive else { return [] }
        phase = .configuring(until: now + limits.configureTimeout)
        return [.configure(incarnation)]
    }

    private mutating func startFailed(_ why: String, at now: Moment) -> [PluginEffect] {
        guard isStarting else { return [] }
        reason = why
        return enter(.awaitExit, then: .failure(why), at: now)
    }

    private mutating func linkLost(_ why: String, at now: Moment) -> [PluginEffect] {
        switch phase {
        case .starting, .configuring:
            return startFailed(why, at: now)
        case .ready, .degraded:
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
        switch phase {
        case .starting, .configuring:
            conclude(ending(of: status), at: now)
            return []
        case .ready, .degraded:
            noteStability(at: now)
            let ending = ending(of: status)
            conclude(ending, at: now)
            return [.close(incarnation), .cancelCalls(incarnation)]
        case .draining(_, let planned):
            conclude(planned, at: now)
            return [.cancelCalls(incarnation)]
        case .stopping(let stage, _, .failure(let why)):
            // Its own end says more than the lost connection that came first.
            let isOwn = stage == .awaitExit
            conclude(isOwn ? withReason(why, ending(of: status), status) : .failure(why), at: now)
            return []
        case .stopping(_, _, let planned):
            conclude(planned, at: now)
            return []
        default: return []
        }
    }

    /// What an end that nobody asked for means.
    private mutating func ending(of status: ProcessEnd) -> Ending {
        if status == .configurationRefused {
            return .invalid(
                "exit 78: the worker refuses its configuration; its last log lines say why")
        }
        let isClean = status == .code(0)
        let how = isClean ? "exit 0 without being asked to stop" : "\(status)"
        guard policy == .temporary || (policy == .transient && isClean) else {
            return .failure(how)
        }
        reason = "\(how); restart policy \(policy.rawValue)"
        return .rest
    }

    private func withReason(_ why: String, _ ending: Ending, _ status: ProcessEnd) -> Ending {
        guard case .failure(let how) = ending else { return ending }
        return status == .code(0) ? .failure(why) : .failure("\(how) (\(why))")
    }

    mutating func tick(at now: Moment) -> [PluginEffect] {
        guard let deadline, deadline <= now else { return [] }
        switch phase {
        case .starting: return overdue("no HELLO within \(now - startedAt)", at: now)
        case .configuring:
            let what = isConfigured ? "configured, but not SERVING" : "not configured"
            let limit = isConfigured ? limits.readyTimeout : limits.configureTimeout
            return overdue("\(what) within \(limit)", at: now)
        case .ready, .degraded: return beatMissed(at: now)
        case .draining(_, let ending):
            return [.cancelCalls(incarnation)] + enter(.shutdown, then: ending, at: now)
        case .stopping(let stage, _, let ending):
            return enter(next(after: stage), then: ending, at: now)
        case .backoff:
            isRestart = true
            wait()
            return []
        case .quarantined:
            isProbing = true
            isRestart = true
            wait()
            return []
        default: return []
        }
    }

    mutating func overdue(_ why: String, at now: Moment) -> [PluginEffect] {
        reason = why
        return enter(.kill, then: .failure(why), at: now)
    }
}
