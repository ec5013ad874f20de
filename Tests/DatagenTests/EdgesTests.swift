import Testing

@testable import Datagen

/// The province of edges: every edge is there, and lies exactly where its name says.
@Suite(.serialized)
struct EdgesTests {
    static let province = Result {
        try ReadProvince(MemorySink.province(cases: 600, profile: .edges))
    }

    private func table(_ kind: TableKind) throws -> ReadTable {
        try EdgesTests.province.get()[kind]
    }

    /// The facts of the first case made by the recipe.
    private func facts(_ recipe: String, _ kind: TableKind) throws -> [[String: String]] {
        let found = try #require(
            try table(.cases).rows(where: ["note": recipe]).first, "no case of \(recipe)")
        let unit = try #require(found["unit_code"])
        let number = try #require(found["decision_no"])
        return try table(kind).rows(where: ["unit_code": unit, "decision_no": number])
    }

    @Test func everyRecipeIsMet() throws {
        let names = EdgeRecipe.all.map(\.name)
        #expect(Set(names).count == names.count, "names are unique")
        let met = Set(try table(.cases).column("note"))
        let missing = names.filter { !met.contains($0) && $0 != "optional_columns_empty" }
        #expect(missing.isEmpty, "\(missing)")
        #expect(Set((0..<names.count).map { EdgeRecipe.recipe($0).name }).count == names.count)
    }

    @Test func listsHaveZeroToTenCases() throws {
        var sizes: [String: Int] = [:]
        for unit in try table(.units).column("unit_code") { sizes[unit] = 0 }
        for row in try table(.nominations).rows(where: ["list": "large_value"]) {
            sizes[row["unit_code"] ?? "", default: 0] += 1
        }
        #expect(Set(sizes.values) == Set(0...10))
    }

    @Test func theLastUnitIsTheTwinOfTheSecond() throws {
        for kind in [TableKind.decisions, .payments, .assets, .rounds, .nominations, .violations] {
            let table = try table(kind)
            let unit = try table.index("unit_code")
            func rows(_ code: String) -> [[String]] {
                table.rows.filter { $0[unit] == code }.map {
                    Array($0[..<unit] + $0[(unit + 1)...])
                }
            }
            #expect(rows("H001") == rows("H011"), "\(kind.rawValue)")
        }
        #expect(try !table(.payments).rows(where: ["unit_code": "H011"]).isEmpty)
        let clusters = try table(.units).rows(where: [:])
        #expect(clusters[1]["cluster"] == clusters[11]["cluster"])
    }

    @Test(arguments: [
        ("received_on_start_decided_fifth_day", "2021-03-01", "2021-03-08"),
        ("received_on_end_decided_fifth_day", "2021-05-31", "2021-06-07"),
        ("received_day_before_start", "2021-02-28", "2021-03-05"),
        ("received_day_after_end", "2021-06-01", "2021-06-08"),
        ("received_before_tet", "2021-02-09", "2021-02-23"),
        ("received_before_hung_kings", "2021-04-20", "2021-04-28"),
        ("received_before_reunification", "2021-04-29", "2021-05-10"),
    ])
    func receiptAndDecisionLieOnTheEdge(recipe: String, received: String, decided: String) throws {
        let row = try #require(try facts(recipe, .cases).first)
        #expect(row["received_on"] == received)
        #expect(row["decision_on"] == decided)
    }

    @Test func paymentsMeetTheRemainder() throws {
        for (recipe, over) in [
            ("payment_equals_remaining", Int64(0)), ("payment_above_remaining", 1),
            ("payment_one_dong_short", -1),
        ] {
            let due = try #require(
                try facts(recipe, .cases).first?["amount_due"].flatMap(Int64.init))
            let paid = try facts(recipe, .payments).compactMap { $0["amount"].flatMap(Int64.init) }
            #expect(paid.reduce(0, +) == due + over, "\(recipe)")
        }
    }

    @Test func decisionsOfOneDayComeInBothOrders() throws {
        func kinds(_ recipe: String) throws -> [String?] {
            try facts(recipe, .decisions).filter { $0["decided_on"] == "2021-04-06" }
                .map { $0["kind"] }
        }
        #expect(
            try kinds("not_enforceable_then_enforceable_on_one_day")
                == ["not_enforceable", "enforceable"])
        #expect(
            try kinds("enforceable_then_not_enforceable_on_one_day")
                == ["enforceable", "not_enforceable"])
        #expect(try kinds("completed_then_resumed_on_one_day") == ["complete", "resume"])
    }

    /// Due days of Art. 98, 101 and 104, counted by hand over weekends and holidays.
    @Test(arguments: [
        ("valuation_contract_on_due_day", TableKind.assets, "valuation_contract_on", "2021-03-08"),
        ("valuation_contract_a_day_late", .assets, "valuation_contract_on", "2021-03-09"),
        ("valuation_contract_due_over_tet", .assets, "valuation_contract_on", "2021-02-23"),
        (
            "valuation_contract_due_over_april_holidays", .assets, "valuation_contract_on",
            "2021-05-07"
        ),
        ("auction_contract_due_on_hung_kings", .rounds, "contract_on", "2021-04-22"),
        ("held_on_the_forty_fifth_day", .rounds, "held_on", "2021-04-29"),
        ("held_on_the_thirtieth_day", .rounds, "held_on", "2021-04-14"),
        ("notice_on_due_day", .reductions, "notice_on", "2021-01-26"),
        ("reduction_due_within_tet", .reductions, "reduced_on", "2021-02-17"),
        ("state_revenue_reduced_on_the_tenth_day", .reductions, "reduced_on", "2021-01-29"),
        (
            "offer_accepted_debtor_told_on_due_day", .offers, "debtor_notified_on", "2021-05-04"
        ),
        ("handed_over_on_due_day", .assets, "disposed_on", "2021-05-31"),
        ("movable_at_ten_million", .assets, "value", "10000000"),
        ("reduced_exactly_to_the_cap", .reductions, "reduced_price", "810000000"),
        ("reduced_one_dong_below_the_cap", .reductions, "reduced_price", "809999999"),
    ])
    func stepLiesOnTheEdge(recipe: String, kind: TableKind, column: String, value: String) throws {
        #expect(try facts(recipe, kind).map { $0[column] } == [value])
    }

    @Test func assetsOfOneCaseDiffer() throws {
        #expect(
            try facts("one_of_three_assets_sold", .assets).map { $0["disposal"] }
                == ["sold", "", ""])
        let reductions = try facts("two_reductions_on_the_failed_day", .reductions)
        let rounds = try facts("two_reductions_on_the_failed_day", .rounds)
        #expect(reductions.map { $0["reduced_on"] } == ["2021-04-20", "2021-04-20"])
        #expect(rounds.last?["held_on"] == "2021-04-20")
    }

    @Test func optionalColumnsMayAllBeEmpty() throws {
        let bare = try #require(try table(.cases).rows(where: ["debtor": ""]).first)
        let filled = bare.filter { !$0.value.isEmpty }.map(\.key).sorted()
        #expect(
            filled == ["amount_due", "decision_no", "decision_on", "initiative", "unit_code"])
    }

    @Test func quotedTextComesBackWhole() throws {
        let row = try #require(try facts("quotes_commas_and_line_ends", .cases).first)
        #expect(row["debtor"] == "Công ty TNHH \"Một, Hai\"")
        #expect(row["debtor_address"] == "ấp 1,\nxã 2;\r\nhuyện \"3\"")
    }

    @Test func seriousViolationsDisqualifySomeUnitsAndNotTheTwins() throws {
        let units = try table(.violations).rows(where: ["severity": "serious"])
            .filter { ("2021-03-01"..."2021-05-31").contains($0["found_on"] ?? "") }
            .compactMap { $0["unit_code"] }
        #expect((1...6).contains(Set(units).count))
        #expect(!units.contains("H001") && !units.contains("H011"))
    }

    @Test func reportsAreMissingLateAndNotMailed() throws {
        let reports = try table(.reports)
        #expect(try reports.rows(where: ["unit_code": "H003"]).isEmpty)
        #expect(try reports.rows(where: ["unit_code": "H006"]).map { $0["kind"] } == ["lists"])
        #expect(try reports.column("submitted_on").contains("2021-02-20"))
        #expect(try reports.column("emailed_on").contains(""))
    }
}
