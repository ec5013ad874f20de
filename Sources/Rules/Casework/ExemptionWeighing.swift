/// Weighs one case against Art. 61 on one day.
struct ExemptionWeighing {
    let file: CaseFile
    let law: LawTable
    let day: Day
    private var blockers: [AppliedRule] = []
    private var questions: [AppliedRule] = []
    private var rules: [AppliedRule] = []

    init(file: CaseFile, law: LawTable, day: Day) {
        self.file = file
        self.law = law
        self.day = day
    }

    private var remaining: Dong { file.remaining(on: day) }
    private var clockFrom: Day { file.firstDecisionOn ?? file.decisionOn }

    mutating func advice() -> ExemptionAdvice {
        if let reason = notApplicable {
            rules.append(cited("X-00.sums", reason))
            return answer(.notApplicable)
        }
        do throws(MissingRule) {
            return try weigh(ExemptionClauses(law, on: day))
        } catch {
            questions.append(cited(error.id, error.description))
            return answer(.undetermined)
        }
    }

    private mutating func weigh(
        _ law: ExemptionClauses
    ) throws(MissingRule) -> ExemptionAdvice {
        let again = try consideredAgainFrom()
        let threshold = law.threshold(of: file.amountDue)
        let toPay = max(.zero, threshold - file.paid(on: day))
        let left = max(.zero, remaining - toPay)
        var options = law.clauses.map { clause in
            option(clause, left: left, toPay: toPay, again: again)
        }
        findBlockers()
        findQuestions(toPay: toPay)
        askWhichSum(law.clauses, options, again)
        options.append(hardship(toPay: toPay))
        cite(threshold: law.leastPaid, again: again)
        return answer(
            verdict(of: options), threshold: threshold, toPay: toPay, options: options)
    }

    // MARK: Clauses

    private func option(
        _ clause: ExemptionClauses.Clause, left: Dong, toPay: Dong, again: Day?
    ) -> ExemptionOption {
        let isFull = clause.measure == .full
        let sum = isFull ? file.amountDue : left
        let from = first(clause, again)
        let rule = AppliedRule(
            id: clause.id, citation: clause.basis.citation,
            text: ExemptionText.clause[clause.id, default: clause.basis.title],
            verified: clause.basis.verified && (!isFull || isSumSettled))
        guard clause.fits(sum), isFull || left > .zero else {
            return ExemptionOption(
                rule: rule, measure: clause.measure, state: .otherAmount, from: nil, atMost: nil)
        }
        let state: ExemptionOptionState =
            !isFull && toPay > .zero ? .needsPayment : from <= day ? .open : .later
        return ExemptionOption(
            rule: rule, measure: clause.measure, state: state, from: from,
            atMost: isFull ? remaining : clause.grant(left))
    }

    /// X-00b: whether look at the sum of the judgment is settled by no text at hand.
    private var isSumSettled: Bool { law.rule("X-00b", on: day)?.verified ?? false }

    private func first(_ clause: ExemptionClauses.Clause, _ again: Day?) -> Day {
        let aged = clockFrom.after(clause.years)
        return again.map { max($0, aged) } ?? aged
    }

    /// X-07 asks for facts that no file holds; only what was paid of a fee can be checked.
    private func hardship(toPay: Dong) -> ExemptionOption {
        let state: ExemptionOptionState =
            switch file.revenueKind {
            case "fee": toPay > .zero ? .needsPayment : .undetermined
            case "fine", nil: .undetermined
            default: .otherAmount
            }
        return ExemptionOption(
            rule: cited("X-07", ExemptionText.hardship), measure: .hardship, state: state,
            from: nil, atMost: state == .otherAmount ? nil : remaining)
    }

    private func verdict(of options: [ExemptionOption]) -> ExemptionVerdict {
        if options.contains(where: { $0.state == .open }) {
            if !blockers.isEmpty { return .blocked }
            return questions.isEmpty ? .eligible : .undetermined
        }
        let payable = options.contains {
            $0.state == .needsPayment && ($0.from.map { $0 <= day } ?? false)
        }
        if payable { return .needsPayment }
        return questions.contains { $0.id == "X-00b" } ? .undetermined : .later
    }

    // MARK: What stands in the way

    private var notApplicable: String? {
        if !file.stateRevenue { return ExemptionText.notRevenue }
        if file.isFinished(on: day) { return ExemptionText.finished }
        return remaining == .zero ? ExemptionText.paidUp : nil
    }

    /// the day from which the judgment may be considered again after its last consideration.
    private func consideredAgainFrom() throws(MissingRule) -> Day? {
        var last: Day?
        for exemption in file.exemptions where exemption.outcome != .returned {
            if let on = exemption.decidedOn, on <= day { last = max(last ?? on, on) }
        }
        for decision in file.decisions where isReduction(decision) {
            last = max(last ?? decision.decidedOn, decision.decidedOn)
        }
        guard let last else { return nil }
        return last.after(try law.period("X-08", on: day).period)
    }

    private func isReduction(_ decision: Decision) -> Bool {
        decision.kind == .reduceObligation && decision.decidedOn <= day
            && (decision.ground?.hasPrefix("61.") ?? true)
            && decision.ground?.hasPrefix("61.4") != true
    }

    private mutating func findBlockers() {
        for asset in file.assets where asset.isOpen(on: day) {
            blockers.append(cited("X-00", ExemptionText.asset(asset.assetNo)))
        }
        if !file.isNotEnforceable(on: day) {
            blockers.append(cited("X-00.own_motion", ExemptionText.notClassified))
        }
        for exemption in file.exemptions
        where exemption.proposedOn <= day && !(exemption.decidedOn.map { $0 <= day } ?? false) {
            blockers.append(cited("X-08", ExemptionText.underWay(exemption.proposedOn)))
        }
    }

    private mutating func findQuestions(toPay: Dong) {
        let classified = file.latestClassification(on: day)
        if let classified, classified.kind == .notEnforceable,
            classified.ground?.hasPrefix("44a.1.a") != true
        {
            questions.append(cited("X-00", ExemptionText.bothLegs))
        }
        let isImprisoned = file.prisonUntil.map { day < $0 } ?? false
        if isImprisoned, toPay == .zero, file.paid(on: day) > .zero {
            questions.append(cited("X-09a", ExemptionText.whoPaid))
        }
        if file.revenueKind == "fine", file.decisions.contains(where: isReduction) {
            questions.append(cited("X-07.repeat", ExemptionText.newOffence))
        }
    }

    /// Asks which sum counts where the two readings of Art. 61.1.b give different answers on the day.
    private mutating func askWhichSum(
        _ clauses: [ExemptionClauses.Clause], _ options: [ExemptionOption], _ again: Day?
    ) {
        guard !isSumSettled, !options.contains(where: { $0.state == .open }) else { return }
        let opens = clauses.contains {
            $0.measure == .full && $0.fits(remaining) && first($0, again) <= day
        }
        if opens { questions.append(cited("X-00b", ExemptionText.whichSum)) }
    }

    // MARK: The answer

    private mutating func cite(threshold: LawRule, again: Day?) {
        rules.append(cited("X-09", ExemptionText.leastPaid))
        rules.append(cited("X-00a", ExemptionText.clock(clockFrom)))
        rules.append(cited("X-00a.first_day", ExemptionText.firstDay))
        if let again { rules.append(cited("X-08", ExemptionText.again(again))) }
        if let old = oldVerification {
            rules.append(cited("X-10a.minutes", ExemptionText.verifyAgain(old)))
        }
        rules.append(cited("X-10", ExemptionText.court))
    }

    /// The day of the latest verification where its minutes are too old for the file (TTLT 12/2015 Art. 7).
    private var oldVerification: Day? {
        guard let limit = try? law.period("X-10a.minutes", on: day),
            let latest = file.verifications.map(\.verifiedOn).filter({ $0 <= day }).max(),
            latest.after(limit.period) < day
        else { return nil }
        return latest
    }

    private func answer(
        _ verdict: ExemptionVerdict, threshold: Dong? = nil, toPay: Dong? = nil,
        options: [ExemptionOption] = []
    ) -> ExemptionAdvice {
        ExemptionAdvice(
            verdict: verdict, due: file.amountDue, paid: file.paid(on: day), threshold: threshold,
            toPay: toPay, remaining: remaining, clockFrom: clockFrom,
            openFrom: options.compactMap(\.from).min(), options: options, blockers: blockers,
            questions: questions, rules: rules)
    }

    private func cited(_ id: String, _ text: String) -> AppliedRule {
        law.applied(
            id, on: day, text: text, otherwise: Citation(instrument: "LTHADS", place: "Điều 61"))
    }
}
