import Rules
import Testing

/// The ways of an asset from where it stands, read as a jurist writes them: `dd/mm step` of 2021.
@Suite("What an asset can still come to")
struct PathTests {
    /// Where the asset stands, which way is asked for, and the dates expected of it.
    struct Row: Sendable, CustomTestStringConvertible {
        let why: String
        let asOf: String
        var goal = SimulationGoal.reducedTwice
        var procedure: SimulatedProcedure? = .ordinary
        var reductions: SimulatedReductions? = .decided
        /// The round that ends the path; nil takes the first path of the goal.
        var round: Int?
        var kind = AssetKind.realEstate
        var stateRevenue = false
        let steps: String
        let fill: @Sendable (inout Asset) throws -> Void
        var testDescription: String { "\(asOf): \(why)" }
    }

    @Test("from seizure to the first auction", arguments: SimulationCases.first)
    func first(row: Row) throws { try check(row) }

    @Test("after a failed auction", arguments: SimulationCases.failed)
    func failed(row: Row) throws { try check(row) }

    @Test("the creditor takes the asset", arguments: SimulationCases.inLieu)
    func inLieu(row: Row) throws { try check(row) }

    @Test("movables, co-owners, sums due to the State", arguments: SimulationCases.special)
    func special(row: Row) throws { try check(row) }

    private func check(_ row: Row) throws {
        let simulation = try Self.simulation(of: row)
        #expect(simulation.undetermined.isEmpty)
        let path = simulation.paths.first {
            $0.goal == row.goal && $0.procedure == row.procedure && $0.reductions == row.reductions
                && (row.round == nil || $0.round == row.round)
        }
        guard row.steps != "none" else {
            #expect(path == nil)
            return
        }
        let found = try #require(path, "no such path")
        let steps = found.steps.map { step in
            "\(step.on.vietnamese.prefix(5)) \(step.action.rawValue)"
                + (step.rule == "Q-01" ? "" : " \(step.rule)")
        }
        #expect(steps.joined(separator: ", ") == row.steps)
        #expect(found.reachedOn == found.steps.last?.on ?? simulation.asOf)
    }

    static func simulation(of row: Row) throws -> AuctionSimulation {
        let file = try Make.file { file in
            file.stateRevenue = row.stateRevenue
            file.coercionCost = Dong(20_000_000)
            file.assets = [try Make.asset("1", row.kind, seized: "01/03", row.fill)]
        }
        return try #require(
            try simulateAuction(
                of: file, assetNo: "1", rates: [Ratio(1, 10)], law: RealLaw.table(),
                asOf: try day(row.asOf)))
    }
}

/// The facts that rows start from.
enum Standing {
    static let seized: @Sendable (inout Asset) throws -> Void = { _ in }

    static let contractedValuer: @Sendable (inout Asset) throws -> Void = {
        $0.valuationContractOn = try day("08/03")
    }

    static func valued(_ value: Int64 = 900_000_000) -> @Sendable (inout Asset) throws -> Void {
        { asset in
            asset.valuationContractOn = try day("08/03")
            asset.valuedOn = try day("22/03")
            asset.value = Dong(value)
        }
    }

    static func contracted(_ value: Int64 = 900_000_000) -> @Sendable (inout Asset) throws -> Void {
        { asset in
            try valued(value)(&asset)
            asset.rounds = [try Make.round(1, contract: "30/03", price: value)]
        }
    }

    /// Posted on 31/03, second notice on 02/04.
    static func posted(_ value: Int64 = 900_000_000) -> @Sendable (inout Asset) throws -> Void {
        { asset in
            try contracted(value)(&asset)
            asset.rounds[0].postedOn = try day("31/03")
            asset.rounds[0].notice1On = try day("31/03")
            asset.rounds[0].notice2On = try day("02/04")
        }
    }

    /// Auctioned on 19/04 without a bidder; told on 20/04 unless `quiet`.
    static func failed(
        _ value: Int64 = 900_000_000, quiet: Bool = false
    ) -> @Sendable (inout Asset) throws -> Void {
        { asset in
            try posted(value)(&asset)
            asset.rounds[0].heldOn = try day("19/04")
            asset.rounds[0].outcome = .noParticipants
            asset.rounds[0].notifiedOn = quiet ? nil : try day("20/04")
        }
    }

    static func reducedOnce(_ asset: inout Asset) throws {
        try failed()(&asset)
        asset.reductions = [try Make.reduction(1, on: "20/04", to: 810_000_000)]
    }

    static func failedTwice(_ asset: inout Asset) throws {
        try reducedOnce(&asset)
        asset.rounds.append(
            try Make.round(
                2, posted: "22/04", held: "11/05", .noBids, notified: "12/05", price: 810_000_000))
    }

    static func reducedTwice(_ asset: inout Asset) throws {
        try failedTwice(&asset)
        asset.reductions.append(try Make.reduction(2, on: "12/05", to: 729_000_000))
    }

    static func failedThrice(_ asset: inout Asset) throws {
        try reducedTwice(&asset)
        asset.rounds.append(
            try Make.round(
                3, posted: "13/05", held: "20/05", .noParticipants, notified: "21/05",
                price: 729_000_000))
    }
}
