import Wire

/// C18: metadata both ways.
extension Case {
    static let metadata: [Case] = [
        Case("C18a", "custom_metadata: initial and trailing, unary", needs: .service) {
            bench throws(Verdict) in
            try echo(bench, Path.unary)
        },
        Case("C18b", "custom_metadata: initial and trailing, full duplex", needs: .service) {
            bench throws(Verdict) in
            try echo(bench, Path.duplex)
        },
        Case("C18c", "entries reach the handler whole, doubled and in order", needs: .service) {
            bench throws(Verdict) in
            let sent = [
                entry("x-order", "2"), entry("x-order", "1"), entry("x-order", "2"),
                entry("x-raw-bin", bytes: [0, 0xFF, 0, 1, 0x0A]), entry("x-empty", ""),
            ]
            let reply = try shown(bench, sent)
            let seen = reply.metadata.filter { $0.key.hasPrefix("x-") }
            try requireEqual(seen.map(\.key), sent.map(\.key), "keys")
            try requireEqual(seen.map(\.value), sent.map(\.value), "values")
        },
        Case("C18d", "metadata as large as the limit is taken", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.start(
                Path.empty, ConformanceV1.Empty(), metadata: filled(session.peerMetadata))
            try expect(.ok, try session.finished(call), "\(session.peerMetadata) bytes")
        },
        Case("C18e", "metadata one byte over the limit is RESOURCE_EXHAUSTED") {
            bench throws(Verdict) in
            let session = try bench.session()
            let call = try session.start(
                Path.empty, ConformanceV1.Empty(), metadata: filled(session.peerMetadata + 1))
            let status = try session.finished(call).status
            try requireEqual(status, .resourceExhausted, "\(session.peerMetadata + 1) bytes")
            try expectUnimplemented(session)
        },
        Case("C18f", "129 entries are RESOURCE_EXHAUSTED") { bench throws(Verdict) in
            let session = try bench.session()
            let entries = [WireV1.MetadataEntry](repeating: entry("a", ""), count: 129)
            let call = try session.start(Path.empty, ConformanceV1.Empty(), metadata: entries)
            let status = try session.finished(call).status
            try requireEqual(status, .resourceExhausted, "129 entries")
            try expectUnimplemented(session)
        },
        Case("C18g", "what a client says under caodiem-* is not believed", needs: .servingListener)
        {
            bench throws(Verdict) in
            let reply = try shown(bench, [entry("caodiem-principal", "uid:0-forged")])
            let principals = reply.metadata.filter { $0.key == "caodiem-principal" }
            try requireEqual(principals.count, 1, "entries caodiem-principal")
            try require(
                principals.allSatisfy { $0.value != Array("uid:0-forged".utf8) }, "it was passed on"
            )
        },
    ]

    private static func echo(_ bench: Bench, _ path: String) throws(Verdict) {
        let session = try bench.ready()
        let initial = entry("x-grpc-test-echo-initial", "test_initial_metadata_value")
        let trailing = entry("x-grpc-test-echo-trailing-bin", bytes: [0xAB, 0xAB, 0xAB, 0, 0xFF])
        let call = try session.start(
            path, ConformanceV1.Empty(), metadata: [initial, trailing])
        let end = try session.finished(call)
        guard case .trailers(let trailers) = end, trailers.code == 0 else {
            throw .failed("the call ended with \(end)")
        }
        let first = call.initialMetadata ?? []
        try require(first.contains(initial), "initial metadata: \(first.map(\.key))")
        try require(
            trailers.metadata.contains(trailing),
            "trailing metadata: \(trailers.metadata.map(\.key))")
    }

    /// What the handler saw of a call with this metadata.
    private static func shown(
        _ bench: Bench, _ metadata: [WireV1.MetadataEntry]
    ) throws(Verdict) -> ConformanceV1.SimpleReply {
        let session = try bench.ready()
        let call = try session.start(
            Path.unary, ConformanceV1.SimpleRequest.with { $0.showCall = true }, metadata: metadata)
        let end = try session.finished(call)
        try expect(.ok, end, "the call")
        return try decoded(call.messages.first ?? [])
    }

    /// Entries that count exactly so many bytes: key + value + 32 each.
    private static func filled(_ bytes: Int) -> [WireV1.MetadataEntry] {
        [entry("x-fill-bin", bytes: [UInt8](repeating: 1, count: bytes - 32 - 10))]
    }
}

func entry(_ key: String, _ value: String) -> WireV1.MetadataEntry {
    entry(key, bytes: Array(value.utf8))
}

func entry(_ key: String, bytes: [UInt8]) -> WireV1.MetadataEntry {
    .with {
        $0.key = key
        $0.value = bytes
    }
}
