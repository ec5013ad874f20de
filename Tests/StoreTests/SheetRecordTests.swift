import GRDB
import Rules
import Testing

@testable import Store

/// Score sheets in the store: every entry stays, and a decided sheet takes none, whoever writes.
@Suite struct SheetRecordTests {
    private static func entry(_ column: SheetColumn, _ points: Int) -> SheetEntry {
        SheetEntry(
            criterion: "c", column: column, points: Hundredths(points), bonus: Hundredths(50),
            author: "cert:\(column.rawValue)", atMilliseconds: 7, evidence: "biên bản",
            reason: "lý do")
    }

    private func fill(_ store: Store, _ column: SheetColumn, _ state: SheetState, _ points: Int)
        async throws(StoreFailure)
    {
        try await store.write { scope in
            try scope.add(
                [Self.entry(column, points)], campaign: "k", unit: "MX", state: state,
                planVersion: 2, on: Day(number: 18_800), stamp: stamp)
        }
    }

    private func decided() async throws -> (StoreFixture, Store) {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        try await fill(store, .scored, .submitted, 3000)
        try await fill(store, .reviewed, .reviewed, 2800)
        try await fill(store, .decided, .decided, 2900)
        return (fixture, store)
    }

    @Test func theNewestEntryOfEachColumnStands() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        try await fill(store, .scored, .submitted, 3000)
        try await fill(store, .scored, .submitted, 3100)
        let kept = try await store.read { try $0.scoreSheet(campaign: "k", unit: "MX") }
        let sheet = try #require(kept?.sheet)
        #expect(sheet.entries.map(\.points.text) == ["30.00", "31.00"])
        #expect(sheet.entry("c", .scored) == Self.entry(.scored, 3100))
        #expect(sheet.state == .submitted)
        #expect(try await store.read { try $0.scoreSheet(campaign: "k", unit: "KS") } == nil)
        #expect(try await store.read { try $0.scoreSheet(campaign: "x", unit: "MX") } == nil)
        _ = fixture
    }

    @Test func aDecidedSheetIsLockedForEver() async throws {
        let (fixture, store) = try await decided()
        for (column, state) in [
            (SheetColumn.scored, SheetState.submitted), (.reviewed, .reviewed),
            (.decided, .decided),
        ] {
            let failure = await #expect(throws: StoreFailure.self) {
                try await fill(store, column, state, 1)
            }
            #expect(failure?.reason == .constraint)
        }
        let kept = try await store.read { try $0.scoreSheet(campaign: "k", unit: "MX") }
        #expect(kept?.sheet.entries.count == 3)
        #expect(kept?.sheet.state == .decided)
        _ = fixture
    }

    @Test(arguments: [
        "UPDATE emulation_entries SET points_hundredths = 1", "DELETE FROM emulation_entries",
        "UPDATE emulation_sheets SET state = 'reviewed'", "DELETE FROM emulation_sheets",
        "UPDATE emulation_refusals SET reason = 'x'", "DELETE FROM emulation_refusals",
        "UPDATE emulation_proposals SET state = 'refused'",
    ])
    func noStatementChangesWhatStands(_ sql: String) async throws {
        let (fixture, store) = try await decided()
        try await store.write { scope in
            try scope.keep(
                SheetRefusal(.locked, "khóa"), of: .decide, campaign: "k", unit: "MX", stamp: stamp)
            let number = try scope.draft(
                StoredProposal(
                    campaign: "k", kind: "unit", code: "MX", unit: "MX", title: .ministryFlag,
                    draftedBy: "a", draftedAtMilliseconds: 1, asOf: Day(number: 1), reason: "r",
                    record: ["một", "hai"]), stamp: stamp)
            try scope.decideProposal(number, .approved, reason: "đồng ý", stamp: stamp)
        }
        let failure = await #expect(throws: StoreFailure.self) {
            try await store.write { try $0.db.execute(sql: sql) }
        }
        #expect(failure?.reason == .constraint)
        _ = fixture
    }

    @Test func objectionsAndTheirAnswers() async throws {
        let (fixture, store) = try await decided()
        let objection = SheetObjection(
            number: 0, criterion: nil, against: .decided, text: "không đồng ý", author: "cert:mx",
            atMilliseconds: 9, answerDueOn: Day(number: 18_805))
        let number = try await store.write { scope in
            let stored = try #require(try scope.reading.scoreSheet(campaign: "k", unit: "MX"))
            return try scope.object(objection, to: stored, stamp: stamp)
        }
        func answer(_ outcome: ObjectionOutcome) async throws {
            let answer = SheetObjection.Answer(
                outcome: outcome, text: "giữ nguyên", author: "cert:hd", atMilliseconds: 10,
                on: Day(number: 18_801))
            try await store.write { try $0.answer(number, answer, stamp: stamp) }
        }
        try await answer(.rejected)
        try await answer(.upheld)
        let kept = try await store.read { try $0.scoreSheet(campaign: "k", unit: "MX") }
        let found = try #require(kept?.sheet.objections.first)
        #expect(found.number == number)
        #expect(found.answerDueOn == objection.answerDueOn)
        #expect(found.answer?.outcome == .rejected, "the first answer stands")
        _ = fixture
    }

    @Test func refusalsAreKeptWithWhoAndWhy() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        try await store.write { scope in
            try scope.keep(
                SheetRefusal(.ownUnit, "đơn vị mình"), of: .decide, campaign: "k", unit: "MX",
                stamp: stamp)
        }
        let all = try await store.read { try $0.emulationRefusals(campaign: "k", unit: nil) }
        #expect(all.map(\.principal) == ["uid:1"])
        #expect(all.first?.reason == .ownUnit)
        #expect(all.first?.step == .decide)
        let none = try await store.read { try $0.emulationRefusals(campaign: "k", unit: "KS") }
        #expect(none.isEmpty)
    }

    @Test func whatTheSheetForbidsStandsInTheAuditTrail() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        try await store.write { scope in
            try scope.keep(
                SheetRefusal(.locked, "khóa"), of: .decide, campaign: "k", unit: "MX", stamp: stamp)
        }
        let entries = try await store.read { try $0.auditEntries(after: 0, limit: 10) }
        let told = entries.map { "\($0.act.action) \($0.act.outcome) \($0.act.subject)" }
        #expect(told.last == "emulation.decide refused MX")
    }

    @Test func meritsComeByImport() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        func merit(_ holder: String, _ kind: String) throws -> Row {
            Row(
                .merits,
                [
                    "unit_code": .text("MX"), "holder": .text(holder), "kind": .text(kind),
                    "decided_on": try day("2021-01-15"),
                ])
        }
        _ = try await store.take([
            unitRow("MX"), try merit("CHV1", "initiative"), try merit("unit", "flag_vote"),
        ])
        let merits = try await store.read { try $0.merits() }
        #expect(merits["MX"]?.map(\.kind) == [.initiative, .flagVote])
        #expect(merits["MX"]?.map(\.holder) == ["CHV1", "unit"])
    }
}
