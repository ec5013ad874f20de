import Glibc
import Testing
import Transport
import Wire

@testable import Coordination

private let worker = "executable: caodiem-test-worker\n"

@Suite(.serialized) struct FleetTests {
    @Test func aCallTravelsToTheWorkerAndBack() async throws {
        let fleet = try await TestFleet(["echo": worker + "arguments: [--attribute, law_book=a]"])
        try await fleet.reach(.ready, "echo")
        let client = try await fleet.connect()
        var forged = WireV1.MetadataEntry()
        forged.key = "caodiem-principal"
        forged.value = Array("uid:0".utf8)
        let reply = try await TestFleet.say(client, "Say", "xin chào", metadata: [forged])
        #expect(reply.value == "xin chào")
        let stamp = reply.key.split(separator: "\n").map { $0.split(separator: "=")[0] }
        #expect(
            stamp == [
                "caodiem-principal", "caodiem-access", "caodiem-received-on",
                "caodiem-received-at", "caodiem-request-id",
            ])
        #expect(reply.key.hasPrefix("caodiem-principal=uid:\(getuid())\n"))
        let status = try await client.unary(AdminV1.Admin.status, AdminV1.StatusRequest())
        #expect(status.ready)
        #expect(status.storeSchema == 7)
        #expect(status.attributes.map(\.value) == ["a"])
        var show = AdminV1.ShowPluginRequest()
        show.id = "echo"
        let shown = try await client.unary(AdminV1.Admin.showPlugin, show)
        #expect(shown.calls == 1)
        #expect(shown.services == ["test.v1.Echo"])
        #expect(shown.settings.map(\.key) == ["store"])
        client.close()
        await fleet.stop()
    }

    @Test func refusalsNameWhatIsMissing() async throws {
        let fleet = try await TestFleet(["echo": worker])
        try await fleet.reach(.ready, "echo")
        let client = try await fleet.connect()
        for (service, method, message) in [
            ("no.Such", "Say", "no plugin serves no.Such"),
            ("test.v1.Echo", "Nope", "the method /test.v1.Echo/Nope is not served here"),
            ("caodiem.admin.v1.Admin", "Nope", "caodiem.admin.v1.Admin has no method Nope"),
        ] {
            do {
                _ = try await TestFleet.say(client, method, service: service)
                Issue.record("\(service)/\(method) was answered")
            } catch {
                #expect(error.code == .unimplemented)
                #expect(error.message == message)
            }
        }
        client.close()
        await fleet.stop()
    }

    @Test(arguments: [
        (1 << 14, 1 << 18), (1 << 18, 1 << 14), (1 << 18, 1 << 18), (1 << 20, 1 << 16),
        (1 << 16, 1 << 20),
    ])
    func creditPassesThroughForAnyWindows(client: Int, worker window: Int) async throws {
        let fleet = try await TestFleet([
            "echo": worker + "arguments: [--window, \"\(window)\"]"
        ])
        try await fleet.reach(.ready, "echo")
        let channel = try await fleet.connect(window: client)
        let large = String(repeating: "đ", count: 1_000_000)
        let reply = try await TestFleet.say(channel, "Say", large, timeout: .seconds(20))
        #expect(reply.value == large)
        var request = PluginV1.Setting()
        request.key = "300"
        request.value = "9000"
        let stream = Method<PluginV1.Setting, PluginV1.Setting>(
            path: "/test.v1.Echo/Stream", kind: .serverStreaming, idempotency: .unknown)
        var seen = 0
        try await channel.serverStream(stream, request, timeout: .seconds(20)) { reply in
            #expect(reply.key == "\(seen)" && reply.value.utf8.count == 9000)
            seen += 1
        }
        #expect(seen == 300)
        channel.close()
        await fleet.stop()
    }

    @Test func theClientsCancelReachesTheWorker() async throws {
        let fleet = try await TestFleet(["echo": worker])
        try await fleet.reach(.ready, "echo")
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
        call.cancel()
        #expect(await call.value?.code == .cancelled)
        try await fleet.logs("cancelled A", of: "echo")
        do {
            _ = try await TestFleet.say(client, "Sleep", "B", timeout: .milliseconds(100))
        } catch {
            #expect(error.code == .deadlineExceeded)
        }
        try await fleet.logs("cancelled B", of: "echo")
        client.close()
        await fleet.stop()
    }

    @Test func aWorkersDeathEndsItsCallsAndItComesBack() async throws {
        let fleet = try await TestFleet(["echo": worker])
        try await fleet.reach(.ready, "echo")
        let client = try await fleet.connect()
        do {
            _ = try await TestFleet.say(client, "Exit", "3")
            Issue.record("the call outlived its worker")
        } catch {
            #expect(error.code == .unavailable)
            #expect(error.reason == "WORKER_LOST")
        }
        try await fleet.reach(.ready, "echo")
        var show = AdminV1.ShowPluginRequest()
        show.id = "echo"
        let shown = try await client.unary(AdminV1.Admin.showPlugin, show)
        #expect(shown.lastExit?.how == "exit 3")
        #expect(shown.summary?.restarts == 1)
        #expect(shown.failedCalls == 1)
        client.close()
        await fleet.stop()
        let states = await fleet.journal.events.map(\.state)
        #expect(states.contains("BACKOFF"))
    }

    @Test func aRestartGivesANewProcess() async throws {
        let fleet = try await TestFleet(["echo": worker])
        try await fleet.reach(.ready, "echo")
        let before = try await fleet.summary("echo").pid
        let client = try await fleet.connect()
        let sleeping = Task { () -> Failure? in
            do throws(Failure) {
                _ = try await TestFleet.say(client, "Sleep", "A")
                return nil
            } catch {
                return error
            }
        }
        try await fleet.logs("sleeps, ", of: "echo")
        var request = AdminV1.RestartPluginRequest()
        request.id = "echo"
        let reply = try await client.unary(AdminV1.Admin.restartPlugin, request)
        #expect(reply.summary?.state == "READY")
        #expect(reply.summary?.pid != before)
        #expect(kill(before, 0) != 0)
        #expect(await sleeping.value?.reason == "PLUGIN_DRAINING")
        try await fleet.logs("asked to shut down", of: "echo")
        request.id = "ech"
        await #expect(throws: Failure.unknownPlugin("ech", known: ["echo"])) {
            try await client.unary(AdminV1.Admin.restartPlugin, request)
        }
        client.close()
        await fleet.stop()
    }

    @Test func whatCannotWorkIsInvalidAndTheOthersRun() async throws {
        // One at a time, so that it is known who comes first.
        var limits = TestFleet.limits
        limits.concurrentStarts = 1
        let fleet = try await TestFleet(
            [
                "a-good": worker + "arguments: [--attribute, law_book=a]",
                "b-differs": worker
                    + "arguments: [--service, b.B, --attribute, law_book=b]",
                "c-clash": worker,
                "d-config": worker + "arguments: [--service, d.D]\nconfig: {colour: red}",
                "e-refuses": worker + "arguments: [--service, e.E, --problem, no store]",
                "f-manifest": "executable: caodiem-test-worker\ncolour: x",
                "g-78": "executable: refuse.sh",
                "g-schema": worker + "arguments: [--service, s.S, --schema, \"6\"]",
                "h-off": worker + "arguments: [--service, h.H]",
            ], scripts: ["g-78/refuse.sh": "echo no licence >&2\nexit 78\n"],
            disabled: ["h-off"], limits: limits)
        try await fleet.reach(.ready, "a-good")
        for id in [
            "b-differs", "c-clash", "d-config", "e-refuses", "f-manifest", "g-78", "g-schema",
        ] {
            try await fleet.reach(.invalid, id)
        }
        func reason(_ id: String) async throws -> String { try await fleet.summary(id).reason }
        #expect(
            try await reason("b-differs")
                == "law_book differs over the fleet: plugin b-differs has b, plugin a-good has a; "
                + "bring both to one version")
        #expect(
            try await reason("c-clash")
                == "service test.v1.Echo is claimed by plugins a-good and c-clash; "
                + "remove one of them and restart the other")
        #expect(
            try await reason("d-config").hasSuffix(
                "config key 'colour' is not known to plugin d-config; known keys: none"))
        #expect(try await reason("e-refuses") == "refuses its settings: no store")
        #expect(
            try await reason("f-manifest").contains(
                "f-manifest/plugin.yaml:3: unknown key 'colour' in the file; "))
        #expect(try await reason("g-78").hasPrefix("exit 78"))
        #expect(
            try await reason("g-schema")
                == "the store has schema 7, the worker knows 6 to 6; install one version of both")
        #expect(try await fleet.summary("h-off").state == "DISABLED")
        let client = try await fleet.connect()
        #expect(try await TestFleet.say(client, "Say", "x").value == "x")
        var show = AdminV1.ShowPluginRequest()
        show.id = "g-78"
        let shown = try await client.unary(AdminV1.Admin.showPlugin, show)
        #expect(shown.lastExit?.lastLines == ["no licence"])
        client.close()
        await fleet.stop()
    }
}

extension TestFleet {
    /// Waits for a line in a plugin's log.
    func logs(_ text: String, of id: String) async throws {
        let end = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < end {
            let lines = await running.fleet.loop.run { [fleet = running.fleet] in
                fleet.members[id]?.log.lines ?? []
            }
            if lines.contains(where: { $0.contains(text) }) { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw NeverReached(description: "\(id) never wrote “\(text)”")
    }
}
