import Glibc
import Wire

/// C26, C28, C32 and C33: many calls.
extension Case {
    static let pressure: [Case] = [
        Case(
            "C26", "a slow reader on one stream leaves the others' p99 within 2×", needs: .service,
            limit: 60
        ) {
            bench throws(Verdict) in
            try slowReader(bench)
        },
        Case("C28a", "20,000 streams dropped unread: no credit leaks", needs: .service, limit: 60) {
            bench throws(Verdict) in
            let session = try bench.ready()
            try manyStreams(session, bench.count(20_000, short: 4_000)) { number throws(Verdict) in
                let call = try session.start(
                    Path.unary, ConformanceV1.SimpleRequest.with { $0.replySize = 16 << 10 })
                call.grants = false
                call.keepsMessages = false
                return call
            }
            try largeUnary(session)
        },
        Case("C28b", "20,000 requests that nobody reads: no memory leaks", limit: 60) {
            bench throws(Verdict) in
            let session = try bench.session()
            let data = framed([UInt8](repeating: 0, count: 8 << 10))
            try manyStreams(session, bench.count(20_000, short: 4_000)) { number throws(Verdict) in
                let call = session.newCall()
                let bytes = try session.headers(call, Path.nowhere).encoded()
                try session.socket.send(
                    bytes + RawFrame(kind: FrameKind.data, stream: call.id, payload: data).encoded()
                )
                return call
            }
            try expectUnimplemented(session)
        },
        Case("C32a", "one call over max_streams is REFUSED_STREAM", needs: .service) {
            bench throws(Verdict) in
            try tooMany(bench)
        },
        Case(
            "C32b", "rapid open and reset: handlers bounded, a client that floods is sent away",
            needs: .service
        ) {
            bench throws(Verdict) in
            try rapidReset(bench)
        },
        Case(
            "C33", "1000 large_unary, as many at once as the peer takes", needs: .service,
            limit: 120
        ) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let request = ConformanceV1.SimpleRequest.with {
                $0.replySize = 314_159
                $0.payload = payload(271_828)
            }
            let message = framed(try encoded(request))
            let count = bench.count(1_000, short: 150)
            let start = Session.clock.now
            try manyStreams(session, count) { number throws(Verdict) in
                let call = try session.open(Path.unary)
                call.keepsMessages = false
                try session.write(call, bytes: message, end: true)
                return call
            }
            bench.report("\(count) calls in \((Session.clock.now - start).shown)")
        },
    ]

    /// Runs calls, at most 100 at a time, each to its end with OK or UNIMPLEMENTED.
    private static func manyStreams(
        _ session: Session, _ count: Int, _ start: (Int) throws(Verdict) -> Call
    ) throws(Verdict) {
        var open: [Call] = []
        for number in 0..<count {
            open.append(try start(number))
            if open.count >= min(100, session.peerStreams) {
                try conclude(session, open.removeFirst(), number)
            }
        }
        for call in open { try conclude(session, call, count) }
    }

    private static func conclude(
        _ session: Session, _ call: Call, _ number: Int
    ) throws(Verdict) {
        let end = try session.finished(call, within: .seconds(20))
        try require(
            end.status == .ok || end.status == .unimplemented, "call \(number) ended with \(end)")
        session.forget(call)
    }

    private static func slowReader(_ bench: Bench) throws(Verdict) {
        let session = try bench.ready()
        // Warm-up, then the best of three pairs: other processes of the machine disturb too.
        _ = try latencies(session)
        var best = (ratio: Double.infinity, alone: 0.0, beside: 0.0)
        for _ in 0..<3 where best.ratio > 2 {
            let alone = try latencies(session)
            let slow = try session.start(
                Path.output, outputs([Int](repeating: 100_000, count: 50)))
            slow.grants = false
            try session.pump("the slow stream's first bytes") { slow.dataBytes > 0 }
            let beside = try latencies(session)
            try session.cancel(slow)
            if beside / alone < best.ratio { best = (beside / alone, alone, beside) }
        }
        bench.report("p99 \(micro(best.alone)) alone, \(micro(best.beside)) beside a slow reader")
        try require(best.ratio <= 2, "p99 \(micro(best.alone)) alone, \(micro(best.beside)) beside")
    }

    private static func micro(_ seconds: Double) -> String { "\(Int(seconds * 1e6)) µs" }

    /// 99th percentile of calls, 100 at a time on other streams, seconds.
    private static func latencies(_ session: Session) throws(Verdict) -> Double {
        var all: [Double] = []
        let width = min(100, session.peerStreams - 2)
        for _ in 0..<20 {
            var open: [(Call, ContinuousClock.Instant)] = []
            for _ in 0..<width {
                let now = Session.clock.now
                open.append((try session.start(Path.empty, ConformanceV1.Empty()), now))
            }
            for (call, from) in open {
                try expect(.ok, try session.finished(call), "a call")
                all.append((Session.clock.now - from).seconds)
                session.forget(call)
            }
        }
        return all.sorted()[all.count * 99 / 100]
    }

    private static func tooMany(_ bench: Bench) throws(Verdict) {
        let session = try bench.ready()
        var open: [Call] = []
        let request = ConformanceV1.SleepRequest.with { $0.milliseconds = 8_000 }
        for _ in 0..<session.peerStreams { open.append(try session.start(Path.sleep, request)) }
        let over = try session.start(Path.sleep, request)
        try expectReset(try session.finished(over), [Code.refused])
        try require(open.allSatisfy { !$0.isOver }, "a call within the limit was ended")
        // 90 a second: under what counts as a flood.
        for call in open {
            try session.cancel(call)
            try session.idle(.milliseconds(11))
        }
        try expectUnimplemented(session)
    }

    /// A coordinator hangs up on such a client. A worker does not: its coordinator passes on what
    /// all clients cancel. In both no more handlers run than there may be streams.
    private static func rapidReset(_ bench: Bench) throws(Verdict) {
        let session = try bench.ready()
        let watcher = bench.address.isWorker ? session : try bench.ready()
        let tag = "rapid-\(UInt32.random(in: 0 ... .max))"
        let request = ConformanceV1.SleepRequest.with {
            $0.tag = tag
            $0.milliseconds = 2_000
        }
        let most = bench.address.isWorker ? bench.count(20_000, short: 2_000) : 100_000
        var sent = 0
        while sent < most, session.goAways.isEmpty, !session.socket.hasEnded {
            try session.cancel(try session.start(Path.sleep, request))
            sent += 1
            try session.idle(sent % 64 == 0 ? .milliseconds(1) : .zero)
        }
        bench.report("after \(sent) resets")
        if bench.address.isWorker {
            try require(session.goAways.isEmpty, "the worker hung up on its coordinator")
        } else {
            try session.pump("GOAWAY") { !session.goAways.isEmpty }
            try requireEqual(session.goAways.first?.code, Code.calm, "the code of GOAWAY")
        }
        let report = try observe(watcher, tag)
        try require(
            Int(report.mostRunning) <= session.peerStreams,
            "\(report.mostRunning) handlers ran at the same time")
    }
}

func pause(_ period: Duration) { usleep(UInt32(period.seconds * 1e6)) }
