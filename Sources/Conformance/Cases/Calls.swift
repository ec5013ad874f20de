import Wire

/// C17: the calls of gRPC's interoperability tests, with their sizes.
extension Case {
    static let calls: [Case] = [
        Case("C17a", "empty_unary", needs: .service) { bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.start(Path.empty, ConformanceV1.Empty())
            try expect(.ok, try session.finished(call), "the call")
            try requireEqual(call.messages, [[]], "the reply")
        },
        Case("C17b", "large_unary: 271,828 bytes there, 314,159 back", needs: .service) {
            bench throws(Verdict) in
            try largeUnary(try bench.ready())
        },
        Case("C17c", "client_streaming: 27182, 8, 1828 and 45904 bytes", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.open(Path.input)
            for size in [27182, 8, 1828, 45904] { try session.write(call, sized(size)) }
            try session.finish(call)
            let reply = try streamInputReply(session, call)
            try requireEqual(reply.aggregatedPayloadSize, 74922, "bytes")
        },
        Case("C17d", "server_streaming: 31415, 9, 2653 and 58979 bytes", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.start(Path.output, outputs(replySizes))
            try expect(.ok, try session.finished(call), "the call")
            try requireEqual(try sizes(call), replySizes, "the replies")
        },
        Case("C17e", "ping_pong: each reply before the next request", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.open(Path.duplex)
            for (number, size) in replySizes.enumerated() {
                var request = outputs([size])
                request.payload = payload([27182, 8, 1828, 45904][number])
                try session.write(call, request)
                try session.pump("reply \(number + 1)") { call.messageCount > number }
            }
            try session.finish(call)
            try expect(.ok, try session.finished(call), "the call")
            try requireEqual(try sizes(call), replySizes, "the replies")
        },
        Case("C17f", "empty_stream: no request, no reply, OK", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            for path in [Path.duplex, Path.input] {
                let call = session.newCall()
                try session.send(try session.headers(call, path, end: true))
                try expect(.ok, try session.finished(call), path)
                try requireEqual(call.messageCount, path == Path.duplex ? 0 : 1, "replies")
            }
        },
        Case("C17g", "half_duplex: replies after the last request", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.open(Path.halfDuplex)
            for size in replySizes { try session.write(call, outputs([size])) }
            try session.idle(.milliseconds(50))
            try requireEqual(call.messageCount, 0, "replies before the end of the requests")
            try session.finish(call)
            try expect(.ok, try session.finished(call), "the call")
            try requireEqual(try sizes(call), replySizes, "the replies")
        },
        Case("C17h", "100 calls open at the same time on one connection", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            var open: [Call] = []
            for _ in 0..<100 {
                open.append(
                    try session.start(
                        Path.unary, ConformanceV1.SimpleRequest.with { $0.replySize = 10_000 }))
            }
            for call in open { try expect(.ok, try session.finished(call), "a call") }
        },
        Case("C20a", "a method that is not served is UNIMPLEMENTED", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.start(Path.unimplemented, ConformanceV1.Empty())
            try expect(.unimplemented, try session.finished(call), "the method")
        },
        Case("C20b", "a service that is not served is UNIMPLEMENTED") { bench throws(Verdict) in
            try expectUnimplemented(try bench.session())
        },
        Case("C20c", "a path that is none is UNIMPLEMENTED") { bench throws(Verdict) in
            let session = try bench.session()
            for path in ["", "/", "/x", "no/slash", "//", "/a/b/c"] {
                let call = try session.start(path, ConformanceV1.Empty())
                let status = try session.finished(call).status
                try requireEqual(status, .unimplemented, "path “\(path)”")
            }
        },
    ]
}

let replySizes = [31415, 9, 2653, 58979]

/// A request for replies of these sizes.
func outputs(_ sizes: [Int]) -> ConformanceV1.StreamingOutputRequest {
    .with { request in
        request.replies = sizes.map { size in .with { $0.size = UInt32(size) } }
    }
}

/// Sizes of the payloads that a call got.
func sizes(_ call: Call) throws(Verdict) -> [Int] {
    var result: [Int] = []
    for bytes in call.messages {
        let reply = try decoded(bytes, as: ConformanceV1.StreamingOutputReply.self)
        result.append(reply.payload?.body.count ?? 0)
    }
    return result
}

func largeUnary(_ session: Session) throws(Verdict) {
    let request = ConformanceV1.SimpleRequest.with {
        $0.replySize = 314_159
        $0.payload = payload(271_828)
    }
    let call = try session.start(Path.unary, request)
    let end = try session.finished(call)
    try expect(.ok, end, "the call")
    let reply = try decoded(call.messages.first ?? [], as: ConformanceV1.SimpleReply.self)
    try requireEqual(reply.payload?.body.count, 314_159, "the reply's payload")
    try requireEqual(reply.payloadSize, 271_828, "the request's payload as the handler saw it")
    session.forget(call)
}
