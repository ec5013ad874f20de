/// The measures over all cases of a unit, and over its reports.
extension Counting {
    /// decisions_timely: received within the window; in when decided within the period of E-03 or E-04.
    /// The decision's day counts as recorded, also when it lies after the as-of day.
    func decisionShare(of file: borrowing CaseFile) -> Share? {
        guard let receivedOn = file.receivedOn, isInWindow(receivedOn) else { return nil }
        do throws(MissingRule) {
            let found = try law.period(file.initiative.issuingRule, on: receivedOn)
            let due = law.calendar.due(found.period, from: receivedOn)
            let certain = law.calendar.isCertain(from: receivedOn, through: due)
            return .one(
                file.decisionOn <= due,
                .issued(
                    due: due, initiative: file.initiative,
                    verified: found.rule.verified && certain))
        } catch {
            return .one(false, .missing(error))
        }
    }

    /// classification_right: each classification within the window; in when a verification of the same result
    /// lies in the six months up to it and no violation was found on the case after it.
    func eachClassification(of file: borrowing CaseFile, _ body: (Share) -> Void) {
        for index in file.decisions.indices {
            let decision = file.decisions[index]
            guard decision.kind.classifies, isInWindow(decision.decidedOn) else { continue }
            let result: VerificationResult =
                decision.kind == .notEnforceable ? .notEnforceable : .enforceable
            let earliest = decision.decidedOn.adding(months: -6)
            let verification = file.verifications.firstIndex {
                $0.result == result && earliest <= $0.verifiedOn
                    && $0.verifiedOn <= decision.decidedOn
            }
            let violation = file.violations.firstIndex {
                $0.foundOn > decision.decidedOn && $0.foundOn <= day
            }
            body(
                .one(
                    verification != nil && violation == nil,
                    .classification(
                        decision: index, verification: verification, violation: violation)))
        }
    }

    /// violations_repaired: each violation found by the as-of day; in when repaired by then.
    func eachViolation(of file: borrowing CaseFile, _ body: (Share) -> Void) {
        for index in file.violations.indices where file.violations[index].foundOn <= day {
            let repaired = file.violations[index].repairedOn.map { $0 <= day } ?? false
            body(.one(repaired, .violation(index)))
        }
    }

    /// lists_submitted, report_submitted: one duty, in when met by its last day; nil for other measures and
    /// where the unit has no such duty.
    func reportShare(of unit: Unit, _ reports: [Report]) -> Share? {
        guard let kind = target.measure.report, plan.asks(unit, for: kind) else { return nil }
        let due = plan.due(target)
        let unit = UnitFile(unit: unit, cases: [], reports: reports)
        let on = unit.reported(kind, emailCopy: plan.settings.emailCopy, by: day)
        let late = unit.daysLate(kind, due: due, plan: plan, law: law, by: day)
        return .one(on.map { $0 <= due } ?? false, .report(kind, on: on, daysLate: late))
    }
}

extension Initiative {
    /// The rule that says how fast the decision must come: E-03 on request, E-04 ex officio.
    public var issuingRule: String { self == .onRequest ? "E-03" : "E-04" }
}
