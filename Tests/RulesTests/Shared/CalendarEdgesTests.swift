import Rules
import Testing

/// Civil Code 2015 Art. 147–148 on the calendar that ships, at its edges.
struct CalendarEdgesTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let event: String
        let period: Period
        let due: String
        let article: String
        let why: String

        init(_ event: String, _ period: Period, _ due: String, _ article: String, _ why: String) {
            self.event = event
            self.period = period
            self.due = due
            self.article = article
            self.why = why
        }

        var testDescription: String { "\(event) + \(period) → \(due): \(why)" }
    }

    static let rows: [Row] = [
        Row("28/02/2020", .calendarDays(1), "02/03/2020", "148.5", "29/02/2020 is a Saturday"),
        Row(
            "28/02/2024", .calendarDays(1), "29/02/2024", "147.2", "29/02 of a leap year, Thursday"),
        Row("28/02/2023", .calendarDays(1), "01/03/2023", "147.2", "no 29/02 in 2023"),
        Row("29/02/2024", .years(1), "28/02/2025", "148.4", "no 29/02 in 2025: the last day"),
        Row("29/02/2016", .years(5), "01/03", "148.4, 148.5", "28/02/2021 is a Sunday"),
        Row("29/02/2016", .years(4), "02/03/2020", "148.4, 148.5", "29/02/2020 is a Saturday"),
        Row("28/02/2019", .years(1), "28/02/2020", "148.4", "not the last day of February 2020"),
        Row("31/01", .months(1), "01/03", "148.3, 148.5", "28/02/2021 is a Sunday"),
        Row("31/03", .months(1), "04/05", "148.3, 148.5", "30/04 off, 01/05 and 03/05 too"),
        Row("31/05", .months(3), "31/08", "148.3", "August has a 31st"),
        Row("31/12/2020", .months(2), "01/03", "148.3, 148.5", "28/02/2021 is a Sunday"),
        Row("12/08/2020", .months(6), "17/02", "148.5", "12/02 is mùng 1 Tết, break to 16/02"),
        Row("16/08/2020", .months(6), "17/02", "148.5", "last day of the break"),
        Row("17/08/2020", .months(6), "17/02", "148.3", "first working day after Tết"),
        Row("09/08/2020", .months(6), "09/02", "148.3", "last working day before Tết"),
        Row("30/01", .calendarDays(10), "09/02", "147.2", "the day before the break"),
        Row("01/02", .calendarDays(10), "17/02", "148.5", "11/02 is 30 Tết"),
        Row("09/02", .workingDays(1), "17/02", "148.5", "seven days off between"),
        Row("11/02", .workingDays(1), "17/02", "147.2", "an event during the break"),
        Row("23/04", .calendarDays(10), "04/05", "148.5", "03/05 compensates 01/05"),
        Row("29/04", .workingDays(1), "04/05", "148.5", "four days off between"),
        Row("23/08", .calendarDays(10), "06/09", "148.5", "02/09, 03/09 and a weekend"),
        Row("31/08", .workingDays(2), "06/09", "148.5", "01/09, then past National Day"),
        Row("11/04", .calendarDays(10), "22/04", "148.5", "21/04 is Giỗ Tổ Hùng Vương"),
        Row("26/04/2019", .workingDays(1), "02/05/2019", "148.5", "29/04 swapped, 30/04, 01/05"),
        Row("02/05/2019", .workingDays(2), "04/05/2019", "147.2", "a Saturday worked counts"),
        Row(
            "24/04/2019", .calendarDays(10), "04/05/2019", "148.5",
            "the Saturday is worked: it stays"),
        Row("31/12/2020", .workingDays(1), "04/01", "148.5", "01/01 is a Friday"),
        Row("01/10/2020", .years(1), "01/10", "148.4", "a Friday stays"),
    ]

    @Test("the last day of a period", arguments: rows)
    func due(_ row: Row) throws {
        let calendar = try RealLaw.table().calendar
        #expect(calendar.due(row.period, from: try day(row.event)) == (try day(row.due)))
    }

    @Test(
        "at least n before an event: counted backwards, never moved",
        arguments: [
            ("01/03", Period.calendarDays(15), "14/02", "A-02: a Sunday in Tết stays"),
            ("17/02", .workingDays(3), "05/02", "C-04: 09/02, 08/02, then Friday 05/02"),
            ("04/05", .workingDays(7), "20/04", "A-01 over 30/04 to 03/05 and 21/04"),
            ("06/09", .workingDays(5), "26/08", "C-03b over National Day"),
            ("19/04", .calendarDays(2), "17/04", "A-07: a Saturday stays"),
            ("31/05", .months(3), "28/02", "148.3 backwards: no 31/02"),
            ("29/02/2024", .years(1), "28/02/2023", "148.4 backwards"),
        ])
    func before(event: String, period: Period, latest: String, why: String) throws {
        let calendar = try RealLaw.table().calendar
        #expect(calendar.latest(period, before: try day(event)) == (try day(latest)), "\(why)")
    }

    @Test("a holiday more never makes a deadline earlier, nor the last day for a notice later")
    func monotone() throws {
        let calendar = try RealLaw.table().calendar
        var random = Seeded(148)
        let start = try day("01/01/2016")
        for _ in 0..<3_000 {
            let event = start + random.below(3_600)
            let holidays = (0..<random.below(5)).map { _ in event + (random.below(500) - 120) }
            let more = WorkingCalendar(
                daysOff: calendar.daysOff.union(holidays),
                workedWeekends: calendar.workedWeekends.subtracting(holidays),
                certainYears: calendar.certainYears, tet: calendar.tet)
            let count = 1 + random.below(40)
            let periods: [Period] = [
                .workingDays(count), .calendarDays(count), .months(1 + count % 12),
                .years(1 + count % 3),
            ]
            for period in periods {
                #expect(more.due(period, from: event) >= calendar.due(period, from: event))
                #expect(
                    more.latest(period, before: event) <= calendar.latest(period, before: event))
                #expect(calendar.due(period, from: event + 1) >= calendar.due(period, from: event))
            }
        }
    }

    @Test("mùng 1 Tết of every year is a day off, and its window holds it")
    func tet() throws {
        let calendar = try RealLaw.table().calendar
        #expect(calendar.tet.keys.sorted() == Array(2015...2026))
        for (year, first) in calendar.tet {
            #expect(first.civil.year == year)
            #expect(!calendar.isWorking(first))
            #expect(!calendar.isWorking(first + 1))
        }
    }

    @Test(
        "the days off that the Labour Code fixes stand in every year, with their compensation from 2021",
        arguments: 2015...2026)
    func statutory(year: Int) throws {
        let calendar = try RealLaw.table().calendar
        let fixed = try [(1, 1), (4, 30), (5, 1), (9, 2)].map { month, number in
            try #require(Day(year, month, number))
        }
        for off in fixed { #expect(calendar.daysOff.contains(off)) }
        #expect(calendar.certainYears == [2021])
        guard year >= 2021 else { return }
        let weekends = fixed.filter { $0.weekday > 5 }
        for off in weekends {
            let next = (1...4).map { off + $0 }.filter { $0.weekday <= 5 }
            #expect(next.contains { calendar.daysOff.contains($0) }, "\(off)")
        }
    }
}
