/// How a process is ended, and what comes after it.
extension InstanceMachine {
    /// A fresh process here: drains and ends a living one first.
    mutating func restart(_ why: String, at now: Moment) -> [PluginEffect] {
        guard !isFinal else { return [] }
        switch phase {
        case .invalid, .backoff, .quarantined, .resting:
            reason = ""
            wait()
            return []
        case .starting, .configuring:
            reason = why
            return enter(.shutdown, then: .restart, at: now)
        case .ready, .degraded: return drain(why, for: limits.drainTimeout, then: .restart, at: now)
        case .draining(let until, _):
            reason = why
            phase = .draining(until: until, then: .restart)
            return []
        case .stopping(let stage, let until, _):
            phase = .stopping(stage, until: until, then: .restart)
            return []
        case .waitingForSlot, .gone: return []
        }
    }

    /// Drains and ends what lives here; then it rests, or gives up its place.
    mutating func end(
        _ why: String, for period: Duration, then ending: Ending, at now: Moment
    ) -> [PluginEffect] {
        switch phase {
        case .gone: return []
        case .invalid:
            if ending == .retire { conclude(ending, at: now) }
            return []
        case .resting, .waitingForSlot, .backoff, .quarantined:
            reason = why
            conclude(ending, at: now)
            return []
        case .starting, .configuring:
            reason = why
            return enter(.shutdown, then: ending, at: now)
        case .ready, .degraded: return drain(why, for: period, then: ending, at: now)
        case .draining(let until, _):
            reason = why
            phase = .draining(until: min(until, now + period), then: ending)
            return []
        case .stopping(let stage, let until, _):
            reason = why
            phase = .stopping(stage, until: until, then: ending)
            return []
        }
    }

    private mutating func drain(
        _ why: String, for period: Duration, then ending: Ending, at now: Moment
    ) -> [PluginEffect] {
        reason = why
        phase = .draining(until: now + period, then: ending)
        return [.close(incarnation)]
    }

    /// The coordinator stops: drain, then end for good.
    mutating func stop(at now: Moment) -> [PluginEffect] {
        guard !isFinal else { return [] }
        isFinal = true
        return end(
            "the coordinator stops", for: limits.shutdownDrainTimeout, then: .rest, at: now)
    }

    /// Skips the stage that is being waited for.
    mutating func hurry(at now: Moment) -> [PluginEffect] {
        guard isFinal else { return [] }
        switch phase {
        case .draining(_, let ending):
            return [.cancelCalls(incarnation)]
                + enter(.terminate, then: ending, at: now, within: limits.hurriedGrace)
        case .stopping(.awaitExit, _, let ending), .stopping(.shutdown, _, let ending):
            return enter(.terminate, then: ending, at: now, within: limits.hurriedGrace)
        case .stopping(.terminate, _, let ending):
            return enter(.kill, then: ending, at: now)
        default: return []
        }
    }

    func next(after stage: StopStage) -> StopStage {
        switch stage {
        case .awaitExit, .shutdown: .terminate
        case .terminate, .kill: .kill
        }
    }

    /// Begins a stage of stopping; while the process is still being made, only notes it.
    mutating func enter(
        _ stage: StopStage, then ending: Ending, at now: Moment, within grace: Duration? = nil
    ) -> [PluginEffect] {
        let ending = isFinal ? Ending.rest : ending
        phase = .stopping(stage, until: now + (grace ?? period(of: stage)), then: ending)
        guard process == .alive else { return [] }
        switch stage {
        case .awaitExit: return []
        case .shutdown: return [.shutdown(incarnation)]
        case .terminate: return [.terminate(incarnation)]
        case .kill: return [.kill(incarnation)]
        }
    }

    private func period(of stage: StopStage) -> Duration {
        switch stage {
        case .awaitExit: limits.lostLinkGrace
        case .shutdown: limits.shutdownGrace
        case .terminate: limits.terminateGrace
        case .kill: limits.killRepeat
        }
    }

    /// The process is gone: what now?
    mutating func conclude(_ ending: Ending, at now: Moment) {
        switch ending {
        case .invalid(let why):
            reason = why
            phase = isProvisional ? .gone : .invalid
        case .failure(let why) where isProvisional:
            reason = why
            phase = .gone
        case _ where isFinal: phase = .resting
        case .restart:
            reason = ""
            wait()
        case .rest: phase = .resting
        case .retire:
            reason = ""
            phase = .gone
        case .failure(let why): fail(why, at: now)
        }
    }

    private mutating func fail(_ why: String, at now: Moment) {
        failuresInRow += 1
        failures.append(now)
        failures.removeAll { now - $0 > limits.failureWindow }
        guard isProbing || failures.count > limits.failuresAllowed else {
            reason = why
            let backoff = Backoff(
                base: limits.backoffBase, cap: limits.backoffCap, jitter: limits.backoffJitter)
            phase = .backoff(until: now + backoff.delay(after: failuresInRow, random: &random))
            return
        }
        probes += 1
        let probing = Backoff(
            base: limits.probeBase, cap: limits.probeCap, jitter: limits.backoffJitter)
        reason =
            isProbing
            ? "still failing after quarantine: \(why)"
            : "\(failures.count) failures in \(limits.failureWindow), the last: \(why)"
        isProbing = false
        phase = .quarantined(probeAt: now + probing.delay(after: probes, random: &random))
    }

    /// A worker that was READY long enough has earned a clean slate.
    mutating func noteStability(at now: Moment) {
        guard case .ready(let since) = phase, now - since >= limits.backoffReset else { return }
        forgetFailures()
    }

    mutating func forgetFailures() {
        failures = []
        failuresInRow = 0
        probes = 0
        isProbing = false
    }
}
