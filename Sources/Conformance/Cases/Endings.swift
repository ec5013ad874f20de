import Wire

/// C21–C23: cancellation and deadlines.
extension Case {
    static let endings: [Case] =
        [
            Case("C21a", "cancel_after_begin", needs: .service) { bench throws(Verdict) in
                let session = try bench.ready()
                let call = try session.open(Path.input)
                try session.cancel(call)
                try session.idle(.milliseconds(50))
                try requireEqual(session.strays.map(\.kind), [], "answers to a cancelled call")
                try expectUnimplemented(session)
            },
            Case("C21b", "cancel_after_first_response", needs: .service) { bench throws(Verdict) in
                let session = try bench.ready()
                let call = try session.open(Path.duplex)
                try session.write(call, outputs([31415]))
                try session.pump("the first reply") { call.messageCount == 1 }
                try session.cancel(call)
                try expectUnimplemented(session)
            },
            Case("C21c", "the handler sees the cancellation within 100 ms", needs: .service) {
                bench throws(Verdict) in
                try cancelled(bench, inStatement: false)
            },
            Case("C21d", "a cancelled statement of SQLite is interrupted", needs: .service) {
                bench throws(Verdict) in
                try cancelled(bench, inStatement: true)
            },
            Case("C21e", "the end of a connection cancels its handlers", needs: .servingListener) {
                bench throws(Verdict) in
                let watcher = try bench.ready()
                let tag = "lost-\(UInt32.random(in: 0 ... .max))"
                do {
                    let session = try bench.ready()
                    _ = try session.start(Path.sleep, sleep(tag, 20_000))
                    try started(watcher, tag)
                    session.socket.closeWriting()
                    try session.socket.waitForEnd(within: .seconds(5))
                }
                _ = try seen(watcher, tag, within: .seconds(2))
            },
        ] + deadlines

    private static func sleep(_ tag: String, _ milliseconds: UInt32) -> ConformanceV1.SleepRequest {
        .with {
            $0.tag = tag
            $0.milliseconds = milliseconds
        }
    }

    private static func cancelled(_ bench: Bench, inStatement: Bool) throws(Verdict) {
        let session = try bench.ready()
        let tag = "cancel-\(UInt32.random(in: 0 ... .max))"
        var request = sleep(tag, 20_000)
        request.inStatement = inStatement
        let call = try session.start(Path.sleep, request)
        try started(session, tag)
        if call.end?.status == .unimplemented { throw .skipped("the peer runs no statements") }
        try session.cancel(call)
        let from = Session.clock.now
        let report = try seen(session, tag, within: .seconds(3))
        let took = Session.clock.now - from - .nanoseconds(Int64(report.sinceCancelledNs))
        bench.report(took.shown)
        try require(took < .milliseconds(100), "the handler saw it after \(took.shown)")
    }

    private static func started(_ session: Session, _ tag: String) throws(Verdict) {
        let end = Session.clock.now + .seconds(5)
        while Session.clock.now < end {
            if try observe(session, tag).started > 0 { return }
            try session.idle(.milliseconds(2))
        }
        throw .failed("the handler did not begin")
    }

    private static func seen(
        _ session: Session, _ tag: String, within limit: Duration
    ) throws(Verdict) -> ConformanceV1.ObserveReply {
        let end = Session.clock.now + limit
        while Session.clock.now < end {
            let report = try observe(session, tag)
            if report.cancelled > 0 { return report }
            try session.idle(.milliseconds(2))
        }
        throw .failed("the handler did not see the cancellation within \(limit.shown)")
    }

    private static let deadlines: [Case] = [
        Case("C22a", "timeout_on_sleeping_server", needs: .service) { bench throws(Verdict) in
            let session = try bench.ready()
            let start = Session.clock.now
            let call = try session.start(
                Path.sleep, sleep("", 20_000), timeout: .milliseconds(150))
            try expect(.deadlineExceeded, try session.finished(call), "the call")
            let took = Session.clock.now - start
            bench.report(took.shown)
            try require(took < .seconds(2), "it took \(took.shown)")
        },
        Case("C22b", "a deadline that has passed when it is sent", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.start(
                Path.sleep, sleep("", 20_000), timeout: .nanoseconds(1))
            try expect(.deadlineExceeded, try session.finished(call), "the call")
        },
        Case(
            "C22c", "deadline and reply race 10,000 times: one outcome each", needs: .service,
            limit: 60
        ) { bench throws(Verdict) in
            try race(bench)
        },
        Case("C23a", "a nested call inherits the caller's shorter deadline", needs: .service) {
            bench throws(Verdict) in
            try nested(bench, outer: .seconds(5), inner: .seconds(60), atMost: .seconds(5))
        },
        Case("C23b", "a nested call keeps its own shorter deadline", needs: .service) {
            bench throws(Verdict) in
            try nested(bench, outer: .seconds(60), inner: .seconds(5), atMost: .seconds(5))
        },
    ]

    private static func race(_ bench: Bench) throws(Verdict) {
        let session = try bench.ready()
        let rounds = bench.count(10_000, short: 2_000)
        var dice = Dice(seed: 22)
        var outcomes: [String: Int] = [:]
        var open: [Call] = []
        for number in 0..<rounds {
            let timeout = Duration.microseconds(1 + dice.below(30_000))
            open.append(
                try session.start(Path.empty, ConformanceV1.Empty(), timeout: timeout))
            guard open.count == 64 || number == rounds - 1 else { continue }
            for call in open {
                let end = try session.finished(call)
                outcomes[end.status?.name ?? "\(end)", default: 0] += 1
            }
            // Whatever else comes for these streams now is a second outcome, and noted as broken.
            try session.idle(.milliseconds(1))
            open.forEach(session.forget)
            open = []
        }
        bench.report(
            outcomes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(
                separator: ", "))
        let wrong = outcomes.keys.filter { $0 != "OK" && $0 != "DEADLINE_EXCEEDED" }
        try require(wrong.isEmpty, "outcomes \(outcomes)")
    }

    private static func nested(
        _ bench: Bench, outer: Duration, inner: Duration, atMost limit: Duration
    ) throws(Verdict) {
        let session = try bench.ready()
        let request = ConformanceV1.NestRequest.with {
            $0.path = Path.sleep
            $0.sleep = .with { $0.milliseconds = 1 }
            $0.timeoutNs = UInt64(inner.seconds * 1e9)
        }
        let call = try session.start(Path.nest, request, timeout: outer)
        var remaining: UInt64 = 0
        if bench.address.isWorker {
            try session.pump("the nested call") {
                call.isOver || session.peerCalls.values.contains { $0.headers.path == Path.sleep }
            }
            if call.end?.status == .unimplemented { throw .skipped("the peer nests no calls") }
            remaining = session.peerCalls.values.first?.headers.timeoutNs ?? 0
        } else {
            let end = try session.finished(call)
            if end.status == .unimplemented { throw .skipped("the peer nests no calls") }
            try expect(.ok, end, "the outer call")
            let reply = try decoded(call.messages.first ?? [], as: ConformanceV1.NestReply.self)
            try requireEqual(reply.code, 0, "the nested call \(reply.message)")
            remaining = reply.remainingNs
        }
        let left = Duration.nanoseconds(Int64(clamping: remaining))
        bench.report("\(left.shown) were left")
        try require(left > .zero && left <= limit, "the nested call had \(left.shown) left")
    }
}

/// What became of the sleeps of a tag; of all with "".
func observe(_ session: Session, _ tag: String) throws(Verdict) -> ConformanceV1.ObserveReply {
    let call = try session.start(Path.observe, ConformanceV1.ObserveRequest.with { $0.tag = tag })
    let end = try session.finished(call)
    try expect(.ok, end, "Observe")
    defer { session.forget(call) }
    return try decoded(call.messages.first ?? [])
}
