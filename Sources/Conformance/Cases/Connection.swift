import Wire

/// C34–C37: PING, GOAWAY, ends of the transport, the last ids.
extension Case {
    static let connection: [Case] =
        pings + goAways + [
            Case("C36a", "a half-closed socket ends the connection and its calls", needs: .service)
            {
                bench throws(Verdict) in
                let session = try bench.ready()
                _ = try session.start(
                    Path.sleep, ConformanceV1.SleepRequest.with { $0.milliseconds = 20_000 })
                session.socket.closeWriting()
                try session.socket.waitForEnd(within: .seconds(5))
            },
            Case("C36b", "a connection broken off: others are served", needs: .listener) {
                bench throws(Verdict) in
                for _ in 0..<20 {
                    let session = try bench.session()
                    _ = try session.open(Path.nowhere)
                    session.socket.resetOnClose()
                }
                try bench.checkAlive()
            },
            Case.elsewhere(
                "C36c", "a black hole of a network",
                "the same silence as C34c; needs rules of a firewall that a test run may not set"),
            Case("C37a", "the last id there is can be used") { bench throws(Verdict) in
                let session = try bench.session()
                session.nextStream = UInt32(Int32.max)
                let call = session.newCall()
                try session.send(try session.headers(call, Path.nowhere, end: true))
                try expect(.unimplemented, try session.finished(call), "the call")
            },
            Case("C37b", "no id comes after the last") { bench throws(Verdict) in
                let session = try bench.session()
                session.nextStream = UInt32(Int32.max)
                let call = session.newCall()
                try session.send(try session.headers(call, Path.nowhere, end: true))
                try session.finished(call)
                session.nextStream = 1
                try session.send(try session.headers(session.newCall(), Path.nowhere, end: true))
                _ = try goAway(session.socket, [Code.protocolError])
            },
            Case.elsewhere(
                "C37c", "an opener that has no ids left connects again",
                "the opener is not the peer here; ConnectionCallTests tests it with a first id near the end"
            ),
        ]

    private static let pings: [Case] = [
        Case("C34a", "PING comes back with its eight bytes") { bench throws(Verdict) in
            let session = try bench.session()
            try session.send(.ping(eightBytes))
            try session.pump("the answer") { !session.pongs.isEmpty }
            try requireEqual(session.pongs, [eightBytes], "the answer")
        },
        Case("C34b", "a flood of PINGs is not punished, and the last is answered") {
            bench throws(Verdict) in
            let session = try bench.session()
            for number in 0..<bench.count(10_000, short: 2_000) {
                try session.send(.ping(bigEndian(0) + bigEndian(UInt32(number))))
            }
            let last = bigEndian(0) + bigEndian(UInt32(bench.count(10_000, short: 2_000) - 1))
            try session.pump("the answer to the last") { session.pongs.last == last }
            try require(session.goAways.isEmpty, "it said GOAWAY")
            try expectUnimplemented(session)
        },
        Case("C34c", "a peer that answers no PING is given up in time", limit: 70) {
            bench throws(Verdict) in
            let session = try bench.session()
            session.answersPings = false
            let start = Session.clock.now
            try session.socket.waitForEnd(within: .seconds(60))
            let took = Session.clock.now - start
            bench.report(took.shown)
            try require(took > .seconds(5), "it gave up after \(took.shown)")
        },
        Case(
            "C34d", "PING during a large transfer is answered within 1 s", needs: .service,
            limit: 90
        ) {
            bench throws(Verdict) in
            try pingInTransfer(bench)
        },
        Case("C34e", "PING of a wrong size ends the connection") { bench throws(Verdict) in
            let frame = RawFrame(kind: FrameKind.ping, payload: [1, 2, 3])
            try expectGoAway(bench, frame.encoded(), [Code.frameSize, Code.protocolError])
        },
    ]

    private static func pingInTransfer(_ bench: Bench) throws(Verdict) {
        let session = try bench.ready { $0.streamWindow = 1 << 20 }
        let count = bench.count(64, short: 24)
        let call = try session.start(
            Path.output, outputs([Int](repeating: 1 << 20, count: count)))
        call.keepsMessages = false
        var slowest = Duration.zero
        while !call.isOver {
            let before = session.pongs.count
            let from = Session.clock.now
            try session.send(.ping(eightBytes))
            try session.pump("the answer to PING") { session.pongs.count > before }
            slowest = max(slowest, Session.clock.now - from)
            try session.idle(.milliseconds(120))
        }
        bench.report("slowest answer \(slowest.shown)")
        try requireEqual(call.end?.status, .ok, "the transfer")
        try require(slowest < .seconds(1), "an answer took \(slowest.shown)")
    }

    private static let goAways: [Case] = [
        Case("C35a", "after our first GOAWAY running calls end well", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.start(
                Path.sleep, ConformanceV1.SleepRequest.with { $0.milliseconds = 300 })
            try session.send(.goAway(last: UInt32(Int32.max), Code.none))
            try session.send(.ping(eightBytes))
            try session.pump("the answer to PING") { !session.pongs.isEmpty }
            try session.send(.goAway(last: 0, Code.none))
            try expect(.ok, try session.finished(call), "the running call")
        },
        Case("C35b", "GOAWAY with an error ends the connection") { bench throws(Verdict) in
            let session = try bench.session()
            try session.send(.goAway(last: 0, Code.protocolError, "we are done"))
            try session.socket.waitForEnd(within: .seconds(5))
            if !bench.address.isWorker { try bench.checkAlive() }
        },
        Case("C35c", "GOAWAY of a wrong size ends the connection") { bench throws(Verdict) in
            let frame = RawFrame(kind: FrameKind.goAway, payload: [0, 0])
            try expectGoAway(bench, frame.encoded(), [Code.frameSize, Code.protocolError])
        },
    ]
}
