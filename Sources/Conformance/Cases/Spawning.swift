import Glibc
import Wire

/// S40–S46: how workers are started and ended.
extension Case {
    static let spawning: [Case] =
        executables + starts + [
            Case(
                "S44", "a grandchild that keeps 1, 2, 3 and ignores SIGTERM: nothing is left",
                needs: .fleet, limit: 60
            ) {
                bench throws(Verdict) in
                try offspring(bench, .grandchild)
            },
            Case(
                "S45", "a daemon out of group and session: adopted, killed, reaped", needs: .fleet,
                limit: 60
            ) {
                bench throws(Verdict) in
                try offspring(bench, .daemon)
            },
            Case("S46", "a worker is born with descriptors 0 to 3 only", needs: .fleet) {
                bench throws(Verdict) in
                let fleet = try bench.fleet([TrialPlugin(id: "fault")])
                try fleet.wait("fault", ["READY"])
                let session = try fleet.session()
                let call = try act(session, .listDescriptors)
                try expect(.ok, try session.finished(call), "the call")
                let reply = try decoded(
                    call.messages.first ?? [], as: ConformanceV1.MisbehaveReply.self)
                try requireEqual(reply.numbers, [0, 1, 2, 3], "descriptors")
            },
        ]

    // MARK: Executables that cannot be

    private static let executables: [Case] = [
        badExecutable("S40a", "missing") { fleet throws(Verdict) in fleet.folder + "/nothing-here"
        },
        badExecutable("S40b", "not executable") { fleet throws(Verdict) in
            try script(fleet, "#!/bin/sh\nexit 0\n", mode: 0o644)
        },
        badExecutable("S40c", "of another machine") { fleet throws(Verdict) in
            // An ELF header for a machine that this is not (IBM S/390), and nothing behind it.
            var header: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 2, 1, 0]
            header += [UInt8](repeating: 0, count: 8) + [0, 2, 0, 22, 0, 0, 0, 1]
            header += [UInt8](repeating: 0, count: 40)
            let path = fleet.folder + "/worker"
            try writeFile(path, bytes: header, mode: 0o755)
            return path
        },
        badExecutable("S40d", "a script without its first line") { fleet throws(Verdict) in
            try script(fleet, "echo hello\n", mode: 0o755)
        },
        badExecutable("S40g", "writable by everybody") { fleet throws(Verdict) in
            try script(fleet, "#!/bin/sh\nexit 0\n", mode: 0o777)
        },
        Case("S40e", "an executable that is being written: named, the others run", needs: .fleet) {
            bench throws(Verdict) in
            let fleet = try bench.fleet(
                [TrialPlugin(id: "good", arguments: ["--silent"])], starts: false)
            let path = try script(fleet, "#!/bin/sh\nexit 0\n", mode: 0o755)
            let writer = open(path, O_WRONLY)
            defer { close(writer) }
            try fleet.write(TrialPlugin(id: "bad", executable: path))
            try fleet.start()
            try expectRefused(bench, fleet)
        },
        Case("S40f", "a wrong checksum: named, the others run", needs: .fleet) {
            bench throws(Verdict) in
            let sum = String(repeating: "0", count: 64)
            let fleet = try bench.fleet([
                TrialPlugin(id: "good", arguments: ["--silent"]),
                TrialPlugin(id: "bad", lines: ["sha256: '\(sum)'"]),
            ])
            let shown = try fleet.wait("bad", ["INVALID"])
            bench.report(shown.summary?.reason ?? "")
            try fleet.wait("good", ["READY"])
        },
    ]

    private static func badExecutable(
        _ id: String, _ what: String,
        _ make: @escaping @Sendable (TrialFleet) throws(Verdict) -> String
    ) -> Case {
        Case(id, "an executable that is \(what): named, the others run", needs: .fleet) {
            bench throws(Verdict) in
            let fleet = try bench.fleet(
                [TrialPlugin(id: "good", arguments: ["--silent"])], starts: false)
            try fleet.write(TrialPlugin(id: "bad", executable: try make(fleet)))
            try fleet.start()
            try expectRefused(bench, fleet)
        }
    }

    private static func script(
        _ fleet: TrialFleet, _ text: String, mode: mode_t
    ) throws(Verdict) -> String {
        let path = fleet.folder + "/worker"
        try writeFile(path, text, mode: mode)
        return path
    }

    private static func expectRefused(_ bench: Bench, _ fleet: TrialFleet) throws(Verdict) {
        let shown = try fleet.wait(
            "bad", ["INVALID", "BACKOFF", "QUARANTINED"], within: .seconds(4))
        let reason = shown.summary?.reason ?? ""
        bench.report("\(shown.summary?.state ?? ""): \(reason.suffix(100))")
        try require(!reason.isEmpty, "no reason is given")
        try fleet.wait("good", ["READY"])
    }

    // MARK: Starts that go wrong

    private static let starts: [Case] =
        [
            ("a", ["--exit", "0"]), ("b", ["--exit", "1"]), ("c", ["--exit", "78"]),
            ("d", ["--signal", "11"]),
        ]
        .map { letter, arguments in
            Case(
                "S41\(letter)",
                "a worker that ends by \(arguments.joined(separator: " ")) before its preface is seen at once",
                needs: .fleet
            ) { bench throws(Verdict) in try earlyEnd(bench, arguments) }
        } + [
            Case(
                "S42", "1 MiB printed before HELLO: the start succeeds, lines are kept",
                needs: .fleet
            ) {
                bench throws(Verdict) in
                let fleet = try bench.fleet([
                    TrialPlugin(id: "fault", arguments: ["--print", "1048576"])
                ])
                let shown = try fleet.wait("fault", ["READY"])
                let line = String(repeating: "x", count: 79)
                try require(shown.log.contains { $0.hasSuffix(line) }, "none of the lines is kept")
            },
            Case(
                "S43a", "a worker that starts too slowly is ended, and the reason says so",
                needs: .fleet
            ) {
                bench throws(Verdict) in
                let fleet = try bench.fleet(
                    [TrialPlugin(id: "fault", arguments: ["--delay", "20000"])],
                    limits: ["start_timeout_ms": 500, "backoff_base_ms": 5000])
                let shown = try fleet.wait("fault", ["BACKOFF", "QUARANTINED"])
                bench.report(shown.summary?.reason ?? "")
                try requireEqual(try fleet.stop(), 0, "the coordinator's exit")
                try fleet.expectNobody(within: .seconds(2))
            },
            Case("S43b", "a slow start that asks for more time by NOTE gets it", needs: .fleet) {
                bench throws(Verdict) in
                let fleet = try bench.fleet(
                    [TrialPlugin(id: "fault", arguments: ["--configure", "1500", "--notes"])],
                    limits: ["configure_timeout_ms": 600, "backoff_base_ms": 5000])
                let shown = try fleet.wait("fault", ["READY", "BACKOFF", "QUARANTINED"])
                try requireEqual(shown.summary?.state, "READY", "the state")
            },
            Case("S43c", "a worker that is configured too slowly is ended", needs: .fleet) {
                bench throws(Verdict) in
                let fleet = try bench.fleet(
                    [TrialPlugin(id: "fault", arguments: ["--configure", "20000"])],
                    limits: ["configure_timeout_ms": 500, "backoff_base_ms": 5000])
                let shown = try fleet.wait("fault", ["BACKOFF", "QUARANTINED"])
                bench.report(shown.summary?.reason ?? "")
            },
        ] + tokens

    private static func earlyEnd(_ bench: Bench, _ arguments: [String]) throws(Verdict) {
        let fleet = try bench.fleet(
            [TrialPlugin(id: "fault", arguments: arguments)],
            limits: ["backoff_base_ms": 20_000, "backoff_cap_ms": 30_000])
        let shown = try fleet.wait("fault", ["BACKOFF", "INVALID"], within: .seconds(4))
        let state = shown.summary?.state
        try requireEqual(state, arguments == ["--exit", "78"] ? "INVALID" : "BACKOFF", "the state")
        let life = shown.lastExit?.uptimeMilliseconds ?? 0
        bench.report("\(shown.lastExit?.how ?? ""), seen after \(life) ms")
        // Far from the 5 s of the start: the rest is what the machine takes to start a process.
        try require(life < 1000, "it was seen after \(life) ms")
    }

    private static let tokens: [Case] = ["wrong", "absent"].map { kind in
        Case(
            kind == "wrong" ? "C14b" : "C14c", "a worker whose token is \(kind) is refused",
            needs: .fleet
        ) {
            bench throws(Verdict) in
            let fleet = try bench.fleet(
                [TrialPlugin(id: "fault", arguments: ["--token", kind])],
                limits: ["backoff_base_ms": 5000])
            let shown = try fleet.wait("fault", ["BACKOFF", "INVALID", "QUARANTINED"])
            let reason = shown.summary?.reason ?? ""
            bench.report(reason)
            try require(
                (reason + fleet.log).contains("token"), "nothing says that it was the token")
            try requireEqual(try fleet.stop(), 0, "the coordinator's exit")
            try fleet.expectNobody(within: .seconds(2))
        }
    }

    // MARK: Ends

    private static func offspring(_ bench: Bench, _ kind: ConformanceV1.Act) throws(Verdict) {
        let fleet = try bench.fleet(
            [TrialPlugin(id: "fault")],
            limits: ["shutdown_grace_ms": 1000, "terminate_grace_ms": 1000])
        try fleet.wait("fault", ["READY"])
        let session = try fleet.session()
        let call = try act(session, kind)
        try expect(.ok, try session.finished(call), "the call")
        let reply = try decoded(call.messages.first ?? [], as: ConformanceV1.MisbehaveReply.self)
        guard let pid = reply.numbers.first.map(Int32.init) else { throw .failed("no pid") }
        try require(ProcessTable.isAlive(pid), "the offspring did not live")
        let start = Session.clock.now
        _ = try fleet.ask(AdminV1.Admin.restartPlugin, .with { $0.id = "fault" })
        try fleet.waitFor("process \(pid) to end", within: .seconds(12)) {
            !ProcessTable.isAlive(pid)
        }
        bench.report((Session.clock.now - start).shown)
        try fleet.wait("fault", ["READY"])
        try requireEqual(try fleet.stop(), 0, "the coordinator's exit")
        try fleet.expectNobody(within: .seconds(2))
    }
}
