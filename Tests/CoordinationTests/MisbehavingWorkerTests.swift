import Glibc
import Testing
import Transport
import Wire

@testable import Coordination

@Suite(.serialized) struct MisbehavingWorkerTests {
    private func fleet(_ script: String) async throws -> TestFleet {
        try await TestFleet(
            ["bad": "executable: bad.sh"], scripts: ["bad/bad.sh": script])
    }

    @Test func aCrashLoopEndsInQuarantine() async throws {
        let fleet = try await fleet("echo cannot >&2; exit 1\n")
        try await fleet.reach(.quarantined, "bad")
        let summary = try await fleet.summary("bad")
        #expect(summary.restarts == 5)
        #expect(summary.reason.hasPrefix("6 failures in 60.0 seconds, the last: exit 1"))
        let client = try await fleet.connect()
        let status = try await client.unary(AdminV1.Admin.status, AdminV1.StatusRequest())
        #expect(!status.ready)
        client.close()
        await fleet.stop()
        let last = await fleet.journal.events.last { $0.state == "EXITED" }
        #expect(last?.exit?.how == "exit 1")
        #expect(last?.exit?.lastLines.suffix(1) == ["cannot"])
    }

    @Test func aMebibyteOnStdoutBeforeHelloHarmsNobody() async throws {
        let worker = TestFleet.binaries.appending(part: "caodiem-test-worker")
        let fleet = try await fleet(
            "head -c 1048576 /dev/zero | tr '\\0' 'x'\necho; echo begun\nexec \(worker)\n")
        try await fleet.reach(.ready, "bad")
        try await fleet.logs("begun", of: "bad")
        await fleet.stop()
    }

    @Test func aWrongPrefaceIsQuoted() async throws {
        let fleet = try await fleet("echo hello from a script >&3\nsleep 30\n")
        try await fleet.reach(.backoff, "bad")
        let events = await fleet.journal.events
        let reason = events.first { $0.state == "BACKOFF" }?.reason ?? ""
        #expect(reason.contains("does not speak CDP/1"), "\(reason)")
        #expect(reason.contains("hello from a script"), "\(reason)")
        await fleet.stop()
    }

    @Test func aSilentStubbornWorkerIsKilledWithItsChildren() async throws {
        let fleet = try await fleet(
            "trap '' TERM\nsh -c 'trap \"\" TERM; echo child $$; sleep 61' &\n"
                + "echo leader $$\nsleep 61\n")
        try await fleet.logs("child ", of: "bad")
        try await fleet.logs("leader ", of: "bad")
        let lines = await fleet.running.fleet.loop.run { [fleet = fleet.running.fleet] in
            fleet.members["bad"]?.log.lines ?? []
        }
        let pids = lines.compactMap { $0.split(separator: " ").last.flatMap { Int32($0) } }
        #expect(pids.count == 2)
        await fleet.stop()
        for pid in pids {
            let end = ContinuousClock.now + .seconds(2)
            while ProcessIdentity.current(of: pid) != nil, ContinuousClock.now < end {
                usleep(2000)
            }
            #expect(ProcessIdentity.current(of: pid) == nil, "process \(pid) is left")
        }
    }

    @Test func aMissingInterpreterNeedsAPerson() async throws {
        let fleet = try await fleet("#!/no/such/interpreter\n")
        try await fleet.reach(.invalid, "bad")
        await fleet.stop()
    }
}
