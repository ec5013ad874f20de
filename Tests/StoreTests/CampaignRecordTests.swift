import Rules
import Store
import Testing

/// The work of a campaign on a case: what goes in comes out, in the order in which it was recorded.
@Suite struct CampaignRecordTests {
    private func row(
        _ kind: ImportKind, _ cells: [String: FieldValue], of unit: String = "A"
    ) -> Row {
        var all = cells
        all["unit_code"] = .text(unit)
        if kind.parent == .aCase { all["decision_no"] = .text("1") }
        return Row(kind, all)
    }

    private func on(_ day: String) throws -> Day { try #require(Day(iso: day)) }

    private func ofTheOfficer() throws -> [Row] {
        [
            row(
                .planSteps,
                [
                    "step_no": .integer(2), "measure": .text("offer_asset"),
                    "due_on": try day("2021-04-30"), "owner": .text("A-01"),
                ]),
            row(
                .persuasions,
                [
                    "held_on": try day("2021-03-05"), "party": .text("debtor"),
                    "outcome": .text("partly"),
                ]),
            row(
                .coercions,
                [
                    "decided_on": try day("2021-03-10"), "measure": .text("use_of_asset"),
                    "mobilised": .integer(1), "cost": .integer(7),
                ]),
            row(
                .guidance,
                ["asked_on": try day("2021-03-11"), "asked_of": .text("steering_committee")]),
            row(
                .directions,
                [
                    "direction_no": .text("5/TTD"), "issued_on": try day("2021-03-12"),
                    "due_on": try day("2021-03-22"), "issuer": .text("monitoring_team"),
                ]),
        ]
    }

    private func ofOthers() throws -> [Row] {
        [
            row(
                .obstacles,
                ["found_on": try day("2021-03-13"), "description": .text("tranh chấp")]),
            row(
                .coordination,
                ["held_on": try day("2021-03-14"), "agency": .text("procuracy")]),
            row(
                .coordination,
                ["held_on": try day("2021-03-14"), "agency": .text("police")]),
            row(
                .fileReviews,
                ["reviewed_on": try day("2021-03-15"), "result": .text("violation")]),
            row(
                .exemptions,
                [
                    "proposed_on": try day("2021-03-16"), "kind": .text("reduce"),
                    "granted_amount": .integer(9),
                ]),
            row(
                .unitDuties,
                [
                    "duty_no": .text("V.1"), "title": .text("Báo cáo"),
                    "due_on": try day("2021-02-26"),
                ]),
        ]
    }

    @Test func everyFactComesBackAsItWentIn() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        let outcomes = try await store.take(
            [unitRow("A"), try caseRow("A", "1")] + (try ofTheOfficer()) + (try ofOthers()))
        #expect(outcomes.allSatisfy { $0 == .inserted })
        let unit = try #require(try await store.read { try $0.units() }.first { $0.code == "A" })
        let whole = try await store.read { try $0.unitFile(unit) }
        let file = try #require(whole.cases.first)
        #expect(
            file.planSteps == [
                PlanStep(
                    stepNo: 2, measure: .offerAsset, dueOn: try on("2021-04-30"), owner: "A-01")
            ])
        #expect(
            file.persuasions == [
                Persuasion(heldOn: try on("2021-03-05"), party: .debtor, outcome: .partly)
            ])
        #expect(
            file.coercions == [
                Coercion(
                    decidedOn: try on("2021-03-10"), measure: .useOfAsset, isMobilised: true,
                    cost: Dong(7))
            ])
        #expect(file.guidance.map(\.askedOf) == [.steeringCommittee])
        #expect(
            file.directions == [
                Direction(
                    directionNo: "5/TTD", issuedOn: try on("2021-03-12"),
                    dueOn: try on("2021-03-22"), issuer: .monitoringTeam)
            ])
        #expect(file.obstacles.map(\.description) == ["tranh chấp"])
        #expect(file.coordination.map(\.agency) == [.procuracy, .police])
        #expect(file.fileReviews.map(\.result) == [.violation])
        #expect(file.exemptions.map(\.grantedAmount) == [Dong(9)])
        #expect(whole.duties.map(\.dutyNo) == ["V.1"])
        #expect(
            try await store.read {
                try $0.caseFile(CaseKey(unit: "A", decisionNo: "1"))
            } == file)
    }
}
