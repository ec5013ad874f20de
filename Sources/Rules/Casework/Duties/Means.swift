/// What the debtor can pay: classification and the verifications that follow it (LTHADS Art. 44.2, 44a;
/// ND62 Art. 9.4).
extension DutyFinder {
    mutating func means() {
        guard !verifications.isEmpty || decisions.contains(where: { $0.kind == .notEnforceable })
        else { return }
        for index in verifications.indices {
            switch verifications[index].result {
            case .notEnforceable: classify(after: index)
            case .enforceable: continueEnforcement(after: index)
            }
        }
        classifyOnGround()
        for stretch in unenforceableStretches { verifyAgain(in: stretch) }
    }

    /// Whether the latest classification before `moment` is *chưa có điều kiện*.
    private func wasUnenforceable(before moment: Day) -> Bool {
        decisions.last { $0.kind.classifies && $0.decidedOn < moment }?.kind == .notEnforceable
    }

    /// E-13: the first verification of a run that finds nothing asks for the decision of Art. 44a.
    private mutating func classify(after index: Int) {
        let found = verifications[index].verifiedOn
        guard !wasUnenforceable(before: found) else { return }
        if index > 0, verifications[index - 1].result == .notEnforceable {
            let before = verifications[index - 1].verifiedOn
            let isNewRun = decisions.contains {
                $0.kind.classifies && before <= $0.decidedOn && $0.decidedOn < found
            }
            guard isNewRun else { return }
        }
        let turned = verifications[index...].first { $0.result == .enforceable }?.verifiedOn
        let done = classification(from: found, before: turned)
        statutory(
            .classify, rule: "E-13", trigger: found, done: done,
            open: turned == nil && isOwing(on: day) && !isSeized(since: found))
    }

    /// The first 44a decision from `start` on and before `end`.
    private func classification(from start: Day, before end: Day?) -> Day? {
        decisions.first { decision in
            decision.kind == .notEnforceable && start <= decision.decidedOn
                && end.map { decision.decidedOn < $0 } ?? true
        }?.decidedOn
    }

    private func isSeized(since start: Day) -> Bool {
        file.assets.contains { start <= $0.seizedOn && $0.seizedOn <= day }
    }

    /// E-13 from the recorded day of the ground, for a 44a decision that no verification led to.
    private mutating func classifyOnGround() {
        let led = Set(duties.done.filter { $0.kind == .classify }.compactMap(\.doneOn))
        for decision in decisions where decision.kind == .notEnforceable {
            guard let groundOn = decision.groundOn, groundOn <= decision.decidedOn,
                !led.contains(decision.decidedOn)
            else { continue }
            statutory(.classify, rule: "E-13", trigger: groundOn, done: decision.decidedOn)
        }
    }

    /// The debtor has means again: the plan's period for the decision to continue (ND62 Art. 9.4 sets none).
    private mutating func continueEnforcement(after index: Int) {
        let found = verifications[index].verifiedOn
        guard wasUnenforceable(before: found) else { return }
        if index > 0, verifications[index - 1].result == .enforceable,
            wasUnenforceable(before: verifications[index - 1].verifiedOn)
        {
            return
        }
        let turned = verifications[index...].first { $0.result == .notEnforceable }?.verifiedOn
        let done = decisions.first { decision in
            decision.kind == .enforceable && found <= decision.decidedOn
                && turned.map { decision.decidedOn < $0 } ?? true
        }?.decidedOn
        planned(.continueEnforcement, trigger: found, done: done, open: turned == nil)
    }

    /// The stretches in which the case was classed *chưa có điều kiện*, oldest first.
    private var unenforceableStretches: [(start: Day, end: Day?)] {
        var found: [(start: Day, end: Day?)] = []
        var start: Day?
        for decision in decisions {
            switch decision.kind {
            case .notEnforceable: start = start ?? decision.decidedOn
            case .enforceable, .complete, .terminate:
                if let from = start { found.append((from, decision.decidedOn)) }
                start = nil
            default: break
            }
        }
        if let start { found.append((start, nil)) }
        return found
    }

    /// E-12: verification again and again while the case is not enforceable, until the number of rounds of
    /// Art. 44.2 has found nothing; after that only new information asks for one.
    private mutating func verifyAgain(in stretch: (start: Day, end: Day?)) {
        let before = verifications.last { $0.verifiedOn <= stretch.start }?.verifiedOn
        var anchor: Day? = before ?? stretch.start
        var rounds = 0
        let later = verifications.filter { one in
            stretch.start < one.verifiedOn && stretch.end.map { one.verifiedOn <= $0 } ?? true
        }
        for verification in later {
            if let from = anchor { verifyAgain(from: from, done: verification.verifiedOn, rounds) }
            let foundNothing = verification.result == .notEnforceable
            anchor = foundNothing ? verification.verifiedOn : nil
            rounds = foundNothing ? rounds + 1 : 0
        }
        if let from = anchor, stretch.end == nil { verifyAgain(from: from, done: nil, rounds) }
    }

    private mutating func verifyAgain(from trigger: Day, done: Day?, _ rounds: Int) {
        if case .count(let enough) = law.rule("E-12.rounds", on: trigger)?.value, rounds >= enough {
            return
        }
        statutory(
            .reverify, rule: isYearly(from: trigger) ? "E-12.prison_or_address_unknown" : "E-12",
            trigger: trigger, done: done, open: isOwing(on: day))
    }

    /// A debtor without a known address, or with long enough in prison, is verified once a year.
    private func isYearly(from trigger: Day) -> Bool {
        if file.addressUnknown { return true }
        guard let until = file.prisonUntil,
            case .period(.years(let years)) = law.rule("E-12.prison_years", on: trigger)?.value
        else { return false }
        return trigger.adding(years: years) <= until
    }
}
