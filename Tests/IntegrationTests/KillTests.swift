import Foundation
import Glibc
import Testing

/// kill -9 in the middle of the work: an import is wholly there or not at all, the fleet comes back, and no
/// process is left behind.
@Suite(.serialized) struct KillTests {
    /// Rows that a whole import of the province brings, by kind.
    private func whole(_ csv: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: csv)
            .filter { $0.hasSuffix(".csv") }
            .reduce(0) { sum, name in
                let text = try Project.text("\(csv)/\(name)")
                return sum + Self.records(text) - 1
            }
    }

    /// Records of a CSV text; quoted line ends do not count.
    private static func records(_ text: String) -> Int {
        var quoted = false
        var count = 0
        for byte in text.utf8 {
            if byte == 0x22 { quoted.toggle() }
            if byte == 0x0A, !quoted { count += 1 }
        }
        return count
    }

    private func rows(_ result: [String: Any], _ field: String) -> Int {
        let files = result["files"] as? [[String: Any]] ?? []
        return files.reduce(0) { $0 + ($1[field] as? Int ?? 0) }
    }

    /// What the store holds: a dry run of the same files says how many rows it would still insert.
    private func missing(_ fleet: FleetUnderTest, _ csv: String) throws -> Int {
        rows(try fleet.json(["import", csv, "--dry-run"]), "inserted")
    }

    @Test(arguments: [20, 60, 120, 250, 500, 900])
    func killingTheIngestionWorkerInAnImport(_ milliseconds: Int) throws {
        let fleet = try FleetUnderTest()
        let csv = try FleetUnderTest.province(seed: 3, units: 3, cases: 3_000, in: fleet.folder)
        let total = try whole(csv)
        let worker = try fleet.pid(of: "ingestion")
        let importing = try Project.start(
            Project.binary("caodiem"), ["--data", fleet.data, "import", csv, "--format", "json"],
            out: fleet.folder.path + "/import.out", err: fleet.folder.path + "/import.err")
        usleep(UInt32(milliseconds) * 1_000)
        kill(worker, SIGKILL)
        importing.waitUntilExit()
        try fleet.ready()
        let left = try missing(fleet, csv)
        #expect(left == 0 || left == total, "\(left) of \(total) rows are missing")
        if importing.terminationStatus == 0 {
            #expect(left == 0, "an acknowledged import is there")
        }
        #expect(
            try fleet.json(["import", csv])["status"] as? String
                == (left == 0 ? "unchanged" : "applied"))
        #expect(try fleet.stop() == 0)
        #expect(fleet.allGone([worker]))
    }

    @Test(arguments: [30, 150, 400, 800])
    func killingTheCoordinatorInAnImport(_ milliseconds: Int) throws {
        let fleet = try FleetUnderTest()
        let csv = try FleetUnderTest.province(seed: 4, units: 3, cases: 3_000, in: fleet.folder)
        let total = try whole(csv)
        let workers = fleet.workerPIDs()
        #expect(workers.count == 7)
        let importing = try Project.start(
            Project.binary("caodiem"),
            ["--data", fleet.data, "--timeout", "2", "import", csv, "--format", "json"],
            out: fleet.folder.path + "/import.out", err: fleet.folder.path + "/import.err")
        usleep(UInt32(milliseconds) * 1_000)
        try fleet.killCoordinator()
        #expect(fleet.allGone(workers, within: 6), "workers outlive their coordinator")
        try fleet.start()
        try fleet.ready()
        importing.waitUntilExit()
        let left = try missing(fleet, csv)
        #expect(left == 0 || left == total, "\(left) of \(total) rows are missing")
        if importing.terminationStatus == 0 { #expect(left == 0) }
        #expect(
            try fleet.json(["import", csv])["status"] as? String
                == (left == 0 ? "unchanged" : "applied"))
        #expect(try fleet.stop() == 0)
    }

    @Test func everyWorkerComesBackAfterKill9() throws {
        let fleet = try FleetUnderTest()
        for plugin in ["auction", "casework", "emulation", "ingestion", "scoring"] {
            let former = try fleet.pid(of: plugin)
            kill(former, SIGKILL)
            #expect(fleet.allGone([former]))
            let now = try fleet.pid(of: plugin)
            #expect(now != former)
        }
        let status = try fleet.json(["status"])
        #expect(status["ready"] as? Bool == true)
        let workers = fleet.workerPIDs()
        #expect(try fleet.stop() == 0)
        #expect(fleet.allGone(workers))
    }

    @Test func aSecondCoordinatorIsRefusedAndTheFirstGoesOn() throws {
        let fleet = try FleetUnderTest()
        let second = try Project.run(
            Project.binary("caodiem-coordinator"),
            ["--data", fleet.data, "--plugins", Project.root + "/Plugins"])
        #expect(second.code != 0)
        #expect(second.err.contains(fleet.data))
        #expect(try fleet.cli(["status"]).code == 0)
    }

    @Test func aRestartedPluginIsAnotherProcessAndAnswers() throws {
        let fleet = try FleetUnderTest()
        let former = try fleet.pid(of: "scoring")
        #expect(try fleet.cli(["plugin", "restart", "scoring"]).code == 0)
        let now = try fleet.pid(of: "scoring")
        #expect(now != former)
        #expect(fleet.allGone([former]))
        let outcome = try fleet.cli(["campaign", "apply", "-f", FleetUnderTest.plan])
        #expect(outcome.code == 0, "\(outcome.err)")
    }
}
