import Foundation
import Rules
import Store
import Testing

@testable import Offline

/// A continuous copy gives back the store as it stood at each piece, and nothing that was not.
@Suite struct FollowTests {
    private func follower(_ data: DataUnderTest, _ place: Place, key: String? = nil) throws
        -> Follower
    {
        var options = Follower.Options(
            data: data.path, target: place.path + "/copy", software: "test")
        options.keyFile = key
        return try Follower(options)
    }

    private func units(_ data: DataUnderTest, add code: String) async throws {
        let store = try Store.open(path: data.path + "/store.sqlite")
        _ = try await store.write { scope in
            try scope.recordFact(
                [.text(code), .text("Chi cục \(code)"), .text("district"), .null, .null],
                of: .units, present: [true, true, true, false, false], reason: "record",
                stamp: ChangeStamp(principal: "uid:1", requestID: "r", receivedAtMilliseconds: 1))
        }
        try store.close()
    }

    @Test(arguments: [false, true]) func everyMomentComesBack(_ isSealed: Bool) async throws {
        let place = try Place()
        let data = try await DataUnderTest(in: place)
        let key = isSealed ? place.path + "/key" : nil
        if let key { try KeyFile.make(key) }
        let follower = try follower(data, place, key: key)
        let folder = FollowFolder(path: place.path + "/copy")
        var known: [(at: Int64, rows: [String])] = []
        for round in 0..<4 {
            if round > 0 { try await units(data, add: "V\(round)") }
            #expect(try follower.step() != nil)
            #expect(try follower.step() == nil, "nothing has changed")
            known.append((try folder.status().copiedAtMilliseconds, try await data.rows(data.path)))
            usleep(3000)
        }
        let pieces = folder.pieces(try #require(folder.generations().first))
        #expect(pieces.count == 4)
        let sizes = pieces.map { Files.state($0)?.st_size ?? 0 }
        #expect(sizes[1] < sizes[0] / 2, "only pages that changed: \(sizes)")
        for (index, moment) in known.enumerated() {
            let target = place.path + "/restored-\(index)"
            let restored = try FollowReading(
                folder: folder.path, keyFile: key, atMilliseconds: moment.at
            ).restore(to: target)
            #expect(try await data.rows(target) == moment.rows)
            #expect(restored.originals == 1)
            #expect(restored.missingOriginals == [data.lost])
        }
        let latest = try FollowReading(folder: folder.path, keyFile: key)
            .restore(to: place.path + "/latest")
        #expect(try await data.rows(latest.data) == known.last?.rows)
        let early = #expect(throws: OfflineProblem.self) {
            try FollowReading(folder: folder.path, keyFile: key, atMilliseconds: 5)
                .restore(to: place.path + "/early")
        }
        #expect(early?.code == "NOT_FOUND")
        #expect(!place.names.contains { $0.hasPrefix("early") })
    }

    /// Pieces of another time, missing, altered: refused, and nothing is left behind.
    @Test func damagedPiecesRestoreNothing() async throws {
        let place = try Place()
        let data = try await DataUnderTest(in: place)
        let follower = try follower(data, place)
        let folder = FollowFolder(path: place.path + "/copy")
        for round in 0..<4 {
            try await units(data, add: "V\(round)")
            _ = try follower.step()
        }
        let pieces = folder.pieces(try #require(folder.generations().first))
        let whole = try pieces.map { try Files.whole($0, atMost: 1 << 26) }
        func expectDamage(_ name: String) throws {
            let problem = #expect(throws: OfflineProblem.self) {
                try FollowReading(folder: folder.path).restore(to: place.path + "/target")
            }
            #expect(problem?.code == "DAMAGED" || problem?.code == "NOT_A_BACKUP", "\(name)")
            #expect(!place.names.contains { $0.hasPrefix("target") }, "\(name)")
            for (path, bytes) in zip(pieces, whole) {
                try Data(bytes).write(to: URL(fileURLWithPath: path))
            }
        }
        unlink(pieces[1])
        try expectDamage("one is missing")
        try Data(whole[2]).write(to: URL(fileURLWithPath: pieces[1]))
        try expectDamage("one is another")
        var altered = whole[1]
        altered[altered.count - 5000] ^= 1
        try Data(altered).write(to: URL(fileURLWithPath: pieces[1]))
        try expectDamage("one is altered")
        try Data(whole[3].dropLast(2000)).write(to: URL(fileURLWithPath: pieces[3]))
        try expectDamage("one is cut")
        _ = try FollowReading(folder: folder.path).restore(to: place.path + "/target")
    }

    @Test func oneProcessAtATime() async throws {
        let place = try Place()
        let data = try await DataUnderTest(in: place)
        let first = try follower(data, place)
        let problem = #expect(throws: OfflineProblem.self) { try follower(data, place) }
        #expect(problem?.code == "IN_USE")
        _ = try first.step()
    }

    @Test func mountsAreTold() {
        let mounts = """
            22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            23 22 0:40 / /srv/du\\040lieu rw - nfs4 host:/x rw
            24 22 0:41 / /srv rw master:1 - xfs /dev/sdb rw
            25 22 0:42 / /srv rw - btrfs /dev/sdc rw
            """
        #expect(MachineExamination.fileSystem(of: "/var/x", mounts: mounts) == "ext4")
        #expect(MachineExamination.fileSystem(of: "/srv/du lieu/x", mounts: mounts) == "nfs4")
        #expect(MachineExamination.fileSystem(of: "/srv/x", mounts: mounts) == "btrfs")
        #expect(MachineExamination.fileSystem(of: "/srvx", mounts: mounts) == "ext4")
        #expect(MachineExamination.fileSystem(of: "/x", mounts: "") == "?")
    }
}
