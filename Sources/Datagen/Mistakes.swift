import Rules

/// What went wrong: violations found, payments reversed or booked before the decision,
/// classifications turned about near a period's end.
struct Mistakes {
    let tools: Toolbox
    let temperament: Temperament

    /// Mistakes that any case may have.
    func sprinkle(on draft: inout CaseDraft, _ dice: inout Dice) {
        if dice.chance(permille: 20), !draft.file.payments.isEmpty { reverse(&draft, &dice) }
        if dice.chance(permille: 2) {
            draft.pay(
                50_000, on: tools.workdays.adding(-dice.within(1...10), to: draft.file.decisionOn),
                .voluntary)
        }
        if temperament.habits.contains(.reclassifiesAtTheEnd), dice.chance(permille: 25) {
            swing(&draft, &dice)
        }
    }

    private func reverse(_ draft: inout CaseDraft, _ dice: inout Dice) {
        let index = dice.below(draft.file.payments.count)
        guard draft.file.payments[index].reversedOn == nil, !draft.isFinished else { return }
        let day = tools.workdays.adding(
            dice.within(3...45), to: draft.file.payments[index].paidOn)
        draft.file.payments[index].reversedOn = tools.capped(day, draft)
    }

    /// Not enforceable in the last days of the window, enforceable again in June.
    private func swing(_ draft: inout CaseDraft, _ dice: inout Dice) {
        guard !draft.isFinished, !draft.isNotEnforceable,
            draft.file.decisionOn < date(2021, 3, 1),
            draft.file.decisions.allSatisfy({ $0.decidedOn < date(2021, 5, 20) })
        else { return }
        let day = tools.someDay(date(2021, 5, 24), Season.end, &dice)
        draft.verify(.notEnforceable, on: day, ground: "44a.1.a")
        draft.decide(.notEnforceable, on: day, ground: "44a.1.a", groundOn: day)
        let back = tools.someDay(date(2021, 6, 10), date(2021, 6, 30), &dice)
        draft.verify(.enforceable, on: back)
        draft.decide(.enforceable, on: back, groundOn: back)
    }

    /// A violation found on the case; the serious ones within the window.
    func findViolation(_ draft: inout CaseDraft, serious: Bool, _ dice: inout Dice) {
        let from = max(draft.file.decisionOn + 3, serious ? date(2021, 3, 8) : Season.yearStart)
        let found = tools.someDay(
            from, max(from, serious ? Season.end - 3 : Season.yearEnd - 30), &dice)
        let repaired = dice.chance(permille: 800 - temperament.lateSteps / 2)
        draft.find(
            serious ? .serious : .minor, on: found,
            repairedOn: repaired ? tools.workdays.adding(dice.within(2...25), to: found) : nil)
    }
}
