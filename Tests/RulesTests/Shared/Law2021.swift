import Rules
import Testing

/// `dd/mm` of 2021, or `dd/mm/yyyy`, as the case tables write days.
func day(_ text: String) throws -> Day {
    let parts = text.split(separator: "/").compactMap { Int($0) }
    return try #require(Day(parts.count == 3 ? parts[2] : 2021, parts[1], parts[0]))
}

/// The law of 2021 as the tests read it, built by hand: periods of rules-2021 and the days off of that year.
enum Law2021 {
    static func calendar(_ extra: Set<Day> = []) throws -> WorkingCalendar {
        let off = [
            "01/01", "10/02", "11/02", "12/02", "13/02", "14/02", "15/02", "16/02", "21/04",
            "30/04", "01/05", "03/05", "02/09", "03/09",
        ]
        let days = try Set(off.map { try day($0) })
        return WorkingCalendar(daysOff: days.union(extra), certainYears: [2021])
    }

    static func table(_ extra: Set<Day> = [], without missing: Set<String> = []) throws -> LawTable
    {
        let enforcement = try day("01/07/2015")
        let auction = try day("01/07/2017")
        let rules: [(String, Period, String, Day)] = [
            ("E-03", .workingDays(5), "Điều 36.1", enforcement),
            ("E-04", .workingDays(5), "Điều 36.2", enforcement),
            ("V-02", .workingDays(5), "Điều 98.2", enforcement),
            ("V-09", .calendarDays(10), "Điều 101.2", enforcement),
            ("V-10.movable", .calendarDays(30), "Điều 101.2", auction),
            ("V-10.real_estate", .calendarDays(45), "Điều 101.2", auction),
            ("R-01", .workingDays(5), "Điều 104.1", enforcement),
            ("R-02", .calendarDays(10), "Điều 104.1", enforcement),
            ("R-04b", .calendarDays(10), "Điều 104.4", enforcement),
            ("R-06", .calendarDays(10), "Điều 104.2", enforcement),
            ("R-07", .calendarDays(30), "Điều 104.2", enforcement),
            ("P-01", .calendarDays(30), "Điều 27.3", enforcement),
            ("P-02", .calendarDays(30), "Điều 27.3", enforcement),
        ]
        var editions: [String: [LawRule]] = [
            "V-11.auction_house_above": [
                LawRule(
                    id: "V-11.auction_house_above", title: "V-11", value: .money(Dong(10_000_000)),
                    from: enforcement, to: nil,
                    citation: Citation(instrument: "LTHADS", place: "Điều 101.2"), verified: true)
            ]
        ]
        for (id, period, place, from) in rules where !missing.contains(id) {
            editions[id] = [
                LawRule(
                    id: id, title: id, value: .period(period), from: from, to: nil,
                    citation: Citation(instrument: "LTHADS", place: place), verified: true)
            ]
        }
        return LawTable(editions: editions, calendar: try calendar(extra), digest: "sha256:0")
    }
}
