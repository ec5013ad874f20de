import Testing

@testable import AdminCommands

@Suite("Amounts, rates and days")
struct FormatsTests {
    @Test(
        "money with its thousands apart",
        arguments: [
            (Int64(0), "0 đ"), (5, "5 đ"), (999, "999 đ"), (1_000, "1.000 đ"),
            (1_234_567_890, "1.234.567.890 đ"), (-12_345, "-12.345 đ"),
            (.max, "9.223.372.036.854.775.807 đ"), (.min, "-9.223.372.036.854.775.808 đ"),
        ])
    func money(dong: Int64, text: String) {
        #expect(Formats.money(dong) == text)
    }

    @Test(
        "rates in percent, half up from the exact fraction",
        arguments: [
            (Int64(8), Int64(10), "80,00%"), (2, 3, "66,67%"), (1, 3, "33,33%"), (0, 7, "0,00%"),
            (7, 7, "100,00%"), (6, 7, "85,71%"),
            // exactly half of the last digit goes up, just under it goes down
            (1, 20_000, "0,01%"), (1, 20_001, "0,00%"), (12_345, 100_000, "12,35%"),
            (12_344, 100_000, "12,34%"), (999_950, 1_000_000, "100,00%"),
            (999_949, 1_000_000, "99,99%"), (.max, .max, "100,00%"),
            (.max, 1, "922337203685477580700,00%"),
            (0, 0, "–"),
        ])
    func percent(numerator: Int64, denominator: Int64, text: String) {
        #expect(Formats.percent(numerator, of: denominator) == text)
    }

    @Test(
        "thresholds however they travel",
        arguments: [
            ("0.8", "80%"), ("0.800000", "80%"), ("1", "100%"), ("1.000000", "100%"),
            ("80%", "80%"), ("4/5", "80%"), ("0.155", "15,5%"), ("0.100000", "10%"), ("", "–"),
            ("bậc 2", "bậc 2"), ("1/3", "33,3333%"),
        ])
    func thresholds(text: String, shown: String) {
        #expect(Formats.threshold(text) == shown)
    }

    @Test("days and decimals in both languages")
    func languages() {
        #expect(Formats.day("2021-05-31") == "31/05/2021")
        #expect(Formats.day("") == "–")
        #expect(Formats.day("khi có") == "khi có")
        #expect(Formats.decimal("98.50") == "98,50")
        Language.$current.withValue(.en) {
            #expect(Formats.day("2021-05-31") == "2021-05-31")
            #expect(Formats.money(Int64(1_234_567)) == "1,234,567 đ")
            #expect(Formats.percent(2, of: 3) == "66.67%")
            #expect(Formats.decimal("98.50") == "98.50")
        }
    }

    @Test(
        "durations by their two largest parts",
        arguments: [
            (UInt64(0), "0 giây"), (59, "59 giây"), (60, "1 phút"), (3_661, "1 giờ 1 phút"),
            (90_061, "1 ngày 1 giờ"), (86_400, "1 ngày"),
        ])
    func durations(seconds: UInt64, text: String) {
        #expect(Formats.duration(seconds: seconds) == text)
    }

    @Test(
        "days as people type them",
        arguments: [
            ("2021-05-31", "2021-05-31"), ("31/5/2021", "2021-05-31"),
            ("31/05/2021", "2021-05-31"), ("1-3-2021", "2021-03-01"), ("29/2/2020", "2020-02-29"),
        ])
    func typedDays(typed: String, iso: String) {
        #expect(CalendarDay(typed: typed)?.iso == iso)
    }

    @Test(
        "what is no day",
        arguments: [
            "2021-02-30", "29/2/2021", "31/4/2021", "2021-5-31", "5/31/2021", "hôm nay", "",
            "31/5/21", "2021/05/31", "+1/5/2021", "٣١/٥/٢٠٢١",
        ])
    func noDays(typed: String) {
        #expect(CalendarDay(typed: typed) == nil)
    }

    @Test("the day in Vietnam begins at 17:00 UTC")
    func vietnam() {
        #expect(CalendarDay(secondsInUTC: 1_622_480_399)?.iso == "2021-05-31")
        #expect(CalendarDay(secondsInUTC: 1_622_480_400)?.iso == "2021-06-01")
    }
}
