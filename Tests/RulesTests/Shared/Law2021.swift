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

    private struct Row {
        let id: String
        let value: LawValue
        let place: String
        var instrument = "LTHADS"
        var from = "01/07/2015"
        var to: String?

        init(
            _ id: String, _ value: LawValue, _ place: String, _ instrument: String = "LTHADS",
            from: String = "01/07/2015", to: String? = nil
        ) {
            self.id = id
            self.value = value
            self.place = place
            self.instrument = instrument
            self.from = from
            self.to = to
        }
    }

    private static let enforcement: [Row] = [
        Row("E-03", .period(.workingDays(5)), "Điều 36.1"),
        Row("E-04", .period(.workingDays(5)), "Điều 36.2"),
        Row("V-00", .ground, "Điều 71.3"),
        Row("V-01", .ground, "Điều 98.1"),
        Row("V-02", .period(.workingDays(5)), "Điều 98.2"),
        Row("V-04", .period(.workingDays(5)), "Điều 99.1.b"),
        Row("V-06", .period(.months(6)), "Điều 32.3", "Luật Giá 2012"),
        Row("V-07", .period(.workingDays(5)), "Điều 100.2"),
        Row("V-09", .period(.calendarDays(10)), "Điều 101.2"),
        Row("V-10.movable", .period(.calendarDays(30)), "Điều 101.2", from: "01/07/2017"),
        Row("V-10.real_estate", .period(.calendarDays(45)), "Điều 101.2", from: "01/07/2017"),
        Row("V-11.auction_house_above", .money(Dong(10_000_000)), "Điều 101.2"),
        Row("V-11.direct_sale_below", .money(Dong(2_000_000)), "Điều 101.4"),
        Row("V-11.direct_sale", .period(.workingDays(5)), "Điều 101.4"),
        Row("V-11.officer_auction_movable", .period(.calendarDays(30)), "Điều 101.3"),
        Row("V-12", .period(.workingDays(1)), "Điều 101.5"),
        Row("V-13.first_real_estate", .period(.months(3)), "Điều 74.3"),
        Row("V-13.first_movable", .period(.months(1)), "Điều 74.3"),
        Row("V-16", .ground, "Điều 105"),
        Row("R-01", .period(.workingDays(5)), "Điều 104.1"),
        Row("R-02", .period(.calendarDays(10)), "Điều 104.1"),
        Row("R-03", .ground, "Điều 104.1"),
        Row("R-04", .share(Ratio(1, 10)), "Điều 104.5"),
        Row("R-04b", .period(.calendarDays(10)), "Điều 104.4"),
        Row("R-05", .count(2), "Điều 104.2"),
        Row("R-06", .period(.calendarDays(10)), "Điều 104.2"),
        Row("R-07", .period(.calendarDays(30)), "Điều 104.2"),
        Row("R-08", .ground, "Điều 104.2"),
        Row("R-09", .ground, "Điều 104.3"),
        Row("R-10", .ground, "Điều 104.3"),
        Row(
            "P-01", .period(.calendarDays(15)), "Điều 27.3", "NĐ 62/2015", from: "01/09/2015",
            to: "30/04/2020"),
        Row(
            "P-01", .period(.calendarDays(30)), "Điều 27.3 (NĐ 33/2020)", "NĐ 62/2015",
            from: "01/05/2020"),
        Row("P-02", .period(.calendarDays(30)), "Điều 27.3", "NĐ 62/2015"),
        Row("P-05", .period(.calendarDays(10)), "Điều 5.3", "TTLT 11/2016"),
    ]

    private static let auction: [Row] = [
        Row("A-01", .period(.workingDays(7)), "Điều 35.1.a"),
        Row("A-02", .period(.calendarDays(15)), "Điều 35.1.b"),
        Row("A-03", .count(2), "Điều 57.1"),
        Row("A-03.movable_from", .money(Dong(50_000_000)), "Điều 57.1"),
        Row("A-03.apart", .period(.workingDays(2)), "Điều 57.1"),
        Row("A-03.second_movable", .period(.workingDays(7)), "Điều 57.3"),
        Row("A-03.second_real_estate", .period(.calendarDays(15)), "Điều 57.3"),
        Row("A-04", .count(1), "Điều 57.2"),
        Row("A-05", .money(Dong(50_000_000)), "Điều 53.1.a"),
        Row("A-05.failed_rounds", .count(2), "Điều 53.1.b"),
        Row("A-06.movable", .period(.workingDays(3)), "Điều 53.2.a"),
        Row("A-06.real_estate", .period(.workingDays(5)), "Điều 53.2.b"),
        Row("A-06a", .period(.calendarDays(1)), "Điều 53.3"),
        Row("A-07", .period(.calendarDays(2)), "Điều 38.2"),
        Row("A-08.minimum", .share(Ratio(5, 100)), "Điều 39.1"),
        Row("A-08.maximum", .share(Ratio(20, 100)), "Điều 39.1"),
        Row("A-09", .period(.workingDays(3)), "Điều 39.2"),
        Row("A-12", .ground, "Điều 52.1"),
        Row("A-14", .ground, "Điều 49"),
        Row("A-15", .period(.workingDays(3)), "Điều 52.2"),
        Row("A-17", .ground, "Điều 72"),
    ]

    static func table(_ extra: Set<Day> = [], without missing: Set<String> = []) throws -> LawTable
    {
        var editions: [String: [LawRule]] = [:]
        for row in enforcement where !missing.contains(row.id) {
            editions[row.id, default: []].append(try rule(row))
        }
        for var row in auction where !missing.contains(row.id) {
            row.instrument = "LĐGTS"
            row.from = "01/07/2017"
            editions[row.id, default: []].append(try rule(row))
        }
        return LawTable(editions: editions, calendar: try calendar(extra), digest: "sha256:0")
    }

    private static func rule(_ row: Row) throws -> LawRule {
        LawRule(
            id: row.id, title: row.id, value: row.value, from: try day(row.from),
            to: try row.to.map { try day($0) },
            citation: Citation(instrument: row.instrument, place: row.place), verified: true)
    }
}
