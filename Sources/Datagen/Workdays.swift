import Rules

/// A day that is known to exist.
func date(_ year: Int, _ month: Int, _ day: Int) -> Day {
    guard let known = Day(year, month, day) else {
        preconditionFailure("no such day: \(year)-\(month)-\(day)")
    }
    return known
}

/// The days of the 2021 campaign (plan, III and IV).
enum Season {
    static let start = date(2021, 3, 1)
    static let end = date(2021, 5, 31)
    static let listsDue = date(2021, 2, 20)
    static let summaryDue = date(2021, 6, 4)
    static let yearStart = date(2020, 10, 1)
    static let yearEnd = date(2021, 9, 30)
    static let oldUntil = date(2017, 12, 31)
}

/// Working days from 2008 to 2022, counted by table; the days off of 2020 and 2021 are the real ones.
struct Workdays {
    private static let first = date(2008, 1, 1)
    private let working: [Bool]

    init() {
        let calendar = WorkingCalendar(daysOff: Set(Workdays.daysOff), certainYears: [2021])
        let length = date(2022, 12, 31) - Workdays.first + 1
        working = (0..<length).map { calendar.isWorking(Workdays.first + $0) }
    }

    func isWorking(_ day: Day) -> Bool {
        let index = day - Workdays.first
        return working.indices.contains(index) ? working[index] : day.weekday <= 5
    }

    /// The day itself or the next working day: where a period ends (Civil Code 2015 Art. 148.5).
    func onOrAfter(_ day: Day) -> Day {
        var found = day
        while !isWorking(found) { found = found + 1 }
        return found
    }

    func onOrBefore(_ day: Day) -> Day {
        var found = day
        while !isWorking(found) { found = found - 1 }
        return found
    }

    /// The day `count` working days after (before, when negative); the day itself is not counted.
    func adding(_ count: Int, to day: Day) -> Day {
        var found = day
        var left = count.magnitude
        let step = count < 0 ? -1 : 1
        while left > 0 {
            found = found + step
            if isWorking(found) { left -= 1 }
        }
        return found
    }

    /// The end of a period of calendar days.
    func due(_ days: Int, after day: Day) -> Day { onOrAfter(day + days) }

    /// New Year, Tết, Hùng Kings, Reunification, Labour and National days as they were taken.
    private static let daysOff: [Day] =
        [date(2020, 1, 1)] + (23...29).map { date(2020, 1, $0) }
        + [date(2020, 4, 2), date(2020, 4, 30), date(2020, 5, 1), date(2020, 9, 2)]
        + [date(2021, 1, 1)] + (10...16).map { date(2021, 2, $0) }
        + [
            date(2021, 4, 21), date(2021, 4, 30), date(2021, 5, 3), date(2021, 9, 2),
            date(2021, 9, 3),
        ]
        + (2008...2019).flatMap {
            [date($0, 1, 1), date($0, 4, 30), date($0, 5, 1), date($0, 9, 2)]
        }
}
