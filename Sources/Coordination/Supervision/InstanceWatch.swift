/// When the next beat is due, and how many were late in a row.
struct BeatWatch: Sendable, Equatable {
    /// nil while nothing is promised or the worker is not in service.
    var due: Moment?
    var isPromised = false
    var late = 0
    /// Handlers that the worker itself called stuck with its last beats.
    var stuckCalls = 0
}

/// Whether a process that lives is also well: its beats and its health.
extension InstanceMachine {
    mutating func watch(_ input: PluginInput, at now: Moment) -> [PluginEffect] {
        switch input {
        case .promisedBeats:
            if isStarting { beats.isPromised = true }
            return []
        case .promisedHealth:
            if isStarting, health == .unwatched { health = .unknown }
            return []
        case .configured:
            guard case .configuring = phase, !isConfigured else { return [] }
            isConfigured = true
            if health == .serving || health == .unwatched { return serve(at: now) }
            phase = .configuring(until: now + limits.readyTimeout)
            return []
        case .beat:
            guard isServing, beats.isPromised else { return [] }
            beats.late = 0
            beats.stuckCalls = 0
            beats.due = now + limits.beatInterval
            return recover(at: now)
        case .stuck(_, let calls):
            // Alive, but not well: such a beat does not count, and the next is due as before.
            if isServing, beats.isPromised { beats.stuckCalls = calls }
            return []
        case .health(_, let serving): return healthChanged(serving, at: now)
        default: return []
        }
    }

    private mutating func serve(at now: Moment) -> [PluginEffect] {
        phase = .ready(since: now)
        reason = ""
        isProvisional = false
        if beats.isPromised { beats.due = now + limits.beatInterval }
        return [.open(incarnation)]
    }

    private mutating func healthChanged(_ serving: Bool, at now: Moment) -> [PluginEffect] {
        guard health != .unwatched, isStarting || isServing else { return [] }
        health = serving ? .serving : .notServing
        switch phase {
        case .configuring: return serving && isConfigured ? serve(at: now) : []
        case .ready, .degraded:
            return serving ? recover(at: now) : degrade("health says NOT_SERVING", at: now)
        default: return []
        }
    }

    private mutating func degrade(_ why: String, at now: Moment) -> [PluginEffect] {
        reason = why
        guard case .ready = phase else { return [] }
        noteStability(at: now)
        phase = .degraded
        return [.pause(incarnation)]
    }

    private mutating func recover(at now: Moment) -> [PluginEffect] {
        guard case .degraded = phase, beats.late == 0,
            health == .serving || health == .unwatched
        else { return [] }
        phase = .ready(since: now)
        reason = ""
        return [.open(incarnation)]
    }

    mutating func beatMissed(at now: Moment) -> [PluginEffect] {
        beats.late += 1
        beats.due = now + limits.beatInterval
        let cause =
            beats.stuckCalls > 0
            ? "\(beats.stuckCalls) calls are stuck in their handlers"
            : "no beat within \(limits.beatInterval * beats.late)"
        guard beats.late >= limits.lateBeatsAllowed else { return degrade(cause, at: now) }
        noteStability(at: now)
        beats.due = nil
        return [.close(incarnation), .cancelCalls(incarnation)] + overdue(cause, at: now)
    }
}
