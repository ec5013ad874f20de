import Glibc
import Wire

/// K1–K3: random kills and stops; what is left must be whole.
extension Case {
    static let storms: [Case] = [
        Case(
            "K1", "random kills and stops of single processes: nothing leaks", needs: .fleet,
            limit: 300
        ) {
            bench throws(Verdict) in
            try singleKills(bench, rounds: bench.count(790, short: 40))
        },
        Case(
            "K2", "kills of the whole fleet: all gone, started again on the same folder",
            needs: .fleet, limit: 300
        ) {
            bench throws(Verdict) in
            try fleetKills(bench, rounds: bench.count(210, short: 10))
        },
        Case(
            "K3", "10,000 kills of a writing process: kept is kept, nothing is half done",
            needs: .fleet, limit: 300
        ) {
            bench throws(Verdict) in
            try writerKills(bench, rounds: bench.count(10_000, short: 150))
        },
        Case(
            "K4",
            "the store's write lock is held for 5 s by another process: all else goes on in time",
            needs: .fleet, limit: 60
        ) { bench throws(Verdict) in
            try lockHeld(bench)
        },
        Case("K5", "a data folder with a path of 200 characters works", needs: .fleet) {
            bench throws(Verdict) in
            let fleet = try bench.fleet([TrialPlugin(id: "fault")], starts: false)
            let start = fleet.folder + "/"
            fleet.data = start + String(repeating: "d", count: 200 - start.utf8.count)
            try requireEqual(fleet.data.utf8.count, 200, "characters")
            try fleet.start()
            try fleet.wait("fault", ["READY"])
            let session = try fleet.session()
            let call = try session.start(Path.empty, ConformanceV1.Empty())
            try expect(.ok, try session.finished(call), "a call")
            try requireEqual(try fleet.stop(), 0, "the coordinator's exit")
            try fleet.expectNobody(within: .seconds(2))
        },
        Case(
            "R63", "four writers, 10,000 IMMEDIATE transactions: no BUSY escapes", needs: .fleet,
            limit: 300
        ) {
            bench throws(Verdict) in
            try fourWriters(bench, each: bench.count(2_500, short: 300))
        },
    ]

    /// Failures and restarts as fast as they come, so that a thousand fit into minutes.
    private static let quickLimits = [
        "backoff_base_ms": 10, "backoff_cap_ms": 100, "failures_allowed": 1000,
        "restart_interval_ms": 1,
        "failure_window_ms": 1, "shutdown_grace_ms": 1000, "terminate_grace_ms": 500,
        "drain_timeout_ms": 500, "shutdown_drain_timeout_ms": 500,
    ]

    // MARK: Single processes

    private static func singleKills(_ bench: Bench, rounds: Int) throws(Verdict) {
        let ids = ["fault", "p1", "p2", "p3"]
        let fleet = try bench.fleet(
            [TrialPlugin(id: "fault")]
                + ids.dropFirst().map { TrialPlugin(id: $0, arguments: ["--silent"]) },
            limits: quickLimits)
        for id in ids { try fleet.wait(id, ["READY"]) }
        // The first death opens what the coordinator keeps open from then on.
        for id in ids {
            let pid = try fleet.wait(id, ["READY"]).summary?.pid ?? 0
            kill(pid, SIGKILL)
            try expectComeback(fleet, id, pid, "SIGKILL")
        }
        let before = try settledDescriptors(fleet)
        var dice = Dice(seed: 66)
        var tally: [String: Int] = [:]
        for _ in 0..<rounds {
            let id = ids[dice.below(ids.count)]
            let pid = try fleet.wait(id, ["READY"], within: .seconds(30)).summary?.pid ?? 0
            let blow = try strike(fleet, id, pid, &dice)
            tally[blow, default: 0] += 1
            try expectComeback(fleet, id, pid, blow)
        }
        for id in ids { try fleet.wait(id, ["READY"], within: .seconds(30)) }
        bench.report(
            tally.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        )
        try expectNothingLeft(fleet, workers: ids.count, descriptors: before)
        try requireEqual(try fleet.stop(), 0, "the coordinator's exit")
        try fleet.expectNobody(within: .seconds(2))
    }

    /// Hits one process at random; says how.
    private static func strike(
        _ fleet: TrialFleet, _ id: String, _ pid: Int32, _ dice: inout Dice
    ) throws(Verdict) -> String {
        switch dice.below(id == "fault" ? 5 : 3) {
        case 0:
            kill(pid, SIGKILL)
            return "SIGKILL"
        case 1:
            kill(pid, SIGTERM)
            return "SIGTERM"
        case 2:
            kill(pid, SIGSTOP)
            pause(.milliseconds(dice.below(200)))
            kill(pid, dice.below(2) == 0 ? SIGCONT : SIGKILL)
            kill(pid, SIGCONT)
            return "SIGSTOP"
        default:
            // A grandchild first, then its parent: the group must go with it.
            let session = try fleet.session()
            let call = try act(session, .grandchild)
            _ = try session.finished(call)
            kill(pid, dice.below(2) == 0 ? SIGKILL : SIGTERM)
            return "grandchild"
        }
    }

    private static func expectComeback(
        _ fleet: TrialFleet, _ id: String, _ former: Int32, _ blow: String
    ) throws(Verdict) {
        if blow == "SIGSTOP", ProcessTable.isAlive(former), ProcessTable.state(of: former) != "T" {
            return
        }
        try fleet.waitFor("process \(former) of \(id) to go after \(blow)", within: .seconds(20)) {
            () throws(Verdict) in
            let shown = try fleet.show(id).summary
            return shown?.state == "READY" && shown?.pid != former
        }
    }

    /// Descriptors of the coordinator once they no longer change.
    private static func settledDescriptors(_ fleet: TrialFleet) throws(Verdict) -> [String] {
        var last: [String] = []
        for _ in 0..<100 {
            let now = ProcessTable.descriptors(of: fleet.processID)
            if now == last { return now }
            last = now
            pause(.milliseconds(200))
        }
        throw .failed("the coordinator's descriptors do not settle: \(last)")
    }

    private static func expectNothingLeft(
        _ fleet: TrialFleet, workers: Int, descriptors before: [String]
    ) throws(Verdict) {
        var left: [Int32] = []
        for _ in 0..<50 {
            for pid in ProcessTable.descendants() where pid != fleet.processID {
                ProcessTable.reap(pid)
            }
            left = ProcessTable.descendants()
            if left.count == workers + 1 { break }
            pause(.milliseconds(100))
        }
        let shown = left.map {
            "\($0) \(ProcessTable.state(of: $0) ?? "?") \(ProcessTable.command(of: $0))"
        }
        try requireEqual(left.count, workers + 1, "processes \(shown)")
        let after = try settledDescriptors(fleet)
        var more = after
        for known in before { if let place = more.firstIndex(of: known) { more.remove(at: place) } }
        try require(
            after.count <= before.count,
            "the coordinator has \(after.count) descriptors, had \(before.count); new: \(more)")
    }

    // MARK: The whole fleet

    private static func fleetKills(_ bench: Bench, rounds: Int) throws(Verdict) {
        let ids = ["fault", "p1", "p2"]
        let fleet = try bench.fleet(
            [TrialPlugin(id: "fault")]
                + ids.dropFirst().map { TrialPlugin(id: $0, arguments: ["--silent"]) },
            starts: false)
        var dice = Dice(seed: 67)
        var slowest = Duration.zero
        for round in 0..<rounds {
            try fleet.start(limits: quickLimits, listens: dice.below(2) == 0)
            pause(.milliseconds(dice.below(250)))
            let start = Session.clock.now
            switch dice.below(4) {
            case 0: _ = try fleet.stop()
            case 1:
                kill(fleet.processID, SIGSTOP)
                pause(.milliseconds(dice.below(100)))
                try fleet.killCoordinator()
            case 2:
                kill(fleet.processID, SIGTERM)
                pause(.milliseconds(dice.below(60)))
                kill(fleet.processID, SIGKILL)
                _ = try fleet.ended(within: .seconds(10))
            default: try fleet.killCoordinator()
            }
            try fleet.expectNobody(within: .seconds(6))
            slowest = max(slowest, Session.clock.now - start)
            if round % 10 == 9 { try expectSound(bench, fleet) }
        }
        bench.report("\(rounds) rounds, slowest end \(slowest.shown)")
        try fleet.start(limits: quickLimits)
        for id in ids { try fleet.wait(id, ["READY"]) }
        try requireEqual(try fleet.stop(), 0, "the coordinator's exit")
        try fleet.expectNobody(within: .seconds(2))
    }

    /// The store opens, and takes a group of rows.
    private static func expectSound(_ bench: Bench, _ fleet: TrialFleet) throws(Verdict) {
        let store = fleet.data + "/store.sqlite"
        guard access(store, F_OK) == 0 else { return }
        let writer = try Writer(try bench.writer(), store: store, name: "sound", count: 1)
        let status = writer.finish(within: .seconds(10))
        try require(
            status == 0 && writer.isDone, "the store takes no more: \(writer.problem ?? "")")
    }

    // MARK: One writer

    private static func writerKills(_ bench: Bench, rounds: Int) throws(Verdict) {
        let fleet = try bench.fleet([], starts: false)
        let store = fleet.folder + "/store.sqlite"
        let program = try bench.writer()
        var dice = Dice(seed: 68)
        var kept = 0
        var acknowledged = 0
        for round in 0..<rounds {
            let writer = try Writer(program, store: store, name: "writer")
            // Anywhere from before its first line to some commits later.
            if dice.below(4) > 0 {
                writer.read(for: .seconds(10)) { writer.found != nil }
            }
            writer.read(for: .microseconds(dice.below(20_000)))
            writer.kill()
            if let problem = writer.problem { throw .failed("round \(round): \(problem)") }
            if let found = writer.found {
                try requireEqual(found.torn, 0, "torn groups after kill \(round)")
                try require(
                    found.last >= kept, "group \(kept) was kept, the store ends at \(found.last)")
                try require(
                    found.last <= kept + 1, "the store has \(found.last), acknowledged was \(kept)")
                kept = found.last
            }
            acknowledged += max(0, writer.acknowledged - kept)
            kept = max(kept, writer.acknowledged)
        }
        let last = try Writer(program, store: store, name: "writer", count: 1)
        try requireEqual(last.finish(within: .seconds(10)), 0, "the last writer")
        try require((last.found?.last ?? -1) >= kept, "group \(kept) is gone")
        bench.report("\(rounds) kills, \(acknowledged) groups acknowledged and kept")
    }

    private static func fourWriters(_ bench: Bench, each: Int) throws(Verdict) {
        let fleet = try bench.fleet([], starts: false)
        let store = fleet.folder + "/store.sqlite"
        let program = try bench.writer()
        let first = try Writer(program, store: store, name: "first", count: 1)
        try requireEqual(first.finish(within: .seconds(10)), 0, "the first writer")
        var writers: [Writer] = []
        for number in 1...4 {
            writers.append(try Writer(program, store: store, name: "w\(number)", count: each))
        }
        let start = Session.clock.now
        for (number, writer) in writers.enumerated() {
            let status = writer.finish(within: .seconds(120))
            try require(
                status == 0 && writer.isDone && writer.acknowledged == each,
                "writer \(number + 1) kept \(writer.acknowledged) of \(each): \(writer.problem ?? "status \(status)")"
            )
        }
        bench.report("\(4 * each) transactions in \((Session.clock.now - start).shown)")
    }

    // MARK: The write lock

    private static func lockHeld(_ bench: Bench) throws(Verdict) {
        let fleet = try bench.fleet([
            TrialPlugin(id: "fault"), TrialPlugin(id: "p1", arguments: ["--silent"]),
        ])
        for id in ["fault", "p1"] { try fleet.wait(id, ["READY"]) }
        let pid = try fleet.show("fault").summary?.pid
        let victim = try fleet.show("p1").summary?.pid ?? 0
        let session = try fleet.session()
        let holder = try Writer(
            try bench.writer(), store: fleet.data + "/store.sqlite", name: "--hold", count: 5000)
        holder.read(for: .seconds(10)) { holder.acknowledged == 1 }
        try requireEqual(holder.acknowledged, 1, "the lock was not taken: \(holder.problem ?? "")")
        let start = Session.clock.now
        // Its death is an event that the coordinator would write down now.
        kill(victim, SIGKILL)
        var slowest = Duration.zero
        while Session.clock.now - start < .milliseconds(4500) {
            slowest = max(slowest, try onTime(fleet, session))
        }
        try require(!holder.isDone, "the lock was let go too early")
        let shown = try fleet.show("p1").summary
        try require(
            shown?.state == "READY" && shown?.pid != victim,
            "the killed plugin is \(shown?.state ?? "")")
        try requireEqual(try fleet.show("fault").summary?.pid, pid, "the other plugin's process")
        bench.report("slowest answer \(slowest.shown)")
        try requireEqual(holder.finish(within: .seconds(10)), 0, "the holder")
        try requireEqual(try fleet.stop(), 0, "the coordinator's exit")
    }

    /// A call, the admin service, a deadline and a cancellation; gives the slowest of them.
    private static func onTime(
        _ fleet: TrialFleet, _ session: Session
    ) throws(Verdict) -> Duration {
        var slowest = Duration.zero
        func timed(
            _ what: String, from least: Duration = .zero, _ body: () throws(Verdict) -> Void
        ) throws(Verdict) {
            let from = Session.clock.now
            try body()
            let took = Session.clock.now - from - least
            try require(took < .milliseconds(500), "\(what) took \(took.shown) longer than it may")
            slowest = max(slowest, took)
        }
        try timed("a call") { () throws(Verdict) in
            let call = try session.start(Path.empty, ConformanceV1.Empty())
            try expect(.ok, try session.finished(call), "a call")
        }
        try timed("status") { () throws(Verdict) in
            _ = try fleet.ask(AdminV1.Admin.status, AdminV1.StatusRequest())
        }
        try timed("a deadline", from: .milliseconds(100)) { () throws(Verdict) in
            let call = try session.start(
                Path.sleep, ConformanceV1.SleepRequest.with { $0.milliseconds = 9000 },
                timeout: .milliseconds(100))
            try expect(.deadlineExceeded, try session.finished(call), "a deadline")
        }
        try timed("a cancellation") { () throws(Verdict) in
            let tag = "lock-\(UInt32.random(in: 0 ... .max))"
            let call = try session.start(
                Path.sleep,
                ConformanceV1.SleepRequest.with {
                    $0.tag = tag
                    $0.milliseconds = 9000
                })
            while try observe(session, tag).started == 0 {}
            try session.cancel(call)
            while try observe(session, tag).cancelled == 0 {}
        }
        return slowest
    }
}
