import Foundation
import GRDB
import Rules
import Testing

@testable import Store

/// The audit trail tells every change, and shows where it was tampered with.
@Suite struct AuditTests {
    private let fixture: StoreFixture
    private let store: Store

    init() throws {
        fixture = try StoreFixture()
        store = try fixture.open()
    }

    private func refuse(_ count: Int, why: String = "no right") async throws {
        try await store.write { scope in
            for number in 0..<count {
                try scope.record(
                    AuditedAct("/a.A/Do", .refused, subject: "s\(number)", detail: why),
                    stamp: stamp)
            }
        }
    }

    /// As someone with the file and the sqlite3 shell would.
    private func tamper(_ sql: String) throws {
        let queue = try DatabaseQueue(path: fixture.path)
        try queue.write { db in
            try db.execute(sql: "DROP TRIGGER audit_keeps_what_it_said")
            try db.execute(sql: "DROP TRIGGER audit_keeps_all_entries")
            try db.execute(sql: "DROP TRIGGER changes_sealed_insert")
            try db.execute(sql: sql)
        }
        try queue.close()
    }

    private func state(noted: String? = nil) async throws -> AuditState {
        try await store.read { try $0.verifyAudit(noted: noted) }
    }

    @Test func anEmptyTrailIsIntact() async throws {
        let state = try await state()
        #expect(state == AuditState(entries: 0, head: AuditEntry.start, broken: nil))
    }

    @Test func changesAndRefusalsStandInOneChain() async throws {
        _ = try await store.write { scope in
            try scope.savePlan(
                campaign: "p", fileName: "plan.yaml", yaml: [97], sha256: "d", stamp: stamp)
        }
        try await refuse(2)
        let entries = try await store.read { try $0.auditEntries(after: 0, limit: 10) }
        #expect(entries.map(\.act.action) == ["plan", "/a.A/Do", "/a.A/Do"])
        #expect(entries.map(\.number) == [1, 2, 3])
        #expect(entries[0].act.change == 1)
        #expect(entries[1].previous == entries[0].digest)
        let state = try await state(noted: entries[1].digest)
        #expect(state == AuditState(entries: 3, head: entries[2].digest, broken: nil))
    }

    /// SHA-256 of `1:1` `1:1` `5:uid:1` `1:r` `1:a` `4:done` `0:` `0:` `0:` `64:000…`, computed elsewhere.
    @Test func theDigestIsAsDocumented() {
        let entry = AuditEntry(after: 0, AuditEntry.start, stamp: stamp, act: AuditedAct("a"))
        #expect(entry.digest == "085305296e1658a14485e199ca1048f91fda0a2fbb8d6f5d25abc44444d583aa")
    }

    @Test func aChangeThatIsTakenBackTellsNothing() async throws {
        _ = try await store.write(commit: false) { scope in
            try scope.record(AuditedAct("a"), stamp: stamp)
        }
        #expect(try await state().entries == 0)
    }

    @Test func entriesCannotBeChanged() async throws {
        try await refuse(1)
        for sql in ["UPDATE audit SET detail = ''", "DELETE FROM audit"] {
            await #expect(throws: StoreFailure.self) {
                try await store.write { try $0.db.execute(sql: sql) }
            }
        }
    }

    @Test(arguments: [
        ("UPDATE audit SET detail = 'other' WHERE entry_no = 3", 3, AuditFinding.Reason.altered),
        ("UPDATE audit SET outcome = 'done' WHERE entry_no = 5", 5, .altered),
        ("UPDATE audit SET outcome = 'x' WHERE entry_no = 5", 5, .altered),
        ("UPDATE audit SET at_ms = 2 WHERE entry_no = 1", 1, .altered),
        ("DELETE FROM audit WHERE entry_no = 4", 4, .missing),
        ("DELETE FROM audit WHERE entry_no = 1", 1, .missing),
        ("DELETE FROM audit WHERE entry_no > 6", 7, .shortened),
        ("DELETE FROM audit", 1, .shortened),
        (
            """
            UPDATE audit SET subject = (SELECT subject FROM audit o WHERE o.entry_no = 9 - audit.entry_no)
                WHERE entry_no IN (4, 5)
            """, 4, .altered
        ),
        (
            "INSERT INTO changes (kind, principal, request_id, received_at_ms) VALUES ('import','x','r',1)",
            1, .untold
        ),
    ]) func tamperingIsPointedAt(sql: String, entry: Int64, reason: AuditFinding.Reason)
        async throws
    {
        try await refuse(8)
        try tamper(sql)
        #expect(try await state().broken == AuditFinding(entry: entry, reason: reason))
    }

    /// Who writes the chain anew makes it fit; the head that was noted down elsewhere shows it.
    @Test func aChainWrittenAnewHasAnotherHead() async throws {
        try await refuse(3)
        let head = try await state().head
        try tamper("DELETE FROM audit; DELETE FROM sqlite_sequence WHERE name = 'audit'")
        try await refuse(4, why: "no reason")
        #expect(try await state().broken == nil)
        #expect(try await state(noted: head).broken?.reason == .otherHead)
    }

    @Test func importsTellTheirFilesOnceTheyArePublished() async throws {
        try await store.write { scope in
            let writer = try ImportWriter(scope, stamp: stamp)
            try writer.publish()
            try scope.saveImport(
                id: "i", status: "applied", result: [1], change: writer.change, hasChanged: true,
                files: [ImportedFile(name: "f", kind: "units", sha256: "abc", size: 3)])
        }
        let entry = try #require(
            try await store.read { try $0.auditEntries(after: 0, limit: 1) }.first)
        #expect(entry.act.action == "import")
        #expect(entry.act.detail.hasPrefix("units sha256:abc, result sha256:"))
        #expect(try await state().broken == nil)
    }
}
