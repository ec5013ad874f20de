import Rules
import Testing

/// One event after others: what the law makes of it (LTHADS Art. 98–104, Law on Property Auction, Decree
/// 62/2015 Art. 27.3), with the days off of 2021.
struct TransitionTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let why: String
        let before: String
        let event: String
        let verdict: String
        var kind = AssetKind.realEstate
        var stateRevenue = false
        var coercionCost: Int64?
        var testDescription: String { "\(event): \(why)" }

        init(
            _ why: String, after before: String, _ event: String, _ verdict: String,
            kind: AssetKind = .realEstate, stateRevenue: Bool = false, coercionCost: Int64? = nil
        ) {
            self.why = why
            self.before = before
            self.event = event
            self.verdict = verdict
            self.kind = kind
            self.stateRevenue = stateRevenue
            self.coercionCost = coercionCost
        }
    }

    /// Real estate of 900 million, step by step.
    static let seized = "01/03 seize"
    static let valued = seized + "; 04/03 appraise; 22/03 value 900"
    static let contracted = valued + "; 30/03 contract 1"
    static let posted = contracted + "; 31/03 post 1 900"
    static let failed = posted + "; 19/04 hold 1 no_bids"
    static let invited = failed + "; 20/04 told 1; 22/04 invite 1"
    static let reduced = invited + "; 04/05 reduce 1 810"
    static let posted2 = reduced + "; 05/05 post 2 810"
    static let failed2 = posted2 + "; 24/05 hold 2 no_participants"
    static let reduced2 = failed2 + "; 25/05 told 2; 26/05 reduce 2 729"
    static let posted3 = reduced2 + "; 27/05 post 3 729"
    static let failed3 = posted3 + "; 14/06 hold 3 no_bids"
    static let offered = failed3 + "; 15/06 told 3; 16/06 offer"
    static let refused = offered + "; 18/06 refuse"
    static let accepted = offered + "; 18/06 accept"
    static let told = accepted + "; 21/06 debtor"
    static let sold = posted + "; 19/04 hold 1 sold 950 3; 19/04 sold"
    static let paid = sold + "; 10/05 paid 1"

    @Test(arguments: valuation + contractAndPosting + auction + reductions + creditor + afterSale)
    func verdict(_ row: Row) throws {
        #expect(try Self.verdict(row) == row.verdict)
    }

    /// The last event's state and article, or what the law holds against it.
    private static func verdict(_ row: Row) throws -> String {
        let both = [row.before, row.event].filter { !$0.isEmpty }.joined(separator: "; ")
        let asset = try WrittenFacts(both, row.kind).asset
        let file = try Make.file { file in
            file.assets = [asset]
            file.stateRevenue = row.stateRevenue
            file.coercionCost = row.coercionCost.map { Dong($0 * 1_000_000) }
        }
        let known = row.before.isEmpty ? [] : try Self.history(row, row.before).steps
        let law = try Law2021.table()
        let history = try #require(file.assetHistory("1", law: law, on: day("31/12")))
        let step = try #require(
            history.steps.last { step in
                !known.contains { $0.event == step.event && $0.on == step.on }
            })
        if let finding = history.findings.first(where: {
            $0.event == step.event && $0.on == step.on
        }) {
            return words(finding)
        }
        let rule = try #require(step.rule)
        return "\(step.state.rawValue) \(rule.id) \(rule.citation.place)"
    }

    private static func history(_ row: Row, _ facts: String) throws -> AssetHistory {
        let asset = try WrittenFacts(facts, row.kind).asset
        let file = try Make.file { $0.assets = [asset] }
        return try #require(file.assetHistory("1", law: Law2021.table(), on: day("31/12")))
    }

    static func words(_ finding: TrackFinding) -> String {
        guard let fault = finding.fault else { return "? \(finding.rule)" }
        let bound =
            switch finding.bound {
            case .notBefore(let day): " ≥ \(day.vietnamese)"
            case .notAfter(let day): " ≤ \(day.vietnamese)"
            case .atLeast(let price): " ≥ \(price.vietnamese)"
            case .atMost(let price): " ≤ \(price.vietnamese)"
            case .exactly(let price): " = \(price.vietnamese)"
            case nil: ""
            }
        let place = finding.citation.map { " \($0.place)" } ?? ""
        return "✗ \(fault.rawValue) \(finding.rule)\(place)\(bound)"
    }
}
