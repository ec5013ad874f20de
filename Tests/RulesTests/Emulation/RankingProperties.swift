import Rules
import Testing

/// What holds for any figures: points stay within the table, the rank is a total preorder, order of input does
/// not matter.
struct RankingProperties {
    private static func table(_ random: inout Seeded) -> EmulationTable {
        let bands = [
            RateBand(from: .zero, to: Ratio(1, 3), points: random.below(6)),
            RateBand(from: Ratio(1, 3), to: Ratio(2, 3), points: 6 + random.below(6)),
            RateBand(from: Ratio(2, 3), to: nil, points: 15),
        ]
        let unders: [RateScale.Under] = [
            .proRata, .bands(bands), .deduct(points: 1 + random.below(3), perStartedStep: 2),
            .proRata,
        ]
        let targets = [
            "large_value_seized", "large_value_classified", "old_resolved_count",
            "old_resolved_money",
        ]
        var criteria = zip(targets, unders).map { target, under in
            let base = 15 + random.below(20)
            return Criterion(
                id: target, base: base,
                basis: .target(
                    id: target,
                    scale: RateScale(
                        under: under, bonusPoints: random.below(3), bonusStep: 1 + random.below(5),
                        bonusCap: random.below(6))),
                floor: random.below(10), cap: random.below(2) == 0 ? base + random.below(4) : nil)
        }
        criteria.append(
            Criterion(id: "violations", base: 10, basis: .violations(each: 1 + random.below(3))))
        criteria.append(Criterion(id: "movement", base: 10, basis: .manual(evidence: false)))
        var table = EmulationTable(
            criteria: criteria,
            tieBreaks: Array(
                TieBreak.allCases.shuffled(using: &random)
                    .prefix(random.below(8))), verified: false)
        table.total = 100
        if random.below(2) == 0 { table.floorScore = 30 }
        if random.below(3) == 0 { table.disqualifiers = [.violations(atLeast: 3)] }
        return table
    }

    private static func standings(
        _ random: inout Seeded, _ plan: CampaignPlan
    ) throws -> [UnitStanding] {
        try (0..<8).map { index in
            var file = try RandomFacts.unit(&random, cases: random.below(7))
            file.unit.code = "U\(index)"
            file.unit.level = index == 0 ? .province : .district
            var standing = UnitStanding(
                file, plan: plan, law: try Law2021.table(), asOf: try day("31/05"))
            if random.below(2) == 0 {
                standing.given["movement"] = GivenPoints(points: Ratio(random.below(30)))
            }
            return standing
        }
    }

    @Test(arguments: 1...60) func holdForAnyFigures(_ seed: Int) throws {
        var random = Seeded(UInt64(seed))
        var plan = try Plan2021.plan()
        plan.emulation = Self.table(&random)
        let standings = try Self.standings(&random, plan)
        let rows = rank(standings, plan: plan)
        #expect(rows.count == standings.count)
        let bonuses = plan.emulation.criteria.reduce(0) { $0 + $1.bonusMaximum }
        for row in rows {
            for points in row.criteria {
                let criterion = try #require(plan.emulation.criterion(points.id))
                #expect(points.earned >= Ratio(criterion.floor))
                #expect(points.earned <= Ratio(criterion.base))
                #expect(points.bonus >= .zero)
                #expect(points.bonus <= Ratio(criterion.bonusMaximum))
                if let cap = criterion.cap { #expect(points.earned + points.bonus <= Ratio(cap)) }
            }
            #expect(row.score >= .zero)
            #expect(row.score <= Ratio(plan.emulation.total + bonuses), "total + bonuses")
            #expect(row.isDisqualified == (row.rank == nil))
        }
        check(ranks: rows)
        let again = rank(standings.shuffled(using: &random), plan: plan)
        #expect(again.map(\.unit.code) == rows.map(\.unit.code))
        #expect(again.map(\.rank) == rows.map(\.rank))
        #expect(again.map { $0.score } == rows.map { $0.score })
        #expect(again.map(\.tiesBrokenBy) == rows.map(\.tiesBrokenBy))
    }

    /// 1, 2, 2, 4 …; nobody with fewer points stands higher; the disqualified come last.
    private func check(ranks rows: [EmulationRow]) {
        let ranked = rows.filter { $0.rank != nil }
        #expect(rows.prefix(ranked.count).allSatisfy { $0.rank != nil })
        for (index, row) in ranked.enumerated() {
            let higher = ranked.filter { ($0.rank ?? 0) < (row.rank ?? 0) }.count
            #expect(row.rank == higher + 1)
            if index > 0 { #expect(ranked[index - 1].score >= row.score) }
        }
        for (a, b) in zip(ranked, ranked.dropFirst()) where a.rank == b.rank {
            #expect(a.score == b.score)
            #expect(
                a.standing.violations == b.standing.violations || a.tiesBrokenBy != .fewerViolations
            )
        }
    }
}
