import Rules
import Testing

/// What remains, and what of it counts as *chưa có điều kiện* (TT 06/2019, Form 02/TK-THA).
struct MoneyTests {
    @Test func everySourceAndEveryWriteOffCounts() throws {
        let file = try Make.file(due: 1000) { file in
            file.payments = [
                try Make.payment(100, "01/03", .voluntary),
                try Make.payment(90, "02/03", .coerced),
                try Make.payment(80, "03/03", .auction),
                try Make.payment(70, "04/03", .inLieu),
                try Make.payment(60, "05/03", .exempted),
            ]
            file.decisions = [
                try Make.decision(.reduceObligation, "06/03", amount: 50),
                try Make.decision(.complete, "06/03", amount: 500),
            ]
        }
        #expect(file.remaining(on: try day("28/02")) == Dong(1000))
        #expect(file.remaining(on: try day("03/03")) == Dong(730))
        #expect(file.remaining(on: try day("06/03")) == Dong(550))
    }

    @Test func aReversedPaymentCountsUntilItsReversal() throws {
        let file = try Make.file(due: 1000) {
            $0.payments = [try Make.payment(400, "10/03", reversed: "20/03")]
        }
        #expect(file.remaining(on: try day("19/03")) == Dong(600))
        #expect(file.remaining(on: try day("20/03")) == Dong(1000))
    }

    @Test func nothingRemainsBelowZeroAndNoSumOverflows() throws {
        let file = try Make.file(due: .max) { file in
            file.payments = [
                try Make.payment(.max, "10/03"), try Make.payment(.max, "11/03", .coerced),
            ]
        }
        #expect(file.remaining(on: try day("11/03")) == .zero)
    }

    /// rules-2021 §8: due 1,000m; 900m → 810m → 729m, the third auction fails.
    static func reducedTwice(_ fill: (inout Asset) throws -> Void = { _ in }) throws -> CaseFile {
        try Make.file { file in
            file.assets = [
                try Make.asset(seized: "05/03") { asset in
                    asset.valuedOn = try day("22/03")
                    asset.value = Dong(900_000_000)
                    asset.rounds = [
                        try Make.round(1, held: "19/04", .noParticipants),
                        try Make.round(2, held: "11/05", .noBids),
                        try Make.round(3, held: "20/05", .failed),
                    ]
                    asset.reductions = [
                        try Make.reduction(1, on: "20/04", to: 810_000_000),
                        try Make.reduction(2, on: "12/05", to: 729_000_000),
                    ]
                    try fill(&asset)
                }
            ]
        }
    }

    @Test func twiceReducedMoneyIsTheRemainderLessThePrice() throws {
        let file = try Self.reducedTwice()
        let before = file.moneyClass(on: try day("19/05"))
        #expect(before.rule == nil)
        #expect(before.notEnforceable == .zero)
        let after = file.moneyClass(on: try day("20/05"))
        #expect(after.rule == .reducedTwice)
        #expect(after.notEnforceable == Dong(271_000_000))
    }

    @Test func aFurtherReductionLowersThePrice() throws {
        let file = try Self.reducedTwice {
            $0.reductions.append(try Make.reduction(3, on: "25/05", to: 656_100_000))
        }
        #expect(file.moneyNotEnforceable(on: try day("24/05")) == Dong(271_000_000))
        #expect(file.moneyNotEnforceable(on: try day("25/05")) == Dong(343_900_000))
    }

    @Test func theFailedRoundMayBeHeldOnTheDayOfTheSecondReduction() throws {
        let file = try Self.reducedTwice { asset in
            asset.rounds[2].heldOn = try day("12/05")
        }
        #expect(file.moneyRule(on: try day("12/05")) == .reducedTwice)
        #expect(file.moneyRule(on: try day("11/05")) == nil)
    }

    @Test func everyOpenAssetMustPass() throws {
        var file = try Self.reducedTwice()
        file.assets.append(try Make.asset("2", seized: "06/03"))
        #expect(file.moneyRule(on: try day("31/05")) == nil)
        file.assets[1].disposedOn = try day("30/05")
        #expect(
            file.moneyRule(on: try day("31/05")) == nil, "a day without its kind closes nothing")
        file.assets[1].disposal = .released
        #expect(file.moneyRule(on: try day("29/05")) == nil)
        #expect(file.moneyRule(on: try day("30/05")) == .reducedTwice)
    }

    @Test func anAssetWorthMoreThanTheDebtLeavesNothing() throws {
        var file = try Self.reducedTwice()
        file.amountDue = Dong(700_000_000)
        #expect(file.moneyClass(on: try day("31/05")).rule == .reducedTwice)
        #expect(file.moneyNotEnforceable(on: try day("31/05")) == .zero)
    }

    @Test func soldWithNoneOpenIsAllThatRemains() throws {
        var file = try Make.file(due: 1000) { file in
            file.assets = [
                try Make.asset("1", seized: "05/03") {
                    $0.disposedOn = try day("10/05")
                    $0.disposal = .sold
                }
            ]
            file.payments = [try Make.payment(400, "20/05", .auction)]
        }
        #expect(file.moneyRule(on: try day("09/05")) == nil)
        #expect(file.moneyRule(on: try day("10/05")) == .assetHandled)
        #expect(file.moneyNotEnforceable(on: try day("20/05")) == Dong(600))
        file.assets[0].disposal = .released
        #expect(file.moneyRule(on: try day("20/05")) == nil, "a release hands nothing over")
    }

    @Test func nothingOfAFinishedCaseCounts() throws {
        let file = try Make.file { file in
            file.decisions = [
                try Make.decision(.notEnforceable, "10/03"), try Make.decision(.complete, "20/03"),
            ]
        }
        #expect(file.moneyNotEnforceable(on: try day("19/03")) == Dong(1_000_000_000))
        #expect(file.moneyNotEnforceable(on: try day("20/03")) == .zero)
        #expect(file.isNotEnforceable(on: try day("20/03")), "the 44a decision itself stays")
    }

    @Test func theLatestValuationIsThePriceBeforeAnyReduction() throws {
        let asset = try Make.asset(seized: "05/03") { asset in
            asset.valuedOn = try day("22/03")
            asset.value = Dong(900)
            asset.valuations = [
                Valuation(number: 2, valuedOn: try day("30/03"), value: Dong(800))
            ]
            asset.reductions = [try Make.reduction(1, on: "20/04", to: 720)]
        }
        #expect(asset.currentPrice(on: try day("21/03")) == nil)
        #expect(asset.currentPrice(on: try day("22/03")) == Dong(900))
        #expect(asset.currentPrice(on: try day("30/03")) == Dong(800))
        #expect(asset.currentPrice(on: try day("20/04")) == Dong(720))
    }
}
