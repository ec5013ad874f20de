import Wire

/// C19, C24 and C25: how calls end.
extension Case {
    static let statuses: [Case] =
        [
            Case("C19a", "all codes from 1 to 16 arrive as they were thrown", needs: .service) {
                bench throws(Verdict) in
                let session = try bench.ready()
                for code: UInt32 in 1...16 {
                    for path in [Path.unary, Path.duplex] {
                        let trailers = try ended(session, path, status(code, "test status message"))
                        try requireEqual(trailers.code, code, "the code of \(path)")
                        try requireEqual(trailers.message, "test status message", "the message")
                    }
                }
            },
            Case("C19b", "special_status_message: unicode and whitespace", needs: .service) {
                bench throws(Verdict) in
                let session = try bench.ready()
                let text =
                    "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈, Cục Thi hành án\t\n"
                let trailers = try ended(session, Path.unary, status(2, text))
                try requireEqual(trailers.message, text, "the message")
            },
            Case("C19c", "details: field, hint and reason travel", needs: .service) {
                bench throws(Verdict) in
                let session = try bench.ready()
                var wanted = status(9, "the plan is frozen")
                wanted.field = "plan.year"
                wanted.hint = "thaw it first"
                wanted.reason = "PLAN_FROZEN"
                let trailers = try ended(session, Path.unary, wanted)
                let failure = try decoded(trailers.details, as: WireV1.Failure.self)
                try requireEqual(failure.field, wanted.field, "field")
                try requireEqual(failure.hint, wanted.hint, "hint")
                try requireEqual(failure.reason, wanted.reason, "reason")
            },
            Case("C19d", "a code outside 0…16 is UNKNOWN", needs: .service) {
                bench throws(Verdict) in
                let session = try bench.ready()
                let trailers = try ended(session, Path.unary, status(99, "what is this"))
                try requireEqual(StatusCode(wire: trailers.code), .unknown, "code 99")
            },
            Case("C19e", "a status message over 1 KiB is cut and still UTF-8", needs: .service) {
                bench throws(Verdict) in
                let session = try bench.ready()
                let text = String(repeating: "đ", count: 3000)
                let trailers = try ended(session, Path.unary, status(3, text))
                try requireEqual(trailers.code, 3, "the code")
                try require(
                    trailers.message.utf8.count <= 1024, "\(trailers.message.utf8.count) bytes")
                try require(
                    trailers.details.count <= 16 << 10, "details of \(trailers.details.count)")
            },
        ] + sizeCases + faultCases

    private static func status(_ code: UInt32, _ text: String) -> ConformanceV1.EchoStatus {
        .with {
            $0.code = code
            $0.message = text
        }
    }

    /// The TRAILERS of a call that was asked to end so.
    private static func ended(
        _ session: Session, _ path: String, _ wanted: ConformanceV1.EchoStatus
    ) throws(Verdict) -> WireV1.Trailers {
        let call: Call
        if path == Path.unary {
            call = try session.start(
                path, ConformanceV1.SimpleRequest.with { $0.replyStatus = wanted })
        } else {
            call = try session.start(
                path, ConformanceV1.StreamingOutputRequest.with { $0.replyStatus = wanted })
        }
        let end = try session.finished(call)
        guard case .trailers(let trailers) = end else { throw .failed("it ended with \(end)") }
        return trailers
    }

    private static let sizeCases: [Case] = [
        Case("C24a", "a request as large as the limit is taken", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.start(Path.unary, exactly(session.peerMessage))
            let end = try session.finished(call)
            try expect(.ok, end, "\(session.peerMessage) bytes: \(end)")
        },
        Case("C24b", "a request one byte over the limit is refused at its prefix", needs: .service)
        { bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.open(Path.unary)
            let prefix: [UInt8] = [0] + bigEndian(UInt32(session.peerMessage + 1))
            try session.write(call, bytes: prefix, end: false)
            try expect(.resourceExhausted, try session.finished(call), "one byte more")
            try expectUnimplemented(session)
        },
        Case("C24c", "a reply over what we take is refused before it is written", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let over = UInt32(session.ours.maxMessage == 0 ? 4 << 20 : session.ours.maxMessage) + 1
            let call = try session.start(
                Path.unary, ConformanceV1.SimpleRequest.with { $0.replySize = over })
            try expect(.resourceExhausted, try session.finished(call), "one byte more")
            try requireEqual(call.dataBytes, 0, "bytes of it")
            try expectUnimplemented(session)
        },
        Case("C24d", "a request that does not decode is INTERNAL", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.open(Path.unary)
            try session.write(call, bytes: framed([0x12, 0xFF, 0xFF]), end: true)
            try expect(.internal, try session.finished(call), "three bytes of nonsense")
        },
    ]

    /// A request that is exactly so large when encoded.
    private static func exactly(_ bytes: Int) -> ConformanceV1.SimpleRequest {
        var request = ConformanceV1.SimpleRequest.with { $0.payload = payload(bytes - 10) }
        while let size = try? request.encoded().count, size < bytes {
            request.payload?.body.append(0)
        }
        return request
    }

    private static let faultCases: [Case] = [
        Case("C25a", "a handler that throws no status: UNKNOWN", needs: .faults) {
            bench throws(Verdict) in
            let session = try bench.ready()
            try expect(.unknown, try session.finished(try act(session, .throw)), "it")
            try expectUnimplemented(session)
        },
        Case("C25b", "a handler that never replies: DEADLINE_EXCEEDED", needs: .faults) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try act(session, .neverReply, timeout: .milliseconds(300))
            try expect(.deadlineExceeded, try session.finished(call), "the call")
            try expectUnimplemented(session)
        },
        Case("C25c", "a handler that replies twice: one outcome", needs: .faults) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try act(session, .replyTwice)
            let end = try session.finished(call)
            try session.idle(.milliseconds(100))
            bench.report("\(end.status.map(\.name) ?? "RESET")")
            try require(end != .lost, "the connection was lost")
            try expectUnimplemented(session)
        },
        Case("C25d", "a process that exits: UNAVAILABLE, and the plugin comes back", needs: .faults)
        {
            bench throws(Verdict) in
            let session = try bench.ready()
            let end = try session.finished(try act(session, .exit, amount: 3))
            if bench.address.isWorker {
                try requireEqual(end, .lost, "the connection")
                return
            }
            try expect(.unavailable, end, "the call")
            try bench.waitForService()
        },
        Case(
            "C25e", "a worker that sends no frames: UNAVAILABLE, and it is replaced", needs: .faults
        ) {
            bench throws(Verdict) in
            guard !bench.address.isWorker else { throw .skipped("judges a coordinator") }
            let session = try bench.ready()
            let end = try session.finished(try act(session, .malformedFrame))
            try expect(.unavailable, end, "the call")
            try bench.waitForService()
        },
    ]
}

/// Asks the worker to misbehave.
func act(
    _ session: Session, _ act: ConformanceV1.Act, amount: UInt64 = 0, timeout: Duration? = nil
) throws(Verdict) -> Call {
    let request = ConformanceV1.MisbehaveRequest.with {
        $0.act = act
        $0.amount = amount
    }
    return try session.start(Path.misbehave, request, timeout: timeout)
}
