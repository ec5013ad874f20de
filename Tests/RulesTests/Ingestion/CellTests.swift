import Rules
import Testing

/// Cells as people type them.
struct CellTests {
    @Test(arguments: [
        "31/5/2021", "31/05/2021", "31-5-2021", "31-05-2021", "31.5.2021", "2021-05-31", "44347",
        "  31/5/2021\u{A0}", "2021-05-31 00:00:00", "2021-05-31T00:00:00",
    ])
    func dates(text: String) throws {
        #expect(Cell.date(text) == .success(try day("31/05/2021")))
    }

    @Test(arguments: [
        "31/5/21", "5/31/2021", "30/02/2021", "29/2/2021", "31/5", "2021/05/31", "31/5-2021",
        "hôm nay", "19999", "80001", "44347.5", "-44347", "31//2021", "31/5/2021 08:30",
        "٣١/٥/٢٠٢١",
        "1/1/1899", "00/01/2021",
    ])
    func refusedDates(text: String) {
        guard case .failure(let refusal) = Cell.date(text) else {
            Issue.record("\(text) was read as a day")
            return
        }
        #expect(refusal.code == .badDate)
        #expect(refusal.fault == .noDay)
    }

    @Test func excelCountsADayThatNeverWas() throws {
        #expect(Cell.excelDay(1) == (try day("01/01/1900")))
        #expect(Cell.excelDay(59) == (try day("28/02/1900")))
        #expect(Cell.excelDay(60) == nil)
        #expect(Cell.excelDay(61) == (try day("01/03/1900")))
        #expect(Cell.date("20000") == .success(try day("03/10/1954")))
        #expect(Cell.date("80000") == .success(try day("11/01/2119")))
    }

    @Test(arguments: [
        ("1.234.567.890", 1_234_567_890), ("1,234,567,890", 1_234_567_890),
        ("1234567890", 1_234_567_890), ("1 234 567 890", 1_234_567_890),
        ("1\u{A0}234\u{A0}567", 1_234_567), ("1.234.567 đ", 1_234_567), ("1.234.567đ", 1_234_567),
        ("1.234.567 đồng", 1_234_567), ("1.234.567 đo\u{302}\u{300}ng", 1_234_567),
        ("1.234.567 VND", 1_234_567), ("1.234.567 vnđ", 1_234_567), ("1.234.567₫", 1_234_567),
        ("500 đ.", 500), ("0", 0), ("1.500", 1500), ("999.999.999.999.999", 999_999_999_999_999),
        ("007", 7),
    ])
    func money(text: String, amount: Int64) {
        #expect(Cell.money(text) == .success(Dong(amount)))
    }

    @Test(arguments: [
        "1.5", "1,5", "0.5", "1.50", "1.234,567", "1.234.567,00", "1.2345", "1234.567", "12.34.567",
        "-5", "(500)", "−5", "1.000.", ".500", "1e9", "mười triệu", "5%", "5$",
        "1.000.000.000.000.000",
        "9999999999999999999999", "1.000 triệu", "1.000 đồng/m2", "١٢٣", "1..000",
    ])
    func refusedMoney(text: String) {
        guard case .failure(let refusal) = Cell.money(text) else {
            Issue.record("\(text) was read as money")
            return
        }
        #expect(refusal.code == .badMoney)
    }

    @Test func anEmptyCellIsAMissingValue() {
        for text in ["", "  ", "\u{A0}\t"] {
            #expect(Cell.isEmpty(text))
            #expect(throws: CellRefusal.self) { try Cell.money(text).get() }
            guard case .failure(let refusal) = Cell.date(text) else {
                Issue.record("an empty cell was read as a day")
                continue
            }
            #expect(refusal.code == .missingValue)
        }
    }

    @Test(arguments: [
        ("x", true), ("X", true), ("có", true), ("Có", true), ("CO", true), ("co\u{301}", true),
        ("1", true), ("không", false), ("Khong", false), ("kho\u{302}ng", false), ("0", false),
        (" 0 ", false),
    ])
    func yesNo(text: String, value: Bool) {
        #expect(Cell.yesNo(text) == .success(value))
    }

    @Test func otherWordsAreNeitherYesNorNo() {
        for text in ["2", "chưa rõ", "10", "-"] {
            #expect(throws: CellRefusal.self) { try Cell.yesNo(text).get() }
        }
    }

    @Test func aChoiceIsReadByCodeOrWord() {
        let words: [String: PaymentSource] = ["tự nguyện": .voluntary, "cưỡng chế": .coerced]
        for text in ["voluntary", "Voluntary ", "Tự nguyện", "TU NGUYEN", "tự-nguyện"] {
            #expect(Cell.choice(text, as: PaymentSource.self, words: words) == .success(.voluntary))
        }
        #expect(Cell.choice("in lieu", as: PaymentSource.self) == .success(.inLieu))
    }

    @Test func aRefusedChoiceNamesTheNearest() {
        let words: [String: PaymentSource] = ["tự nguyện": .voluntary]
        func hint(_ text: String) -> String? {
            guard
                case .failure(let refusal) = Cell.choice(
                    text, as: PaymentSource.self, words: words)
            else { return "none: it was read" }
            return refusal.hint
        }
        #expect(hint("voluntry") == "voluntary")
        #expect(hint("tự nguyên nhé") == "voluntary")
        #expect(hint("auctoin") == "auction")
        #expect(hint("something else") == nil)
    }

    @Test(arguments: [
        "Mã đơn vị", "mã đơn vị", "MÃ ĐƠN VỊ", "ma_don_vi", "Mã  đơn-vị:",
        "Ma\u{303} đo\u{31B}n vi\u{323}", "ma don vi (*)",
    ])
    func headingsAreFolded(text: String) {
        #expect(VietnameseText.folded(text) == "madonvi")
    }

    @Test func editDistance() {
        #expect(VietnameseText.editDistance("abc", "abc") == 0)
        #expect(VietnameseText.editDistance("", "abc") == 3)
        #expect(VietnameseText.editDistance("kitten", "sitting") == 3)
        #expect(VietnameseText.editDistance("abdc", "abcd") == 1, "neighbours swapped")
        #expect(VietnameseText.nearest(to: "decison_no", among: ["note", "decision_no"]) != nil)
        #expect(VietnameseText.nearest(to: "zzz", among: ["note", "decision_no"]) == nil)
    }
}
