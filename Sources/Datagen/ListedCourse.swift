import Rules

/// The lives of the cases on a unit's two lists.
struct ListedCourse {
    let tools: Toolbox
    let temperament: Temperament
    let ordinary: EnforceableCourse

    init(tools: Toolbox, temperament: Temperament) {
        self.tools = tools
        self.temperament = temperament
        ordinary = EnforceableCourse(tools: tools, temperament: temperament)
    }

    /// When the unit's lists went in; a unit that sent none still worked by the list it had drawn up.
    private var submittedOn: Day { temperament.listsOn ?? Season.listsDue - 1 }

    /// One of the large cases: seized within the window, or later, or not at all.
    func playLarge(_ draft: inout CaseDraft, isSeized: Bool, _ dice: inout Dice) {
        nominate(&draft, "large_value")
        verifyEarly(&draft, &dice)
        if isSeized {
            let day =
                dice.chance(permille: 100)
                ? Season.end : tools.someDay(Season.start + 1, Season.end, &dice)
            ordinary.seize(&draft, on: day, &dice)
            return
        }
        switch dice.weighted([55, 15, 20, 10]) {
        case 0:
            ordinary.seize(
                &draft, on: tools.someDay(Season.end + 1, date(2021, 7, 30), &dice), &dice)
        case 1:
            ordinary.resolve(
                &draft, on: tools.someDay(date(2021, 4, 1), date(2021, 8, 31), &dice), &dice)
        case 2: ordinary.payPart(&draft, from: Season.start, &dice)
        default: break
        }
    }

    /// One of the old cases: resolved within the window, or paid in part, or left.
    func playOld(_ draft: inout CaseDraft, isResolved: Bool, _ dice: inout Dice) {
        nominate(&draft, "old_case")
        verifyEarly(&draft, &dice)
        if isResolved {
            let last = tools.workdays.adding(-5, to: Season.end)
            ordinary.resolve(&draft, on: tools.someDay(Season.start, last, &dice), &dice)
            return
        }
        switch dice.weighted([42, 24, 12, 8, 6, 8]) {
        case 1: payWithinWindow(&draft, &dice)
        case 2:
            ordinary.resolve(
                &draft, on: tools.someDay(Season.end + 1, Season.yearEnd - 7, &dice), &dice)
        case 3 where draft.file.amountDue.amount >= 10_000_000:
            ordinary.seize(
                &draft, on: tools.someDay(date(2020, 4, 1), date(2020, 11, 30), &dice), &dice)
        case 4: reclassify(&draft, &dice)
        case 5: payBefore(&draft, &dice)
        default: break
        }
    }

    private func nominate(_ draft: inout CaseDraft, _ list: String) {
        draft.file.nominations.append(Nomination(list: list, submittedOn: submittedOn))
    }

    private func verifyEarly(_ draft: inout CaseDraft, _ dice: inout Dice) {
        let from = max(
            tools.workdays.onOrAfter(draft.file.decisionOn + 12), date(2020, 9, 1))
        draft.verify(.enforceable, on: tools.someDay(from, max(from, submittedOn - 1), &dice))
    }

    private func payWithinWindow(_ draft: inout CaseDraft, _ dice: inout Dice) {
        let amount = draft.file.amountDue.amount / 100_000 * Int64(dice.within(5...60)) * 1000
        let later = temperament.habits.contains(.reversesLater) && dice.chance(permille: 400)
        draft.pay(
            amount, on: tools.someDay(Season.start, Season.end, &dice),
            ordinary.source(draft, &dice),
            reversedOn: later ? tools.someDay(Season.end + 2, Season.end + 40, &dice) : nil)
    }

    private func payBefore(_ draft: inout CaseDraft, _ dice: inout Dice) {
        let amount = draft.file.amountDue.amount / 100_000 * Int64(dice.within(10...40)) * 1000
        draft.pay(
            amount, on: tools.someDay(draft.file.decisionOn + 20, Season.start - 1, &dice),
            .voluntary)
    }

    /// Found to have nothing after the list went in: the frozen list keeps the case.
    private func reclassify(_ draft: inout CaseDraft, _ dice: inout Dice) {
        let found = tools.someDay(Season.start, date(2021, 7, 30), &dice)
        UnenforceableCourse(tools: tools, temperament: temperament)
            .classify(&draft, on: found, ground: "44a.1.a", &dice)
    }
}
