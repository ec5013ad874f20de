import LawBook
import Rules
import Testing

/// A row of the table: what the book says of a rule on a day, as a jurist reads it.
struct Row: Sendable, CustomTestStringConvertible {
    let id: String
    let day: String
    let value: String
    let citation: String
    let verified: Bool

    init(
        _ id: String, _ value: String, _ citation: String, on day: String = "2021-03-01",
        verified: Bool = true
    ) {
        self.id = id
        self.day = day
        self.value = value
        self.citation = citation
        self.verified = verified
    }

    var testDescription: String { "\(id) on \(day): \(value), \(citation)" }
}

@Suite("What the law says on a day")
struct TableOf2021Tests {
    @Test("decisions, voluntary period, verification", arguments: decisions)
    func decisionsAndVerification(row: Row) throws { try check(row) }

    @Test("coercion, postponement, end", arguments: coercion)
    func coercionAndPostponement(row: Row) throws { try check(row) }

    @Test("seizure to auction", arguments: auction)
    func seizureToAuction(row: Row) throws { try check(row) }

    @Test("after a failed auction, after a sale", arguments: afterwards)
    func afterTheAuction(row: Row) throws { try check(row) }

    @Test("exemption, statistics, money", arguments: money)
    func exemptionAndStatistics(row: Row) throws { try check(row) }

    @Test("a rule has no value before it was in force")
    func beforeItsTime() throws {
        let book = try RealFiles.book.get()
        #expect(book.rule("R-04", on: try day("2015-06-30")) == nil)
        #expect(book.rule("A-01", on: try day("2017-06-30")) == nil)
        #expect(book.rule("P-02.complex", on: try day("2025-01-01")) == nil)
    }

    private func check(_ row: Row) throws {
        let book = try RealFiles.book.get()
        let rule = try #require(book.rule(row.id, on: try day(row.day)), "no rule \(row.id)")
        #expect(text(rule.value) == row.value)
        #expect(rule.citation.description == row.citation)
        #expect(rule.verified == row.verified)
    }
}

func day(_ iso: String) throws -> Day { try #require(Day(iso: iso), "no day: \(iso)") }

private func text(_ value: LawValue) -> String {
    switch value {
    case .period(.workingDays(let n)): "\(n) ngày làm việc"
    case .period(.calendarDays(let n)): "\(n) ngày"
    case .period(.months(let n)): "\(n) tháng"
    case .period(.years(let n)): "\(n) năm"
    case .share(let share): "\(share.numerator)/\(share.denominator)"
    case .money(let amount): "\(amount) đồng"
    case .count(let n): "\(n) lần"
    case .hours(let n): "\(n) giờ"
    case .clock(let n): "\(n):00"
    case .ground: "căn cứ"
    }
}

private let decisions = [
    Row("E-01", "30 ngày", "LTHADS Điều 28.1"),
    Row("E-02", "15 ngày", "LTHADS Điều 28.2"),
    Row("E-03", "5 ngày làm việc", "LTHADS Điều 36.1"),
    Row("E-04", "5 ngày làm việc", "LTHADS Điều 36.2"),
    Row("E-05", "3 ngày làm việc", "LTHADS Điều 36.2.e"),
    Row("E-06", "2 ngày làm việc", "NĐ 62/2015 Điều 8.1"),
    Row("E-07", "3 ngày làm việc", "LTHADS Điều 39.2"),
    Row("E-08", "5 năm", "LTHADS Điều 30.1"),
    Row("E-09", "15 ngày", "LTHADS Điều 45.1", on: "2015-06-30", verified: false),
    Row("E-09", "10 ngày", "LTHADS Điều 45.1", on: "2015-07-01"),
    Row("E-09", "10 ngày", "LTHADS Điều 45.1"),
    Row("E-10", "căn cứ", "LTHADS Điều 45.2"),
    Row("E-11", "10 ngày", "LTHADS Điều 44.1"),
    Row("E-11a", "10 ngày", "TTLT 11/2016 Điều 4.1"),
    Row("E-11b", "5 ngày làm việc", "LTHADS Điều 44.5"),
    Row("E-12", "6 tháng", "LTHADS Điều 44.2"),
    Row("E-12.prison_or_address_unknown", "1 năm", "LTHADS Điều 44.2"),
    Row("E-12a", "10 ngày", "NĐ 62/2015 Điều 9.4"),
    Row("E-13", "5 ngày làm việc", "NĐ 62/2015 Điều 9.4"),
    Row("E-14", "căn cứ", "LTHADS Điều 44a.1"),
    Row("E-15", "căn cứ", "LTHADS Điều 3.6"),
    Row("E-16", "3 ngày làm việc", "NĐ 62/2015 Điều 9.5"),
    Row("E-16.wait", "1 năm", "NĐ 62/2015 Điều 9.5.a"),
]

private let coercion = [
    Row("C-03", "15 ngày", "NĐ 62/2015 Điều 13.2"),
    Row("C-02.night_from", "22:00", "LTHADS Điều 46.2"),
    Row("C-02.night_to", "6:00", "LTHADS Điều 46.2"),
    Row("C-03a.tet_days", "3 lần", "NĐ 62/2015 Điều 13.2", verified: false),
    Row("C-06.notice", "24 giờ", "LTHADS Điều 48.2"),
    Row("C-06.once", "1 lần", "LTHADS Điều 48.2"),
    Row("C-03a", "căn cứ", "NĐ 62/2015 Điều 13.2", verified: false),
    Row("C-03b", "5 ngày làm việc", "NĐ 62/2015 Điều 13.3"),
    Row("C-04", "3 ngày làm việc", "LTHADS Điều 88.1"),
    Row("C-05", "5 ngày làm việc", "LTHADS Điều 48.3"),
    Row("C-06", "3 tháng", "LTHADS Điều 48.2"),
    Row("C-07", "căn cứ", "LTHADS Điều 48.1"),
    Row("C-08", "5 ngày làm việc", "LTHADS Điều 48.4"),
    Row("C-09", "5 ngày làm việc", "LTHADS Điều 49.2"),
    Row("C-10", "5 ngày làm việc", "LTHADS Điều 49.3"),
    Row("C-11", "5 ngày làm việc", "LTHADS Điều 50.2"),
    Row("C-12", "căn cứ", "LTHADS Điều 52"),
    Row("C-13", "5 ngày làm việc", "LTHADS Điều 53"),
    Row("C-14", "10 ngày", "LTHADS Điều 47.5"),
    Row("C-15", "5 ngày làm việc", "LTHADS Điều 105"),
]

private let auction = [
    Row("V-00", "căn cứ", "LTHADS Điều 71.3"),
    Row("V-02", "5 ngày làm việc", "LTHADS Điều 98.2"),
    Row("V-03", "15 ngày", "NĐ 62/2015 Điều 26.1"),
    Row("V-03.small", "10000000 đồng", "NĐ 62/2015 Điều 26.2"),
    Row("V-04", "5 ngày làm việc", "LTHADS Điều 99.1.b"),
    Row("V-04.times", "1 lần", "LTHADS Điều 99.1.b"),
    Row("V-06", "6 tháng", "Luật Giá 2012 Điều 32.3", verified: false),
    Row("V-07", "5 ngày làm việc", "LTHADS Điều 100.2"),
    Row("V-08", "5 ngày làm việc", "LTHADS Điều 101.2"),
    Row("V-09", "10 ngày", "LTHADS Điều 101.2"),
    Row("V-10.movable", "30 ngày", "LTHADS Điều 101.2"),
    Row("V-10.real_estate", "45 ngày", "LTHADS Điều 101.2"),
    Row("V-11.auction_house_above", "10000000 đồng", "LTHADS Điều 101.2"),
    Row("V-11.direct_sale_below", "2000000 đồng", "LTHADS Điều 101.4"),
    Row("V-11.direct_sale", "5 ngày làm việc", "LTHADS Điều 101.4"),
    Row("V-12", "1 ngày làm việc", "LTHADS Điều 101.5"),
    Row("V-13.first_real_estate", "3 tháng", "LTHADS Điều 74.3"),
    Row("V-13.first_movable", "1 tháng", "LTHADS Điều 74.3"),
    Row("V-13.later", "15 ngày", "LTHADS Điều 74.3"),
    Row("V-14", "30 ngày", "LTHADS Điều 74.1"),
    Row("A-01", "7 ngày làm việc", "LĐGTS Điều 35.1.a"),
    Row("A-02", "15 ngày", "LĐGTS Điều 35.1.b"),
    Row("A-03", "2 lần", "LĐGTS Điều 57.1"),
    Row("A-03.apart", "2 ngày làm việc", "LĐGTS Điều 57.1"),
    Row("A-03.second_movable", "7 ngày làm việc", "LĐGTS Điều 57.3"),
    Row("A-03.second_real_estate", "15 ngày", "LĐGTS Điều 57.3"),
    Row("A-05", "50000000 đồng", "LĐGTS Điều 53.1.a"),
    Row("A-05.failed_rounds", "2 lần", "LĐGTS Điều 53.1.b"),
    Row("A-06.movable", "3 ngày làm việc", "LĐGTS Điều 53.2.a"),
    Row("A-06.real_estate", "5 ngày làm việc", "LĐGTS Điều 53.2.b"),
    Row("A-08.minimum", "5/100", "LĐGTS Điều 39.1"),
    Row("A-08.maximum", "20/100", "LĐGTS Điều 39.1"),
    Row("A-09", "3 ngày làm việc", "LĐGTS Điều 39.2"),
    Row("A-10", "3 ngày làm việc", "LĐGTS Điều 39.4"),
    Row("A-12", "căn cứ", "LĐGTS Điều 52.1"),
    Row("A-14a", "căn cứ", "LĐGTS Điều 49.1", verified: false),
    Row("A-15", "3 ngày làm việc", "LĐGTS Điều 52.2"),
]

private let afterwards = [
    Row("R-01", "5 ngày làm việc", "LTHADS Điều 104.1"),
    Row("R-02", "10 ngày", "LTHADS Điều 104.1"),
    Row("R-03", "căn cứ", "LTHADS Điều 104.1"),
    Row("R-04", "10/100", "LTHADS Điều 104.5"),
    Row("R-04b", "10 ngày", "LTHADS Điều 104.4"),
    Row("R-05", "2 lần", "LTHADS Điều 104.2"),
    Row("R-06", "10 ngày", "LTHADS Điều 104.2"),
    Row("R-07", "30 ngày", "LTHADS Điều 104.2"),
    Row("R-08.papers", "5 ngày làm việc", "TTLT 11/2016 Điều 7.4"),
    Row("R-10", "căn cứ", "LTHADS Điều 104.3"),
    Row("R-11", "5 ngày làm việc", "LTHADS Điều 48.3"),
    Row("P-01", "15 ngày", "NĐ 62/2015 Điều 27.3", on: "2020-04-30", verified: false),
    Row("P-01", "30 ngày", "NĐ 62/2015 Điều 27.3 (NĐ 33/2020)", on: "2020-05-01"),
    Row("P-01", "30 ngày", "NĐ 62/2015 Điều 27.3 (NĐ 33/2020)"),
    Row("P-02", "30 ngày", "NĐ 62/2015 Điều 27.3", verified: false),
    Row("P-02.complex", "60 ngày", "NĐ 62/2015 Điều 27.3", verified: false),
    Row("P-02", "60 ngày", "NĐ 62/2015 Điều 27.3 (NĐ 152/2024)", on: "2025-01-01"),
]

private let money = [
    Row("X-01.after", "5 năm", "LTHADS Điều 61.1.b"),
    Row("X-01.below", "2000000 đồng", "LTHADS Điều 61.1.b"),
    Row("X-02.after", "10 năm", "LTHADS Điều 61.1.b"),
    Row("X-02.below", "5000000 đồng", "LTHADS Điều 61.1.b"),
    Row("X-03.below", "5000000 đồng", "LTHADS Điều 61.2.b"),
    Row("X-04.below", "10000000 đồng", "LTHADS Điều 61.2.b"),
    Row("X-05.to", "100000000 đồng", "LTHADS Điều 61.3.a"),
    Row("X-05.share", "1/4", "LTHADS Điều 61.3.a"),
    Row("X-06.share", "1/5", "LTHADS Điều 61.3.b"),
    Row("X-06.cap", "50000000 đồng", "LTHADS Điều 61.3.b"),
    Row("X-07.hardship", "12 tháng", "TTLT 12/2015 Điều 4.2.b"),
    Row("X-08", "1 năm", "LTHADS Điều 61.5"),
    Row("X-09", "1/50", "TTLT 12/2015 Điều 4.1"),
    Row("X-07.fee_paid", "1/50", "TTLT 12/2015 Điều 4.1"),
    Row("X-10a.refuse", "5 ngày làm việc", "TTLT 12/2015 Điều 5.4"),
    Row("X-10a.prison", "10 ngày", "TTLT 12/2015 Điều 5.3"),
    Row("M-01", "căn cứ", "TT 06/2019 Biểu mẫu 02/TK-THA", verified: false),
    Row("M-02", "căn cứ", "TT 06/2019 Biểu mẫu 02/TK-THA", verified: false),
    Row("M-04", "căn cứ", "TT 06/2019 Biểu mẫu 02/TK-THA", verified: false),
    Row("M-04.reductions", "2 lần", "TT 06/2019 Biểu mẫu 02/TK-THA", verified: false),
    Row("S-01", "1 năm", "TT 06/2019 Điều 4", verified: false),
    Row("S-16.officer", "1 ngày làm việc", "TT 06/2019 Điều 9.2", verified: false),
    Row("S-16.department", "4 ngày làm việc", "TT 06/2019 Điều 9.2", verified: false),
    Row("T-end", "căn cứ", "BLDS 2015 Điều 148.5"),
    Row("M-04.failures", "3 lần", "LTHADS Điều 104.1, 104.2"),
    Row("S-10", "căn cứ", "TT 06/2019 Phụ lục, biểu mẫu thống kê việc", verified: false),
    Row("T-off.tet", "5 ngày", "BLLĐ 2019 Điều 112.1"),
    Row("T-off.national", "2 ngày", "BLLĐ 2019 Điều 112.1"),
    Row("Q-01", "1 ngày làm việc", "Quy ước Q-01", verified: false),
    Row("Q-02", "10 ngày làm việc", "Quy ước Q-02", verified: false),
    Row("Q-05", "căn cứ", "Quy ước Q-05", verified: false),
]
