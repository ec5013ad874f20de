/// The statistics of the reporting year (docs/statistics.md): what a unit had to enforce, what came of it and
/// what it carries on, once in cases and once in đồng.

/// One column of figures: cases, or đồng.
public struct StatisticsColumn: Sendable, Equatable {
    /// S-04: not finished when the year began.
    public var carriedOver: Int128 = 0
    /// S-04: taken within the year.
    public var taken: Int128 = 0
    /// Delegated to another office; of money what remained.
    public var delegated: Int128 = 0
    /// S-06: carried out within the year; of money what was collected (S-07).
    public var completed: Int128 = 0
    public var terminated: Int128 = 0
    /// S-07a: of money alone, exempted or reduced.
    public var reduced: Int128 = 0
    /// Enforceable and not done.
    public var underWay: Int128 = 0
    /// S-12: postponed under LTHADS Art. 48.1.c; counts as enforceable.
    public var postponedByAgreement: Int128 = 0
    /// Of money alone: what remained when a case was closed.
    public var leftByFinished: Int128 = 0
    /// *Chưa có điều kiện*: cases of M-01; money of M-01, M-02 and M-04.
    public var notEnforceable: Int128 = 0
    /// S-13: postponed on another ground, or suspended.
    public var held: Int128 = 0
    /// S-11, counted of itself: what is neither done nor delegated.
    public var carriedForward: Int128 = 0

    public init() {}

    public var received: Int128 { carriedOver + taken }
    /// S-05 with the cases that are held.
    public var toEnforce: Int128 { received - delegated }
    /// S-06, S-07.
    public var done: Int128 { completed + terminated + reduced }
    /// S-12.
    public var enforceable: Int128 { done + underWay + postponedByAgreement + leftByFinished }
    /// S-08, S-09: done of enforceable.
    public var doneRate: Ratio? { enforceable == 0 ? nil : Ratio(done, enforceable) }
    /// S-10: enforceable of what is to be enforced.
    public var enforceableRate: Ratio? { toEnforce == 0 ? nil : Ratio(enforceable, toEnforce) }

    public static func += (a: inout StatisticsColumn, b: StatisticsColumn) {
        for part in StatisticsColumn.parts { a[keyPath: part] += b[keyPath: part] }
    }

    private static var parts: [WritableKeyPath<StatisticsColumn, Int128>] {
        [
            \.carriedOver, \.taken, \.delegated, \.completed, \.terminated, \.reduced, \.underWay,
            \.postponedByAgreement, \.leftByFinished, \.notEnforceable, \.held, \.carriedForward,
        ]
    }
}

/// A unit's or an officer's figures.
public struct StatisticsFigures: Sendable, Equatable {
    public var cases = StatisticsColumn()
    public var money = StatisticsColumn()

    public init() {}

    public static func += (a: inout StatisticsFigures, b: StatisticsFigures) {
        a.cases += b.cases
        a.money += b.money
    }
}

/// A unit's figures and those of its officers; nil stands for cases without an officer.
public struct UnitStatistics: Sendable {
    public let unit: Unit
    public let total: StatisticsFigures
    public let officers: [(officer: String?, figures: StatisticsFigures)]
}

/// Counts one unit's reporting year up to a day.
///
/// - Parameter year: the reporting year that the day falls in (S-01).
public func statistics(of unit: UnitFile, year: DayRange, asOf day: Day) -> UnitStatistics {
    var total = StatisticsFigures()
    var byOfficer: [String: StatisticsFigures] = [:]
    var withoutOfficer: StatisticsFigures?
    for file in unit.cases {
        guard let figures = file.statistics(year: year, asOf: day) else { continue }
        total += figures
        if let officer = file.officer {
            byOfficer[officer, default: StatisticsFigures()] += figures
        } else {
            var sum = withoutOfficer ?? StatisticsFigures()
            sum += figures
            withoutOfficer = sum
        }
    }
    var officers: [(officer: String?, figures: StatisticsFigures)] =
        byOfficer
        .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    if let withoutOfficer { officers.append((nil, withoutOfficer)) }
    return UnitStatistics(unit: unit.unit, total: total, officers: officers)
}

extension CaseFile {
    /// The case's part in the year's statistics on a day; nil where it has none: decided later, or finished or
    /// delegated away before the year and not come back.
    public func statistics(year: DayRange, asOf day: Day) -> StatisticsFigures? {
        guard decisionOn <= day else { return nil }
        let eve = year.start - 1
        if let on = finishedOn(by: day), on <= eve { return nil }
        let status = standing(on: day).status
        let hadLeft = decisionOn <= eve && standing(on: eve).status == .delegated
        if hadLeft, status == .delegated { return nil }
        let isCarried = decisionOn <= eve && !hadLeft
        let money = yearMoney(from: year.start, to: day)
        var figures = StatisticsFigures()
        if isCarried {
            figures.cases.carriedOver = 1
            figures.money.carriedOver = money.opening
        } else {
            figures.cases.taken = 1
            figures.money.taken = money.opening
        }
        figures.money.completed = money.collected
        figures.money.terminated = money.terminated
        figures.money.reduced = money.reduced
        place(&figures, status: status, left: money.left, on: day)
        return figures
    }

    /// Puts the case and what remains of its money into their classes.
    private func place(
        _ figures: inout StatisticsFigures, status: CaseStatus, left: Int128, on day: Day
    ) {
        switch status {
        case .delegated:
            figures.cases.delegated = 1
            figures.money.delegated = left
            return
        case .completed: figures.cases.completed = 1
        case .terminated: figures.cases.terminated = 1
        default: figures.cases.carriedForward = 1
        }
        figures.money.carriedForward = left
        guard !status.isFinished else {
            figures.money.leftByFinished = left
            return
        }
        let hopeless = Int128(moneyNotEnforceable(on: day).amount)
        figures.money.notEnforceable = hopeless
        if isNotEnforceable(on: day) {
            figures.cases.notEnforceable = 1
            return
        }
        switch status {
        case .postponed where isPostponedByAgreement(on: day):
            figures.cases.postponedByAgreement = 1
            figures.money.postponedByAgreement = left - hopeless
        case .postponed, .suspended:
            figures.cases.held = 1
            figures.money.held = left - hopeless
        default:
            figures.cases.underWay = 1
            figures.money.underWay = left - hopeless
        }
    }

    /// The latest postponement by the day rests on the parties' agreement (LTHADS Art. 48.1.c).
    private func isPostponedByAgreement(on day: Day) -> Bool {
        decisionsInOrder(by: day).last { $0.kind == .postpone }?.ground == "48.1.c"
    }

    /// What stood open when the year began, how it was resolved within it in order of date, payments first on
    /// one day, and what is left. A payment reversed by the day has never been.
    private func yearMoney(
        from start: Day, to day: Day
    ) -> (opening: Int128, collected: Int128, terminated: Int128, reduced: Int128, left: Int128) {
        var before = Int128(amountDue.amount)
        var events: [(on: Day, rank: Int, part: MoneyPart, amount: Int128)] = []
        for payment in payments where payment.counts(on: day) {
            let amount = Int128(payment.amount.amount)
            guard payment.paidOn >= start else {
                before -= amount
                continue
            }
            let part: MoneyPart = payment.source == .exempted ? .exempted : .collected
            events.append((payment.paidOn, 0, part, amount))
        }
        for decision in decisions where decision.kind.writesOff && decision.decidedOn <= day {
            let amount = Int128(decision.amount?.amount ?? 0)
            guard decision.decidedOn >= start else {
                before -= amount
                continue
            }
            let part: MoneyPart = decision.kind == .terminate ? .terminated : .exempted
            events.append((decision.decidedOn, 1, part, amount))
        }
        let opening = max(0, before)
        var left = opening
        var taken: [MoneyPart: Int128] = [:]
        for event in events.sorted(by: { ($0.on, $0.rank) < ($1.on, $1.rank) }) {
            let part = min(left, max(0, event.amount))
            left -= part
            taken[event.part, default: 0] += part
        }
        return (
            opening, taken[.collected] ?? 0, taken[.terminated] ?? 0, taken[.exempted] ?? 0, left
        )
    }
}

extension CaseStatus {
    var isFinished: Bool { self == .completed || self == .terminated }
}

extension CampaignPlan {
    /// The reporting year that a day falls in: the plan's, moved by whole years.
    public func reportingYear(holding day: Day) -> DayRange {
        var year = reportingYear
        while day < year.start { year = year.moved(years: -1) }
        while day > year.end { year = year.moved(years: 1) }
        return year
    }
}

extension DayRange {
    fileprivate func moved(years: Int) -> DayRange {
        DayRange(start: start.adding(years: years), end: end.adding(years: years))
    }
}
