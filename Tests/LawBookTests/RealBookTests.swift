import LawBook
import Rules
import Testing

@Suite("The law book that ships")
struct RealBookTests {
    private let book: LawTable

    init() throws { book = try RealFiles.book.get() }

    @Test("loads, and its digest is of its bytes alone")
    func digest() throws {
        #expect(book.editions.count > 150)
        #expect(book.digest.hasPrefix("sha256:"))
        #expect(book.digest.utf8.count == 7 + 64)
        #expect(try LawBook.load(directory: RealFiles.lawDirectory + "/").digest == book.digest)
    }

    @Test("every value on the campaign's days is one value, but of the rule that ended before")
    func oneValueADay() throws {
        for (id, editions) in book.editions where id != "E-06.assign" {
            for at in [try day("2021-02-20"), try day("2021-05-31"), try day("2021-09-30")] {
                let valid = editions.filter { $0.from <= at && ($0.to.map { at <= $0 } ?? true) }
                let begins = try #require(editions.first).from
                let wanted = begins <= at ? 1 : 0
                #expect(valid.count == wanted, "\(id) on \(at)")
            }
        }
    }

    @Test("the campaign has 63 working days: 23 in March, 20 in April, 20 in May")
    func campaignDays() throws {
        #expect(try workingDays("2021-03-01", "2021-03-31") == 23)
        #expect(try workingDays("2021-04-01", "2021-04-30") == 20)
        #expect(try workingDays("2021-05-01", "2021-05-31") == 20)
    }

    @Test(
        "days off of 2021",
        arguments: [
            "2021-01-01", "2021-02-10", "2021-02-11", "2021-02-12", "2021-02-15", "2021-02-16",
            "2021-04-21", "2021-04-30", "2021-05-03", "2021-09-02", "2021-09-03",
        ])
    func daysOff(iso: String) throws { #expect(!book.calendar.isWorking(try day(iso))) }

    @Test(
        "days worked around them",
        arguments: [
            "2021-01-04", "2021-02-09", "2021-02-17", "2021-04-20", "2021-04-22", "2021-04-29",
            "2021-05-04", "2021-06-04", "2021-09-01", "2021-09-06",
        ])
    func worked(iso: String) throws { #expect(book.calendar.isWorking(try day(iso))) }

    @Test("2021 alone is certain; the years around it are counted and marked")
    func certainYears() throws {
        #expect(book.calendar.certainYears == [2021])
        #expect(!book.calendar.isWorking(try day("2020-09-02")))
        #expect(!book.calendar.isWorking(try day("2019-04-29")))
        #expect(book.calendar.isWorking(try day("2019-05-04")))
        for year in 2015...2026 {
            let labourDay = try #require(Day(year, 5, 1))
            #expect(book.calendar.daysOff.contains(labourDay))
        }
    }

    private func workingDays(_ first: String, _ last: String) throws -> Int {
        let (first, last) = (try day(first), try day(last))
        return (0...(last - first)).count { book.calendar.isWorking(first + $0) }
    }
}
