import Glibc
import Testing
import Transport
import Wire

@testable import Coordination

private let worker = "executable: caodiem-test-worker\n"

/// Processes that are frozen, ill, killed, replaced, or leave something behind.
@Suite(.serialized) struct LifeTests {
    private static var watchful: SupervisionLimits {
        var limits = TestFleet.limits
        limits.beatInterval = .milliseconds(400)
        return limits
    }

    private func pid(of id: String, in fleet: TestFleet) async throws -> pid_t {
        let pid = try await fleet.summary(id).pid
        try #require(pid > 0)
        return pid
    }

    private func isGone(_ pid: pid_t, within patience: Duration = .seconds(10)) async throws -> Bool
    {
        let end = ContinuousClock.now + patience
        while ContinuousClock.now < end {
            if kill(pid, 0) != 0 { return true }
            try await Task.sleep(for: .milliseconds(5))
        }
        return false
    }

    // MARK: Watchdog

    @Test func aFrozenProcessIsDegradedThenReplaced() async throws {
        let fleet = try await TestFleet(
            ["echo": worker + "arguments: [--beats, \"yes\"]"], limits: LifeTests.watchful)
        try await fleet.reach(.ready, "echo")
        let frozen = try await pid(of: "echo", in: fleet)
        kill(frozen, SIGSTOP)
        try await fleet.reach(.degraded, "echo")
        #expect(try await isGone(frozen))
        try await fleet.reach(.ready, "echo")
        #expect(try await pid(of: "echo", in: fleet) != frozen)
        let exit = await fleet.lastExit("echo")
        #expect(exit?.end == .signal(SIGKILL))
        await fleet.stop()
        let events = await fleet.journal.events
        #expect(events.contains { $0.state == "DEGRADED" && $0.reason.hasPrefix("no beat within") })
        #expect(
            events.contains { $0.state == "BACKOFF" && $0.reason.hasPrefix("no beat within 1.2") })
    }

    @Test func aWorkerThatForgetsToBeatIsReplacedAndOneThatNeverPromisedIsNot() async throws {
        let fleet = try await TestFleet(
            [
                "mute": worker + "arguments: [--beats, \"yes\"]",
                "quiet": worker + "arguments: [--service, quiet.Q]",
            ], limits: LifeTests.watchful)
        try await fleet.reach(.ready, "mute")
        try await fleet.reach(.ready, "quiet")
        let (mute, quiet) = (
            try await pid(of: "mute", in: fleet), try await pid(of: "quiet", in: fleet)
        )
        // It beats: longer than three intervals it stays.
        try await Task.sleep(for: .milliseconds(1500))
        #expect(try await pid(of: "mute", in: fleet) == mute)
        let client = try await fleet.connect()
        _ = try await TestFleet.say(client, "Mute")
        #expect(try await isGone(mute))
        #expect(try await pid(of: "quiet", in: fleet) == quiet)
        client.close()
        await fleet.stop()
    }

    @Test func aWorkerThatSaysNotServingGetsNoCalls() async throws {
        let fleet = try await TestFleet(["echo": worker + "arguments: [--health, \"yes\"]"])
        try await fleet.reach(.ready, "echo")
        let before = try await pid(of: "echo", in: fleet)
        let client = try await fleet.connect()
        let ill = Task { try await TestFleet.say(client, "Ill", "700") }
        try await fleet.reach(.degraded, "echo")
        do {
            _ = try await TestFleet.say(client, "Say", "x")
            Issue.record("a worker that is NOT_SERVING got a call")
        } catch {
            #expect(error.reason == "PLUGIN_DEGRADED")
            #expect(error.retryable)
        }
        // The call that it has goes on.
        #expect(try await ill.value.value == "700")
        try await fleet.reach(.ready, "echo")
        #expect(try await TestFleet.say(client, "Say", "x").value == "x")
        #expect(try await pid(of: "echo", in: fleet) == before)
        client.close()
        await fleet.stop()
    }

    // MARK: Ends

    @Test(arguments: [SIGKILL, SIGTERM, SIGSEGV])
    func anEndIsReportedAndFollowedByAStart(signal: Int32) async throws {
        let fleet = try await TestFleet(["echo": worker])
        try await fleet.reach(.ready, "echo")
        let first = try await pid(of: "echo", in: fleet)
        let client = try await fleet.connect()
        let call = Task { () -> Failure? in
            do throws(Failure) {
                _ = try await TestFleet.say(client, "Sleep", "A")
                return nil
            } catch {
                return error
            }
        }
        try await fleet.logs("sleeps, ", of: "echo")
        kill(first, signal)
        #expect(await call.value?.reason == "WORKER_LOST")
        #expect(try await isGone(first))
        try await fleet.reach(.ready, "echo")
        let exit = try #require(await fleet.lastExit("echo"))
        #expect(exit.end == .signal(signal) || signal == SIGTERM)
        #expect(exit.pid == first)
        #expect(exit.peakMemoryKiB > 0)
        #expect(exit.uptime > .zero)
        #expect(exit.lastLines.contains { $0.hasPrefix("sleeps, ") })
        client.close()
        await fleet.stop()
    }

    @Test func aDaemonEndsWithItsWorkerAndIsReaped() async throws {
        try Spawner.shared.adoptOrphans(isOnlyParent: false)
        let fleet = try await TestFleet(["echo": worker])
        try await fleet.reach(.ready, "echo")
        let client = try await fleet.connect()
        let reply = try await TestFleet.say(client, "Daemon")
        let daemon = try #require(pid_t(reply.value))
        try #require(daemon > 0)
        // As long as its worker lives, it may live too.
        try await Task.sleep(for: .milliseconds(1500))
        #expect(kill(daemon, 0) == 0)
        #expect(getpgid(daemon) != (try await pid(of: "echo", in: fleet)))
        await fleet.order(.stop, "echo")
        try await fleet.reach(.disabled, "echo")
        #expect(try await isGone(daemon))
        client.close()
        await fleet.stop()
    }

    @Test func descriptorsThatRunOutDelayAStartAndLeakNothing() async throws {
        let fleet = try await TestFleet(["echo": worker])
        try await fleet.reach(.ready, "echo")
        await fleet.order(.stop, "echo")
        try await fleet.reach(.disabled, "echo")
        let open = LifeTests.openDescriptors()
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        var low = limit
        // Room for two of the four pairs that a child needs.
        let lowestFree = (10..<4096).first { !open.contains($0) } ?? 10
        low.rlim_cur = rlim_t(lowestFree + 5)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &low)
        await fleet.order(.start, "echo")
        let reached: Result<Void, any Error>
        do {
            try await fleet.reach(.backoff, "echo")
            reached = .success(())
        } catch { reached = .failure(error) }
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        try reached.get()
        await fleet.order(.reset, "echo")
        try await fleet.reach(.ready, "echo")
        await fleet.order(.stop, "echo")
        try await fleet.reach(.disabled, "echo")
        #expect(LifeTests.openDescriptors().count <= open.count + 2)
        await fleet.stop()
    }

    private static func openDescriptors() -> [Int32] {
        (0..<4096).filter { fcntl($0, F_GETFD) >= 0 }
    }

    // MARK: Replacement

    @Test func rollingRestartsUnderLoadFailNoCall() async throws {
        let fleet = try await TestFleet(["echo": worker + "instances: 2"])
        try await fleet.reach(.ready, "echo")
        let clients = [try await fleet.connect(), try await fleet.connect()]
        let callers = (0..<8).map { number in
            Task { () -> (count: Int, pids: Set<String>, failures: [Failure]) in
                var result = (count: 0, pids: Set<String>(), failures: [Failure]())
                while !Task.isCancelled {
                    do throws(Failure) {
                        let reply = try await TestFleet.say(clients[number % 2], "Pid")
                        result.pids.insert(reply.value)
                        result.count += 1
                    } catch  where error.code != .cancelled {
                        result.failures.append(error)
                    } catch {}
                    try? await Task.sleep(for: .milliseconds(2))
                }
                return result
            }
        }
        for _ in 0..<3 {
            try await Task.sleep(for: .milliseconds(100))
            await fleet.order(.restart, "echo")
            try await fleet.settle("echo")
        }
        var pids: Set<String> = []
        var count = 0
        for caller in callers {
            caller.cancel()
            let result = await caller.value
            #expect(result.failures == [])
            pids.formUnion(result.pids)
            count += result.count
        }
        #expect(count > 100)
        // Two processes, replaced three times.
        #expect(pids.count >= 6)
        for client in clients { client.close() }
        await fleet.stop()
    }

    @Test func whenTheReplacementFailsTheOldServesOn() async throws {
        let fleet = try await TestFleet(
            ["echo": "executable: run.sh"],
            scripts: ["echo/run.sh": "exec \(TestFleet.binaries)/caodiem-test-worker\n"])
        try await fleet.reach(.ready, "echo")
        let before = try await pid(of: "echo", in: fleet)
        fleet.scratch.file(
            "Plugins/echo/run.sh", "#!/bin/sh\necho broken >&2\nexit 3\n", mode: 0o755)
        await fleet.order(.restart, "echo")
        try await fleet.settle("echo")
        #expect(try await fleet.summary("echo").state == "READY")
        #expect(try await pid(of: "echo", in: fleet) == before)
        let client = try await fleet.connect()
        #expect(try await TestFleet.say(client, "Say", "x").value == "x")
        client.close()
        await fleet.stop()
        let failure = await fleet.journal.events.first { $0.state == "REPLACEMENT_FAILED" }
        #expect(failure?.reason.hasPrefix("exit 3") == true)
        #expect(failure?.reason.hasSuffix("; what served before goes on") == true)
        let ended = await fleet.journal.events.first { $0.exit?.how == "exit 3" }
        #expect(ended?.exit?.lastLines == ["broken"])
    }

    @Test func dependentsGoDownAndComeBackWithWhatTheyNeed() async throws {
        let fleet = try await TestFleet([
            "a": worker + "arguments: [--service, a.A]\ndepends_on: [b]",
            "b": worker + "arguments: [--service, b.B]",
        ])
        try await fleet.reach(.ready, "a")
        let before = try await pid(of: "a", in: fleet)
        kill(try await pid(of: "b", in: fleet), SIGKILL)
        #expect(try await isGone(before))
        try await fleet.reach(.ready, "a")
        #expect(try await fleet.summary("b").state == "READY")
        await fleet.stop()
        let events = await fleet.journal.events.filter { $0.plugin == "a" }.map(\.reason)
        #expect(events.contains("plugin b, which it depends on, is gone"))
    }

    @Test func disabledIsDisabledUntilEnabled() async throws {
        let fleet = try await TestFleet(["echo": worker])
        try await fleet.reach(.ready, "echo")
        await fleet.order(.disable, "echo", by: "uid:7", why: "licence expired")
        try await fleet.reach(.disabled, "echo")
        #expect(try await fleet.summary("echo").reason == "disabled by uid:7: licence expired")
        await fleet.order(.start, "echo")
        await fleet.order(.restart, "echo")
        #expect(try await fleet.summary("echo").state == "DISABLED")
        await fleet.order(.enable, "echo")
        try await fleet.reach(.ready, "echo")
        await fleet.stop()
    }
}

extension TestFleet {
    func order(_ order: OperatorOrder, _ id: String, by: String = "", why: String = "") async {
        await running.fleet.loop.run { [fleet = running.fleet] in
            fleet.feed(id, .order(order, by: by, why: why))
        }
    }

    /// Waits until all that was ordered for a plugin is done.
    func settle(_ id: String) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end {
            let isSettled = await running.fleet.loop.run { [fleet = running.fleet] in
                fleet.machine.plugins[id]?.isSettled ?? true
            }
            if isSettled { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw NeverReached(description: "\(id) never came to rest")
    }

    func lastExit(_ id: String) async -> ExitReport? {
        await running.fleet.loop.run { [fleet = running.fleet] in fleet.members[id]?.lastExit }
    }
}
