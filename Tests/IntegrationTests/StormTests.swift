import Foundation
import Glibc
import Testing

/// Random kills and stops, and what must be whole after them.
@Suite(.serialized) struct StormTests {
    @Test(arguments: ["K1", "K2", "K3", "K4", "K5", "R63"]) func nothingIsLeftAndNothingIsTorn(
        _ id: String
    ) throws {
        try ConformanceRun(ConformanceRun.coordinator(only: id), seconds: 240).expectNoFailure()
    }

    /// Another process holds the store's write lock for 5 s: an import waits, everything else does not.
    @Test func theFleetGoesOnWhileTheWriteLockIsHeld() throws {
        let fleet = try FleetUnderTest()
        let csv = try FleetUnderTest.province(seed: 9, units: 2, cases: 200, in: fleet.folder)
        #expect(try fleet.cli(["campaign", "apply", "-f", FleetUnderTest.plan]).code == 0)
        let before = fleet.workerPIDs().sorted()
        let holder = try Project.start(
            Project.binary("caodiem-test-writer"),
            ["\(fleet.data)/store.sqlite", "--hold", "5000"],
            out: fleet.folder.path + "/hold.out", err: fleet.folder.path + "/hold.err")
        try waitForLine("ack 1", in: fleet.folder.path + "/hold.out")
        let start = Date()
        let importing = try Project.start(
            Project.binary("caodiem"), ["--data", fleet.data, "import", csv, "--format", "json"],
            out: fleet.folder.path + "/import.out", err: fleet.folder.path + "/import.err")
        while Date().timeIntervalSince(start) < 4 {
            let asked = Date()
            #expect(try fleet.cli(["status"]).code == 0)
            #expect(try fleet.cli(["score", "--as-of", "2021-05-31"]).code == 0)
            #expect(Date().timeIntervalSince(asked) < 2, "status and score wait for the lock")
        }
        #expect(importing.isRunning || importing.terminationStatus == 0)
        let asked = Date()
        _ = try fleet.cli(["--timeout", "1", "campaign", "apply", "-f", FleetUnderTest.plan])
        #expect(Date().timeIntervalSince(asked) < 3, "a deadline passes while a write waits")
        holder.waitUntilExit()
        importing.waitUntilExit()
        #expect(importing.terminationStatus == 0, "the import waited and went on")
        #expect(fleet.workerPIDs().sorted() == before, "a worker was restarted meanwhile")
        #expect(try fleet.stop() == 0)
    }

    private func waitForLine(_ line: String, in file: String) throws {
        for _ in 0..<500 {
            if try Project.text(file).contains(line) { return }
            usleep(10_000)
        }
        throw FleetUnderTest.Timeout(waiting: line)
    }
}
