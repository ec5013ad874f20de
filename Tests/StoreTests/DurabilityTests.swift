import Foundation
import GRDB
import Testing

@testable import Store

/// What was acknowledged is on the disk: every commit of every writer is synced.
@Suite struct DurabilityTests {
    @Test func writersSyncEveryCommit() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        let synchronous = try await store.write { scope in
            try Int.fetchOne(scope.db, sql: "PRAGMA synchronous")
        }
        #expect(synchronous == 2, "FULL")
        let mode = try await store.write { scope in
            try String.fetchOne(scope.db, sql: "PRAGMA journal_mode")
        }
        #expect(mode == "wal")
    }
}
