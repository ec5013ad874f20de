import Glibc
import Testing
import Transport
import Wire

@testable import Coordination

@Suite(.serialized) struct DeathTests {
    /// Workers die at any moment of their lives while clients call: every call ends, and neither a
    /// zombie nor an orphan stays.
    @Test func deathsInAnyOrderLeaveNothing() async throws {
        var limits = TestFleet.limits
        limits.failuresAllowed = 1000
        let echo = "executable: caodiem-test-worker\narguments: [--slow, \"5\", --service, "
        let fleet = try await TestFleet(
            ["a": echo + "a.A]", "b": echo + "b.B]", "c": echo + "c.C]"], limits: limits)
        let client = try await fleet.connect()
        let calls = (0..<8).map { number in
            Task { () -> Int in
                var ended = 0
                while !Task.isCancelled {
                    let service = ["a.A", "b.B", "c.C"][number % 3]
                    _ = try? await TestFleet.say(client, "Say", "x", service: service)
                    ended += 1
                    try? await Task.sleep(for: .milliseconds(1))
                }
                return ended
            }
        }
        var random = SeededRandom(seed: 11)
        var seen: Set<pid_t> = []
        for _ in 0..<60 {
            try await Task.sleep(for: .milliseconds(Int.random(in: 1...40, using: &random)))
            for id in ["a", "b", "c"] where Bool.random(using: &random) {
                let pid = try await fleet.summary(id).pid
                guard pid > 0 else { continue }
                seen.insert(pid)
                kill(pid, Bool.random(using: &random) ? SIGKILL : SIGSEGV)
            }
        }
        for id in ["a", "b", "c"] { try await fleet.reach(.ready, id) }
        for call in calls {
            call.cancel()
            #expect(await call.value > 0)
        }
        client.close()
        await fleet.stop()
        #expect(seen.count > 10)
        for pid in seen { #expect(kill(pid, 0) != 0, "process \(pid) is left, perhaps unreaped") }
        #expect(FolderListing.names(in: "\(fleet.scratch.path)/data/run") == ["coordinator.pid"])
    }
}
