import Rules

/// The words and the calendar that every case is written with.
struct Toolbox {
    let people = People()
    let wording = Wording()
    let workdays = Workdays()

    /// Decision days over the years, as ten-thousandths of the stock: 6.5% from 2017 or before,
    /// 27% carried over from 2018 to September 2020, the rest taken in during the reporting year.
    private let timeline: [(share: Int, day: Day)] = [
        (0, date(2009, 3, 2)), (100, date(2012, 1, 3)), (300, date(2015, 7, 1)),
        (650, Season.oldUntil), (1050, date(2018, 12, 31)), (1750, date(2019, 12, 31)),
        (3400, date(2020, 9, 30)), (10_000, Season.yearEnd),
    ]

    /// The working day on which the case at this place of the stock was decided; never decreasing.
    func decisionDay(_ index: Int, of count: Int) -> Day {
        let share = (2 * index + 1) * 5000 / max(1, count)
        var low = timeline[0]
        for high in timeline.dropFirst() {
            if share < high.share {
                let days = (high.day - low.day) * (share - low.share) / (high.share - low.share)
                return workdays.onOrBefore(low.day + days)
            }
            low = high
        }
        return workdays.onOrBefore(low.day)
    }

    /// Who owes what to whom, by which judgment; the words of a case already sized and dated.
    func dress(_ draft: inout CaseDraft, district: Phrase, _ dice: inout Dice) {
        let decomposed = dice.chance(permille: 60)
        let file = draft.file
        draft.debtor = people.debtor(&dice, decomposed: decomposed)
        draft.debtorAddress = wording.address(&dice, district: district, decomposed: decomposed)
        draft.obligation = wording.obligation(
            &dice, of: draft.size, revenueKind: file.revenueKind, decomposed: decomposed)
        if dice.chance(permille: 12) {
            draft.note = wording.note(&dice, decomposed: decomposed)
        }
        draft.creditor =
            file.stateRevenue
            ? people.stateBudget(decomposed: decomposed)
            : file.creditInstitution
                ? people.creditInstitution(&dice, decomposed: decomposed)
                : people.person(&dice, decomposed: decomposed)
        let received = file.receivedOn ?? file.decisionOn
        let judged = workdays.onOrBefore(received - dice.within(45...160))
        let year = judged.civil.year
        let court = dice.pick(["DS-ST", "HNGĐ-ST", "DS-PT", "KDTM-ST"])
        let chamber = file.revenueKind == nil || file.revenueKind == "fee" ? court : "HS-ST"
        draft.judgmentOn = judged
        draft.judgmentNo = "\(dice.within(1...240))/\(year)/\(chamber)"
        draft.file.judgmentEffectiveOn = judged + 30
    }

    /// Receipt, assignment, notice: the days around the decision. Late ones exceed 5 working days.
    func schedule(_ draft: inout CaseDraft, latePermille: Int, _ dice: inout Dice) {
        let decided = draft.file.decisionOn
        let late = dice.chance(permille: latePermille)
        let waited = late ? dice.within(6...14) : dice.within(0...5)
        draft.file.receivedOn = workdays.adding(-waited, to: decided)
        draft.file.assignedOn = capped(workdays.adding(dice.within(0...2), to: decided), draft)
        draft.file.debtorNotifiedOn = capped(
            workdays.adding(dice.within(1...3), to: decided), draft)
        draft.file.firstDecisionOn = decided
    }

    func capped(_ day: Day, _ draft: CaseDraft) -> Day? { day <= draft.horizon ? day : nil }

    /// A working day between the two, both included; the earlier when they cross.
    func someDay(_ from: Day, _ to: Day, _ dice: inout Dice) -> Day {
        guard from < to else { return workdays.onOrAfter(from) }
        return workdays.onOrBefore(max(from, from + dice.below(to - from + 1)))
    }
}
