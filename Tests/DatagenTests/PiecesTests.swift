import Foundation
import Rules
import Testing

@testable import Datagen

/// The small pieces that the rest stands on.
struct PiecesTests {
    @Test func decompositionIsCanonical() {
        let text =
            "Thạch Thị Sà Rết, Nguyễn Hữu Phước, Ngô Đặng Quới; ẰẮẲẴẶ ầấẩẫậ ềếểễệ ồốổỗộ ờớởỡợ "
            + "ừứửữự ỳýỷỹỵ ĂÂÊÔƠƯ đĐ ị ọ ụ ẹ"
        let ours = Array(Decomposition.decomposed(text).unicodeScalars)
        #expect(ours == Array(text.decomposedStringWithCanonicalMapping.unicodeScalars))
    }

    /// First numbers of xoshiro256** seeded by splitmix64 from 0x9E37_79B9_7F4A_7C15 + 1, computed apart.
    @Test func diceFollowTheirAlgorithm() {
        var dice = Dice(seed: 1, stream: 0)
        let thrown = (0..<4).map { _ in dice.next() }
        #expect(thrown == PiecesTests.expectedThrows)
    }

    static let expectedThrows: [UInt64] = [
        0xF9D2_0113_EC80_C6D5,
        0xD16E_236E_5CDC_6563,
        0x68A4_0F27_8366_062A,
        0x8FEE_6A91_4B3B_E91C,
    ]

    @Test func diceStayWithinTheirBounds() {
        var dice = Dice(seed: 5, stream: 9)
        var counts = [0, 0, 0]
        for _ in 0..<3000 { counts[dice.weighted([1, 2, 0])] += 1 }
        #expect(counts[2] == 0)
        #expect((850...1150).contains(counts[0]))
        #expect((0..<500).allSatisfy { _ in (3...5).contains(dice.within(3...5)) })
        #expect(dice.below(0) == 0)
    }

    @Test(arguments: [
        ("2021-02-09", 1, "2021-02-17"), ("2021-02-09", 5, "2021-02-23"),
        ("2021-04-20", 1, "2021-04-22"), ("2021-04-29", 1, "2021-05-04"),
        ("2021-03-05", 1, "2021-03-08"), ("2021-05-04", -1, "2021-04-29"),
        ("2021-09-01", 1, "2021-09-06"),
    ])
    func workingDaysSkipHolidays(from: String, count: Int, to: String) throws {
        let day = try #require(Day(iso: from))
        #expect(Workdays().adding(count, to: day) == Day(iso: to))
    }

    @Test func campaignHasSixtyThreeWorkingDays() {
        let workdays = Workdays()
        let days = (0..<92).filter { workdays.isWorking(Season.start + $0) }
        #expect(days.count == 63)
    }

    @Test func fieldsAreQuotedOnlyWhereNeeded() {
        var table = CSVTable(kind: .officers)
        table.text("a \"b\"")
        table.text("c, d")
        table.text("e\nf")
        table.endRow()
        table.text("plain")
        table.empty()
        table.number(Int64.min)
        table.endRow()
        table.flag(true, unlessEmpty: true)
        table.flag(false, unlessEmpty: true)
        table.day(date(987, 1, 2))
        table.endRow()
        #expect(
            String(decoding: table.bytes, as: UTF8.self)
                == "officer_code,name,unit_code\n\"a \"\"b\"\"\",\"c, d\",\"e\nf\"\n"
                + "plain,,-9223372036854775808\n1,,0987-01-02\n")
    }

    @Test func amountsGrowWithTheirPlace() {
        for size in [CaseClass.fee, .civil, .bank] {
            let amounts = stride(from: 0, to: 10_000, by: 25).map {
                size.amount(at: $0, percent: 100)
            }
            #expect(amounts == amounts.sorted())
            #expect(amounts.allSatisfy { $0 >= 100_000 && $0 % 1000 == 0 })
        }
    }

    /// Two thousand draws hold their class's mean: 685 million a bank case, 74% and 176% of it.
    @Test func drawsHoldTheirShareOfTheMoney() {
        for start in [UInt64(0), 1 << 40, 3 << 62] {
            var ladder = SizeLadder(start: start)
            let with = (0..<2000).reduce(Int64(0)) { sum, _ in
                sum + ladder.nextAmount(of: .bank, hasMeans: true)
            }
            let without = (0..<2000).reduce(Int64(0)) { sum, _ in
                sum + ladder.nextAmount(of: .bank, hasMeans: false)
            }
            #expect((455_000_000...560_000_000).contains(with / 2000))
            #expect((230...245).contains(without * 100 / with))
        }
    }

    @Test func caseloadsAddUp() {
        for (units, cases) in [(1, 0), (1, 7), (12, 17_000), (13, 5), (40, 999)] {
            for profile in Profile.allCases {
                let sketches = ProvinceMap.sketches(count: units, profile: profile, seed: 3)
                #expect(ProvinceMap.caseload(of: sketches, cases: cases).reduce(0, +) == cases)
                #expect(EdgeUnits.caseload(units: units, cases: cases).reduce(0, +) == cases)
            }
        }
    }

    @Test func unitCodesAndNamesAreUnique() {
        let sketches = ProvinceMap.sketches(count: 500, profile: .socTrang, seed: 1)
        #expect(Set(sketches.map(\.unit.code)).count == 500)
        #expect(Set(sketches.map(\.unit.name)).count == 500)
    }
}
