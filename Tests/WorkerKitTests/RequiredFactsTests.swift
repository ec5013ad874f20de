import Foundation
import Rules
import Store
import Testing
import Wire

@testable import WorkerKit

/// A unit or a case that must be there is found however its letters are composed, or named in the refusal.
@Suite struct RequiredFactsTests {
    private func reading<Value: Sendable>(
        _ body: @escaping @Sendable (ReadScope) throws -> Value
    ) async throws -> Value {
        let folder = NSTemporaryDirectory() + "caodiem-required-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try Schema.migrate(path: folder + "/store.sqlite")
        let store = try Store.open(path: folder + "/store.sqlite")
        try await store.write { scope in
            let stamp = ChangeStamp(principal: "t", requestID: "t", receivedAtMilliseconds: 1)
            let writer = try ImportWriter(scope, stamp: stamp)
            for (line, code) in ["MỸ", "KS"].enumerated() {
                let cells: [String: FieldValue] = [
                    "unit_code": .text(code), "name": .text(code), "level": .text("district"),
                ]
                let values = ImportKind.units.columns.map { cells[$0.name] ?? .null }
                _ = try writer.apply(
                    FactRows(values), row: 0, of: .units, present: values.map { $0 != .null },
                    at: RowPosition(file: 0, line: line + 2))
            }
            try writer.publish()
        }
        return try await store.read(body)
    }

    @Test(arguments: [
        "MỸ".precomposedStringWithCanonicalMapping, "MỸ".decomposedStringWithCanonicalMapping,
    ])
    func aUnitIsFoundHoweverItsLettersAreComposed(code: String) async throws {
        #expect(try await reading { try $0.requiredUnit(code).name } == "MỸ")
        #expect(try await reading { try $0.selectedUnits(code).map(\.code) } == ["MỸ"])
    }

    @Test func noCodeSelectsAllUnits() async throws {
        #expect(try await reading { try $0.selectedUnits("").map(\.code) } == ["KS", "MỸ"])
    }

    @Test func whatIsNotThereIsNamed() async throws {
        let unit = try await reading { scope in
            #expect(throws: Failure.self) { _ = try scope.requiredUnit("XX") }
        }
        #expect(unit?.code == .notFound && unit?.message.contains("XX") == true)
        let missing = try await reading { scope in
            #expect(throws: Failure.self) {
                _ = try scope.requiredCase(CaseKey(unit: "KS", decisionNo: "1/QĐ"))
            }
        }
        #expect(missing?.field == "decision_no" && missing?.message.contains("1/QĐ") == true)
    }
}
