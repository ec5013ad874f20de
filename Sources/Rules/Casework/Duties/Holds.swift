/// Postponement, suspension, resumption, termination and the end (LTHADS Art. 48 to 50 and 52).
extension DutyFinder {
    mutating func holds() {
        for index in decisions.indices {
            switch decisions[index].kind {
            case .postpone:
                onGround(.decidePostponement, "C-05", decisions[index], unless: "48.2")
                resume(after: index)
            case .suspend:
                guard decisions[index].ground?.hasPrefix("49.2") == true else { continue }
                onGround(.decideSuspension, "C-09", decisions[index])
            case .terminate: onGround(.decideTermination, "C-11", decisions[index])
            case .resume: resumeOnGround(index)
            default: break
            }
        }
    }

    /// A decision whose period runs from the recorded day of its ground: known once it was made.
    private mutating func onGround(
        _ kind: DutyKind, _ rule: String, _ decision: Decision, unless atOnce: String? = nil
    ) {
        if let atOnce, decision.ground?.hasPrefix(atOnce) == true { return }
        guard let groundOn = decision.groundOn, groundOn <= decision.decidedOn else { return }
        statutory(
            kind, rule: rule, trigger: groundOn, done: decision.decidedOn,
            subject: decision.ground)
    }

    /// C-08: the decision to continue once the term of a postponement has passed. Another postponement, a
    /// suspension or the end of the case overtakes it.
    private mutating func resume(after index: Int) {
        guard let until = term(of: decisions[index]) else { return }
        let trigger = max(until, decisions[index].decidedOn)
        let next = decisions[(index + 1)...].first { $0.kind.endsHold }
        if let next, next.decidedOn <= trigger { return }
        let done = next.flatMap { $0.kind == .resume || $0.kind == .enforceable ? $0 : nil }
        statutory(
            .resume, rule: "C-08", trigger: trigger, done: done?.decidedOn, open: next == nil)
    }

    /// The last day of a postponement: as decided, else for a request of the person empowered to appeal the
    /// longest that Art. 48.2 allows (C-06).
    private func term(of decision: Decision) -> Day? {
        if let until = decision.untilOn { return until }
        guard decision.ground?.hasPrefix("48.2") == true else { return nil }
        let asked = decision.groundOn ?? decision.decidedOn
        guard let longest = try? law.period("C-06", on: asked) else { return nil }
        return law.calendar.due(longest.period, from: asked)
    }

    /// C-08, C-10: a decision to continue that states the day on which the ground fell away.
    private mutating func resumeOnGround(_ index: Int) {
        let decision = decisions[index]
        guard let groundOn = decision.groundOn, groundOn <= decision.decidedOn,
            !duties.done.contains(where: { $0.kind == .resume && $0.doneOn == decision.decidedOn }),
            let held = decisions[..<index].last(where: { $0.kind.endsHold })
        else { return }
        switch held.kind {
        case .postpone:
            statutory(.resume, rule: "C-08", trigger: groundOn, done: decision.decidedOn)
        case .suspend:
            statutory(.resume, rule: "C-10", trigger: groundOn, done: decision.decidedOn)
        default: break
        }
    }

    /// Art. 52: nothing is left to pay; the plan says within how many days the case is closed.
    mutating func ending() {
        guard let paidOff = paidOffOn else { return }
        let closing = decisions.first { $0.kind.finishes && $0.decidedOn >= paidOff }
        planned(.complete, trigger: paidOff, done: closing?.decidedOn)
    }

    /// The day from which nothing was left to pay; nil while something is.
    private var paidOffOn: Day? {
        guard file.amountDue > .zero, file.remaining(on: day) == .zero else { return nil }
        let payments = file.payments.map(\.paidOn)
        let writeOffs = decisions.filter(\.kind.writesOff).map(\.decidedOn)
        return (payments + writeOffs).filter { $0 <= day }.sorted(by: >).first {
            file.remaining(on: $0) == .zero && file.remaining(on: $0 - 1) > .zero
        }
    }
}

extension DecisionKind {
    /// Ends or replaces a postponement or suspension that stands.
    fileprivate var endsHold: Bool {
        switch self {
        case .postpone, .suspend, .resume, .enforceable, .complete, .terminate: true
        case .notEnforceable, .delegate, .reduceObligation: false
        }
    }
}
