import Datagen
import Rules
import Testing

/// What an importer relies on: headings, keys, references, values.
struct TablesTests {
    struct Shape: Sendable, CustomTestStringConvertible {
        let units: Int
        let cases: Int
        let profile: Profile
        var testDescription: String { "\(units) units, \(cases) cases, \(profile.rawValue)" }
    }

    static let shapes: [Shape] = Profile.allCases.flatMap { profile in
        [(1, 0), (12, 0), (1, 1), (3, 2), (12, 400), (13, 300), (200, 900), (5, 1)].map {
            Shape(units: $0.0, cases: $0.1, profile: profile)
        }
    }

    static let keys: [TableKind: [String]] = [
        .units: ["unit_code"], .officers: ["officer_code"],
        .cases: ["unit_code", "decision_no"],
        .decisions: ["unit_code", "decision_no", "kind", "decided_on"],
        .payments: ["unit_code", "decision_no", "receipt_no"],
        .verifications: ["unit_code", "decision_no", "verified_on"],
        .assets: ["unit_code", "decision_no", "asset_no"],
        .valuations: ["unit_code", "decision_no", "asset_no", "number"],
        .rounds: ["unit_code", "decision_no", "asset_no", "round"],
        .reductions: ["unit_code", "decision_no", "asset_no", "number"],
        .offers: ["unit_code", "decision_no", "asset_no", "offered_on"],
        .nominations: ["unit_code", "decision_no", "list"],
        .commitments: ["unit_code", "decision_no", "due_on"],
        .violations: ["unit_code", "decision_no", "found_on"],
        .reports: ["unit_code", "kind"],
        .planSteps: ["unit_code", "decision_no", "step_no"],
        .persuasions: ["unit_code", "decision_no", "held_on"],
        .coercions: ["unit_code", "decision_no", "decided_on"],
        .guidance: ["unit_code", "decision_no", "asked_on"],
        .directions: ["unit_code", "decision_no", "direction_no"],
        .obstacles: ["unit_code", "decision_no", "found_on"],
        .coordination: ["unit_code", "decision_no", "held_on", "agency"],
        .fileReviews: ["unit_code", "decision_no", "reviewed_on"],
        .exemptions: ["unit_code", "decision_no", "proposed_on"],
        .unitDuties: ["unit_code", "duty_no"],
        .appraisers: ["appraiser_code"], .auctionHouses: ["house_code"],
    ]

    static let choices: [String: Set<String>] = [
        "level": ["province", "district"], "initiative": ["on_request", "ex_officio"],
        "source": ["voluntary", "coerced", "auction", "in_lieu", "exempted"],
        "result": ["enforceable", "not_enforceable"], "asset_kind": ["real_estate", "movable"],
        "disposal": ["", "sold", "taken", "released", "returned"],
        "procedure": ["", "ordinary", "shortened"],
        "outcome": ["", "scheduled", "no_participants", "no_bids", "failed", "sold", "cancelled"],
        "answer": ["", "accepted", "refused"], "list": ["large_value", "old_case"],
        "severity": ["minor", "serious"],
        "revenue_kind": ["", "fee", "fine", "confiscation", "other"],
        "sensitivity": ["", "none", "ethnic_religious", "security_political"],
        "state_revenue": ["", "0", "1"], "address_unknown": ["", "0", "1"],
        "credit_institution": ["", "0", "1"], "co_owned": ["", "0", "1"], "agreed": ["", "0", "1"],
    ]

    static let required: [TableKind: Set<String>] = [
        .units: ["name", "level"], .officers: ["name", "unit_code"],
        .cases: ["decision_on", "initiative", "amount_due"],
        .payments: ["paid_on", "amount", "source"], .verifications: ["result"],
        .assets: ["asset_kind", "seized_on"], .rounds: ["starting_price"],
        .nominations: ["submitted_on"], .commitments: ["amount"], .violations: ["severity"],
        .reports: ["submitted_on"],
    ]

    @Test(arguments: shapes)
    func headingsAreCanonicalAndKeysUnique(_ shape: Shape) throws {
        let province = try read(shape)
        for kind in TableKind.allCases {
            let table = try province[kind]
            #expect(table.columns == kind.columns)
            #expect(table.columns == ImportKind.named(kind.rawValue)?.columns.map(\.name))
            let keyColumns = try #require(TablesTests.keys[kind])
            let keys = try table.keys(keyColumns)
            #expect(Set(keys).count == keys.count, "a key of \(kind.rawValue) stands twice")
        }
        #expect(try province[.units].rows.count == shape.units)
        #expect(try province[.cases].rows.count == shape.cases)
    }

    @Test(arguments: shapes)
    func everyReferenceResolves(_ shape: Shape) throws {
        let province = try read(shape)
        let caseKey = ["unit_code", "decision_no"]
        let units = Set(try province[.units].column("unit_code"))
        let officers = Set(try province[.officers].column("officer_code"))
        let cases = Set(try province[.cases].keys(caseKey))
        let assets = Set(try province[.assets].keys(caseKey + ["asset_no"]))
        for kind in TableKind.allCases where kind.columns.contains("unit_code") && kind != .units {
            let table = try province[kind]
            #expect(units.isSuperset(of: try table.column("unit_code")), "\(kind.rawValue)")
            if kind.columns.contains("decision_no") {
                #expect(cases.isSuperset(of: try table.keys(caseKey)), "\(kind.rawValue)")
            }
            if kind.columns.contains("asset_no") {
                #expect(
                    assets.isSuperset(of: try table.keys(caseKey + ["asset_no"])),
                    "\(kind.rawValue)")
            }
        }
        let parents = try province[.units].column("parent_code").filter { !$0.isEmpty }
        #expect(units.isSuperset(of: parents))
        let firms = Set(
            try province[.appraisers].column("name") + province[.auctionHouses].column("name"))
        let contracted =
            try province[.assets].column("appraiser") + province[.rounds].column("auction_house")
        #expect(firms.isSuperset(of: contracted.filter { !$0.isEmpty }))
        let named = try province[.cases].column("officer_code").filter { !$0.isEmpty }
        #expect(officers.isSuperset(of: named))
    }

    @Test(arguments: shapes)
    func everyValueIsOneThatAnImportTakes(_ shape: Shape) throws {
        let province = try read(shape)
        let kinds = Set(DecisionKind.allCases.map(\.rawValue))
        #expect(kinds.isSuperset(of: try province[.decisions].column("kind")))
        let required = TablesTests.required
        for kind in TableKind.allCases {
            let table = try province[kind]
            let must = (required[kind] ?? TablesTests.requiredByImport(kind))
                .union(TablesTests.keys[kind] ?? [])
            for name in kind.columns {
                let values = Set(try table.column(name))
                if must.contains(name) {
                    #expect(!values.contains(""), "\(kind.rawValue).\(name)")
                }
                if let allowed = TablesTests.choices(name, of: kind) {
                    #expect(allowed.isSuperset(of: values), "\(kind.rawValue).\(name)")
                } else if name.hasSuffix("_on") || name == "prison_until" || name == "valid_until" {
                    #expect(values.allSatisfy { $0.isEmpty || Day(iso: $0) != nil }, "\(name)")
                } else if TablesTests.money.contains(name) {
                    #expect(values.allSatisfy { $0.isEmpty || Int64($0).map { $0 >= 0 } == true })
                }
            }
        }
    }

    static let ofCampaign: Set<TableKind> = [
        .planSteps, .persuasions, .coercions, .guidance, .directions, .obstacles, .coordination,
        .fileReviews, .exemptions, .unitDuties, .appraisers, .auctionHouses,
    ]

    /// Tables of the campaign's work have words of their own: those that the import lists.
    static func choices(_ name: String, of kind: TableKind) -> Set<String>? {
        guard ofCampaign.contains(kind), let columns = ImportKind.named(kind.rawValue)?.columns
        else { return choices[name] }
        guard let column = columns.first(where: { $0.name == name }),
            case .choice(let words) = column.type
        else { return nil }
        return Set(words + (column.isRequired ? [] : [""]))
    }

    static func requiredByImport(_ kind: TableKind) -> Set<String> {
        Set((ImportKind.named(kind.rawValue)?.columns ?? []).filter(\.isRequired).map(\.name))
    }

    static let money: Set<String> = [
        "amount_due", "amount", "coercion_cost", "value", "starting_price", "price", "deposit",
        "reduced_price", "round", "registrants",
    ]

    @Test(arguments: Profile.allCases)
    func sameSeedGivesTheSameBytes(_ profile: Profile) throws {
        let one = try MemorySink.province(seed: 7, units: 6, cases: 500, profile: profile)
        let two = try MemorySink.province(seed: 7, units: 6, cases: 500, profile: profile)
        let other = try MemorySink.province(seed: 8, units: 6, cases: 500, profile: profile)
        #expect(one.bytes == two.bytes)
        #expect(one.bytes[.cases] != other.bytes[.cases])
    }

    /// More cases than fit in one piece come whole and in order.
    @Test func tablesAreHandedOverInWholeRows() throws {
        struct PieceSink: TableSink {
            var pieces = 0
            var endsOfPieces: Set<UInt8> = []
            mutating func append(_ rows: [UInt8], to table: TableKind) {
                pieces += table == .cases ? 1 : 0
                if let last = rows.last { endsOfPieces.insert(last) }
            }
        }
        var sink = PieceSink()
        try writeProvince(ProvinceRequest(seed: 1, units: 2, cases: 9000), into: &sink)
        #expect(sink.pieces > 1)
        #expect(sink.endsOfPieces == [0x0A])
    }

    private func read(_ shape: Shape) throws -> ReadProvince {
        try ReadProvince(
            MemorySink.province(units: shape.units, cases: shape.cases, profile: shape.profile))
    }
}
