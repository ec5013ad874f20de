import Glibc
import Wire

/// S56–S62, R64 and R65: logs, configuration, upgrades, the store, other ways in.
extension Case {
    static let operation: [Case] = [
        Case(
            "S56a", "hostile output: huge line, no UTF-8, escapes, no line end: the fleet goes on",
            needs: .fleet
        ) {
            bench throws(Verdict) in
            let fleet = try bench.fleet([TrialPlugin(id: "fault", arguments: ["--hazards"])])
            let shown = try fleet.wait("fault", ["READY"])
            try fleet.waitFor("the last line") { () throws(Verdict) in
                try fleet.show("fault").log.contains { $0.contains("hazards end") }
            }
            let longest = try fleet.show("fault").log.map(\.utf8.count).max() ?? 0
            bench.report("longest kept line \(longest) bytes")
            try require(longest <= 65 << 10, "a line of \(longest) bytes is kept")
            let raw = fleet.log.utf8.filter { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 }
            try require(
                raw.isEmpty, "control bytes reach the coordinator's log: \(Set(raw).sorted())")
            try requireEqual(
                try fleet.show("fault").summary?.pid, shown.summary?.pid, "the process")
        },
        Case(
            "S56b", "a flood of lines delays no call and is counted where it is dropped",
            needs: .fleet, limit: 60
        ) {
            bench throws(Verdict) in
            let fleet = try bench.fleet([TrialPlugin(id: "fault")])
            try fleet.wait("fault", ["READY"])
            let session = try fleet.session()
            let lines = UInt64(bench.count(1_000_000, short: 100_000))
            let flood = try act(session, .floodLog, amount: lines)
            var slowest = Duration.zero
            while !flood.isOver {
                let from = Session.clock.now
                let quick = try session.start(Path.empty, ConformanceV1.Empty())
                try expect(.ok, try session.finished(quick), "a call beside the flood")
                slowest = max(slowest, Session.clock.now - from)
                session.forget(quick)
                try session.idle(.milliseconds(5))
            }
            try expect(.ok, flood.end ?? .lost, "the flood")
            bench.report("\(lines) lines, slowest call beside it \(slowest.shown)")
            try require(slowest < .seconds(1), "a call took \(slowest.shown)")
        },
        Case("S57", "two plugins, two pipes each: no line is torn", needs: .fleet) {
            bench throws(Verdict) in
            let fleet = try bench.fleet(
                ["one", "two"].map {
                    TrialPlugin(id: $0, arguments: ["--silent", "--print", "40000"])
                })
            for id in ["one", "two"] { try fleet.wait(id, ["READY"]) }
            let full = String(repeating: "x", count: 79)
            let lines = fleet.log.split(separator: "\n").filter { $0.contains("xxxxxxxxxx") }
            try require(!lines.isEmpty, "no line of the plugins is in the log")
            let torn = lines.filter { !$0.hasSuffix("] " + full) }
            try require(torn.isEmpty, "torn: \(torn.first ?? "")")
        },
        Case(
            "S58a", "all faults of the coordinator's file at once, each with file and line",
            needs: .fleet
        ) {
            bench throws(Verdict) in
            let fleet = try bench.fleet([TrialPlugin(id: "fault")], starts: false)
            try fleet.start(lines: ["plugin: x", "log_format: xml"], listens: false)
            try requireEqual(try fleet.ended(within: .seconds(10)), 78, "the exit code")
            for wanted in [
                "coordinator.yaml:3: unknown key 'plugin'", "coordinator.yaml:4: 'log_format'",
            ] {
                try require(fleet.log.contains(wanted), "it does not say “\(wanted)”: \(fleet.log)")
            }
        },
        Case("S58b", "all faults of a manifest at once; the others run", needs: .fleet) {
            bench throws(Verdict) in
            let manifest = "schema_version: 2\nexecutabel: x\narguments: 7\n"
            let fleet = try bench.fleet([
                TrialPlugin(id: "bad", manifest: manifest),
                TrialPlugin(id: "good", arguments: ["--silent"]),
            ])
            let reason = try fleet.wait("bad", ["INVALID"]).summary?.reason ?? ""
            let text = reason + fleet.log
            for line in 1...3 {
                try require(
                    text.contains("plugin.yaml:\(line):"), "line \(line) is not named: \(reason)")
            }
            try fleet.wait("good", ["READY"])
        },
        Case("S58c", "a setting that the worker does not know, or refuses: INVALID", needs: .fleet)
        {
            bench throws(Verdict) in
            let fleet = try bench.fleet([
                TrialPlugin(
                    id: "unknown", arguments: ["--silent"], lines: ["config: {nonsense: 1}"]),
                TrialPlugin(
                    id: "refused", arguments: ["--silent", "--problem", "the year is missing"]),
            ])
            let unknown = try fleet.wait("unknown", ["INVALID"]).summary?.reason ?? ""
            try require(unknown.contains("nonsense"), "it says “\(unknown)”")
            let refused = try fleet.wait("refused", ["INVALID"]).summary?.reason ?? ""
            try require(refused.contains("the year is missing"), "it says “\(refused)”")
        },
        Case(
            "S61", "a call that does not end is cancelled when the time to drain is over",
            needs: .fleet
        ) {
            bench throws(Verdict) in
            let fleet = try bench.fleet(
                [TrialPlugin(id: "fault")], limits: ["drain_timeout_ms": 700])
            let former = try fleet.wait("fault", ["READY"]).summary?.pid ?? 0
            let session = try fleet.session()
            let request = ConformanceV1.StreamingOutputRequest.with { request in
                request.replies = (0..<400).map { _ in
                    .with {
                        $0.size = 10
                        $0.intervalMicroseconds = 50_000
                    }
                }
            }
            let call = try session.start(Path.output, request)
            try session.pump("the first reply") { call.messageCount > 0 }
            let start = Session.clock.now
            _ = try session.start(
                AdminV1.Admin.restartPlugin.path,
                AdminV1.RestartPluginRequest.with { $0.id = "fault" })
            let end = try session.finished(call)
            let took = Session.clock.now - start
            bench.report("\(end.status?.name ?? "RESET") after \(took.shown)")
            try require(took >= .milliseconds(600), "it was cancelled after \(took.shown) already")
            try require(end.status != .ok, "it ended with OK")
            try fleet.waitFor("another process") { () throws(Verdict) in
                let shown = try fleet.show("fault").summary
                return shown?.state == "READY" && shown?.pid != former
            }
        },
        Case(
            "S60", "a rolling restart under 500 calls a second fails no call", needs: .fleet,
            limit: 60
        ) {
            bench throws(Verdict) in
            try rollingRestart(bench)
        },
        elsewhere(
            "S59", "a reload with a bad configuration keeps the old generation",
            "the coordinator has no reload yet; CoordinationTests tests it once it has"),
        elsewhere(
            "S62", "a singleton's lease has one holder, an old fence number is refused",
            "leases are not served to workers yet"),
        elsewhere("R64", "mutual TLS", "TransportTests, with certificates made for the test"),
        elsewhere(
            "R65", "gRPC's own cases through the gateway",
            "the gateway's tests, with a stock client"),
    ]

    private static func rollingRestart(_ bench: Bench) throws(Verdict) {
        let fleet = try bench.fleet([TrialPlugin(id: "fault")])
        let former = try fleet.wait("fault", ["READY"]).summary?.pid ?? 0
        let (load, admin) = (try fleet.session(), try fleet.session())
        let begin = Session.clock.now
        let length = Duration.seconds(bench.count(30, short: 4))
        var restarts = 0
        var order: Call?
        var open: [Call] = []
        var (calls, failures) = (0, [String: Int]())
        while Session.clock.now - begin < length || order != nil {
            // 500 a second: as many as are due by now.
            while Double(calls) < (Session.clock.now - begin).seconds * 500, open.count < 100 {
                open.append(
                    try load.start(Path.empty, ConformanceV1.Empty(), timeout: .seconds(20)))
                calls += 1
            }
            try load.idle(.milliseconds(1))
            for call in open where call.isOver {
                if call.end?.status != .ok { failures["\(call.end ?? .lost)", default: 0] += 1 }
                load.forget(call)
            }
            open.removeAll { $0.isOver }
            try admin.idle(.zero)
            if order?.isOver == true { order = nil }
            if order == nil, Session.clock.now - begin < length {
                order = try admin.start(
                    AdminV1.Admin.restartPlugin.path,
                    AdminV1.RestartPluginRequest.with { $0.id = "fault" })
                restarts += 1
            }
        }
        bench.report("\(calls) calls, \(restarts) restarts")
        let rate = Double(calls) / (Session.clock.now - begin).seconds
        try require(failures.isEmpty, "of \(calls) calls failed \(failures)")
        try require(rate > 400, "only \(Int(rate)) calls a second were made")
        let now = try fleet.wait("fault", ["READY"]).summary?.pid
        try require(now != former, "the plugin was not restarted")
    }
}
