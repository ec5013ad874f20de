import Foundation
import LawBook
import Rules
import Store
import Testing
import Transport
import Wire

@testable import WorkerKit

/// A store with a plan, two units and officers; calls as the coordinator stamps them.
final class EmulationTrial: Sendable {
    let folder: String
    let store: Store
    let law: LawTable

    static let plan = """
        id: k2021
        title: Kế hoạch
        authority: Cục
        citation: KH 1
        window: { start: 2021-03-01, end: 2021-05-31 }
        reporting_year: { start: 2020-10-01, end: 2021-09-30 }
        targets:
          - { id: lists, measure: lists_submitted, threshold: 1, paragraph: III }
        reports:
          - { kind: lists, due_on: 2021-02-20 }
        emulation:
          verified: false
          total: 100
          criteria:
            - { id: lists, base: 60, deadlines: { reports: [lists], per_day: 1 } }
            - { id: movement, base: 40, manual: { evidence: true } }
          tie_breaks: [fewer_violations]
          objections: { days: 3, answer_days: 2 }
        ROLES
        """

    static let roles = """
          roles:
            - { principal: "cert:mx", role: self, units: [MX] }
            - { principal: "cert:ks", role: self, units: [KS] }
            - { principal: "cert:hd-*", role: council, own: [CUC] }
            - { principal: "cert:head", role: head, own: [KS] }
        """

    init(roles: String = EmulationTrial.roles) async throws {
        folder = NSTemporaryDirectory() + "caodiem-emulation-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/store.sqlite"
        _ = try Schema.migrate(path: path)
        store = try Store.open(path: path)
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        law = try LawBook.load(directory: root.path + "/Sources/LawBook/Law")
        let yaml = Array(Self.plan.replacing("ROLES", with: roles).utf8)
        try await store.write { scope in
            let stamp = ChangeStamp(principal: "t", requestID: "t", receivedAtMilliseconds: 1)
            _ = try scope.savePlan(
                campaign: "k2021", fileName: "plan.yaml", yaml: yaml, sha256: "x", stamp: stamp)
            let writer = try ImportWriter(scope, stamp: stamp)
            for (line, row) in Self.rows.enumerated() {
                let kind = row.0
                let values = kind.columns.map { column in
                    row.1[column.name] ?? .null
                }
                _ = try writer.apply(
                    FactRows(values), row: 0, of: kind,
                    present: kind.columns.map { row.1[$0.name] != nil },
                    at: RowPosition(file: 0, line: line + 2))
            }
            try writer.publish()
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private static let rows: [(ImportKind, [String: FieldValue])] =
        ["MX", "KS"].map { code in
            (
                .units,
                [
                    "unit_code": .text(code), "name": .text("Chi cục \(code)"),
                    "level": .text("district"), "cluster": .text("1"),
                ]
            )
        }
        + (1...8).map { index in
            (
                .officers,
                [
                    "officer_code": .text("O\(index)"), "name": .text("Ông \(index)"),
                    "unit_code": .text(index < 8 ? "MX" : "KS"),
                ]
            )
        }
        + ["MX", "KS"].map { code in
            (
                .reports,
                [
                    "unit_code": .text(code), "kind": .text("lists"),
                    // Thursday 18/02 and, two working days late, Tuesday 23/02.
                    "submitted_on": .integer(code == "MX" ? 18_676 : 18_681),
                ]
            )
        }

    /// A call of `principal` received on that day.
    func call(_ principal: String, on day: String = "2021-06-07", mutation: Bool = true)
        throws(Failure) -> WorkerCall
    {
        func entry(_ key: String, _ value: String) -> WireV1.MetadataEntry {
            .with {
                $0.key = key
                $0.value = Array(value.utf8)
            }
        }
        return try WorkerCall(
            context: WorkerContext(store: store, law: law, spoolFolder: folder),
            stamps: CallContext(
                path: "/e.E/Do",
                metadata: [
                    entry("caodiem-principal", principal), entry("caodiem-received-on", day),
                    entry("caodiem-received-at", "1622998800000"),
                    entry("caodiem-request-id", "r"),
                    entry(AccessStamp.key, "administrator\tfull\tprovince"),
                ], deadline: nil, peer: Peer()), mutation: mutation ? [] : nil)
    }

    /// What was refused so far: who, step, why.
    func refusals() async throws -> [String] {
        try await store.read { try $0.emulationRefusals(campaign: "k2021", unit: nil) }
            .map { "\($0.principal) \($0.step.rawValue) \($0.unit) \($0.reason.rawValue)" }
    }
}

extension EmulationV1.ScoreRequest {
    /// A request for the unit with one entry of the manual criterion, if any.
    static func of(
        _ unit: String, movement points: String? = nil, reason: String = ""
    ) -> EmulationV1.ScoreRequest {
        .with {
            $0.unit = unit
            $0.asOf = "2021-05-31"
            if let points {
                $0.entries = [
                    .with {
                        $0.criterion = "movement"
                        $0.points = points
                        $0.evidence = "biên bản 5"
                        $0.reason = reason
                    }
                ]
            }
        }
    }
}
