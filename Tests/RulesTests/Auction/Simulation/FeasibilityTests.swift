import Rules
import Testing

/// The campaign's feasibility, real estate: certificate 22/03/2021, contract 30/03; posting and first notice
/// the next working day, the second notice two working days later, the opening fifteen days after it; the notice
/// of a failed auction the next working day. Days of 2021.
@Suite("How fast real estate can get to M-04 in the campaign of 2021")
struct FeasibilityTests {
    struct Chain: Sendable, CustomTestStringConvertible {
        let reductions: SimulatedReductions
        let procedure: SimulatedProcedure
        let auction1: String
        let reduce1: String
        let auction2: String
        let reduce2: String
        let auction3: String
        var testDescription: String { "\(reductions), \(procedure): third auction \(auction3)" }
    }

    static let chains: [Chain] = [
        ("agreed", "19/04", "20/04", "11/05", "12/05", ["01/06", "20/05", "21/05"]),
        ("decided", "19/04", "10/05", "28/05", "17/06", ["07/07", "25/06", "28/06"]),
    ].flatMap { way, first, reduced, second, again, third in
        zip(SimulatedProcedure.allCases, third).map { procedure, on in
            Chain(
                reductions: way == "agreed" ? .agreed : .decided, procedure: procedure,
                auction1: first, reduce1: reduced, auction2: second, reduce2: again, auction3: on)
        }
    }

    static func valued() throws -> CaseFile {
        try Make.file(due: 1_000_000_000) { file in
            file.assets = [
                try Make.asset(seized: "01/03") { asset in
                    asset.valuationContractOn = try day("08/03")
                    asset.valuedOn = try day("22/03")
                    asset.value = Dong(900_000_000)
                }
            ]
        }
    }

    @Test("both chains, ordinary, shortened and cautious", arguments: chains)
    func chain(_ chain: Chain) throws {
        let simulation = try #require(
            try simulateAuction(
                of: Self.valued(), assetNo: "1", rates: [Ratio(1, 10)], law: RealLaw.table(),
                asOf: try day("22/03")))
        #expect(simulation.undetermined.isEmpty)
        let path = try #require(
            simulation.paths.first {
                $0.goal == .reducedTwice && $0.reductions == chain.reductions
                    && $0.procedure == chain.procedure
            })
        func days(_ action: SimulatedAction) -> [Day] {
            path.steps.filter { $0.action == action }.map(\.on)
        }
        #expect(days(.auctionContract) == [try day("30/03")])
        #expect(
            days(.holdAuction) == [
                try day(chain.auction1), try day(chain.auction2), try day(chain.auction3),
            ])
        #expect(days(.reduce) == [try day(chain.reduce1), try day(chain.reduce2)])
        #expect(path.reachedOn == (try day(chain.auction3)))
        #expect(path.money == Dong(729_000_000))
        #expect(path.notes.isEmpty, "within V-09 and V-10, the certificate still valid")
        #expect(
            path.moneyNotEnforceable(
                of: try Self.valued(), assetNo: "1", from: try day("22/03")) == Dong(271_000_000))
    }

    @Test("a sale is taken off what is due; what remains counts as not enforceable (M-02)")
    func afterASale() throws {
        let simulation = try #require(
            try simulateAuction(
                of: Self.valued(), assetNo: "1", law: RealLaw.table(), asOf: try day("22/03")))
        let sale = try #require(simulation.paths.first { $0.goal == .sale && $0.round == 1 })
        let file = try Self.valued()
        #expect(sale.money == Dong(900_000_000))
        #expect(
            sale.moneyNotEnforceable(of: file, assetNo: "1", from: try day("22/03"))
                == Dong(100_000_000))
    }

    @Test("a rate above the cap of Art. 104.5 is refused, for a closed asset too")
    func aboveTheCap() throws {
        var file = try Self.valued()
        file.decisions = [try Make.decision(.complete, "01/03")]
        let law = try RealLaw.table()
        let on = try day("22/03")
        let refusal = #expect(throws: RateRefusal.self) {
            _ = try simulateAuction(
                of: file, assetNo: "1", rates: [Ratio(11, 100)], law: law, asOf: on)
        }
        #expect(refusal?.citation.description == "LTHADS Điều 104.5")
    }

    @Test("M-04 by 31/05 needs reductions agreed at once and a shortened third auction")
    func byTheEndOfMay() throws {
        let simulation = try #require(
            try simulateAuction(
                of: Self.valued(), assetNo: "1", law: RealLaw.table(), asOf: try day("22/03")))
        let classified = simulation.paths.filter { $0.goal == .reducedTwice }
        let inTime = classified.filter { $0.reachedOn <= (Day(2021, 5, 31) ?? $0.reachedOn) }
        #expect(!inTime.isEmpty)
        #expect(inTime.allSatisfy { $0.reductions == .agreed && $0.procedure != .ordinary })
        #expect(classified.allSatisfy { $0.reachedOn <= (Day(2021, 9, 30) ?? $0.reachedOn) })
        let file = try Self.valued()
        let plan = try Plan2021.plan()
        for path in classified {
            let targets = path.targets(
                of: file, assetNo: "1", from: try day("22/03"), plan: plan)
            #expect(targets.map(\.met) == [true, true])
            #expect(targets.map(\.reached) == [inTime.contains(path), true])
        }
    }
}
