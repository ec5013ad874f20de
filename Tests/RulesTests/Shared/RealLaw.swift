import LawBook
import Rules

/// The law book that ships, for tests of what rests on many of its rules.
enum RealLaw {
    static let book = Result {
        let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
        return try LawBook.load(directory: root + "/Sources/LawBook/Law")
    }

    static func table(addingDaysOff extra: Set<Day> = []) throws -> LawTable {
        let book = try self.book.get()
        guard !extra.isEmpty else { return book }
        let calendar = WorkingCalendar(
            daysOff: book.calendar.daysOff.union(extra),
            workedWeekends: book.calendar.workedWeekends,
            certainYears: book.calendar.certainYears)
        return LawTable(editions: book.editions, calendar: calendar, digest: book.digest)
    }
}
