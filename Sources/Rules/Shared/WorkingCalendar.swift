/// Working days: Monday to Friday less the days off, plus the days worked in exchange.
/// Periods are counted as Civil Code 2015 Art. 147–148 orders.
public struct WorkingCalendar: Sendable {
    public let daysOff: Set<Day>
    /// Weekend days that are worked in exchange for a day off.
    public let workedWeekends: Set<Day>
    /// Years whose days off are complete and certain; others are counted, but marked.
    public let certainYears: Set<Int>
    /// Mùng 1 Tết, the first day of the lunar year, by the year it lies in.
    public let tet: [Int: Day]

    public init(
        daysOff: Set<Day>, workedWeekends: Set<Day> = [], certainYears: Set<Int> = [],
        tet: [Int: Day] = [:]
    ) {
        self.daysOff = daysOff
        self.workedWeekends = workedWeekends
        self.certainYears = certainYears
        self.tet = tet
    }

    public func isWorking(_ day: Day) -> Bool {
        if workedWeekends.contains(day) { return true }
        return day.weekday <= 5 && !daysOff.contains(day)
    }
}
