import Foundation
import Rules
import Store
import Testing

/// One fact is one change, written as an import writes it.
@Suite struct FactWritingTests {
    let fixture: StoreFixture
    let store: Store

    init() throws {
        fixture = try StoreFixture()
        store = try fixture.open()
    }

    private func record(
        _ row: Row, reason: String = "record"
    ) async throws -> Result<RecordedFact, FactProblem> {
        try await store.writeDeciding { scope in
            let result = try scope.recordFact(
                row.values, of: row.kind, present: row.present, reason: reason, stamp: stamp)
            return (result, commit: (try? result.get()) != nil)
        }
    }

    private func step(_ cells: [String: FieldValue]) -> Row {
        Row(.planSteps, ["unit_code": .text("A"), "decision_no": .text("1")].merging(cells) { $1 })
    }

    @Test func aStepIsRecordedThenDoneAndItsFormerVersionStays() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1")])
        let planned = try await record(
            step([
                "step_no": .integer(1), "measure": .text("persuade"),
                "due_on": try day("2021-03-31"), "owner": .text("A-01"),
            ])
        ).get()
        #expect(planned.outcome == .inserted && planned.change == 2)
        // Done: the columns that are not given stay.
        let done = try await record(
            step(["step_no": .integer(1), "done_on": try day("2021-03-20")])
        ).get()
        #expect(done.outcome == .corrected && done.change == 3)
        let key = CaseKey(unit: "A", decisionNo: "1")
        let file = try #require(try await store.read { try $0.caseFile(key) })
        #expect(
            file.planSteps == [
                PlanStep(
                    stepNo: 1, measure: .persuade, dueOn: try #require(Day(2021, 3, 31)),
                    owner: "A-01", doneOn: Day(2021, 3, 20))
            ])
        #expect(try await store.read { try $0.historyCount(of: "plan_steps") } == 1)
        #expect(
            try await store.read { try $0.changes(unit: "A", decisionNo: "1") } == ["1": [1, 3]])
        // Said again, nothing changes.
        let again = try await record(
            step(["step_no": .integer(1), "done_on": try day("2021-03-20")])
        ).get()
        #expect(again.outcome == .unchanged && again.change == nil)
    }

    @Test func aNewRowNeedsWhatItsKindRequires() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1")])
        let problem = try await record(step(["step_no": .integer(1)]))
        #expect(problem == .failure(.missing(column: "measure")))
        // An emptied column of a row that stands is as missing.
        _ = try await record(
            step([
                "step_no": .integer(1), "measure": .text("verify"), "due_on": try day("2021-03-31"),
            ])
        ).get()
        let emptied = try await record(step(["step_no": .integer(1), "due_on": .null]))
        #expect(emptied == .failure(.missing(column: "due_on")))
        let nowhere = try await record(
            Row(
                .persuasions,
                [
                    "unit_code": .text("A"), "decision_no": .text("9"),
                    "held_on": try day("2021-03-01"), "party": .text("debtor"),
                ]))
        #expect(nowhere == .failure(.unknown(.unknownCase)))
        #expect(try await store.read { try $0.lastChange() } == 2)
    }

    @Test func anImportUnderWayKeepsItsRowsAndNothingElseIsHeldUp() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1")])
        _ = try await record(
            step([
                "step_no": .integer(1), "measure": .text("verify"), "due_on": try day("2021-03-31"),
            ])
        ).get()
        let staged = Staged()
        try await staged.batch(
            [
                step(["step_no": .integer(1), "due_on": try day("2021-04-30")]),
                step([
                    "step_no": .integer(2), "measure": .text("seize"),
                    "due_on": try day("2021-05-31"),
                ]),
            ], in: store)
        // The rows that the import corrects or brings are not to be had until it is through.
        for number: Int64 in [1, 2] {
            let problem = try await record(
                step(["step_no": .integer(number), "done_on": try day("2021-03-20")]))
            #expect(problem == .failure(.beingImported), "step \(number)")
        }
        // Another row goes in, and takes nothing of the import with it.
        let third = try await record(
            step([
                "step_no": .integer(3), "measure": .text("auction"),
                "due_on": try day("2021-05-31"),
            ])
        ).get()
        #expect(third.outcome == .inserted)
        let steps = { @Sendable (scope: ReadScope) in
            try scope.caseFile(CaseKey(unit: "A", decisionNo: "1"))?.planSteps
                .map { "\($0.stepNo) \($0.dueOn)" } ?? []
        }
        #expect(try await store.read(steps) == ["1 2021-03-31", "3 2021-05-31"])
        try await staged.publish(in: store)
        #expect(
            try await store.read(steps) == ["1 2021-04-30", "2 2021-05-31", "3 2021-05-31"])
    }
}
