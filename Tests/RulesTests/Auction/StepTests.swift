import Rules
import Testing

/// What a step says of itself: its rule, its place, and what comes after a sale.
struct StepTests {
    @Test func aMissingPeriodIsNamedByTheRuleOfItsStep() throws {
        let law = try Law2021.table(without: ["V-10.real_estate", "R-02"])
        let duties = try GapTests.duties("06/05", law: law) { asset in
            try GapTests.failedOnce(&asset)
            asset.rounds[0].heldOn = nil
            asset.rounds[0].outcome = nil
            asset.rounds[0].notifiedOn = nil
            asset.reductions = [try Make.reduction(1, notice: "22/04")]
        }
        #expect(duties.undetermined.map(\.rule) == ["R-03"])
        let unheld = try GapTests.duties("15/05", law: law, GapTests.contracted)
        #expect(unheld.undetermined.map(\.rule) == ["V-10"])
        #expect(unheld.undetermined.map(\.missing.id) == ["V-10.real_estate"])
    }

    @Test func thePlansParagraphIsCitedWithItsPeriods() throws {
        let duties = try GapTests.duties("20/06", policy: GapTests.policy, GapTests.failedThrice)
        #expect(duties.gaps.map(\.citation.description) == ["KH 10/KH-CTHADS II.1"])
        var plan = try Plan2021.plan()
        #expect(plan.policy.citation.description == "KH 10/KH-CTHADS")
        plan.settings.policy.paragraph = "IV.2"
        #expect(plan.policy.citation.description == "KH 10/KH-CTHADS IV.2")
    }

    @Test func afterASaleThePaymentAndTheDeliveryAreNextAndNoGap() throws {
        let sold: @Sendable (inout Asset) throws -> Void = { asset in
            try GapTests.contracted(&asset)
            asset.rounds = [
                try Make.round(1, contract: "30/03", posted: "31/03", held: "19/04", .sold)
            ]
            asset.disposedOn = try day("19/04")
            asset.disposal = .sold
        }
        let unpaid = try GapTests.duties("20/05", sold)
        // 19/05 is the thirtieth day.
        #expect(try GapTests.rows(unpaid.next, "20/05") == ["pay_price P-01 19/04→19/05 1"])
        #expect(unpaid.gaps.isEmpty)
        let paid = try GapTests.duties("20/05") { asset in
            try sold(&asset)
            asset.rounds[0].paidInFullOn = try day("10/05")
        }
        #expect(try GapTests.rows(paid.next, "20/05") == ["deliver P-02 10/05→09/06 -20"])
        let delivered = try GapTests.duties("20/06") { asset in
            try sold(&asset)
            asset.rounds[0].paidInFullOn = try day("10/05")
            asset.rounds[0].deliveredOn = try day("20/06")
        }
        #expect(delivered.next.isEmpty && delivered.past.isEmpty)
    }
}
