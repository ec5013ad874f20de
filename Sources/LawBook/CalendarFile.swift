internal import Rules
internal import StrictYAML

/// One year of the working calendar.
struct CalendarYear {
    let year: Int
    let position: YAMLPosition
    let certain: Bool
    let off: [Day]
    let worked: [Day]
    /// Mùng 1 Tết.
    let tet: Day?
    /// The instrument that the year's days off are cited from.
    let citation: Citation
}

extension Shape where Value == CalendarYear {
    static var calendarYear: Shape<CalendarYear> {
        .mapping { map in
            let year = map.required("year", .integer(in: 1990...2100))
            let certain = map.required("certain", .flag)
            let citation = map.required("citation", .citation)
            _ = map.optional("note", .text)
            let off = map.required("off", .list(.daysOff)) ?? []
            let worked = map.optional("worked", .list(.workedDay), or: [])
            let tet = map.optional("tet", .day)
            for day in off.flatMap(\.self) + worked + [tet].compactMap(\.self)
            where year != nil && day.civil.year != year {
                map.refuse("year", "does not hold \(day)", "move that day to its own year")
            }
            guard let year, let certain, let citation else { return nil }
            return CalendarYear(
                year: year, position: map.node.position, certain: certain, off: off.flatMap(\.self),
                worked: worked, tet: tet, citation: citation)
        }
    }
}

extension Shape where Value == [Day] {
    /// `{day, name}`, or `{from, to, name}` for a run of days.
    fileprivate static var daysOff: Shape<[Day]> {
        .mapping { map in
            _ = map.required("name", .text)
            let (day, from, to) = (
                map.optional("day", .day), map.optional("from", .day), map.optional("to", .day)
            )
            if map.has("day"), !map.has("from"), !map.has("to") { return day.map { [$0] } }
            guard !map.has("day"), map.has("from"), map.has("to") else {
                map.refuse(
                    "name", "needs either 'day' or both 'from' and 'to'",
                    "write one day, or the first and the last day off")
                return nil
            }
            guard let from, let to else { return nil }
            guard from <= to, to - from < 31 else {
                map.refuse("to", "must lie within 30 days after 'from'", "correct the days")
                return nil
            }
            return (0...(to - from)).map { from + $0 }
        }
    }
}

extension Shape where Value == Day {
    /// A Saturday or Sunday that is worked in exchange for a day off.
    fileprivate static var workedDay: Shape<Day> {
        Shape<Day>.day.narrowed(to: "a Saturday or a Sunday worked in exchange") {
            $0.weekday > 5 ? $0 : nil
        }
    }
}
