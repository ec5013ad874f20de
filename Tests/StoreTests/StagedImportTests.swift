import Foundation
import Rules
import Store
import Testing

/// Imports that come in by several transactions.
@Suite struct StagedImportTests {
    let fixture: StoreFixture
    let store: Store

    init() throws {
        fixture = try StoreFixture()
        store = try fixture.open()
    }

    @Test func nobodySeesABatchBeforeThePublication() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1", due: 5)])
        let before = try await store.read { try $0.lastChange() }
        let staged = Staged()
        try await staged.batch(
            [try caseRow("A", "1", due: 7), try caseRow("A", "2")], in: store)
        let other = try fixture.open()
        #expect(try await due("1", in: other) == Dong(5))
        #expect(try await due("2", in: other) == nil)
        #expect(try await other.read { try $0.count(of: "cases") } == 1)
        #expect(try await other.read { try $0.lastChange() } == before)
        try await staged.publish(in: store)
        #expect(try await due("1", in: other) == Dong(7))
        #expect(try await due("2", in: other) == Dong(1_000))
        #expect(try await other.read { try $0.historyCount(of: "cases") } == 1)
        #expect(try await other.read { try $0.lastChange() } > before)
    }

    @Test func whatIsTakenBackWasNeverThere() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1", due: 5)])
        let staged = Staged()
        try await staged.batch(
            [unitRow("B"), try caseRow("B", "1"), try caseRow("A", "1", due: 7)], in: store)
        // Another process finds what a dead one left.
        let other = try fixture.open()
        #expect(try await other.purgeStagedImports() == 1)
        #expect(try await other.purgeStagedImports() == 0)
        #expect(try await other.read { try $0.units().map(\.code) } == ["A"])
        #expect(try await due("1", in: other) == Dong(5))
        #expect(try await other.read { try $0.historyCount(of: "cases") } == 0)
        // The same rows come in as if nothing had been.
        let again = [unitRow("B"), try caseRow("B", "1"), try caseRow("A", "1", due: 7)]
        #expect(try await other.take(again) == [.inserted, .inserted, .corrected])
    }

    @Test func aRowThatChangedMeanwhileIsNotOverwritten() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1", due: 5)])
        _ = try await store.take([try caseRow("A", "1", due: 6)])
        let staged = Staged()
        try await staged.batch([try caseRow("A", "1", due: 7)], in: store)
        let other = try fixture.open()
        _ = try await other.write { try $0.retractImport(change: 2, stamp: stamp) }
        let failure = await #expect(throws: StoreFailure.self) {
            try await staged.publish(in: store)
        }
        #expect(failure?.reason == .busy)
        #expect(try await due("1", in: store) == Dong(5))
        #expect(try await store.purgeStagedImports() == 1)
    }

    @Test func rowsOfAnEarlierBatchAreParentsAndDuplicates() async throws {
        let staged = Staged()
        try await staged.batch([unitRow("A"), try caseRow("A", "1")], in: store)
        let outcomes = try await staged.batch(
            [try caseRow("A", "1", due: 3), try caseRow("A", "2"), try caseRow("C", "1")],
            in: store)
        #expect(outcomes == [.duplicate, .inserted, .unknownUnit])
    }

    /// The same rows in one transaction and in random batches: the same store, version for version.
    @Test(arguments: [UInt64](1...12))
    func batchesComeToTheSameAsOneTransaction(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let twin = try StoreFixture()
        let whole = try twin.open()
        for _ in 0..<4 {
            let rows = try randomRows(&random)
            _ = try await whole.take(rows)
            let staged = Staged()
            var rest = rows[...]
            while !rest.isEmpty {
                let size = Int.random(in: 1...max(1, rows.count / 2), using: &random)
                try await staged.batch(Array(rest.prefix(size)), in: store)
                rest = rest.dropFirst(size)
                if Int.random(in: 0..<5, using: &random) == 0 {
                    let other = try fixture.open()
                    _ = try await other.read { try $0.units() }
                }
            }
            try await staged.publish(in: store)
            for number in 0..<8 {
                #expect(
                    try await due("\(number)", in: store) == due("\(number)", in: whole))
            }
            #expect(
                try await store.read { try $0.historyCount(of: "cases") }
                    == whole.read { try $0.historyCount(of: "cases") })
        }
    }

    private func randomRows(_ random: inout SeededGenerator) throws -> [Row] {
        var rows = [unitRow("A", name: "tên \(Int.random(in: 0..<3, using: &random))")]
        for number in 0..<8 where Bool.random(using: &random) {
            rows.append(
                try caseRow("A", "\(number)", due: .random(in: 1...3, using: &random)))
        }
        return rows
    }

    private func due(_ number: String, in store: Store) async throws -> Dong? {
        let key = CaseKey(unit: "A", decisionNo: number)
        return try await store.read { try $0.caseFile(key)?.amountDue }
    }
}

/// An import over several transactions.
final class Staged: @unchecked Sendable {
    // Unchecked: one test uses it, one transaction at a time.
    private var writer: ImportWriter?

    @discardableResult
    func batch(_ rows: [Row], in store: Store) async throws -> [RowOutcome] {
        try await store.write { scope in
            let writer: ImportWriter
            if let begun = self.writer {
                writer = begun
                try writer.resume(in: scope)
            } else {
                writer = try ImportWriter(scope, stamp: stamp)
                self.writer = writer
            }
            var outcomes: [RowOutcome] = []
            for row in rows {
                outcomes.append(
                    try writer.apply(
                        FactRows(row.values), row: 0, of: row.kind, present: row.present,
                        at: RowPosition(file: 0, line: 2)))
            }
            try writer.suspend()
            return outcomes
        }
    }

    func publish(in store: Store) async throws {
        try await store.write { scope in
            try self.writer?.resume(in: scope)
            try self.writer?.publish()
        }
    }
}

/// SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
