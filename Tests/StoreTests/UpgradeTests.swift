import Foundation
import GRDB
import Rules
import Testing

@testable import Store

/// A store as earlier versions left it is brought to the present schema with all that it holds.
@Suite struct UpgradeTests {
    private func store(of version: Int, _ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "caodiem-upgrade-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/store.sqlite"
        _ = try Schema.migrate(path: path, to: version)
        try body(path)
    }

    @Test func aStoreOfSchema1KeepsItsEventsAndPlans() throws {
        try store(of: 1) { path in
            let old = try Store.openPool(path: path)
            try old.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO plugin_events (at_ms, plugin, event, detail)
                        VALUES (5, 'scoring', 'BACKOFF', 'exit 1; pid 7, process 2');
                        INSERT INTO changes (kind, principal, request_id, received_at_ms)
                        VALUES ('plan', 'uid:1', 'r', 5);
                        INSERT INTO plans
                            (campaign_id, version, change_no, sha256, file_name, yaml)
                        VALUES ('p', 1, 1, 'd', 'plan.yaml', x'61');
                        """)
            }
            try old.close()
            #expect(throws: StoreFailure.self) { _ = try Store.open(path: path) }
            #expect(try Schema.migrate(path: path) == Schema.version)
            let pool = try Store.openPool(path: path)
            try pool.write { db in
                let scope = WriteScope(db: db)
                let events = try scope.reading.pluginEvents(limit: 10)
                #expect(events.map(\.detail) == ["exit 1; pid 7, process 2"])
                #expect(events.map(\.pid) == [0])
                #expect(events.map(\.exit) == [nil])
                #expect(try scope.reading.plan(campaign: "p")?.yaml == [0x61])
                #expect(
                    try scope.nextFence(of: "x", holder: "h", atMilliseconds: 1)
                        == Fence(lease: "x", number: 1))
            }
            try pool.close()
        }
    }

    @Test func aStoreOfSchema3KeepsItsCasesAndTakesTheWorkOfACampaign() throws {
        try store(of: 3) { path in
            let old = try Store.openPool(path: path)
            try old.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO changes (kind, principal, request_id, received_at_ms)
                        VALUES ('import', 'uid:1', 'r', 5);
                        INSERT INTO units VALUES (1, 'A', 'A', 'district', NULL, NULL, 1, 0, 2);
                        INSERT INTO cases
                            (id, unit_id, decision_no, decision_on, initiative, amount_due,
                             change_no, file_no, line)
                        VALUES (1, 1, '1', 18000, 'on_request', 500, 1, 0, 2);
                        INSERT INTO decisions
                            (case_id, kind, decided_on, change_no, file_no, line)
                        VALUES (1, 'postpone', 18100, 1, 0, 2);
                        """)
            }
            try old.close()
            #expect(try Schema.migrate(path: path) == Schema.version)
            let pool = try Store.openPool(path: path)
            try pool.write { db in
                let scope = WriteScope(db: db)
                let key = CaseKey(unit: "A", decisionNo: "1")
                let before = try scope.reading.caseFile(key)
                #expect(before?.decisions.map(\.kind) == [.postpone])
                #expect(before?.planSteps == [])
                try db.execute(
                    sql: """
                        INSERT INTO plan_steps
                            (case_id, step_no, measure, due_on, change_no, file_no, line)
                        VALUES (1, 1, 'persuade', 18700, 1, 0, 2)
                        """)
                #expect(try scope.reading.caseFile(key)?.planSteps.map(\.measure) == [.persuade])
            }
            try pool.close()
        }
    }

    @Test(arguments: 1...Schema.version) func everyVersionEndsWithTheSameSchema(
        from version: Int
    ) throws {
        var expected: [String] = []
        try store(of: Schema.version) { expected = try schema(at: $0) }
        try store(of: version) { path in
            _ = try Schema.migrate(path: path)
            #expect(try schema(at: path) == expected)
        }
    }

    private func schema(at path: String) throws -> [String] {
        let pool = try Store.openPool(path: path)
        defer { try? pool.close() }
        return try pool.read { db in
            try String.fetchAll(
                db, sql: "SELECT ifnull(sql, name) FROM sqlite_schema ORDER BY name")
        }
    }
}
