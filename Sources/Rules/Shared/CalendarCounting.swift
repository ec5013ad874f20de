extension WorkingCalendar {
    /// The day itself when it is worked, else the next working day (Civil Code 2015 Art. 148.5).
    public func workingDay(onOrAfter day: Day) -> Day {
        var day = day
        while !isWorking(day) { day = day + 1 }
        return day
    }

    /// The last day of a period that an event on `from` starts. The event day is not counted (Art. 147.2);
    /// a last day that is no working day moves to the next one (Art. 148.5); a period in working days
    /// counts working days only.
    public func due(_ period: Period, from: Day) -> Day {
        switch period {
        case .workingDays(let count): workingDay(count, after: from)
        case .calendarDays(let count): workingDay(onOrAfter: from + count)
        case .months(let count): workingDay(onOrAfter: from.adding(months: count))
        case .years(let count): workingDay(onOrAfter: from.adding(years: count))
        }
    }

    /// The last day of a term that runs whatever day it ends on, as that of a certificate: not moved.
    public func lastDay(of period: Period, from day: Day) -> Day {
        switch period {
        case .workingDays: due(period, from: day)
        case .calendarDays(let count): day + count
        case .months(let count): day.adding(months: count)
        case .years(let count): day.adding(years: count)
        }
    }

    /// The latest day that lies at least `period` before `event`: counted backwards, and never moved to
    /// another day, for moving would shorten the period (own reading of Art. 148, not settled by its text).
    public func latest(_ period: Period, before event: Day) -> Day {
        switch period {
        case .workingDays(let count):
            var day = event
            var left = count
            while left > 0 {
                day = day - 1
                if isWorking(day) { left -= 1 }
            }
            return day
        case .calendarDays(let count): return event - count
        case .months(let count): return event.adding(months: -count)
        case .years(let count): return event.adding(years: -count)
        }
    }

    /// The earliest day that an event of `from` precedes by at least `period`: `latest`, seen from the other end.
    public func earliest(after period: Period, from day: Day) -> Day {
        var event = day + 1
        while latest(period, before: event) < day { event = event + 1 }
        return event
    }

    /// Working days after `due` up to and including `done`; 0 when `done` is not after `due`.
    public func workingDaysLate(due: Day, done: Day) -> Int {
        guard due < done else { return 0 }
        let isLate: (Day) -> Bool = { due < $0 && $0 <= done }
        let off = daysOff.count { $0.weekday <= 5 && isLate($0) && !workedWeekends.contains($0) }
        let worked = workedWeekends.count { $0.weekday > 5 && isLate($0) }
        return weekdays(after: due, through: done) - off + worked
    }

    private func weekdays(after start: Day, through end: Day) -> Int {
        let (weeks, rest) = (end - start).quotientAndRemainder(dividingBy: 7)
        let tail = (0..<rest).count { (end - $0).weekday <= 5 }
        return weeks * 5 + tail
    }

    /// True when the days off of every year that the stretch touches are complete and certain.
    public func isCertain(from: Day, through: Day) -> Bool {
        let first = min(from, through).civil.year
        let last = max(from, through).civil.year
        return (first...last).allSatisfy(certainYears.contains)
    }

    private func workingDay(_ count: Int, after day: Day) -> Day {
        guard count > 0 else { return workingDay(onOrAfter: day) }
        var day = day
        var left = count
        while left > 0 {
            day = day + 1
            if isWorking(day) { left -= 1 }
        }
        return day
    }
}
