import Foundation
import Rules
import Store
import Testing

@testable import Offline

/// A backup holds all that was there, comes back whole or not at all, and says so when it is damaged.
@Suite struct BackupTests {
    @Test(arguments: [false, true]) func comesBack(_ isSealed: Bool) async throws {
        let place = try Place()
        let data = try await DataUnderTest(in: place)
        let key = isSealed ? place.path + "/key" : nil
        if let key { try KeyFile.make(key) }
        let file = place.path + "/one.caodiem-backup"
        let config = try place.write("coordinator.yaml", Array("schema_version: 1\n".utf8))
        let made = try BackupMaking(
            data: data.path, target: file, configuration: [config], keyFile: key, software: "test"
        ).run()
        #expect(made.originals == 1)
        #expect(made.missingOriginals == [data.lost])
        #expect(made.isSealed == isSealed)
        #expect(
            try BackupReading(file: file, keyFile: key).verify(isDeep: true).change == made.change)
        #expect(place.names.filter { $0.hasPrefix("one.") } == ["one.caodiem-backup"])

        let target = place.path + "/restored"
        let restored = try BackupReading(file: file, keyFile: key).restore(to: target + "/")
        #expect(restored.auditHead == made.auditHead)
        #expect(try await data.rows(target) == data.rows(data.path))
        #expect(try Files.digest(of: target + "/spool/originals/" + data.kept).sha256 == data.kept)
        #expect(try Files.whole(target + "/policy.yaml", atMost: 99) == Array("deny: all\n".utf8))
        #expect(Files.isFile(target + "/restored-config/coordinator.yaml"))
        for (name, mode) in [
            ("", 0o700), ("/spool", 0o700), ("/spool/originals", 0o700), ("/store.sqlite", 0o600),
            ("/policy.yaml", 0o600),
        ] {
            #expect(Files.state(target + name).map { Int($0.st_mode) & 0o777 } == mode, "\(name)")
        }
        if isSealed {
            #expect(throws: OfflineProblem.self) {
                try BackupReading(file: file).restore(to: target + "2")
            }
        }
    }

    @Test func onlyIntoAnEmptyFolder() async throws {
        let place = try Place()
        let data = try await DataUnderTest(in: place)
        let file = place.path + "/b"
        _ = try BackupMaking(data: data.path, target: file, software: "test").run()
        let again = #expect(throws: OfflineProblem.self) {
            try BackupMaking(data: data.path, target: file, software: "test").run()
        }
        #expect(again?.code == "EXISTS")
        let full = #expect(throws: OfflineProblem.self) {
            try BackupReading(file: file).restore(to: data.path)
        }
        #expect(full?.code == "NOT_EMPTY")
        let empty = place.path + "/empty"
        try Files.makeFolder(empty)
        _ = try BackupReading(file: file).restore(to: empty)
        #expect(Files.isFile(empty + "/store.sqlite"))
    }

    /// One bit anywhere, and the file cut anywhere: a restore leaves nothing behind.
    @Test func damageRestoresNothing() async throws {
        let place = try Place()
        let data = try await DataUnderTest(in: place)
        let file = place.path + "/b"
        _ = try BackupMaking(data: data.path, target: file, software: "test").run()
        let whole = try Files.whole(file, atMost: 1 << 26)
        var random = SystemRandomNumberGenerator()
        for round in 0..<30 {
            var bytes = whole
            if round % 3 == 0 {
                bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
            } else {
                let place = Int.random(in: bytes.indices, using: &random)
                bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            let damaged = try place.write("damaged", bytes)
            let target = place.path + "/target"
            do {
                _ = try BackupReading(file: damaged).restore(to: target)
                // What no digest covers is the head of a tar entry that nobody reads: mode, owner, time.
                #expect(try await data.rows(target) == data.rows(data.path))
                Files.remove(target)
            } catch let problem as OfflineProblem {
                #expect(["DAMAGED", "NOT_A_BACKUP"].contains(problem.code), "\(problem)")
            }
            #expect(!place.names.contains { $0.hasPrefix("target") }, "round \(round)")
        }
    }

    @Test func aDamagedStoreBecomesNoBackup() async throws {
        let place = try Place()
        let data = try await DataUnderTest(in: place)
        let store = data.path + "/store.sqlite"
        var bytes = try Files.whole(store, atMost: 1 << 26)
        for at in stride(from: 4096 * 9, to: bytes.count, by: 4096) { bytes[at] ^= 0xFF }
        try Data(bytes).write(to: URL(fileURLWithPath: store))
        #expect(throws: OfflineProblem.self) {
            try BackupMaking(data: data.path, target: place.path + "/b", software: "test").run()
        }
        #expect(!place.names.contains { $0.hasPrefix("b") })
    }

    @Test func namesLeadNowhereElse() {
        for name in ["store.sqlite", "originals/ab", "folder/policy.yaml", "config/c.yaml"] {
            #expect(ArchiveReader.isAllowed(name))
        }
        for name in [
            "", "/etc/passwd", "../store.sqlite", "originals/../x", "originals/", "other/x",
            "folder/a/b", "folder/..", "store.sqlite-wal",
        ] {
            #expect(!ArchiveReader.isAllowed(name), "\(name)")
        }
    }

    @Test func oldOnesGo() async throws {
        let place = try Place()
        let data = try await DataUnderTest(in: place)
        for name in ["a", "b", "c"] {
            _ = try BackupMaking(
                data: data.path, target: place.path + "/\(name).caodiem-backup", software: "test"
            ).run()
            usleep(3000)
        }
        _ = try place.write("broken.caodiem-backup", [1, 2, 3])
        let shelf = BackupShelf(folder: place.path)
        #expect(try shelf.list().backups.map(\.name).map { $0.first } == ["b", "a", "b", "c"])
        let keep = Retention(daily: 1, weekly: 0, monthly: 0)
        _ = try shelf.prune(keep, isDryRun: true)
        #expect(try shelf.list().backups.count == 4)
        _ = try shelf.prune(keep, isDryRun: false)
        #expect(
            try shelf.list().backups.map(\.name) == [
                "broken.caodiem-backup", "c.caodiem-backup",
            ])
    }

    @Test(arguments: [Int64(0), 1, 511, 512, 8 << 30, 1 << 40]) func tarHeads(_ size: Int64) throws
    {
        let entry = Tar.Entry(name: "originals/" + String(repeating: "a", count: 64), size: size)
        let head = Tar.head(of: entry, madeAtSeconds: 1_622_433_600)
        #expect(try Tar.entry(of: head) == entry)
        // The byte behind the sum's end is read by nobody.
        for place in head.indices where place < 157 && place != 155 {
            var other = head
            other[place] ^= 0x40
            #expect(throws: TarProblem.self, "\(place)") { try Tar.entry(of: other) }
        }
    }
}

/// A data folder with a few rows, an original, a lost original and a policy.
struct DataUnderTest {
    let path: String
    let kept = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    let lost = String(repeating: "0", count: 64)

    init(in place: Place) async throws {
        path = place.path + "/data"
        for folder in ["", "/spool", "/spool/originals", "/run"] {
            try Files.makeFolder(path + folder)
        }
        try Data("hello".utf8).write(to: URL(fileURLWithPath: "\(path)/spool/originals/\(kept)"))
        try Data("deny: all\n".utf8).write(to: URL(fileURLWithPath: path + "/policy.yaml"))
        _ = try Schema.migrate(path: path + "/store.sqlite")
        let store = try Store.open(path: path + "/store.sqlite")
        let stamp = ChangeStamp(
            principal: "uid:1", requestID: "r", receivedAtMilliseconds: 1_600_000_000_000)
        let digests = [kept, lost]
        try await store.write { scope in
            let writer = try ImportWriter(scope, stamp: stamp)
            for index in 0..<300 {
                let cells: [String: FieldValue] = [
                    "unit_code": .text("U\(index)"), "name": .text("Chi cục \(index)"),
                    "level": .text("district"),
                ]
                _ = try writer.apply(
                    FactRows(ImportKind.units.columns.map { cells[$0.name] ?? .null }), row: 0,
                    of: .units, present: ImportKind.units.columns.map { cells[$0.name] != nil },
                    at: RowPosition(file: 0, line: index + 2))
            }
            try writer.publish()
            try scope.saveImport(
                id: "i", status: "applied", result: [1], change: writer.change, hasChanged: true,
                files: digests.map {
                    ImportedFile(name: "units.csv", kind: "units", sha256: $0, size: 5)
                })
        }
        try store.close()
    }

    /// Codes of the units in a data folder's store.
    func rows(_ folder: String) async throws -> [String] {
        let store = try Store.open(path: folder + "/store.sqlite")
        let codes = try await store.read { scope in try scope.units().map(\.code) }
        try store.close()
        return codes
    }
}
