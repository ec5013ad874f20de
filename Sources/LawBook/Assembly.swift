internal import Rules
internal import Spelling
internal import StrictYAML

/// Puts the files of a law book together and checks what no file can see alone.
struct Assembly {
    private var issues: [YAMLIssue] = []
    private var editions: [String: [LawRule]] = [:]
    private var firstPlaces: [String: YAMLPosition] = [:]
    private var instruments: [String: String] = [:]
    private var cited: [(Citation, YAMLPosition)] = []
    private var years: [CalendarYear] = []

    /// Files that were refused: what they hold is not known, so nothing is said to be missing.
    private var refused = false

    mutating func add(_ refusal: YAMLRefusal) {
        issues += refusal.issues
        refused = true
    }

    mutating func add(_ file: LawFile) {
        for entry in file.instruments {
            if instruments.updateValue(entry.title, forKey: entry.short) != nil {
                note(entry.position, "instrument '\(entry.short)' stands twice", "keep one")
            }
        }
        for rule in file.rules { add(rule) }
        for year in file.calendarYears {
            if years.contains(where: { $0.year == year.year }) {
                note(year.position, "year \(year.year) stands twice in the calendar", "keep one")
            }
            years.append(year)
            cited.append((year.citation, year.position))
        }
    }

    private mutating func add(_ entry: RuleEntry) {
        if let first = firstPlaces[entry.id] {
            note(
                entry.position,
                "rule \(entry.id) is already defined in \(first.file):\(first.line)",
                "keep one of them, or give this one an id of its own")
            return
        }
        firstPlaces[entry.id] = entry.position
        editions[entry.id] = entry.editions.map(\.rule)
        cited += entry.editions.map { ($0.rule.citation, $0.position) }
        for (earlier, later) in zip(entry.editions, entry.editions.dropFirst()) {
            checkSuccession(earlier.rule, later.rule, at: later.position)
        }
    }

    /// Editions follow each other in order, day after day.
    private mutating func checkSuccession(
        _ earlier: LawRule, _ later: LawRule, at position: YAMLPosition
    ) {
        let dayBefore = later.from - 1
        guard let end = earlier.to else {
            note(
                position,
                "rule \(later.id): the value from \(earlier.from) has no end, "
                    + "yet one from \(later.from) follows",
                "add 'to: \(dayBefore)' to the earlier one")
            return
        }
        if later.from <= end {
            note(
                position,
                "rule \(later.id): values overlap, one ends on \(end) and the next "
                    + "starts on \(later.from)",
                "end the earlier one on \(dayBefore)")
        } else if dayBefore > end {
            note(
                position, "rule \(later.id): no value from \(end + 1) to \(dayBefore)",
                "add the value of that time, or join the two")
        }
    }

    private mutating func note(_ position: YAMLPosition, _ what: String, _ fix: String) {
        issues.append(YAMLIssue(position: position, what: what, fix: fix))
    }

    /// The finished table, or everything that is wrong.
    mutating func table(digest: String) throws(LawBookError) -> LawTable {
        for (citation, position) in cited
        where !refused && instruments[citation.instrument] == nil {
            let near = nearestName(to: citation.instrument, among: instruments.keys.sorted())
            note(
                position, "instrument '\(citation.instrument)' is not listed",
                near.map { "did you mean '\($0)'?" } ?? "add it to the instruments with its title")
        }
        if years.isEmpty, !refused {
            issues.append(
                YAMLIssue(
                    file: "calendar.yaml", what: "the law book has no working calendar",
                    fix: "add a file with 'calendar'"))
        }
        guard issues.isEmpty else { throw LawBookError(issues) }
        return LawTable(
            editions: editions,
            calendar: WorkingCalendar(
                daysOff: Set(years.flatMap(\.off)), workedWeekends: Set(years.flatMap(\.worked)),
                certainYears: Set(years.filter(\.certain).map(\.year)),
                tet: Dictionary(
                    years.compactMap { year in year.tet.map { (year.year, $0) } },
                    uniquingKeysWith: { $1 })),
            digest: digest, instruments: instruments)
    }
}
