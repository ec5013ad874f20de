import Foundation
import Rules
import Store
import Testing

/// What was imported, and taking it back.
@Suite struct ImportHistoryTests {
    let fixture: StoreFixture
    let store: Store

    init() throws {
        fixture = try StoreFixture()
        store = try fixture.open()
    }

    @Test func aCorrectionShowsOldAndNewUnderItsKey() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1", due: 5, note: .text("cũ"))])
        _ = try await store.take([try caseRow("A", "1", due: 7, note: .null)])
        let rows = try await corrections(of: 2)
        #expect(rows.map(\.kind.name) == ["cases"])
        #expect(rows.first?.key == [.text("A"), .text("1")])
        #expect(rows.first?.differences.map(\.column.name) == ["amount_due", "note"])
        #expect(rows.first?.differences.map(\.old) == [.integer(5), .text("cũ")])
        #expect(rows.first?.differences.map(\.new) == [.integer(7), .null])
        #expect(try await corrections(of: 1).isEmpty)
    }

    @Test func aCorrectionStillShowsAfterALaterOne() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1", due: 5)])
        _ = try await store.take([try caseRow("A", "1", due: 7)])
        _ = try await store.take([try caseRow("A", "1", due: 9)])
        #expect(try await corrections(of: 2).first?.differences.map(\.new) == [.integer(7)])
        #expect(try await corrections(of: 3).first?.differences.map(\.old) == [.integer(7)])
    }

    /// Every kind's rows are named by the keys that an office writes.
    @Test func rowsOfAssetsAreNamedByUnitCaseAndAsset() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1"), try assetRow("1")])
        let reduction: (Int64) -> Row = { price in
            Row(
                .reductions,
                [
                    "unit_code": .text("A"), "decision_no": .text("1"), "asset_no": .text("1"),
                    "number": .integer(1), "reduced_price": .integer(price),
                ])
        }
        _ = try await store.take([reduction(90)])
        _ = try await store.take([reduction(80)])
        let rows = try await corrections(of: 3)
        #expect(rows.first?.key == [.text("A"), .text("1"), .text("1"), .integer(1)])
        #expect(rows.first?.differences.map(\.new) == [.integer(80)])
    }

    @Test func whatIsTakenBackStandsAsItWasBefore() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1", due: 5)])
        _ = try await store.take([try caseRow("A", "1", due: 7), try caseRow("A", "2")])
        let outcome = try await retract(2)
        #expect(outcome == .retracted(change: 3, removed: 1, restored: 1))
        #expect(try await due("1") == Dong(5))
        #expect(try await due("2") == nil)
        #expect(try await store.read { try $0.historyCount(of: "cases") } == 3)
        #expect(try await retract(2) == .already(change: 3))
        // The same rows again come in as they did.
        let again = try await store.take([
            try caseRow("A", "1", due: 7), try caseRow("A", "2"),
        ])
        #expect(again == [.corrected, .inserted])
    }

    @Test func whatLaterImportsBuiltUponStays() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1", due: 5)])
        _ = try await store.take([try assetRow("1")])
        _ = try await store.take([try caseRow("A", "1", due: 7)])
        #expect(try await retract(1) == .builtUpon(changes: [3]))
        #expect(try await due("1") == Dong(7))
        #expect(try await retract(3) == .retracted(change: 4, removed: 0, restored: 1))
        #expect(try await due("1") == Dong(5))
        #expect(try await retract(1) == .builtUpon(changes: [2]))
        #expect(try await retract(2) == .retracted(change: 5, removed: 1, restored: 0))
        #expect(try await retract(1) == .retracted(change: 6, removed: 2, restored: 0))
        #expect(try await store.read { try $0.units().isEmpty })
    }

    @Test func theIdOfARowThatWasTakenOutIsNotGivenAgain() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1", due: 5)])
        _ = try await store.take([try caseRow("A", "2")])
        _ = try await retract(2)
        _ = try await store.take([try caseRow("A", "3")])
        _ = try await store.take([try caseRow("A", "3", due: 9)])
        // Two versions of two rows, each under its own id.
        #expect(try await store.read { try $0.historyCount(of: "cases") } == 2)
        #expect(try await corrections(of: 5).first?.key == [.text("A"), .text("3")])
    }

    private func corrections(of change: Int64) async throws -> [CorrectedRow] {
        try await store.read { scope in
            var rows: [CorrectedRow] = []
            try scope.forEachCorrection(of: change) { rows.append($0) }
            return rows
        }
    }

    private func retract(_ change: Int64) async throws -> RetractionOutcome {
        try await store.write { try $0.retractImport(change: change, stamp: stamp) }
    }

    private func due(_ number: String) async throws -> Dong? {
        let key = CaseKey(unit: "A", decisionNo: number)
        return try await store.read { try $0.caseFile(key)?.amountDue }
    }

    private func assetRow(_ number: String) throws -> Row {
        Row(
            .assets,
            [
                "unit_code": .text("A"), "decision_no": .text("1"), "asset_no": .text(number),
                "asset_kind": .text("movable"), "seized_on": try day("2021-03-01"),
            ])
    }
}
