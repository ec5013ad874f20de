import Foundation
import Rules
import Store
import Testing

/// The store as it was known at an earlier change.
@Suite struct KnownAtTests {
    let fixture: StoreFixture
    let store: Store

    init() throws {
        fixture = try StoreFixture()
        store = try fixture.open()
    }

    /// Everything that a reader can see of the two units.
    private static func picture(_ scope: ReadScope) throws -> String {
        try scope.units().map { unit in
            let file = try scope.unitFile(unit)
            let changes = try scope.changes(unit: unit.code).sorted { $0.key < $1.key }
            return "\(unit) \(file.cases) \(file.reports) \(changes)"
        }.joined(separator: "\n") + "\n\(try scope.lastChange())"
    }

    private func payment(_ receipt: String, _ amount: Int64, on: String = "2021-03-04") throws
        -> Row
    {
        Row(
            .payments,
            [
                "unit_code": .text("A"), "decision_no": .text("1"), "receipt_no": .text(receipt),
                "paid_on": try day(on), "amount": .integer(amount), "source": .text("voluntary"),
            ])
    }

    private func asset(_ number: String, value: Int64) throws -> Row {
        Row(
            .assets,
            [
                "unit_code": .text("A"), "decision_no": .text("1"), "asset_no": .text(number),
                "asset_kind": .text("movable"), "seized_on": try day("2021-03-01"),
                "value": .integer(value),
            ])
    }

    private func round(_ asset: String, _ number: Int64, price: Int64) -> Row {
        Row(
            .rounds,
            [
                "unit_code": .text("A"), "decision_no": .text("1"), "asset_no": .text(asset),
                "round": .integer(number), "starting_price": .integer(price),
            ])
    }

    /// After every change the picture is kept; at the end each of them is seen again as it was.
    @Test func everyEarlierStateIsSeenAgain() async throws {
        var pictures: [Int64: String] = [:]
        func keep() async throws {
            let (change, picture) = try await store.read {
                (try $0.lastChange(), try Self.picture($0))
            }
            pictures[change] = picture
        }
        _ = try await store.take([unitRow("A"), unitRow("B"), try caseRow("A", "1", due: 5)])
        try await keep()
        _ = try await store.take([try payment("p1", 7), try asset("1", value: 9)])
        try await keep()
        // A correction, a late fact, a correction of the unit itself.
        _ = try await store.take([
            unitRow("B", name: "Chi cục mới"), try caseRow("A", "1", due: 6),
            try payment("p1", 8), try payment("p0", 1, on: "2020-12-01"), round("1", 1, price: 3),
        ])
        try await keep()
        // An import by batches: seen from its publication on.
        let staged = Staged()
        try await staged.batch([try caseRow("B", "9"), try payment("p1", 10)], in: store)
        try await keep()
        try await staged.publish(in: store)
        try await keep()
        // It is taken back, and others build anew.
        let batch = 4 as Int64
        _ = try await store.write { try $0.retractImport(change: batch, stamp: stamp) }
        try await keep()
        _ = try await store.take([try asset("2", value: 1), round("1", 1, price: 4)])
        try await keep()
        #expect(pictures.count == 6)
        // The number that an import by batches goes by means what stood when it was published.
        let named = try await store.read { try Self.picture($0.known(at: batch)) }
        #expect(named == pictures[5])
        for (change, picture) in pictures {
            let seen = try await store.read { try Self.picture($0.known(at: change)) }
            #expect(seen == picture, "as known at \(change)")
        }
    }

    @Test func ofARetractedImportTheEarlierTimeStillKnows() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1")])
        _ = try await store.take([try caseRow("A", "2")])
        _ = try await store.write { try $0.retractImport(change: 2, stamp: stamp) }
        let (then, now) = try await store.read { scope in
            (
                try scope.known(at: 2).caseFile(CaseKey(unit: "A", decisionNo: "2")),
                try scope.caseFile(CaseKey(unit: "A", decisionNo: "2"))
            )
        }
        #expect(then != nil)
        #expect(now == nil)
        let later = try await store.read { try $0.changes(unit: "A", after: 2) }
        #expect(later == ["2": [3]])
    }

    @Test func aChangeThatIsNotThereIsRefused() async throws {
        await #expect(throws: StoreFailure.self) {
            try await store.read { _ = try $0.known(at: 1) }
        }
    }

    @Test func aDayMeansTheLastChangeReceivedByItsEnd() async throws {
        for at in [10, 20, 30] as [Int64] {
            _ = try await store.write { scope in
                let stamp = ChangeStamp(
                    principal: "uid:1", requestID: "r", receivedAtMilliseconds: at)
                _ = try scope.savePlan(
                    campaign: "p", fileName: "plan.yaml", yaml: [UInt8(at)], sha256: "\(at)",
                    stamp: stamp)
            }
        }
        let found = try await store.read { scope in
            try [9, 11, 30, 31].map { try scope.lastChange(receivedBefore: $0) }
        }
        #expect(found == [0, 1, 2, 3])
        let plan = try await store.read { try $0.known(at: 2).plan() }
        #expect(plan?.version == 2)
    }
}
