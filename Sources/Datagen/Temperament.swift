import Rules

/// Ways of working that the checks on figures are there to raise.
struct Habits: OptionSet {
    let rawValue: Int
    /// Results made of terminated judgments rather than collected money.
    static let terminates = Habits(rawValue: 1)
    /// Easy cases on the list of ten while larger ones stay off it.
    static let listsEasyCases = Habits(rawValue: 2)
    /// Reduces to the cap every time, without an offer to the creditor.
    static let reducesToTheCap = Habits(rawValue: 4)
    /// Payments reversed after the window has closed.
    static let reversesLater = Habits(rawValue: 8)
    /// Reclassifies near a period's end.
    static let reclassifiesAtTheEnd = Habits(rawValue: 16)
    /// Classifies without verification.
    static let skipsVerification = Habits(rawValue: 32)
}

/// How a unit works and what it had to list: the differences that a board shows.
struct Temperament {
    /// Cases on its large-value list, and those of them seized by the end of the window.
    var largeListed: Int
    var largeSeized: Int
    /// False where no enforceable case of 2017 or before is left.
    var hasOldCases = true
    /// Shares in permille: old cases resolved within the window, decisions late, steps late.
    var oldResolved: Int
    var lateDecisions: Int
    var lateSteps: Int
    var listsOn: Day?
    var listsEmailedOn: Day?
    var summaryOn: Day?
    var violations: Int
    var seriousViolations = 0
    var habits: Habits = []

    /// What a unit of this temper sent in; the summary is a duty of the branches.
    func reports(of unit: Unit) -> [Report] {
        var reports: [Report] = []
        if let listsOn {
            reports.append(
                Report(kind: .lists, submittedOn: listsOn, emailedOn: listsEmailedOn))
        }
        if let summaryOn, unit.level == .district {
            reports.append(Report(kind: .summary, submittedOn: summaryOn, emailedOn: summaryOn))
        }
        return reports
    }

    private static func february(_ day: Int) -> Day { date(2021, 2, day) }
    private static func june(_ day: Int) -> Day { date(2021, 6, day) }

    /// Twelve tempers: four units reach 80% on large cases, one has none to list, one has no old case.
    static let ofTheProvince: [Temperament] = [
        Temperament(
            largeListed: 10, largeSeized: 8, oldResolved: 170, lateDecisions: 0, lateSteps: 40,
            listsOn: february(18), listsEmailedOn: february(18), summaryOn: june(2), violations: 4),
        Temperament(
            largeListed: 10, largeSeized: 7, oldResolved: 180, lateDecisions: 12, lateSteps: 90,
            listsOn: february(19), listsEmailedOn: february(19), summaryOn: june(3), violations: 6,
            habits: .reversesLater),
        Temperament(
            largeListed: 10, largeSeized: 6, oldResolved: 120, lateDecisions: 30, lateSteps: 200,
            listsOn: february(20), listsEmailedOn: february(22), summaryOn: june(4),
            violations: 8, habits: .reducesToTheCap),
        Temperament(
            largeListed: 7, largeSeized: 6, oldResolved: 220, lateDecisions: 0, lateSteps: 30,
            listsOn: february(9), listsEmailedOn: february(9), summaryOn: june(1), violations: 3),
        Temperament(
            largeListed: 10, largeSeized: 5, oldResolved: 160, lateDecisions: 45, lateSteps: 260,
            listsOn: february(22), listsEmailedOn: february(22), summaryOn: june(7),
            violations: 9, habits: .terminates),
        Temperament(
            largeListed: 0, largeSeized: 0, oldResolved: 200, lateDecisions: 0, lateSteps: 60,
            listsOn: february(19), listsEmailedOn: nil, summaryOn: june(3), violations: 4),
        Temperament(
            largeListed: 10, largeSeized: 10, oldResolved: 260, lateDecisions: 0, lateSteps: 10,
            listsOn: february(17), listsEmailedOn: february(17), summaryOn: june(1),
            violations: 2),
        Temperament(
            largeListed: 10, largeSeized: 3, oldResolved: 70, lateDecisions: 80, lateSteps: 420,
            listsOn: february(24), listsEmailedOn: february(24), summaryOn: june(9),
            violations: 14, seriousViolations: 1, habits: .skipsVerification),
        Temperament(
            largeListed: 10, largeSeized: 9, oldResolved: 150, lateDecisions: 8, lateSteps: 80,
            listsOn: february(19), listsEmailedOn: february(20), summaryOn: june(3),
            violations: 5, habits: .listsEasyCases),
        Temperament(
            largeListed: 10, largeSeized: 7, oldResolved: 140, lateDecisions: 20, lateSteps: 150,
            listsOn: february(18), listsEmailedOn: february(18), summaryOn: june(4),
            violations: 7, habits: .reclassifiesAtTheEnd),
        Temperament(
            largeListed: 4, largeSeized: 3, hasOldCases: false, oldResolved: 0,
            lateDecisions: 5, lateSteps: 120, listsOn: february(19),
            listsEmailedOn: february(19), summaryOn: nil, violations: 6, seriousViolations: 1),
        Temperament(
            largeListed: 10, largeSeized: 2, oldResolved: 50, lateDecisions: 60, lateSteps: 380,
            listsOn: nil, listsEmailedOn: nil, summaryOn: june(4), violations: 11),
    ]
}
