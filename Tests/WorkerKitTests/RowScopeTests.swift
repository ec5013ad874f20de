import Foundation
import Rules
import Store
import Testing
import Wire

@testable import WorkerKit

/// Whose rows each role sees through the seams that handlers read by: units VC (officers A, B) and NN (officer C).
@Suite struct RowScopeTests {
    private static let cases: [(unit: String, number: String, officer: String?)] = [
        ("VC", "1/A", "A"), ("VC", "2/B", "B"), ("VC", "3/-", nil), ("NN", "1/C", "C"),
    ]

    private static func access(_ right: AccessRight) -> WorkerAccess {
        WorkerAccess(principal: "uid:1001", rights: [right])
    }

    struct Row: Sendable {
        let right: AccessRight
        /// Units wholly seen, units seen in part or whole, cases seen.
        let units: String
        let touched: String
        let cases: String
    }

    @Test(arguments: [
        Row(
            right: AccessRight(.administrator, .province, unmasks: true), units: "NN VC",
            touched: "NN VC", cases: "NN 1/C, VC 1/A, VC 2/B, VC 3/-"),
        Row(
            right: AccessRight(.leader, .province, unmasks: true), units: "NN VC",
            touched: "NN VC", cases: "NN 1/C, VC 1/A, VC 2/B, VC 3/-"),
        Row(
            right: AccessRight(.division, .province, unmasks: true), units: "NN VC",
            touched: "NN VC", cases: "NN 1/C, VC 1/A, VC 2/B, VC 3/-"),
        Row(
            right: AccessRight(.headOfUnit, .units(["VC"]), unmasks: true), units: "VC",
            touched: "VC", cases: "VC 1/A, VC 2/B, VC 3/-"),
        Row(
            right: AccessRight(.clerk, .units(["NN"]), unmasks: true), units: "NN", touched: "NN",
            cases: "NN 1/C"),
        Row(
            right: AccessRight(.officer, .officers(["A", "C"], units: ["VC"]), unmasks: true),
            units: "", touched: "VC", cases: "VC 1/A"),
        Row(
            right: AccessRight(.system, .units(["VC", "NN"]), unmasks: false), units: "NN VC",
            touched: "NN VC", cases: "NN 1/C, VC 1/A, VC 2/B, VC 3/-"),
        Row(
            right: AccessRight(.system, .nothing, unmasks: false), units: "", touched: "", cases: ""
        ),
        Row(right: AccessRight(.ops, .nothing, unmasks: false), units: "", touched: "", cases: ""),
    ])
    func eachRoleSeesItsRowsAndNothingElse(row: Row) async throws {
        let access = Self.access(row.right)
        let found = try await Self.reading { scope -> (String, String, String, [String]) in
            let scope = scope.seen(by: access.sight)
            let units = try scope.selectedUnits("").map(\.code).joined(separator: " ")
            let touched = try scope.touchedUnits("")
            let files = try touched.flatMap { try scope.unitFile($0).cases }
            var refusals: [String] = []
            for (unit, number, _) in Self.cases {
                let key = CaseKey(unit: unit, decisionNo: number)
                if files.contains(where: { $0.key == key }) {
                    _ = try scope.requiredCase(key)
                } else {
                    refusals.append(Self.refusal { try scope.requiredCase(key) })
                }
            }
            // What is not there is refused in the same words as what is not the caller's.
            if access.sight != nil {
                refusals.append(
                    Self.refusal {
                        try scope.requiredCase(CaseKey(unit: "XX", decisionNo: "9"))
                    })
                refusals.append(Self.refusal { try scope.requiredUnit("XX") })
                refusals.append(Self.refusal { try scope.selectedUnits("XX") })
                refusals.append(Self.refusal { try scope.touchedUnits("XX") })
            }
            let keys = files.map { "\($0.key.unit) \($0.key.decisionNo)" }.sorted()
            return (
                units, touched.map(\.code).joined(separator: " "), keys.joined(separator: ", "),
                refusals
            )
        }
        #expect(found.0 == row.units)
        #expect(found.1 == row.touched)
        #expect(found.2 == row.cases)
        #expect(found.3.allSatisfy { $0 == "PERMISSION_DENIED OUT_OF_SCOPE" }, "\(found.3)")
        for (unit, number, officer) in Self.cases {
            #expect(
                access.covers(unit: unit, officer: officer)
                    == row.cases.components(separatedBy: ", ").contains("\(unit) \(number)"))
        }
    }

    @Test func namesOfPartiesAreForWhoSeesCases() {
        for role in AccessRole.allCases {
            let access = Self.access(AccessRight(role, .province, unmasks: role.unmasksByDefault))
            #expect(access.mayUnmask == ![.ops, .system].contains(role))
        }
    }

    @Test func theProvinceIsForWhoSeesIt() throws {
        try Self.access(AccessRight(.division, .province, unmasks: true)).requireProvince()
        let head = Self.access(AccessRight(.headOfUnit, .units(["VC"]), unmasks: true))
        try head.require(unit: "VC")
        #expect(Self.refusal { try head.requireProvince() } == "PERMISSION_DENIED OUT_OF_SCOPE")
        #expect(Self.refusal { try head.require(unit: "NN") } == "PERMISSION_DENIED OUT_OF_SCOPE")
    }

    private static func refusal<Value>(_ body: () throws -> Value) -> String {
        do {
            _ = try body()
            return "seen"
        } catch let failure as Failure {
            return "\(failure.code.name) \(failure.reason)"
        } catch {
            return "\(error)"
        }
    }

    private static func reading<Value: Sendable>(
        _ body: @escaping @Sendable (ReadScope) throws -> Value
    ) async throws -> Value {
        let folder = NSTemporaryDirectory() + "caodiem-scope-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try Schema.migrate(path: folder + "/store.sqlite")
        let store = try Store.open(path: folder + "/store.sqlite")
        try await store.write { scope in
            let stamp = ChangeStamp(principal: "t", requestID: "t", receivedAtMilliseconds: 1)
            let writer = try ImportWriter(scope, stamp: stamp)
            var line = 1
            func add(_ kind: ImportKind, _ cells: [String: FieldValue]) throws {
                line += 1
                let values = kind.columns.map { cells[$0.name] ?? .null }
                _ = try writer.apply(
                    FactRows(values), row: 0, of: kind, present: values.map { $0 != .null },
                    at: RowPosition(file: 0, line: line))
            }
            for unit in ["VC", "NN"] {
                try add(
                    .units,
                    ["unit_code": .text(unit), "name": .text(unit), "level": .text("district")])
            }
            for (officer, unit) in [("A", "VC"), ("B", "VC"), ("C", "NN")] {
                try add(
                    .officers,
                    [
                        "officer_code": .text(officer), "name": .text(officer),
                        "unit_code": .text(unit),
                    ])
            }
            for (unit, number, officer) in Self.cases {
                try add(
                    .cases,
                    [
                        "unit_code": .text(unit), "decision_no": .text(number),
                        "decision_on": .integer(18_000), "initiative": .text("on_request"),
                        "amount_due": .integer(1),
                        "officer_code": officer.map { .text($0) } ?? .null,
                    ])
            }
            try writer.publish()
        }
        return try await store.read(body)
    }
}
