/// From the receipt of the request or judgment to the first verification: LTHADS Art. 36, 39, 44.1 and 45.
extension DutyFinder {
    mutating func takeUp() {
        issueDecision()
        guard file.decisionOn <= day else { return }
        assignOfficer()
        notifyDecision()
        verifyFirst()
    }

    /// E-03, E-04: the enforcement decision after the receipt.
    private mutating func issueDecision() {
        guard let receivedOn = file.receivedOn else { return }
        statutory(
            .issueDecision, rule: file.initiative.issuingRule, trigger: receivedOn,
            done: file.decisionOn)
    }

    /// E-06.assign: a period of the wording of 2008; since 2015 only a plan sets one.
    private mutating func assignOfficer() {
        let isAssigned = file.officer != nil
        let done = file.assignedOn ?? (isAssigned ? file.decisionOn : nil)
        if law.rule("E-06.assign", on: file.decisionOn) != nil {
            statutory(
                .assignOfficer, rule: "E-06.assign", trigger: file.decisionOn, done: done,
                open: !isAssigned)
        } else {
            planned(
                .assignOfficer, trigger: file.decisionOn, done: done, open: !isAssigned)
        }
    }

    /// E-07: the debtor is told of the decision. Work on the debtor's means shows that the case is past it.
    private mutating func notifyDecision() {
        statutory(
            .notifyDecision, rule: "E-07", trigger: file.decisionOn, done: file.debtorNotifiedOn,
            open: !isPastNotice)
    }

    private var isPastNotice: Bool {
        !verifications.isEmpty || decisions.contains { $0.kind.classifies }
            || file.assets.contains { $0.seizedOn <= day } || !isOwing(on: day)
    }

    /// E-11: the first verification once the voluntary period (E-09) is over. A postponement or suspension
    /// starts the period anew on the day it ends.
    private mutating func verifyFirst() {
        guard let notifiedOn = seen(file.debtorNotifiedOn) else { return }
        let done = verifications.first?.verifiedOn
        guard isAsked(done: done, open: true) else { return }
        guard let voluntary = try? law.period("E-09", on: notifiedOn) else {
            if done == nil, !isPastVerification { leaveOpen("E-09", trigger: notifiedOn) }
            return
        }
        let over = law.calendar.due(voluntary.period, from: notifiedOn)
        guard over <= day, isOwing(on: over) || done != nil else { return }
        let rested = afterHolds(from: over, rule: "E-11")
        let isCertain =
            voluntary.rule.verified && law.calendar.isCertain(from: notifiedOn, through: over)
        statutory(
            .verify, rule: "E-11", trigger: rested ?? over, done: done,
            open: rested != nil && !isPastVerification, alsoUnverified: !isCertain)
    }

    private var isPastVerification: Bool {
        decisions.contains { $0.kind.classifies } || file.assets.contains { $0.seizedOn <= day }
            || !isOwing(on: day)
    }

    private mutating func leaveOpen(_ id: String, trigger: Day) {
        statutory(.verify, rule: id, trigger: trigger, done: nil)
    }

    /// The day from which a period that an event on `trigger` starts is counted, when postponements and
    /// suspensions that reach into it are left out; nil while one lasts.
    func afterHolds(from trigger: Day, rule id: String) -> Day? {
        var trigger = trigger
        for hold in holdIntervals {
            guard let period = try? law.period(id, on: trigger) else { return trigger }
            guard hold.start <= law.calendar.due(period.period, from: trigger) else { continue }
            guard let end = hold.end else { return nil }
            if end > trigger { trigger = end }
        }
        return trigger
    }

    /// The stretches in which the case was postponed or suspended, oldest first; the last may have no end.
    var holdIntervals: [(start: Day, end: Day?)] {
        var found: [(start: Day, end: Day?)] = []
        var start: Day?
        for decision in decisions {
            switch decision.kind {
            case .postpone, .suspend: start = start ?? decision.decidedOn
            case .resume, .enforceable:
                if let from = start { found.append((from, decision.decidedOn)) }
                start = nil
            default: break
            }
        }
        if let start { found.append((start, nil)) }
        return found
    }
}
