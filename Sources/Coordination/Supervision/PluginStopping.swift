/// How a plugin's process is ended, and what comes after it.
extension PluginMachine {
    /// An operator's restart: drains and ends a living process, and forgets earlier failures.
    mutating func restart(at now: Moment) -> [PluginEffect] {
        guard !isFinal else { return [] }
        forgetFailures()
        switch phase {
        case .invalid, .backoff, .quarantined:
            reason = ""
            wait()
            return []
        case .starting, .configuring:
            reason = "restart asked for"
            return enter(.shutdown, then: .restart, at: now)
        case .ready:
            reason = "restart asked for"
            phase = .draining(until: now + limits.drainTimeout, then: .restart)
            return [.close(incarnation)]
        case .stopping(let stage, let until, _):
            phase = .stopping(stage, until: until, then: .restart)
            return []
        case .stopped, .disabled, .waitingForSlot, .draining: return []
        }
    }

    /// The coordinator stops: drain, then end for good.
    mutating func stop(at now: Moment) -> [PluginEffect] {
        guard !isFinal else { return [] }
        isFinal = true
        switch phase {
        case .invalid, .disabled, .stopped: return []
        case .waitingForSlot, .backoff, .quarantined:
            phase = .stopped
            return []
        case .starting, .configuring:
            reason = "the coordinator stops"
            return enter(.shutdown, then: .stopped, at: now)
        case .ready:
            reason = "the coordinator stops"
            phase = .draining(until: now + limits.shutdownDrainTimeout, then: .stopped)
            return [.close(incarnation)]
        case .draining(let until, _):
            phase = .draining(
                until: min(until, now + limits.shutdownDrainTimeout), then: .stopped)
            return []
        case .stopping(let stage, let until, _):
            phase = .stopping(stage, until: until, then: .stopped)
            return []
        }
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
        let ending = isFinal ? Ending.stopped : ending
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
        if isFinal {
            if case .invalid(let why) = ending {
                reason = why
                phase = .invalid
            } else {
                phase = .stopped
            }
            return
        }
        switch ending {
        case .restart:
            reason = ""
            wait()
        case .stopped: phase = .stopped
        case .invalid(let why):
            reason = why
            phase = .invalid
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

    private mutating func forgetFailures() {
        failures = []
        failuresInRow = 0
        probes = 0
        isProbing = false
    }
}

extension PluginMachine {
    /// Whether a plugin that takes no calls now is on its way to take them again.
    var isComing: Bool {
        switch phase {
        case .waitingForSlot, .starting, .configuring: !isFinal
        case .draining(_, .restart), .stopping(_, _, .restart): !isFinal
        default: false
        }
    }
}
