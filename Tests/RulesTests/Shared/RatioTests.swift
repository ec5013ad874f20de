import Rules
import Testing

struct RatioTests {
    @Test(
        arguments: [
            (1, 3, 6, "0.333333"), (2, 3, 6, "0.666667"), (1, 2, 0, "1"), (1, 8, 2, "0.13"),
            (-1, 8, 2, "-0.13"), (-1, 1000, 2, "0.00"), (999, 1000, 2, "1.00"), (5, 1, 2, "5.00"),
            (0, 7, 6, "0.000000"), (1, 200, 2, "0.01"), (-5, 2, 0, "-3"),
            (99_995, 1000, 2, "100.00"),
        ] as [(Int128, Int128, Int, String)])
    func decimal(numerator: Int128, denominator: Int128, places: Int, text: String) {
        #expect(Ratio(numerator, denominator).decimal(places: places) == text)
    }

    @Test func comparesExactlyWhereProductsWouldOverflow() {
        let large = Int128.max
        #expect(Ratio(large, large - 1) > Ratio(1))
        #expect(Ratio(large - 1, large) < Ratio(large, large))
        #expect(Ratio(8, 10) == Ratio(80, 100))
        #expect(Ratio(-1, 3) < Ratio(1, 3))
        #expect(Ratio(1, -3) == Ratio(-1, 3))
    }

    @Test func arithmeticIsExact() {
        #expect(Ratio(1, 3) + Ratio(1, 6) == Ratio(1, 2))
        #expect(Ratio(1, 3) - Ratio(1, 2) == Ratio(-1, 6))
        #expect(Ratio(2, 3) * Ratio(3, 4) == Ratio(1, 2))
        #expect(Ratio(2, 3) / Ratio(-4, 3) == Ratio(-1, 2))
        #expect(Ratio(7, 2).floor == 3 && Ratio(7, 2).ceiling == 4)
        #expect(Ratio(-7, 2).floor == -4 && Ratio(-7, 2).ceiling == -3)
        #expect(Ratio(6, 2).floor == 3 && Ratio(6, 2).ceiling == 3)
    }

    @Test func aRateKeepsTheRowsItWasCountedFrom() {
        #expect(Ratio(8, 10).description == "8/10")
        #expect(Ratio(8, 10).reduced.description == "4/5")
    }

    @Test func arithmeticAgreesWithCrossMultiplication() {
        var random = Seeded(7)
        for _ in 0..<2000 {
            func draw() -> Ratio {
                Ratio(Int128(random.below(20001) - 10000), Int128(random.below(9999) + 1))
            }
            let (a, b) = (draw(), draw())
            #expect((a + b) - b == a)
            #expect(a < b || b < a || a == b)
            #expect((a < b) == (a.numerator * b.denominator < b.numerator * a.denominator))
            if b != .zero { #expect(a / b * b == a) }
        }
    }

    @Test func moneyIsGroupedAsOfficesWriteIt() {
        #expect(Dong(1_234_567_890).vietnamese == "1.234.567.890")
        #expect(Dong(-1000).vietnamese == "-1.000")
        #expect(Dong(999).vietnamese == "999")
        #expect(Dong(50).ratio(of: Dong(200)) == Ratio(1, 4))
        #expect(Dong(50).ratio(of: .zero) == nil)
    }
}
