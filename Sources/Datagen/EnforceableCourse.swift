import Rules

/// The life of a case whose debtor has means: paid, paid in parts, promised, postponed, terminated,
/// or driven to seizure.
struct EnforceableCourse {
    let tools: Toolbox
    let temperament: Temperament

    /// An ordinary case. Cases still open on 1 October 2020 were carried over, so nothing ends before.
    func play(_ draft: inout CaseDraft, _ dice: inout Dice) {
        let opened = draft.file.debtorNotifiedOn ?? draft.file.decisionOn
        let voluntaryEnd = tools.workdays.onOrAfter(opened + 10)
        if dice.chance(permille: 550) {
            draft.verify(
                .enforceable, on: tools.workdays.adding(dice.within(1...7), to: voluntaryEnd))
        }
        let earliest = max(voluntaryEnd, Season.yearStart)
        if isLarge(draft), seizes(&draft, after: voluntaryEnd, &dice) { return }
        if dice.chance(permille: chanceOfEnd(draft)) {
            let latest = min(Season.yearEnd, earliest + 250)
            resolve(&draft, on: tools.someDay(earliest, latest, &dice), &dice)
        } else {
            linger(&draft, from: earliest, &dice)
        }
    }

    private func isLarge(_ draft: CaseDraft) -> Bool { draft.file.amountDue.amount >= 300_000_000 }

    private func chanceOfEnd(_ draft: CaseDraft) -> Int {
        switch draft.file.amountDue.amount {
        case ..<5_000_000: 900
        case ..<50_000_000: 780
        case ..<300_000_000: 600
        default: 260
        }
    }

    /// Large cases were mostly seized before the campaign; that is why they are not on its list.
    private func seizes(_ draft: inout CaseDraft, after day: Day, _ dice: inout Dice) -> Bool {
        let staysOff = temperament.habits.contains(.listsEasyCases)
        guard dice.chance(permille: staysOff ? 250 : 880) else { return false }
        let from = max(day, date(2020, 3, 2))
        let until = max(from + 20, min(from + 200, Season.start - 1))
        seize(&draft, on: tools.someDay(from, until, &dice), &dice)
        return true
    }

    /// The case ends on that day: paid whole, in parts, or terminated at the creditor's wish.
    func resolve(_ draft: inout CaseDraft, on day: Day, _ dice: inout Dice) {
        let opened = tools.workdays.onOrAfter(
            (draft.file.debtorNotifiedOn ?? draft.file.decisionOn) + 1)
        let parts = dice.chance(permille: 700) ? 1 : dice.within(2...3)
        var rest = draft.remaining(on: day)
        for part in 1..<max(2, parts) where parts > 1 {
            let amount = rest / Int64(parts - part + 1) / 1000 * 1000
            let earlier = tools.workdays.onOrAfter(
                max(opened, day - (parts - part) * dice.within(15...60)))
            guard earlier < day, amount > 0 else { continue }
            draft.pay(amount, on: earlier, source(draft, &dice))
            rest -= amount
        }
        let terminates = temperament.habits.contains(.terminates) ? 280 : 50
        if !draft.file.stateRevenue, dice.chance(permille: terminates) {
            draft.decide(.terminate, on: day, ground: "50.1.c", groundOn: day, amount: rest)
            return
        }
        if draft.file.stateRevenue, rest < 5_000_000, dice.chance(permille: 250),
            draft.file.decisionOn < date(2016, 1, 1)
        {
            draft.pay(rest, on: day, .exempted)
        } else if dice.chance(permille: 3) {
            // A mistake to find: the case is closed with money still due.
            draft.pay(rest / 4 * 3, on: day, source(draft, &dice))
        } else {
            draft.pay(rest, on: day, source(draft, &dice))
        }
        draft.decide(.complete, on: tools.workdays.adding(dice.within(0...4), to: day))
    }

    func source(_ draft: CaseDraft, _ dice: inout Dice) -> PaymentSource {
        dice.chance(permille: 130) ? .coerced : .voluntary
    }

    /// The case stays open: part payments, promises, postponement, suspension, delegation, seizure.
    private func linger(_ draft: inout CaseDraft, from day: Day, _ dice: inout Dice) {
        switch dice.weighted([40, 18, 14, 9, 2, 2, 15]) {
        case 1: payPart(&draft, from: day, &dice)
        case 2: commit(&draft, from: day, &dice)
        case 3: postpone(&draft, from: day, &dice)
        case 4: suspend(&draft, from: day, &dice)
        case 5:
            draft.decide(.delegate, on: tools.someDay(day, Season.yearEnd, &dice), ground: "55.1")
        case 6 where draft.file.amountDue.amount >= 10_000_000:
            seize(&draft, on: tools.someDay(day + 5, Season.yearEnd, &dice), &dice)
        default: break
        }
    }

    func payPart(_ draft: inout CaseDraft, from day: Day, _ dice: inout Dice) {
        let amount = draft.file.amountDue.amount / 100_000 * Int64(dice.within(3...55)) * 1000
        draft.pay(amount, on: tools.someDay(day, Season.yearEnd, &dice), source(draft, &dice))
    }

    /// Instalments month by month; some are kept, some break off.
    private func commit(_ draft: inout CaseDraft, from day: Day, _ dice: inout Dice) {
        let months = dice.within(4...8)
        let amount = draft.file.amountDue.amount / Int64(months) / 1000 * 1000
        guard amount > 0 else { return }
        let breaksAt = dice.chance(permille: 450) ? dice.below(months) : months
        let first = tools.someDay(day, date(2021, 5, 14), &dice)
        for month in 0..<months {
            let due = first.adding(months: month)
            draft.file.commitments.append(Commitment(dueOn: due, amount: Dong(amount)))
            guard month < breaksAt else { continue }
            draft.pay(amount, on: max(day, due - dice.below(4)), .voluntary)
        }
    }

    private func postpone(_ draft: inout CaseDraft, from day: Day, _ dice: inout Dice) {
        let on = tools.someDay(day, date(2021, 8, 31), &dice)
        let until = tools.workdays.onOrAfter(on.adding(months: dice.within(1...6)))
        let ground = dice.pick(["48.1.c", "48.1.c", "48.1.c", "48.1.a", "48.1.d"])
        draft.decide(
            .postpone, on: on, ground: ground, groundOn: tools.workdays.adding(-2, to: on),
            until: until)
        guard dice.chance(permille: 650) else { return }
        draft.decide(
            .resume, on: tools.workdays.adding(dice.within(0...5), to: until), groundOn: until)
    }

    private func suspend(_ draft: inout CaseDraft, from day: Day, _ dice: inout Dice) {
        let on = tools.someDay(day, date(2021, 7, 30), &dice)
        draft.decide(.suspend, on: on, ground: dice.pick(["49.1", "49.2"]), groundOn: on)
        if dice.below(2) == 0 {
            draft.decide(.resume, on: tools.workdays.adding(dice.within(20...60), to: on))
        }
    }

    /// Seizes one asset, rarely two, walks each through its course, and books what it brought.
    func seize(_ draft: inout CaseDraft, on day: Day, _ dice: inout Dice) {
        guard day <= draft.horizon else { return }
        let due = draft.file.amountDue.amount
        draft.file.coercionCost = Dong(Int64(dice.within(2...25)) * 1_000_000)
        let assets = due > 1_000_000_000 && dice.chance(permille: 220) ? 2 : 1
        for number in 1...assets {
            let share = Int64(dice.within(55...140)) / Int64(assets)
            let terms = AuctionTerms(
                assetNo: "TS\(number)",
                kind: due > 60_000_000 || dice.below(3) == 0 ? .realEstate : .movable,
                seizedOn: day, value: max(1_000_000, due / 100_000 * max(1, share) * 1000),
                stateRevenue: draft.file.stateRevenue,
                coercionCost: draft.file.coercionCost?.amount ?? 0, horizon: draft.horizon,
                lateSteps: temperament.lateSteps, habits: temperament.habits)
            var course = AuctionCourse(terms: terms, workdays: tools.workdays, dice: dice)
            course.run()
            dice = course.dice
            draft.file.assets.append(course.asset)
            if let settlement = course.settlement { book(settlement, in: &draft, &dice) }
        }
        closeIfPaid(&draft, &dice)
    }

    private func book(_ settlement: Settlement, in draft: inout CaseDraft, _ dice: inout Dice) {
        let amount = min(settlement.amount, draft.remaining(on: draft.horizon))
        draft.pay(
            amount, on: settlement.paidOn, settlement.source, reversedOn: settlement.undoneOn)
    }

    func closeIfPaid(_ draft: inout CaseDraft, _ dice: inout Dice) {
        guard !draft.isFinished, draft.remaining(on: draft.horizon) == 0,
            let last = draft.file.payments.map(\.paidOn).max()
        else { return }
        draft.decide(.complete, on: tools.workdays.adding(dice.within(0...4), to: last))
    }
}
