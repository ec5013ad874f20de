import Foundation
import GRDB
import Rules
import Store
import Testing

@Suite struct SchemaTests {
    @Test func migratingTwiceKeepsEveryRow() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        _ = try await store.take([unitRow("A"), try caseRow("A", "1")])
        try store.close()
        #expect(try Schema.migrate(path: fixture.path) == Schema.version)
        let again = try fixture.open()
        #expect(try await again.read { try $0.count(of: "cases") } == 1)
        #expect(try await again.read { try $0.lastChange() } == 1)
    }

    @Test func aStoreOfANewerVersionIsRefusedAndLeftAsItIs() throws {
        let fixture = try StoreFixture()
        try setUserVersion(99, of: fixture.path)
        let before = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        for attempt in [{ _ = try Schema.migrate(path: fixture.path) }, { _ = try fixture.open() }]
        {
            let failure = #expect(throws: StoreFailure.self) { try attempt() }
            #expect(failure?.reason == .newerSchema)
            #expect(failure?.message.contains("schema 99") == true)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.path)) == before)
    }

    @Test func aFileThatIsNoStoreIsRefused() throws {
        let fixture = try StoreFixture()
        let path = fixture.folder + "/note.sqlite"
        try Data("this is a note, not a database, long enough to be read as a header of one".utf8)
            .write(to: URL(fileURLWithPath: path))
        let failure = #expect(throws: StoreFailure.self) { _ = try Schema.migrate(path: path) }
        #expect(failure?.reason == .corrupt)
    }

    @Test func aMissingStoreIsNamed() throws {
        let failure = #expect(throws: StoreFailure.self) { _ = try Store.open(path: "/nowhere/s") }
        #expect(failure?.message == "no store at /nowhere/s")
    }

    /// A number that is no day, put there by another program, is no other day either.
    @Test func aDamagedDayIsToldAsDamage() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        _ = try await store.take([unitRow("01"), try caseRow("01", "1/QĐ")])
        let queue = try DatabaseQueue(path: fixture.path)
        try await queue.write { db in
            try db.execute(sql: "UPDATE cases SET decision_on = 18779 + (1 << 32)")
        }
        try queue.close()
        let failure = await #expect(throws: StoreFailure.self) {
            try await store.read { scope in
                _ = try scope.caseFile(CaseKey(unit: "01", decisionNo: "1/QĐ"))
            }
        }
        #expect(failure?.reason == .corrupt)
    }

    /// Bytes 60–63 of the header hold `user_version`, big-endian.
    private func setUserVersion(_ version: UInt8, of path: String) throws {
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try handle.seek(toOffset: 63)
        try handle.write(contentsOf: Data([version]))
        try handle.close()
    }
}
