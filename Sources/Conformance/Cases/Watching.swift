import Glibc
import Wire

/// S48d, S48e and S51: processes that live and are not well, and those that depend on them.
extension Case {
    static func blockedPool(_ bench: Bench) throws(Verdict) {
        let fleet = try bench.fleet([TrialPlugin(id: "fault")], limits: ["beat_interval_ms": 500])
        let former = try fleet.wait("fault", ["READY"]).summary?.pid ?? 0
        pause(.seconds(2))
        try requireEqual(try fleet.show("fault").summary?.pid, former, "a process that beats")
        let session = try fleet.session()
        let start = Session.clock.now
        _ = try act(session, .blockPool, amount: 60_000)
        try fleet.waitFor("another process", within: .seconds(20)) { () throws(Verdict) in
            let shown = try fleet.show("fault").summary
            return shown?.state == "READY" && shown?.pid != former
        }
        bench.report("replaced after \((Session.clock.now - start).shown)")
    }

    static func notServing(_ bench: Bench) throws(Verdict) {
        let fleet = try bench.fleet([TrialPlugin(id: "fault")])
        let former = try fleet.wait("fault", ["READY"]).summary?.pid
        let session = try fleet.session()
        let running = try session.start(
            Path.sleep, ConformanceV1.SleepRequest.with { $0.milliseconds = 1500 })
        _ = try session.finished(try act(session, .health, amount: 0))
        try requireEqual(try fleet.wait("fault", ["DEGRADED"]).summary?.pid, former, "the process")
        let call = try session.start(
            Path.empty, ConformanceV1.Empty(), timeout: .milliseconds(8000))
        try expect(.unavailable, try session.finished(call), "a new call")
        try expect(.ok, try session.finished(running), "the running call")
    }

    static func dependencyDies(_ bench: Bench) throws(Verdict) {
        let fleet = try bench.fleet([
            TrialPlugin(id: "base", arguments: ["--silent", "--configure", "300"]),
            TrialPlugin(id: "upper", arguments: ["--silent"], lines: ["depends_on: [base]"]),
        ])
        let upper = try fleet.wait("upper", ["READY"]).summary?.pid
        let base = try fleet.wait("base", ["READY"]).summary?.pid ?? 0
        kill(base, SIGKILL)
        try fleet.waitFor("both to be replaced") { () throws(Verdict) in
            let (one, two) = (try fleet.show("base").summary, try fleet.show("upper").summary)
            return one?.state == "READY" && two?.state == "READY" && one?.pid != base
                && two?.pid != upper
        }
        let lines = fleet.log.split(separator: "\n")
        let last = lines.lastIndex { $0.contains(" base[") && $0.contains(" READY") }
        let began = lines.lastIndex { $0.contains(" upper[") && $0.contains(" CONFIGURING") }
        guard let last, let began else { throw .failed("the log does not tell the order") }
        try require(last < began, "the dependent was configured before its dependency was READY")
    }
}
