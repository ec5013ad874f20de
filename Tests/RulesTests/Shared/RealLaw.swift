import FoundationEssentials
import LawBook
import Rules

/// The law book and the sample's plan that ship, loaded once for all tests.
enum RealLaw {
    private static let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
    private static let book = Result {
        try LawBook.load(directory: root + "/Sources/LawBook/Law")
    }
    private static let sample = Result {
        let path = root + "/Samples/soc-trang-2021/plan.yaml"
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        return try PlanFile.parse(bytes: bytes, name: "plan.yaml")
    }

    static func table() throws -> LawTable { try book.get() }
    static func plan() throws -> CampaignPlan { try sample.get() }

    static func consequences() throws -> ConsequenceTable { try table().consequences }

    /// The book with further days off.
    static func table(off extra: Set<Day>) throws -> LawTable {
        let law = try table()
        let calendar = WorkingCalendar(
            daysOff: law.calendar.daysOff.union(extra),
            workedWeekends: law.calendar.workedWeekends.subtracting(extra),
            certainYears: law.calendar.certainYears)
        return LawTable(editions: law.editions, calendar: calendar, digest: law.digest)
    }
}
