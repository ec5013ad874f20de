import Rules
import Testing

/// What holds of every forecast, whatever the asset and the day.
@Suite("Forecasts, of hundreds of assets")
struct SimulationPropertyTests {
    /// One drawn asset on a drawn day.
    struct Draw {
        let file: CaseFile
        let asOf: Day
        let rate: Ratio
    }

    static func draws(_ count: Int, seed: UInt64) throws -> [Draw] {
        let standings: [@Sendable (inout Asset) throws -> Void] = [
            Standing.seized, Standing.contractedValuer, Standing.valued(), Standing.contracted(),
            Standing.posted(), Standing.failed(), Standing.failed(quiet: true),
            Standing.reducedOnce, Standing.failedTwice, Standing.reducedTwice,
            Standing.failedThrice, Standing.valued(40_000_000), Standing.posted(1_234_567),
        ]
        var random = Seeded(seed)
        return try (0..<count).map { _ in
            let fill = standings[random.below(standings.count)]
            let asset = try Make.asset(
                "1", random.below(3) == 0 ? .movable : .realEstate, seized: "01/03"
            ) { asset in
                try fill(&asset)
                asset.coOwned = random.below(5) == 0
            }
            let file = try Make.file(due: Int64(random.below(2_000_000_000))) { file in
                file.assets = [asset]
                file.stateRevenue = random.below(4) == 0
                file.coercionCost = Dong(Int64(random.below(50_000_000)))
            }
            let asOf = try day("01/03") + random.below(220)
            return Draw(
                file: file, asOf: asOf, rate: Ratio(Int128(1 + random.below(10)), 100))
        }
    }

    static func simulated(_ draw: Draw, law: LawTable, on day: Day? = nil) throws
        -> AuctionSimulation
    {
        try #require(
            try simulateAuction(
                of: draw.file, assetNo: "1", rates: [draw.rate], law: law, asOf: day ?? draw.asOf))
    }

    struct Key: Hashable {
        let goal: SimulationGoal
        let procedure: SimulatedProcedure?
        let reductions: SimulatedReductions?
        let round: Int?
        let actions: [SimulatedAction]

        init(_ path: SimulatedPath) {
            (goal, procedure, reductions) = (path.goal, path.procedure, path.reductions)
            round = path.round
            actions = path.steps.map(\.action)
        }
    }

    @Test("no step lies before the day, on a day off, or before the step ahead of it")
    func inOrder() throws {
        let law = try RealLaw.table()
        for draw in try Self.draws(700, seed: 1) {
            for path in try Self.simulated(draw, law: law).paths {
                var before = draw.asOf
                for step in path.steps {
                    #expect(step.on >= before && law.calendar.isWorking(step.on))
                    before = step.on
                }
                #expect(path.reachedOn >= draw.asOf)
            }
        }
    }

    @Test("each reduction takes off at most its rate, and a lower price never has fewer of them")
    func prices() throws {
        let law = try RealLaw.table()
        for draw in try Self.draws(700, seed: 2) {
            let simulation = try Self.simulated(draw, law: law)
            var byReductions: [Int: Set<Int64>] = [:]
            for path in simulation.paths {
                var price = simulation.price
                let reductions = path.steps.filter { $0.action == .reduce }
                for step in reductions {
                    guard let old = price, let new = step.price else { continue }
                    #expect(new <= old)
                    let least = (old.ratio * (.one - draw.rate)).ceiling
                    #expect(Int128(new.amount) == least)
                    price = new
                }
                #expect(path.money == price)
                if let money = path.money {
                    byReductions[reductions.count, default: []].insert(money.amount)
                }
            }
            #expect(byReductions.values.allSatisfy { $0.count == 1 })
            let inOrder = byReductions.sorted { $0.key < $1.key }.compactMap(\.value.first)
            #expect(inOrder == inOrder.sorted(by: >))
        }
    }

    @Test("more days off, or a later start, never make a way earlier")
    func neverEarlier() throws {
        var random = Seeded(3)
        let plain = try RealLaw.table()
        for draw in try Self.draws(250, seed: 3) {
            let extra = Set((0..<8).map { _ in draw.asOf + random.below(120) })
            let busy = try RealLaw.table(off: extra)
            let early = try Self.days(Self.simulated(draw, law: plain))
            for (key, on) in try Self.days(Self.simulated(draw, law: busy)) {
                if let before = early[key] { #expect(before <= on) }
            }
            let later = draw.asOf + 1 + random.below(30)
            for (key, on) in try Self.days(Self.simulated(draw, law: plain, on: later)) {
                if let before = early[key] { #expect(before <= on) }
            }
        }
    }

    @Test("a followed path is what the statistics make of it: M-04 or M-02 on its day, not before")
    func followed() throws {
        let law = try RealLaw.table()
        for draw in try Self.draws(500, seed: 4) {
            let already = draw.file.isReducedTwice(on: draw.asOf)
            for path in try Self.simulated(draw, law: law).paths {
                let file = draw.file.following(path, assetNo: "1", from: draw.asOf)
                let on = path.reachedOn
                switch path.goal {
                case .reducedTwice: #expect(file.moneyRule(on: on) == .reducedTwice)
                case .sale, .inLieu: #expect(file.moneyRule(on: on) == .assetHandled)
                }
                let reducedBefore = path.steps.contains {
                    $0.action == .reduce && $0.number ?? 0 > 2
                }
                guard !already, !reducedBefore, on > draw.asOf else { continue }
                let before = file.moneyRule(on: on - 1)
                let failedThen = path.steps.contains { $0.action == .offerCreditor }
                #expect(before == nil || failedThen)
            }
        }
    }

    private static func days(_ simulation: AuctionSimulation) throws -> [Key: Day] {
        Dictionary(simulation.paths.map { (Key($0), $0.reachedOn) }, uniquingKeysWith: min)
    }
}
