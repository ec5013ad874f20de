import Glibc
import Wire

/// S47–S55: deaths of workers and coordinators.
extension Case {
    static let supervision: [Case] =
        coordinatorKills + workerFaults + [
            elsewhere(
                "S51", "dependents of a dead plugin are restarted in order",
                "manifests have no depends_on yet"),
            elsewhere(
                "S52", "the thread that spawns never ends",
                "not seen from outside; CoordinationTests/ProcessTests and SpawnerTests hold a worker past its spawner"
            ),
            Case(
                "S53a", "no descriptors left: the coordinator lives and says why", needs: .fleet,
                limit: 60
            ) {
                bench throws(Verdict) in
                let plugins = (1...12).map { TrialPlugin(id: "p\($0)", arguments: ["--silent"]) }
                let fleet = try bench.fleet(plugins, starts: false)
                try fleet.start(limits: ["backoff_base_ms": 100], openFiles: 60)
                try fleet.waitFor("a plugin without descriptors") {
                    () throws(Verdict) in fleet.log.contains("descriptors")
                }
                try require(ProcessTable.isAlive(fleet.processID), "the coordinator has died")
                try requireEqual(try fleet.stop(), 0, "the coordinator's exit")
                try fleet.expectNobody(within: .seconds(2))
            },
            elsewhere(
                "S53b", "disk full",
                "needs a file system of its own to fill, which a test run may not mount"),
            elsewhere(
                "S53c", "a worker killed for want of memory",
                "the kernel's SIGKILL is the one of S48b; the limit itself needs a control group"),
            Case(
                "S54", "a stale lock with a pid that another process has: it is left alone",
                needs: .fleet
            ) {
                bench throws(Verdict) in
                let bystander = try ProcessTable.start("exec sleep 60")
                let fleet = try bench.fleet([TrialPlugin(id: "fault")], starts: false)
                for part in [fleet.data, fleet.data + "/run"] { mkdir(part, 0o700) }
                let boot =
                    readFile("/proc/sys/kernel/random/boot_id").split(separator: "\n").first ?? ""
                try writeFile(
                    fleet.data + "/run/fault.lock", "\(bystander) 12345 \(boot)\n", mode: 0o600)
                try fleet.start()
                try fleet.wait("fault", ["READY"])
                try require(ProcessTable.isAlive(bystander), "the bystander was killed")
                try requireEqual(try fleet.stop(), 0, "the coordinator's exit")
                try require(ProcessTable.isAlive(bystander), "the bystander was killed at the end")
            },
            elsewhere(
                "S55", "jumps of the clock",
                "needs the right to set the clock; every period is counted on the "
                    + "monotonic clock, and FleetSimulationTests runs on a clock of its own"),
        ]

    // MARK: The coordinator is killed

    private static let coordinatorKills: [Case] = [
        coordinatorKill("S47a", "STARTING", ["--delay", "3000"]),
        coordinatorKill("S47b", "CONFIGURING", ["--configure", "3000"]),
        coordinatorKill("S47c", "READY", []),
        coordinatorKill("S47d", "BACKOFF", ["--exit", "1"]),
        Case(
            "S47e", "kill -9 of the coordinator while a worker is STOPPING", needs: .fleet,
            limit: 40
        ) {
            bench throws(Verdict) in
            let fleet = try bench.fleet([TrialPlugin(id: "fault", arguments: ["--deaf"])])
            try fleet.wait("fault", ["READY"])
            let session = try fleet.session()
            _ = try session.start(
                AdminV1.Admin.restartPlugin.path,
                AdminV1.RestartPluginRequest.with { $0.id = "fault" })
            try fleet.wait("fault", ["STOPPING"])
            try fleet.killCoordinator()
            // Deaf to everything but SIGKILL: the next coordinator ends it.
            try fleet.write(TrialPlugin(id: "fault"))
            try fleet.start()
            try fleet.wait("fault", ["READY"])
            try requireEqual(try fleet.stop(), 0, "the coordinator's exit")
            try fleet.expectNobody(within: .seconds(6))
        },
        Case(
            "S47f", "kill -9 of the coordinator while a worker is DRAINING", needs: .fleet,
            limit: 40
        ) {
            bench throws(Verdict) in
            let fleet = try bench.fleet([TrialPlugin(id: "fault")])
            try fleet.wait("fault", ["READY"])
            let session = try fleet.session()
            _ = try session.start(
                Path.sleep, ConformanceV1.SleepRequest.with { $0.milliseconds = 20_000 })
            try session.idle(.milliseconds(100))
            _ = try session.start(
                AdminV1.Admin.restartPlugin.path,
                AdminV1.RestartPluginRequest.with { $0.id = "fault" })
            try fleet.wait("fault", ["DRAINING"])
            try killAndStartAgain(bench, fleet)
        },
    ]

    private static func coordinatorKill(
        _ id: String, _ state: String, _ arguments: [String]
    ) -> Case {
        Case(
            id, "kill -9 of the coordinator while a worker is \(state): it is gone ≤ 6 s later",
            needs: .fleet, limit: 40
        ) {
            bench throws(Verdict) in
            let fleet = try bench.fleet(
                [TrialPlugin(id: "fault", arguments: arguments)], limits: ["backoff_base_ms": 5000])
            try fleet.wait("fault", [state])
            try killAndStartAgain(bench, fleet)
        }
    }

    private static func killAndStartAgain(_ bench: Bench, _ fleet: TrialFleet) throws(Verdict) {
        let start = Session.clock.now
        try fleet.killCoordinator()
        try fleet.expectNobody(within: .seconds(6))
        bench.report("all gone after \((Session.clock.now - start).shown)")
        try fleet.write(TrialPlugin(id: "fault"))
        try fleet.start()
        try fleet.wait("fault", ["READY"])
        try requireEqual(try fleet.stop(), 0, "the coordinator's exit")
        try fleet.expectNobody(within: .seconds(2))
    }

    // MARK: Workers die or hang

    private static let workerFaults: [Case] = [
        Case("S48a", "SIGSTOP of a worker: found, killed, replaced", needs: .fleet, limit: 60) {
            bench throws(Verdict) in
            let fleet = try bench.fleet(
                [TrialPlugin(id: "fault")],
                limits: ["shutdown_grace_ms": 500, "terminate_grace_ms": 500])
            let former = try fleet.wait("fault", ["READY"]).summary?.pid ?? 0
            let start = Session.clock.now
            kill(former, SIGSTOP)
            try fleet.waitFor("another process", within: .seconds(40)) { () throws(Verdict) in
                let shown = try fleet.show("fault").summary
                return shown?.state == "READY" && shown?.pid != former
            }
            bench.report("replaced after \((Session.clock.now - start).shown)")
            try require(!ProcessTable.isAlive(former), "the frozen process is still there")
        },
        Case("S48b", "SIGKILL of a worker: reported with its signal, replaced", needs: .fleet) {
            bench throws(Verdict) in
            let fleet = try bench.fleet([TrialPlugin(id: "fault")])
            let former = try fleet.wait("fault", ["READY"]).summary?.pid ?? 0
            kill(former, SIGKILL)
            try fleet.waitFor("another process") { () throws(Verdict) in
                let shown = try fleet.show("fault").summary
                return shown?.state == "READY" && shown?.pid != former
            }
            let how = try fleet.show("fault").lastExit?.how ?? ""
            try require(how.contains("SIGKILL"), "the report says “\(how)”")
        },
        Case("S48c", "SIGSTOP shorter than the keepalive harms nothing", needs: .fleet, limit: 40) {
            bench throws(Verdict) in
            let fleet = try bench.fleet([TrialPlugin(id: "fault")])
            let pid = try fleet.wait("fault", ["READY"]).summary?.pid ?? 0
            let session = try fleet.session()
            let call = try session.start(
                Path.sleep, ConformanceV1.SleepRequest.with { $0.milliseconds = 100 })
            kill(pid, SIGSTOP)
            pause(.seconds(2))
            kill(pid, SIGCONT)
            try expect(.ok, try session.finished(call), "the call")
            try requireEqual(try fleet.show("fault").summary?.pid, pid, "the process")
        },
        Case(
            "S49", "a crash loop: growing delays with jitter, quarantine, a probe later",
            needs: .fleet, limit: 60
        ) {
            bench throws(Verdict) in
            try crashLoop(bench)
        },
        Case(
            "S50", "all plugins crash together: no more than two start at once", needs: .fleet,
            limit: 60
        ) {
            bench throws(Verdict) in
            try massCrash(bench)
        },
    ]

    private static func crashLoop(_ bench: Bench) throws(Verdict) {
        let fleet = try bench.fleet(
            [TrialPlugin(id: "fault", arguments: ["--exit", "3"])],
            limits: ["backoff_base_ms": 100, "probe_base_ms": 1000, "failure_window_ms": 60_000])
        try fleet.wait("fault", ["QUARANTINED"], within: .seconds(30))
        let starts = moments(in: fleet.log, "STARTING")
        try requireEqual(starts.count, 6, "starts before quarantine")
        let delays = zip(starts.dropFirst(), starts).map { $0 - $1 }
        bench.report("delays " + delays.map { "\($0)" }.joined(separator: ", ") + " ms")
        for (number, delay) in delays.enumerated() {
            let base = 100 << number
            try require(
                delay >= base * 8 / 10, "delay \(number + 1) is \(delay) ms, under \(base) − 20 %")
            try require(delay <= base * 12 / 10 + 1500, "delay \(number + 1) is \(delay) ms")
        }
        try fleet.waitFor("the probe", within: .seconds(20)) { () throws(Verdict) in
            moments(in: fleet.log, "STARTING").count > 6
        }
    }

    /// Milliseconds of the day at which the log has a line with that word.
    private static func moments(in log: String, _ word: String) -> [Int] {
        log.split(separator: "\n").filter { $0.contains("] \(word)") }.compactMap { line in
            let time = line.split(separator: "T").dropFirst().first?.prefix(12) ?? ""
            let parts = time.split(whereSeparator: { $0 == ":" || $0 == "." }).compactMap {
                Int($0)
            }
            guard parts.count == 4 else { return nil }
            return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000 + parts[3]
        }
    }

    private static func massCrash(_ bench: Bench) throws(Verdict) {
        let ids = (1...6).map { "p\($0)" }
        let fleet = try bench.fleet(
            ids.map { TrialPlugin(id: $0, arguments: ["--silent", "--configure", "300"]) })
        var pids: [Int32] = []
        for id in ids { pids.append(try fleet.wait(id, ["READY"]).summary?.pid ?? 0) }
        for pid in pids { kill(pid, SIGKILL) }
        var most = 0
        try fleet.waitFor("all to be back", within: .seconds(30)) { () throws(Verdict) in
            let plugins = try fleet.ask(AdminV1.Admin.status, AdminV1.StatusRequest()).plugins
            let processes = plugins.filter {
                $0.pid != 0 && ["STARTING", "CONFIGURING"].contains($0.state)
            }
            most = max(most, processes.count)
            return plugins.allSatisfy { $0.state == "READY" && !pids.contains($0.pid) }
        }
        bench.report("at most \(most) at once")
        try require(most <= 2, "\(most) were starting at the same time")
        try requireEqual(try fleet.stop(), 0, "the coordinator's exit")
        try fleet.expectNobody(within: .seconds(2))
    }
}
