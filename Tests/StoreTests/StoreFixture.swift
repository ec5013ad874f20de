import Foundation
import Rules
import Store

/// A fresh store in a folder of its own, removed when the fixture goes.
final class StoreFixture {
    let folder: String
    let path: String

    init() throws {
        folder = NSTemporaryDirectory() + "caodiem-store-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        path = folder + "/store.sqlite"
        _ = try Schema.migrate(path: path)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func open() throws -> Store { try Store.open(path: path) }
}

let stamp = ChangeStamp(principal: "uid:1", requestID: "r", receivedAtMilliseconds: 1)

/// A row of a kind, from the values of the named columns; the others are absent from the file.
struct Row {
    let kind: ImportKind
    let values: [FieldValue]
    let present: [Bool]

    init(_ kind: ImportKind, _ cells: [String: FieldValue]) {
        self.kind = kind
        values = kind.columns.map { cells[$0.name] ?? .null }
        present = kind.columns.map { cells[$0.name] != nil }
    }
}

extension Store {
    /// Imports the rows as one change; gives what became of each.
    func take(_ rows: [Row], commit: Bool = true) async throws -> [RowOutcome] {
        try await writeDeciding { scope in
            let writer = try ImportWriter(scope, stamp: stamp)
            var outcomes: [RowOutcome] = []
            for (index, row) in rows.enumerated() {
                outcomes.append(
                    try writer.apply(
                        FactRows(row.values), row: 0, of: row.kind, present: row.present,
                        at: RowPosition(file: 0, line: index + 2)))
            }
            try writer.publish()
            return (outcomes, commit: commit)
        }
    }
}

func day(_ text: String) throws -> FieldValue {
    guard let day = Day(iso: text) else { throw StoreFailure(.other, "no day \(text)") }
    return .integer(Int64(day.number))
}

func unitRow(_ code: String, name: String = "Chi cục") -> Row {
    Row(
        .units, ["unit_code": .text(code), "name": .text(name), "level": .text("district")])
}

func caseRow(_ unit: String, _ number: String, due: Int64 = 1_000, note: FieldValue? = nil)
    throws -> Row
{
    var cells: [String: FieldValue] = [
        "unit_code": .text(unit), "decision_no": .text(number),
        "decision_on": try day("2020-01-02"),
        "initiative": .text("on_request"), "amount_due": .integer(due),
    ]
    if let note { cells["note"] = note }
    return Row(.cases, cells)
}
