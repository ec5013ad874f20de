import Wire

/// C1–C7: bytes and frames.
extension Case {
    static let framing: [Case] =
        splits + prefaces + lengths + [
            Case("C5a", "reserved bits are 0") { bench throws(Verdict) in
                let frame = RawFrame(kind: FrameKind.ping, reserved: 1, payload: eightBytes)
                try expectGoAway(bench, frame.encoded(), [Code.protocolError])
            },
            Case("C5b", "undefined flag bits are 0") { bench throws(Verdict) in
                let frame = RawFrame(kind: FrameKind.ping, flags: 0x80, payload: eightBytes)
                try expectGoAway(bench, frame.encoded(), [Code.protocolError])
            },
            Case("C6a", "an unknown critical type ends the connection") { bench throws(Verdict) in
                for kind: UInt8 in [0x00, 0x09, 0x7F] {
                    let frame = RawFrame(kind: kind, payload: [1, 2, 3])
                    try expectGoAway(bench, frame.encoded(), [Code.protocolError])
                }
            },
            Case("C6b", "an unknown ignorable type is skipped") { bench throws(Verdict) in
                let session = try bench.session()
                for kind: UInt8 in [0x80, 0x82, 0xFF] {
                    try session.send(
                        RawFrame(kind: kind, payload: [UInt8](repeating: 7, count: 99)))
                }
                try expectUnimplemented(session)
            },
        ] + ends

    private static let splits: [Case] = [
        Case("C1a", "frames fed byte by byte mean the same") { bench throws(Verdict) in
            try compare(bench) { script in script.map { [$0] } }
        },
        Case("C1b", "frames in one write mean the same") { bench throws(Verdict) in
            try compare(bench) { [$0] }
        },
        Case("C1c", "frames split at random mean the same") { bench throws(Verdict) in
            var dice = Dice(seed: 20)
            for _ in 0..<bench.count(200, short: 10) {
                try compare(bench) { dice.split($0) }
            }
        },
    ]

    /// Sends the same session in the given pieces and checks what came back.
    private static func compare(
        _ bench: Bench, _ cut: ([UInt8]) -> [[UInt8]]
    ) throws(Verdict) {
        let socket = try bench.connect()
        for piece in cut(try script(bench)) { try socket.send(piece) }
        var seen: [String] = []
        while seen.count < 3, let frame = try socket.nextFrame() {
            switch frame.kind {
            case FrameKind.trailers:
                let trailers = try decoded(frame.payload, as: WireV1.Trailers.self)
                seen.append("\(frame.stream) ended with \(trailers.code)")
            case FrameKind.ping where frame.flags == RawFrame.ack:
                seen.append("answer \(frame.payload)")
            case FrameKind.goAway: throw .failed("GOAWAY \(frame.text)")
            default: break
            }
        }
        let expected = ["1 ended with 12", "3 ended with 12", "answer \(eightBytes)"]
        try requireEqual(seen.sorted(), expected, "the answers")
    }

    private static func script(_ bench: Bench) throws(Verdict) -> [UInt8] {
        var headers = WireV1.CallHeaders()
        headers.path = Path.nowhere
        let opening = try encoded(headers)
        var bytes = RawFrame.preface
        bytes += RawFrame(kind: FrameKind.hello, payload: try encoded(bench.hello())).encoded()
        for stream: UInt32 in [1, 3] {
            bytes += RawFrame(kind: FrameKind.headers, stream: stream, payload: opening).encoded()
            bytes += RawFrame(kind: FrameKind.note, payload: Array("note".utf8)).encoded()
            bytes += RawFrame.window(stream, 1000).encoded()
            bytes +=
                RawFrame(
                    kind: FrameKind.data, flags: RawFrame.endStream, stream: stream,
                    payload: framed([])
                ).encoded()
        }
        return bytes + RawFrame.ping(eightBytes).encoded()
    }

    private static let prefaces: [Case] = [
        wrongPreface("C2a", "HTTP text", Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8), "GET"),
        wrongPreface(
            "C2b", "a TLS hello", [0x16, 0x03, 0x01, 0x02, 0, 1, 0, 1, 0xFC, 3, 3, 9], "x16"),
        wrongPreface("C2c", "a log line", Array("starting up, please wait\n".utf8), "starting"),
        wrongPreface(
            "C2d", "line ends changed on the way",
            [0x89, 0x43, 0x44, 0x50, 0x0A, 0x1A, 0x0A, 0, 0],
            "CDP"),
        wrongPreface(
            "C2e", "an HTTP/2 preface", Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8), "PRI"),
        Case("C3a", "preface and then silence: the handshake ends", limit: 25) {
            bench throws(Verdict) in
            try expectHandshakeEnd(bench, RawFrame.preface)
        },
        Case("C3b", "silence from the start: the handshake ends", limit: 25) {
            bench throws(Verdict) in
            try expectHandshakeEnd(bench, [])
        },
    ]

    private static func wrongPreface(
        _ id: String, _ what: String, _ bytes: [UInt8], _ quoted: String
    ) -> Case {
        Case(id, "\(what) instead of the preface is refused, its bytes quoted") {
            bench throws(Verdict) in
            let socket = try bench.connect()
            try socket.send(bytes)
            let frame = try goAway(socket, [Code.protocolError])
            try require(frame.text.contains(quoted), "GOAWAY does not quote: \(frame.text)")
        }
    }

    private static func expectHandshakeEnd(
        _ bench: Bench, _ bytes: [UInt8]
    ) throws(Verdict) {
        let socket = try bench.connect()
        let start = ContinuousClock().now
        try socket.send(bytes)
        try socket.waitForEnd(within: .seconds(14))
        let took = ContinuousClock().now - start
        bench.report(took.shown)
        try require(took >= .seconds(2), "it gave up after \(took.shown) already")
    }

    private static let lengths: [Case] = [
        badLength("C4a", "one byte over max_frame", nil),
        badLength("C4b", "its top byte set", 0x0100_0000),
        badLength("C4c", "all bits set", .max),
    ]

    private static func badLength(_ id: String, _ what: String, _ length: UInt32?) -> Case {
        Case(id, "a length with \(what) ends the connection, the payload unread") {
            bench throws(Verdict) in
            let session = try bench.session()
            let call = try session.open(Path.nowhere)
            let frame = RawFrame(kind: FrameKind.data, stream: call.id)
            let bytes = frame.encoded(length: length ?? UInt32(session.peerFrame + 1))
            try session.socket.send(bytes)
            _ = try goAway(session.socket, [Code.frameSize, Code.protocolError])
        }
    }

    private static let ends: [Case] = [
        ending("C7a", "inside a header", [0, 0, 0, 8, 0]),
        ending("C7b", "inside a payload", Array(RawFrame.ping(eightBytes).encoded().dropLast(3))),
        ending("C7c", "between frames", []),
    ]

    private static func ending(_ id: String, _ place: String, _ bytes: [UInt8]) -> Case {
        Case(id, "the end of the bytes \(place): the peer lets go, others are served") {
            bench throws(Verdict) in
            let session = try bench.session()
            try session.socket.send(bytes)
            session.socket.closeWriting()
            try session.socket.waitForEnd(within: .seconds(5))
            try bench.checkAlive()
        }
    }
}

let eightBytes: [UInt8] = [1, 2, 3, 4, 0, 0xFF, 0x0D, 0x0A]

/// Sends bytes after the handshake and expects GOAWAY with one of the codes, then the end.
func expectGoAway(
    _ bench: Bench, _ bytes: [UInt8], _ codes: Set<UInt32>
) throws(Verdict) {
    let session = try bench.session()
    try session.socket.send(bytes)
    _ = try goAway(session.socket, codes)
}

/// Waits for GOAWAY with one of the codes, and the end of the connection after it.
func goAway(_ socket: PeerSocket, _ codes: Set<UInt32>) throws(Verdict) -> RawFrame {
    var found: RawFrame?
    try socket.waitForEnd(within: .seconds(5)) { frame in
        if frame.kind == FrameKind.goAway { found = frame }
    }
    guard let found, let code = found.code else {
        throw .failed("the connection ended without GOAWAY")
    }
    try require(codes.contains(code), "GOAWAY has code \(code), expected \(codes.sorted())")
    try require(!found.text.isEmpty, "GOAWAY does not say why")
    return found
}

/// A call to a service that nobody has is answered as it must be.
func expectUnimplemented(_ session: Session) throws(Verdict) {
    let call = try session.start(Path.nowhere, ConformanceV1.Empty())
    try expect(.unimplemented, try session.finished(call), "an unknown service")
}

/// Seeded choices, the same in every run.
struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// 0 ..< bound
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

    /// The bytes in pieces of 1 to 40.
    mutating func split(_ bytes: [UInt8]) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(1 + below(40))
            pieces.append(Array(part))
            rest = rest.dropFirst(part.count)
        }
        return pieces
    }
}
