import Wire

/// C27, C29–C31: credit.
extension Case {
    static let flow: [Case] = [
        Case("C27a", "a request larger than the window is granted whole", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let request = ConformanceV1.SimpleRequest.with { $0.payload = payload(3 << 20) }
            let call = try session.start(Path.unary, request)
            try expect(.ok, try session.finished(call, within: .seconds(30)), "3 MiB")
        },
        Case("C27b", "a reply larger than the window waits for credit only", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready { $0.streamWindow = 64 << 10 }
            let call = try session.start(
                Path.unary, ConformanceV1.SimpleRequest.with { $0.replySize = 3 << 20 })
            try expect(.ok, try session.finished(call, within: .seconds(30)), "3 MiB")
        },
        Case("C29a", "DATA beyond the window is FLOW_CONTROL_ERROR", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.start(
                Path.sleep, ConformanceV1.SleepRequest.with { $0.milliseconds = 5000 })
            session.forget(call)
            let other = try session.open(Path.halfDuplex)
            let announced: [UInt8] = [0] + bigEndian(UInt32(session.peerMessage))
            var bytes = announced
            // More than any window that HELLO may name, sent without waiting for a grant.
            let chunk = [UInt8](repeating: 0, count: session.peerFrame - 5)
            var sent = 0
            while sent <= session.peerMessage + (session.peerWindow * 2), !other.isOver {
                bytes += chunk
                let wire = RawFrame(kind: FrameKind.data, stream: other.id, payload: bytes)
                try session.send(wire)
                sent += bytes.count
                bytes = []
                try session.idle(.milliseconds(0))
            }
            let end = try session.finished(other)
            let code: UInt32? = if case .reset(let code, _) = end { code } else { nil }
            try require(
                code == Code.flowControl || end.status == .resourceExhausted,
                "\(sent) bytes later it ended with \(end)")
        },
        Case("C29b", "a WINDOW of 0 is FLOW_CONTROL_ERROR", needs: .service) {
            bench throws(Verdict) in
            try badWindow(bench, [0])
        },
        Case("C29c", "credit over 2³¹−1 is FLOW_CONTROL_ERROR", needs: .service) {
            bench throws(Verdict) in
            try badWindow(bench, [UInt32(Int32.max), UInt32(Int32.max)])
        },
        Case("C29d", "the peer sends what it was granted and not a byte more", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready { $0.streamWindow = 1000 }
            let call = try session.start(Path.output, outputs([50_000]))
            call.grants = false
            try session.pump("the first 1000 bytes") { call.dataBytes >= 1000 }
            try session.idle(.milliseconds(100))
            try requireEqual(call.dataBytes, 1000, "bytes")
            for step in 1...20 {
                call.granted += 77
                try session.send(.window(call.id, 77))
                try session.pump("77 more bytes") { call.dataBytes >= 1000 + step * 77 }
            }
            try session.idle(.milliseconds(50))
            try requireEqual(call.dataBytes, 1000 + 20 * 77, "bytes after 20 grants of 77")
        },
        Case("C29e", "WINDOW of a wrong size ends the connection") { bench throws(Verdict) in
            let session = try bench.session()
            let call = try session.open(Path.nowhere)
            try session.send(RawFrame(kind: FrameKind.window, stream: call.id, payload: [0, 0, 1]))
            _ = try goAway(session.socket, [Code.frameSize, Code.protocolError])
        },
        Case(
            "C30", "both write 16 MiB, and we read only then: no deadlock", needs: .service,
            limit: 90
        ) {
            bench throws(Verdict) in
            try bothWrite(bench)
        },
        Case("C31", "a reader of 1 byte per 10 ms holds nobody else up", needs: .service, limit: 40)
        {
            bench throws(Verdict) in
            try slowSocket(bench)
        },
    ]

    private static func badWindow(_ bench: Bench, _ increments: [UInt32]) throws(Verdict) {
        let session = try bench.ready()
        let call = try session.start(
            Path.sleep, ConformanceV1.SleepRequest.with { $0.milliseconds = 5000 })
        for increment in increments { try session.send(.window(call.id, increment)) }
        try expectReset(try session.finished(call), [Code.flowControl])
        try expectUnimplemented(session)
    }

    private static func bothWrite(_ bench: Bench) throws(Verdict) {
        let session = try bench.ready()
        let count = 256
        var request = outputs([64 << 10])
        request.payload = payload(64 << 10)
        let message = framed(try encoded(request))
        let call = try session.open(Path.duplex)
        call.keepsMessages = false
        // Fill the window without reading, then go on as a well-behaved peer.
        var pending = [UInt8]()
        for _ in 0..<count { pending += message }
        var head = 0
        while call.credit > 0 {
            let part = Array(pending[head..<head + min(call.credit, session.peerFrame)])
            try session.socket.send(
                RawFrame(kind: FrameKind.data, stream: call.id, payload: part).encoded(),
                reading: false)
            call.credit -= part.count
            head += part.count
        }
        pending.removeFirst(head)
        try session.write(call, bytes: pending, end: true, within: .seconds(60))
        let end = try session.finished(call, within: .seconds(60))
        try expect(.ok, end, "the call")
        try requireEqual(call.messageCount, count, "replies of 64 KiB")
    }

    private static func slowSocket(_ bench: Bench) throws(Verdict) {
        let session = try bench.ready()
        let call = try session.start(
            Path.unary, ConformanceV1.SimpleRequest.with { $0.replySize = 200_000 })
        let other: Session? = bench.address.isWorker ? nil : try bench.ready()
        let end = Session.clock.now + .seconds(1)
        while Session.clock.now < end {
            session.socket.readOneByte()
            if let other {
                let quick = try other.start(Path.empty, ConformanceV1.Empty())
                try requireEqual(
                    try other.finished(quick, within: .seconds(2)).status, .ok, "another's call")
                other.forget(quick)
                try other.idle(.milliseconds(10))
            } else {
                pause(.milliseconds(10))
            }
        }
        try expect(.ok, try session.finished(call), "the slow reader's call")
    }
}
