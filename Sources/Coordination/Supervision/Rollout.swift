/// Fresh processes in place of those that serve, one after the other.
struct Rollout: Sendable, Equatable {
    /// Places still to be replaced.
    var pending: [Int]
    /// The place that is being replaced, and the one that takes over.
    var old: Int?
    var successor: Int?
    /// Replaced places that still drain or stop.
    var leaving: Int?
    /// All are restarted where they are: there is nothing that could go on serving meanwhile.
    var isInPlace = false
    var why: String
}

/// How one process replaces another.
extension PluginMachine {
    /// Begins to replace all processes. A singleton, and what does not serve anyway, is restarted
    /// where it is.
    mutating func beginRollout(_ why: String, at now: Moment) -> [PluginEffect] {
        let abandoned = abandonRollout("another one begins", at: now)
        let serving = instances.filter { $0.value.isServing }.keys.sorted()
        guard !shape.isSingleton, !serving.isEmpty else {
            rollout = Rollout(pending: [], isInPlace: true, why: why)
            return abandoned
                + each { $0.isLeaving ? [] : $0.restart(why, at: now) } + [.rolledOut]
        }
        rollout = Rollout(pending: serving, why: why)
        var effects = abandoned
        for place in instances.keys.sorted() where !serving.contains(place) {
            guard instances[place]?.isLeaving == false else { continue }
            effects += instances[place]?.restart(why, at: now) ?? []
        }
        return effects
    }

    /// Ends the process on trial; what serves goes on.
    mutating func abandonRollout(_ why: String, at now: Moment) -> [PluginEffect] {
        guard let rollout else { return [] }
        self.rollout = nil
        guard !rollout.isInPlace else { return [] }
        var effects: [PluginEffect] = []
        if let successor = rollout.successor, instances[successor]?.isProvisional == true {
            effects = instances[successor]?.end(why, for: .zero, then: .retire, at: now) ?? []
        }
        return effects + [.rolloutFailed(reason: why)]
    }

    /// Takes the next steps that the state of the processes allows.
    mutating func settle(at now: Moment) -> [PluginEffect] {
        var effects: [PluginEffect] = []
        while let more = stepRollout(at: now) { effects += more }
        for (place, instance) in instances where instance.phase == .gone && !isFinal {
            guard rollout?.successor != place else { continue }
            instances[place] = nil
        }
        return effects
    }

    /// nil when there is nothing to do now.
    private mutating func stepRollout(at now: Moment) -> [PluginEffect]? {
        guard let rollout, !isFinal else { return nil }
        if rollout.isInPlace {
            if isBlocked || instances.values.allSatisfy({ !$0.isUnderWay }) { self.rollout = nil }
            return nil
        }
        if let old = rollout.old, let successor = rollout.successor {
            return judge(old, successor, at: now)
        }
        if let leaving = rollout.leaving {
            if let instance = instances[leaving], instance.phase != .gone { return nil }
            instances[leaving] = nil
            self.rollout?.leaving = nil
            return []
        }
        guard let next = rollout.pending.first else {
            self.rollout = nil
            return [.rolledOut]
        }
        self.rollout?.pending.removeFirst()
        guard instances[next]?.isServing == true else {
            // It failed meanwhile, and comes up by itself.
            return []
        }
        let successor = freePlace()
        addInstance(successor, .waitingForSlot, isProvisional: true)
        self.rollout?.old = next
        self.rollout?.successor = successor
        return []
    }

    private mutating func judge(
        _ old: Int, _ successor: Int, at now: Moment
    ) -> [PluginEffect]? {
        guard let trial = instances[successor], trial.phase != .gone else {
            let why = instances[successor]?.reason ?? ""
            instances[successor] = nil
            rollout = nil
            return [.rolloutFailed(reason: why)]
        }
        if trial.isServing {
            rollout?.old = nil
            rollout?.successor = nil
            rollout?.leaving = old
            let why = rollout?.why ?? ""
            return instances[old]?.end(why, for: limits.drainTimeout, then: .retire, at: now) ?? []
        }
        guard instances[old]?.isServing != true else { return nil }
        // What should be replaced is gone by itself: the other takes its place as it is.
        rollout?.old = nil
        rollout?.successor = nil
        rollout?.leaving = old
        instances[successor]?.isProvisional = false
        return instances[old]?.end("replaced", for: .zero, then: .retire, at: now) ?? []
    }
}

extension InstanceMachine {
    /// Gives up its place when it has ended.
    var isLeaving: Bool {
        switch phase {
        case .draining(_, .retire), .stopping(_, _, .retire), .gone: true
        default: false
        }
    }

    /// Between one lasting state and another.
    var isUnderWay: Bool {
        switch phase {
        case .waitingForSlot, .starting, .configuring, .draining, .stopping: true
        default: false
        }
    }

    /// A plugin that this one depends on is gone: ends what lives, and starts anew when it is back.
    mutating func recycle(_ why: String, at now: Moment) -> [PluginEffect] {
        switch phase {
        case .starting, .configuring, .ready, .degraded: restart(why, at: now)
        default: []
        }
    }
}
