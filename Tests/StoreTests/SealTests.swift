import Foundation
import GRDB
import Rules
import Testing

@testable import Store

/// Rows that another program altered, put in or took out are found; rows that the product wrote never are.
@Suite struct SealTests {
    private func findings(_ fixture: StoreFixture) throws -> [SealFinding] {
        let inspection = try StoreInspection(path: fixture.path)
        defer { try? inspection.close() }
        return try inspection.sealFindings()
    }

    /// As another program would: without the function that the triggers call.
    private func tamper(_ fixture: StoreFixture, _ sql: String) throws {
        let queue = try DatabaseQueue(path: fixture.path)
        try queue.writeWithoutTransaction { db in
            for trigger in try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
            {
                try db.execute(sql: "DROP TRIGGER \(trigger)")
            }
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            try db.execute(sql: sql)
        }
        try queue.close()
    }

    /// A store with inserts, corrections, a retraction, single facts, a plan: everything that writes rows.
    private func filled() async throws -> StoreFixture {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        _ = try await store.take(
            [unitRow("U1"), unitRow("U2")] + (0..<2_500).map { try caseRow("U1", "\($0)/QĐ") })
        _ = try await store.take(try (0..<30).map { try caseRow("U1", "\($0 * 70)/QĐ", due: 5) })
        _ = try await store.take([
            unitRow("U2", name: "Chi cục mới"), try caseRow("U2", "1/QĐ"),
        ])
        _ = try await store.write { scope in
            try scope.retractImport(change: 2, stamp: stamp)
        }
        _ = try await store.write { scope in
            try scope.recordFact(
                [.text("U3"), .text("Chi cục 3"), .text("district"), .null, .null], of: .units,
                present: [true, true, true, false, false], reason: "record", stamp: stamp)
        }
        try store.close()
        return fixture
    }

    @Test func whatWasWrittenIsSound() async throws {
        let fixture = try await filled()
        #expect(try findings(fixture) == [])
        let parts = try await DatabaseQueue(path: fixture.path).read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM row_digests")
        }
        #expect(
            parts == 1 + 3 + 1 + 1 + 1 + 1 + 1, "units, cases; corrections; two; retraction; fact")
    }

    struct Tampering: CustomTestStringConvertible {
        let sql: String
        let table: String
        let reason: SealFinding.Reason
        let change: Int64?
        var testDescription: String { sql }

        init(_ sql: String, _ table: String, _ reason: SealFinding.Reason, _ change: Int64?) {
            (self.sql, self.table, self.reason, self.change) = (sql, table, reason, change)
        }
    }

    static let tamperings = [
        Tampering("UPDATE cases SET amount_due = 1 WHERE id = 1000", "cases", .altered, 1),
        Tampering("UPDATE cases SET note = 'x' WHERE id = 2500", "cases", .altered, 1),
        Tampering("UPDATE cases SET line = 9 WHERE id = 2", "cases", .altered, 1),
        Tampering("UPDATE units SET name = 'x' WHERE unit_code = 'U2'", "units", .altered, 3),
        Tampering("DELETE FROM cases WHERE id = 1025", "cases", .missing, 1),
        Tampering("UPDATE cases_history SET amount_due = 7 WHERE id = 71", "cases", .altered, nil),
        Tampering("DELETE FROM units_history", "units", .missing, 1),
        Tampering(
            "INSERT INTO cases", "cases", .added, 1),
        Tampering("UPDATE cases SET change_no = 3 WHERE id = 3", "cases", .added, 3),
        Tampering(
            "UPDATE changes SET received_at_ms = 5 WHERE change_no = 1", "changes", .altered, nil),
        Tampering("DELETE FROM retractions", "retractions", .missing, nil),
        Tampering("INSERT INTO retractions VALUES (5, 1)", "retractions", .added, nil),
        Tampering("UPDATE row_digests SET digest = '' WHERE change_no = 5", "units", .altered, 5),
    ]

    @Test(arguments: tamperings) func isFound(_ row: Tampering) async throws {
        let fixture = try await filled()
        let sql =
            row.sql.hasPrefix("INSERT INTO cases")
            ? try insertion(fixture) : row.sql
        try tamper(fixture, sql)
        let found = try findings(fixture)
        #expect(
            found.contains {
                $0.table == row.table && $0.reason == row.reason
                    && (row.change == nil || $0.change == row.change)
            }, "\(found)")
    }

    /// A copy of a case under another id and number.
    private func insertion(_ fixture: StoreFixture) throws -> String {
        let names = try DatabaseQueue(path: fixture.path).read { db in
            try db.columns(in: "cases").map(\.name)
        }
        let values = names.map { name in
            switch name {
            case "id": "9999"
            case "decision_no": "'x'"
            default: name
            }
        }
        return "INSERT INTO cases SELECT \(values.joined(separator: ", ")) FROM cases WHERE id = 3"
    }

    /// Row and digest altered together: the audit trail tells another.
    @Test func digestsAreHeldByTheTrail() async throws {
        let fixture = try await filled()
        try tamper(
            fixture,
            "DELETE FROM units WHERE unit_code = 'U3'; DELETE FROM row_digests WHERE change_no = 5")
        #expect(try findings(fixture).map(\.reason) == [.untrue])
    }

    /// Whoever writes without the product's function is refused by SQLite.
    @Test func otherProgramsCannotWriteToSealedTables() async throws {
        let fixture = try await filled()
        let queue = try DatabaseQueue(path: fixture.path)
        await #expect(throws: DatabaseError.self) {
            try await queue.write { try $0.execute(sql: "UPDATE changes SET kind = 'x'") }
        }
        try queue.close()
        #expect(try findings(fixture) == [])
    }

    /// A store of the schema before gets its digests when it is upgraded.
    @Test func anUpgradeSealsWhatIsThere() throws {
        let folder = NSTemporaryDirectory() + "caodiem-seal-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/store.sqlite"
        _ = try Schema.migrate(path: path, to: Schema.firstWithSeals - 1)
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO changes (kind, principal, request_id, received_at_ms)
                    VALUES ('import', 'uid:1', 'r', 1), ('import', 'uid:1', 'r', 2);
                    INSERT INTO units (id, unit_code, name, level, change_no, file_no, line)
                    VALUES (1, 'U1', 'a', 'district', 1, 0, 2), (2, 'U2', 'b', 'district', 2, 0, 2);
                    INSERT INTO units_history (id, unit_code, name, level, change_no, file_no,
                        line, superseded_by) VALUES (2, 'U2', 'c', 'district', 1, 0, 3, 2);
                    """)
        }
        try queue.close()
        _ = try Schema.migrate(path: path)
        let sound = try StoreInspection(path: path)
        #expect(try sound.sealFindings() == [])
        try sound.close()
        let other = try DatabaseQueue(path: path)
        try other.write { try $0.execute(sql: "UPDATE units SET name = 'x' WHERE id = 1") }
        try other.close()
        let found = try StoreInspection(path: path).sealFindings()
        #expect(found.map(\.change) == [1])
        #expect(found.map(\.rows) == ["1–2"])
    }
}
