import Wire

/// C38 and C39: hostile bytes.
extension Case {
    static let decoder: [Case] = [
        Case("C38", "recorded sessions, mutated: the peer lives", limit: 120) {
            bench throws(Verdict) in
            try mutate(bench)
        },
        Case("C39a", "20,000 levels of nesting crash nobody") { bench throws(Verdict) in
            var nested: [UInt8] = []
            for _ in 0..<4_000 { nested = [0x2A] + varint(nested.count) + nested }
            try hostileHeaders(bench, [0x0A, 0x02, 0x2F, 0x78] + nested)
            // As groups, whose depth costs a byte each.
            try hostileHeaders(bench, [UInt8](repeating: 0x9B, count: 20_000))
        },
        Case("C39b", "empty entries that decode to 64 times their size are refused") {
            bench throws(Verdict) in
            var bytes: [UInt8] = []
            for _ in 0..<30_000 { bytes += [0x2A, 0x00] }
            let end = try hostileHeaders(bench, bytes)
            try require(
                end.status == .resourceExhausted || end.status == .internal, "it ended with \(end)")
        },
        Case("C39c", "4 MiB of empty submessages are refused or answered", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready()
            let call = try session.open(Path.output)
            var bytes: [UInt8] = []
            bytes.reserveCapacity(4 << 20)
            for _ in 0..<(2 << 20) - 8 { bytes += [0x0A, 0x00] }
            try session.write(call, bytes: framed(bytes), end: true)
            let end = try session.finished(call, within: .seconds(20))
            bench.report("\(end.status?.name ?? "\(end)")")
            try require(
                end.status == .resourceExhausted || end.status == .internal, "it ended with \(end)")
            try expectUnimplemented(session)
        },
        Case("C39d", "NUL in a path is refused, not cut off") { bench throws(Verdict) in
            try badText(bench, Array(Path.empty.utf8) + [0] + Array("x".utf8))
        },
        Case("C39e", "a path that is not UTF-8 is refused") { bench throws(Verdict) in
            try badText(bench, Array(Path.empty.utf8) + [0xFF, 0xFE])
        },
        Case("C39f", "NUL in a key of metadata is refused") { bench throws(Verdict) in
            let entry: [UInt8] = [0x0A, 0x03, 0x61, 0x00, 0x62]
            let path = Array(Path.empty.utf8)
            let bytes = [0x0A] + varint(path.count) + path + [0x2A] + varint(entry.count) + entry
            try requireEqual(try hostileHeaders(bench, bytes).status, .internal, "the call")
        },
        Case("C39g", "of a field that comes twice the last counts", needs: .service) {
            bench throws(Verdict) in
            let nowhere = Array(Path.nowhere.utf8)
            let empty = Array(Path.empty.utf8)
            let bytes =
                [0x0A] + varint(nowhere.count) + nowhere + [0x0A] + varint(empty.count) + empty
            try requireEqual(try answered(bench, bytes), .ok, "the last path")
        },
        Case("C39h", "unknown fields are skipped", needs: .service) { bench throws(Verdict) in
            let empty = Array(Path.empty.utf8)
            let unknown: [UInt8] = [0xF8, 0x07, 0x01, 0xFA, 0x07, 0x02, 0x61, 0x62]
            let bytes = unknown + [0x0A] + varint(empty.count) + empty + unknown
            try requireEqual(try answered(bench, bytes), .ok, "the call")
        },
    ]

    private static func varint(_ number: Int) -> [UInt8] {
        var rest = number
        var bytes: [UInt8] = []
        repeat {
            bytes.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
            rest >>= 7
        } while rest > 0
        return bytes
    }

    /// Opens a call with these bytes as CallHeaders; the peer must live.
    @discardableResult
    private static func hostileHeaders(_ bench: Bench, _ bytes: [UInt8]) throws(Verdict) -> CallEnd
    {
        let session = try bench.session()
        let call = session.newCall()
        for start in stride(from: 0, to: 1, by: 1) where start == 0 {
            try session.send(
                RawFrame(
                    kind: FrameKind.headers, flags: RawFrame.endStream, stream: call.id,
                    payload: Array(bytes.prefix(session.peerFrame))))
        }
        let end = try session.finished(call)
        try require(end != .lost, "the connection was lost")
        try expectUnimplemented(session)
        return end
    }

    private static func badText(_ bench: Bench, _ path: [UInt8]) throws(Verdict) {
        let bytes = [0x0A] + varint(path.count) + path
        try requireEqual(try hostileHeaders(bench, bytes).status, .internal, "the call")
    }

    /// How a call with these CallHeaders and one empty message ends.
    private static func answered(_ bench: Bench, _ headers: [UInt8]) throws(Verdict) -> StatusCode?
    {
        let session = try bench.ready()
        let call = session.newCall()
        try session.send(RawFrame(kind: FrameKind.headers, stream: call.id, payload: headers))
        try session.write(call, bytes: framed([]), end: true)
        return try session.finished(call).status
    }

    private static func mutate(_ bench: Bench) throws(Verdict) {
        let headers = try encoded(
            WireV1.CallHeaders.with {
                $0.path = Path.empty
                $0.metadata = [entry("x", "y")]
            })
        let hello = RawFrame(kind: FrameKind.hello, payload: try encoded(bench.hello()))
        let frames = [
            hello, RawFrame(kind: FrameKind.headers, stream: 1, payload: headers),
            RawFrame(kind: FrameKind.data, flags: 1, stream: 1, payload: framed([])),
            .window(1, 5), .ping(eightBytes), .reset(1, Code.cancel, "no"),
            .goAway(last: 1, Code.none, "bye"), RawFrame(kind: FrameKind.note, payload: [8, 1]),
        ]
        let whole = frames.reduce(into: RawFrame.preface) { $0 += $1.encoded() }
        var dice = Dice(seed: 38)
        let rounds =
            bench.address.isWorker
            ? bench.count(1_000, short: 20) : bench.count(100_000, short: 2_000)
        for _ in 0..<rounds {
            var bytes = whole
            for _ in 0...dice.below(4) {
                let place = dice.below(bytes.count)
                switch dice.below(4) {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: dice.next())
                case 1: bytes[place] ^= 1 << UInt8(dice.below(8))
                case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + dice.below(9)))
                default: bytes.insert(UInt8(truncatingIfNeeded: dice.next()), at: place)
                }
            }
            let socket = try bench.connect()
            try socket.send(bytes)
            socket.closeWriting()
            _ = try? socket.nextFrame(within: .milliseconds(20))
        }
        bench.report("\(rounds) sessions")
        try bench.checkAlive()
    }
}
