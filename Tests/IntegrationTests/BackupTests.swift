import Foundation
import Glibc
import Testing

/// A backup of a running fleet comes back in a new folder and answers byte for byte; the doctor finds nothing there,
/// and finds what another program did.
@Suite(.serialized) struct BackupTests {
    private static let day = "2021-05-31"
    private static let json = ["--format", "json"]

    private func said(_ fleet: FleetUnderTest, _ arguments: [String]) throws -> String {
        let outcome = try fleet.cli(arguments)
        try #require(outcome.code == 0, "\(arguments): \(outcome.err)")
        return outcome.out
    }

    private func findings(_ fleet: FleetUnderTest, _ code: Int32) throws -> [[String: Any]] {
        let outcome = try fleet.cli(
            ["doctor", "--deep", "--plugins", Project.root + "/Plugins"] + Self.json)
        #expect(outcome.code == code, "\(outcome.out)\(outcome.err)")
        return try #require(try outcome.json()["findings"] as? [[String: Any]])
    }

    private func problems(_ findings: [[String: Any]]) -> [String] {
        findings.filter { $0["state"] as? String == "problem" }
            .map { "\($0["check"] ?? "") \($0["where"] ?? "")" }
    }

    @Test func aRestoredFolderAnswersTheSame() throws {
        let fleet = try FleetUnderTest()
        let csv = try FleetUnderTest.province(seed: 7, units: 3, cases: 120, in: fleet.folder)
        _ = try fleet.json(["campaign", "apply", "-f", FleetUnderTest.plan])
        _ = try fleet.json(["import", csv])
        let made = try fleet.json(["campaign", "freeze", "--as-of", Self.day])
        let id = try #require(made["freeze"] as? String)
        let frozen = try said(fleet, ["score", "--freeze", id] + Self.json)
        let score = try said(fleet, ["score", "--as-of", Self.day] + Self.json)
        let audit = try said(fleet, ["audit", "verify"] + Self.json)

        let shelf = fleet.folder.path + "/shelf"
        try FileManager.default.createDirectory(atPath: shelf, withIntermediateDirectories: true)
        let (key, file) = (fleet.folder.path + "/key", shelf + "/one.caodiem-backup")
        _ = try fleet.json(["backup", "keygen", key])
        let backup = try fleet.json(["backup", "create", file, "--key-file", key])
        #expect(backup["is_sealed"] as? Bool == true)
        #expect(backup["missing_originals"] as? [String] == [])
        _ = try fleet.json(["backup", "verify", file, "--deep", "--key-file", key])
        let text = try said(fleet, ["backup", "list", shelf, "--lang", "en"])
        #expect(text.contains("one.caodiem-backup  sealed"), "\(text)")
        #expect(problems(try findings(fleet, 0)) == [])
        let noKey = try fleet.cli(["backup", "verify", file] + Self.json)
        #expect(noKey.code == 2)
        #expect(noKey.err.contains("KEY_NEEDED"), "\(noKey.err)")
        let full = try fleet.cli(["backup", "restore", file, "--key-file", key])
        #expect(full.code == 2, "\(full.err)")
        #expect(try fleet.stop() == 0)

        let other = try FleetUnderTest(started: false)
        _ = try other.json(["backup", "restore", file, "--key-file", key])
        #expect(problems(try findings(other, 0)) == [])
        try other.start()
        try other.ready()
        #expect(try said(other, ["score", "--freeze", id] + Self.json) == frozen)
        #expect(try said(other, ["score", "--as-of", Self.day] + Self.json) == score)
        #expect(try said(other, ["audit", "verify"] + Self.json) == audit)
        #expect(try other.json(["import", csv])["status"] as? String == "unchanged")
        #expect(try other.stop() == 0)
        try tampered(other)
    }

    /// A payment altered, an original altered, a mode opened: each is named.
    private func tampered(_ fleet: FleetUnderTest) throws {
        let script = """
            import glob, os, sqlite3, sys
            c = sqlite3.connect(sys.argv[1] + '/store.sqlite')
            c.execute('UPDATE payments SET amount = amount + 1 WHERE id = 5')
            c.commit(); c.close()
            one = sorted(glob.glob(sys.argv[1] + '/spool/originals/*'))[0]
            open(one, 'ab').write(b'x')
            os.chmod(sys.argv[1] + '/spool', 0o755)
            """
        let done = try Project.run("/usr/bin/python3", ["-c", script, fleet.data])
        #expect(done.code == 0, "\(done.err)")
        let found = problems(try findings(fleet, 1))
        #expect(found.count == 3, "\(found)")
        #expect(found.contains { $0.hasPrefix("permissions ") && $0.hasSuffix("/spool") })
        #expect(found.contains { $0.hasPrefix("rows payments 1–") && $0.hasSuffix("altered") })
        #expect(found.contains { $0.hasPrefix("originals ") })
    }
}
