import Rules

/// The life of a case whose debtor has nothing: verification, the decision of Art. 44a, and the
/// verifications that follow every six months until two have found nothing.
struct UnenforceableCourse {
    let tools: Toolbox
    let temperament: Temperament

    func play(_ draft: inout CaseDraft, _ dice: inout Dice) {
        let ground = dice.weighted([78, 4, 18])
        let code = ["44a.1.a", "44a.1.b", "44a.1.c"][ground]
        draft.file.addressUnknown = ground == 2
        if ground == 0, dice.chance(permille: 60) {
            draft.file.prisonUntil = draft.file.decisionOn + dice.within(400...2500)
        }
        let notified = draft.file.debtorNotifiedOn ?? draft.file.decisionOn
        let found = tools.workdays.adding(dice.within(1...7), to: notified + 10)
        classify(&draft, on: found, ground: code, &dice)
        if dice.chance(permille: 90), draft.file.amountDue.amount < 20_000_000 {
            let part = draft.file.amountDue.amount / 50_000 * 1000
            draft.pay(
                max(part, 1000), on: tools.workdays.onOrAfter(found + dice.within(20...200)),
                .voluntary)
        }
        verifyAgain(&draft, after: found, ground: code, &dice)
    }

    /// The verification and, within 5 working days, the decision; some units skip the former.
    func classify(_ draft: inout CaseDraft, on found: Day, ground: String, _ dice: inout Dice) {
        let skips =
            temperament.habits.contains(.skipsVerification) && dice.chance(permille: 140)
        if !skips { draft.verify(.notEnforceable, on: found, ground: ground) }
        let late = dice.chance(permille: temperament.lateSteps / 4)
        let waited = late ? dice.within(6...15) : dice.within(0...5)
        draft.decide(
            .notEnforceable, on: tools.workdays.adding(waited, to: found), ground: ground,
            groundOn: found)
    }

    private func verifyAgain(
        _ draft: inout CaseDraft, after first: Day, ground: String, _ dice: inout Dice
    ) {
        var last = first
        for turn in 0..<3 {
            let late = dice.chance(permille: temperament.lateSteps / 2)
            let months = draft.file.addressUnknown || draft.file.prisonUntil != nil ? 12 : 6
            let due = last.adding(months: months)
            var day = tools.workdays.onOrBefore(
                late ? due + dice.within(3...60) : due - dice.within(1...20))
            // The third verification of a long case follows new information in the reporting year.
            if turn == 2, day < Season.yearStart {
                day = tools.someDay(Season.yearStart, Season.yearEnd, &dice)
            }
            let returns = turn >= 1 && dice.chance(permille: 60)
            guard
                draft.verify(
                    returns ? .enforceable : .notEnforceable, on: day,
                    ground: returns ? nil : ground)
            else { return }
            if returns {
                draft.decide(
                    .enforceable, on: tools.workdays.adding(dice.within(0...5), to: day),
                    groundOn: day)
                return
            }
            last = day
        }
    }
}
