import LawBook
import Rules
import Testing

/// A change of the law on its very day: what the book says the day before and on the day.
struct EditionRow: Sendable, CustomTestStringConvertible {
    let rule: String
    let dayBefore: String
    let before: String
    let day: String
    let after: String
    let article: String

    init(
        _ rule: String, _ dayBefore: String, _ before: String, _ day: String, _ after: String,
        _ article: String
    ) {
        self.rule = rule
        self.dayBefore = dayBefore
        self.before = before
        self.day = day
        self.after = after
        self.article = article
    }

    var testDescription: String { "\(rule): \(before) to \(dayBefore), \(after) from \(day)" }
}

@Suite("The law changes on the very day")
struct EditionsTests {
    @Test("the value the day before and on the day", arguments: editionRows)
    func onTheDay(row: EditionRow) throws {
        let book = try RealFiles.book.get()
        let at = try day(row.day)
        let previous = book.rule(row.rule, on: at - 1)
        #expect(at - (try day(row.dayBefore)) == 1)
        #expect(previous.map(figure) ?? "–" == row.before)
        let after = book.rule(row.rule, on: at)
        #expect(after.map(figure) ?? "–" == row.after)
        #expect((after ?? previous)?.citation.description == row.article)
    }

    @Test("the difference of two days is exactly the editions that began or ended between them")
    func differences() throws {
        let book = try RealFiles.book.get()
        let days = try [
            "2009-06-30", "2015-06-30", "2015-07-01", "2017-07-01", "2020-04-30", "2020-05-01",
            "2021-03-01", "2024-12-31", "2025-01-01",
        ].map { try day($0) }
        for (index, from) in days.enumerated() {
            #expect(book.changes(from: from, to: from).isEmpty)
            for to in days.dropFirst(index + 1) {
                let forward = book.changes(from: from, to: to)
                let expected = book.editions.keys.filter { id in
                    book.rule(id, on: from)?.from != book.rule(id, on: to)?.from
                }
                #expect(forward.map(\.id) == expected.sorted())
                for change in forward {
                    #expect(change.kind != .changed || change.before?.from != change.after?.from)
                    #expect((change.before == nil) == (change.kind == .added))
                }
                #expect(book.changes(from: to, to: from).map(\.id) == forward.map(\.id))
            }
        }
        let decree = book.changes(from: try day("2020-04-30"), to: try day("2020-05-01"))
        #expect(decree.map(\.id) == ["A-16", "P-01", "V-13.several"])
    }

    @Test("a row is found under its id, its parts beside it")
    func parts() throws {
        let book = try RealFiles.book.get()
        #expect(book.parts(of: "V-10") == ["V-10.movable", "V-10.real_estate"])
        #expect(book.parts(of: "E-1").isEmpty)
        #expect(book.rules(on: try day("2021-03-01")).count > 230)
        #expect(book.instruments["LTHADS"]?.contains("64/2014") == true)
    }
}

private func figure(_ rule: LawRule) -> String {
    rule.share ?? rule.number.map { "\($0) \(rule.unit ?? "")" } ?? rule.kind
}

private let editionRows = [
    EditionRow(
        "E-09", "2015-06-30", "15 calendar_days", "2015-07-01", "10 calendar_days",
        "LTHADS Điều 45.1"),
    EditionRow("E-06.assign", "2015-06-30", "2 working_days", "2015-07-01", "–", "LTHADS Điều 36"),
    EditionRow(
        "E-13", "2015-08-31", "–", "2015-09-01", "5 working_days", "NĐ 62/2015 Điều 9.4"),
    EditionRow("E-14", "2015-06-30", "–", "2015-07-01", "ground", "LTHADS Điều 44a.1"),
    EditionRow(
        "E-11a", "2016-09-29", "–", "2016-09-30", "10 calendar_days", "TTLT 11/2016 Điều 4.1"),
    EditionRow("R-04", "2015-06-30", "–", "2015-07-01", "1/10", "LTHADS Điều 104.5"),
    EditionRow("A-01", "2017-06-30", "–", "2017-07-01", "7 working_days", "LĐGTS Điều 35.1.a"),
    EditionRow(
        "P-01", "2020-04-30", "15 calendar_days", "2020-05-01", "30 calendar_days",
        "NĐ 62/2015 Điều 27.3 (NĐ 33/2020)"),
    EditionRow(
        "P-02", "2024-12-31", "30 calendar_days", "2025-01-01", "60 calendar_days",
        "NĐ 62/2015 Điều 27.3 (NĐ 152/2024)"),
    EditionRow(
        "P-02.complex", "2024-12-31", "60 calendar_days", "2025-01-01", "–",
        "NĐ 62/2015 Điều 27.3"),
    EditionRow("X-09", "2015-10-31", "1/20", "2015-11-01", "1/50", "TTLT 12/2015 Điều 4.1"),
    EditionRow("X-03.below", "2015-06-30", "–", "2015-07-01", "5000000 dong", "LTHADS Điều 61.2.b"),
    EditionRow(
        "X-07.hardship", "2015-10-31", "–", "2015-11-01", "12 months", "TTLT 12/2015 Điều 4.2.b"),
    EditionRow("C-03", "2015-08-31", "–", "2015-09-01", "15 calendar_days", "NĐ 62/2015 Điều 13.2"),
    EditionRow(
        "S-16.branch", "2020-01-04", "4 calendar_days", "2020-01-05", "2 working_days",
        "TT 06/2019 Điều 9.2"),
    EditionRow(
        "S-16.officer", "2024-07-25", "1 working_days", "2024-07-26", "–", "TT 06/2019 Điều 9.2"),
    EditionRow(
        "M-04.reductions", "2024-07-25", "2 times", "2024-07-26", "–",
        "TT 06/2019 Biểu mẫu 02/TK-THA"),
    EditionRow(
        "T-off.national", "2020-12-31", "1 calendar_days", "2021-01-01", "2 calendar_days",
        "BLLĐ 2019 Điều 112.1"),
    EditionRow(
        "C-02.night_from", "2009-06-30", "–", "2009-07-01", "22 hour_of_day", "LTHADS Điều 46.2"),
    EditionRow("C-06.notice", "2015-06-30", "–", "2015-07-01", "24 hours", "LTHADS Điều 48.2"),
]
