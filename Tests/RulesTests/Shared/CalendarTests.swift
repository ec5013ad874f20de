import Rules
import Testing

/// Civil Code 2015 Art. 147–148 with the days off of 2021.
struct CalendarTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let event: String
        let period: Period
        let due: String
        let why: String
        var testDescription: String { "\(event) + \(period) → \(due): \(why)" }
    }

    static let rows: [Row] = [
        Row(event: "01/03", period: .workingDays(5), due: "08/03", why: "147.2, event day out"),
        Row(event: "05/02", period: .workingDays(5), due: "19/02", why: "Tết 10–16/02 skipped"),
        Row(event: "19/04", period: .workingDays(5), due: "27/04", why: "Giỗ Tổ 21/04 skipped"),
        Row(event: "28/04", period: .workingDays(3), due: "05/05", why: "30/04, 01/05, 03/05 off"),
        Row(event: "06/03", period: .workingDays(1), due: "08/03", why: "event on a Saturday"),
        Row(event: "22/03", period: .calendarDays(10), due: "01/04", why: "a Thursday stays"),
        Row(event: "25/02", period: .calendarDays(10), due: "08/03", why: "148.5, 07/03 is Sunday"),
        Row(event: "20/04", period: .calendarDays(10), due: "04/05", why: "148.5, 30/04 to 03/05"),
        Row(event: "31/01", period: .calendarDays(10), due: "17/02", why: "last day on 10/02, Tết"),
        Row(event: "30/03", period: .calendarDays(45), due: "14/05", why: "V-10 of the example"),
        Row(event: "31/08/2020", period: .months(6), due: "01/03", why: "148.4, 28/02 is Sunday"),
        Row(event: "30/11/2020", period: .months(3), due: "01/03", why: "148.4, no 30/02"),
        Row(event: "29/02/2020", period: .years(1), due: "01/03", why: "148.4, 28/02 is Sunday"),
        Row(event: "10/03", period: .calendarDays(0), due: "10/03", why: "at once"),
        Row(event: "13/03", period: .workingDays(0), due: "15/03", why: "at once, on a Saturday"),
    ]

    @Test(arguments: rows)
    func dueDay(_ row: Row) throws {
        let calendar = try Law2021.calendar()
        let due = calendar.due(row.period, from: try day(row.event))
        #expect(due == (try day(row.due)))
    }

    @Test func atLeastBeforeIsCountedBackwardsAndStays() throws {
        let calendar = try Law2021.calendar()
        #expect(calendar.latest(.workingDays(3), before: try day("17/02")) == (try day("05/02")))
        #expect(calendar.latest(.calendarDays(15), before: try day("01/03")) == (try day("14/02")))
        #expect(calendar.latest(.months(6), before: try day("31/08")) == (try day("28/02")))
    }

    @Test func lateDaysAreWorkingDaysAfterTheDueDay() throws {
        let calendar = try Law2021.calendar()
        let due = try day("20/02")
        #expect(calendar.workingDaysLate(due: due, done: due) == 0)
        #expect(calendar.workingDaysLate(due: due, done: try day("21/02")) == 0)
        #expect(calendar.workingDaysLate(due: due, done: try day("22/02")) == 1)
        #expect(calendar.workingDaysLate(due: due, done: try day("01/03")) == 6)
        #expect(calendar.workingDaysLate(due: due, done: try day("19/02")) == 0)
    }

    @Test func lateDaysAgreeWithCountingThemOneByOne() throws {
        var random = Seeded(3)
        let start = try day("01/01")
        for _ in 0..<500 {
            let off = Set((0..<random.below(30)).map { _ in start + random.below(120) })
            let worked = Set((0..<random.below(9)).map { _ in start + random.below(120) })
            let calendar = WorkingCalendar(daysOff: off, workedWeekends: worked)
            let due = start + random.below(60)
            let done = due + random.below(60)
            let days = sequence(first: due + 1) { $0 + 1 }.prefix(done - due)
            #expect(
                calendar.workingDaysLate(due: due, done: done)
                    == days.count { calendar.isWorking($0) })
        }
    }

    @Test func aDayWorkedInExchangeCounts() throws {
        let saturday = try day("13/03")
        let calendar = WorkingCalendar(
            daysOff: [try day("15/03")], workedWeekends: [saturday], certainYears: [2021])
        #expect(calendar.due(.workingDays(1), from: try day("12/03")) == saturday)
    }

    @Test func campaignHas63WorkingDays() throws {
        let calendar = try Law2021.calendar()
        let before = try day("28/02")
        #expect(calendar.workingDaysLate(due: before, done: try day("31/05")) == 63)
    }

    @Test func anUncertainYearIsMarked() throws {
        let calendar = try Law2021.calendar()
        #expect(calendar.isCertain(from: try day("01/01"), through: try day("31/12")))
        #expect(!calendar.isCertain(from: try day("31/12/2020"), through: try day("04/01")))
    }

    @Test func aHolidayNeverMakesADeadlineEarlier() throws {
        var random = Seeded(2021)
        let plain = try Law2021.calendar()
        let start = try day("01/01")
        for _ in 0..<2000 {
            let extra = Set((0..<random.below(6)).map { _ in start + random.below(300) })
            let more = try Law2021.calendar(extra)
            let event = start + random.below(200)
            let count = random.below(50)
            let period: Period = random.below(2) == 0 ? .workingDays(count) : .calendarDays(count)
            #expect(more.due(period, from: event) >= plain.due(period, from: event))
            #expect(more.isWorking(more.due(period, from: event)))
        }
    }
}

/// SplitMix64: the same seed gives the same cases on every machine.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<max(1, limit), using: &self) }
}
