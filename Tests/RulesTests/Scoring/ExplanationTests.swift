import Rules
import Testing

/// A score is the sum of its explanation, and depends on nothing but the facts.
struct ExplanationTests {
    @Test(arguments: 0..<40)
    func scoreIsTheSumOfItsExplanation(seed: Int) throws {
        var random = Seeded(UInt64(seed))
        let unit = try RandomFacts.unit(&random, cases: 25)
        let law = try Law2021.table()
        let plan = try Plan2021.plan()
        let asOf = try day("01/02") + random.below(200)
        let results = score(unit: unit, plan: plan, law: law, asOf: asOf)
        #expect(results.count == plan.targets.count)
        for (target, result) in zip(plan.targets, results) {
            let explained = explain(target: target, unit: unit, plan: plan, law: law, asOf: asOf)
            #expect(explained.summary == result)
            #expect(explained.reasons.reduce(0) { $0 + $1.numerator } == result.numerator)
            #expect(explained.reasons.reduce(0) { $0 + $1.denominator } == result.denominator)
            #expect(result.numerator <= result.denominator)
            #expect(explained.reasons.allSatisfy { !$0.reason.isEmpty && !$0.rule.isEmpty })
            #expect(explained.reasons.allSatisfy { $0.isCounted || !$0.isIn })
        }
    }

    @Test(arguments: 0..<40)
    func theOrderOfCasesAndOfFactsOfDifferentDaysDoesNotMatter(seed: Int) throws {
        var random = Seeded(UInt64(1000 + seed))
        let unit = try RandomFacts.unit(&random, cases: 15)
        let law = try Law2021.table()
        let plan = try Plan2021.plan()
        let asOf = try day("01/03") + random.below(120)
        var shuffled = unit
        shuffled.cases.shuffle(using: &random)
        for index in shuffled.cases.indices {
            RandomFacts.shuffle(&shuffled.cases[index], &random)
        }
        #expect(
            score(unit: unit, plan: plan, law: law, asOf: asOf)
                == score(unit: shuffled, plan: plan, law: law, asOf: asOf))
        let duties = auctionDuties(of: unit, plan: plan, law: law, asOf: asOf)
        #expect(duties == auctionDuties(of: shuffled, plan: plan, law: law, asOf: asOf))
    }

    @Test func everyCaseOfTheListIsNamedAlsoThoseOut() throws {
        let law = try Law2021.table()
        let plan = try Plan2021.plan()
        let withdrawn = try Make.file("3/QĐ") {
            $0.nominations = [try Make.nomination("large_value", withdrawn: "10/04")]
        }
        let seized = try Make.file("1/QĐ") { file in
            file.nominations = [try Make.nomination("large_value")]
            file.assets = [try Make.asset(seized: "10/03")]
        }
        let bare = try Make.file("2/QĐ") { $0.nominations = [try Make.nomination("large_value")] }
        let other = try Make.file("4/QĐ")
        let explained = explain(
            target: plan.targets[0], unit: Make.unit([withdrawn, other, bare, seized]), plan: plan,
            law: law, asOf: try day("31/05"))
        #expect(explained.reasons.map(\.decisionNo) == ["1/QĐ", "2/QĐ", "3/QĐ"])
        #expect(explained.reasons.map(\.isIn) == [true, false, false])
        #expect(explained.reasons.map(\.isCounted) == [true, true, false])
        let first = try #require(explained.reasons.first)
        #expect(first.reason == "Tài sản 1 đã kê biên ngày 10/03/2021.")
        #expect(first.facts.contains(Fact("seized_on", "2021-03-10")))
        #expect(first.citation.description == "KH 10/KH-CTHADS III")
    }

    @Test func aStatutoryReasonCitesTheLaw() throws {
        let plan = try Plan2021.plan()
        let file = try Make.file(decided: "09/03") { $0.receivedOn = try day("01/03") }
        let target = try #require(plan.target("decisions_timely"))
        let explained = explain(
            target: target, unit: Make.unit([file]), plan: plan, law: try Law2021.table(),
            asOf: try day("31/05"))
        let reason = try #require(explained.reasons.first)
        #expect(reason.rule == "E-03")
        #expect(reason.citation.description == "LTHADS Điều 36.1")
        #expect(reason.facts.contains(Fact("due_on", "2021-03-08")))
        #expect(!reason.isIn && reason.isCounted && reason.verified)
    }

    @Test func theProvinceSumsItsUnitsAndIsJudgedByTheSameRule() throws {
        let plan = try Plan2021.plan()
        let law = try Law2021.table()
        let asOf = try day("01/06")
        let units = [
            try ListMeasureTests.large(10, seized: 10), try ListMeasureTests.large(10, seized: 6),
            Make.unit([], code: "CUC", level: .province),
        ]
        let results = units.map { score(unit: $0, plan: plan, law: law, asOf: asOf) }
        let totals = provinceTotals(results, plan: plan, asOf: asOf)
        #expect(totals.map(\.id) == plan.targets.map(\.id))
        #expect([totals[0].numerator, totals[0].denominator] == [16, 20])
        #expect(totals[0].state == .met)
        #expect([totals[7].numerator, totals[7].denominator] == [0, 3])
        #expect(totals[8].denominator == 2, "the department owes no summary")
        #expect(totals[2].state == .notApplicable)
    }
}
