import Wire

/// C12–C16: HELLO.
extension Case {
    static let handshake: [Case] =
        versions + hellos + limits + [
            Case.elsewhere(
                "C16b", "a peer of the version before", "1.0 is the first version; C16a replays it")
        ]

    private static let versions: [Case] = [
        Case("C12a", "no common major: GOAWAY(VERSION) with both ranges") { bench throws(Verdict) in
            let text = try refused(bench, Code.version) {
                $0.protocolMin = 7 << 16
                $0.protocolMax = 7 << 16 | 2
            }
            try require(text.contains("7.2") && text.contains("1."), "it says only: \(text)")
        },
        Case("C12b", "no common minor: GOAWAY(VERSION)") { bench throws(Verdict) in
            _ = try refused(bench, Code.version) {
                $0.protocolMin = 1 << 16 | 900
                $0.protocolMax = 1 << 16 | 901
            }
        },
        Case("C12c", "of a range that overlaps the highest common version is used") {
            bench throws(Verdict) in
            let session = try bench.session {
                $0.protocolMin = 1 << 16
                $0.protocolMax = 1 << 16 | 900
            }
            try expectUnimplemented(session)
        },
        Case("C12d", "a feature that only one side knows is off") { bench throws(Verdict) in
            let session = try bench.session { $0.features = [4_000_000_001, 4_000_000_002] }
            try expectUnimplemented(session)
        },
        Case("C12e", "an empty range of versions is refused") { bench throws(Verdict) in
            _ = try refused(bench, Code.protocolError) {
                $0.protocolMin = 1 << 16 | 5
                $0.protocolMax = 1 << 16
            }
        },
    ]

    /// The text of the GOAWAY that answers a HELLO.
    private static func refused(
        _ bench: Bench, _ code: UInt32, _ change: (inout WireV1.Hello) -> Void
    ) throws(Verdict) -> String {
        var hello = bench.hello()
        change(&hello)
        let socket = try bench.connect()
        try socket.send(
            RawFrame.preface
                + RawFrame(kind: FrameKind.hello, payload: try encoded(hello)).encoded())
        return try goAway(socket, [code]).text
    }

    private static let hellos: [Case] = [
        Case("C13a", "a second HELLO ends the connection") { bench throws(Verdict) in
            let again = RawFrame(kind: FrameKind.hello, payload: try encoded(bench.hello()))
            try expectGoAway(bench, again.encoded(), [Code.protocolError])
        },
        Case("C13b", "a frame before HELLO ends the connection") { bench throws(Verdict) in
            let socket = try bench.connect()
            try socket.send(RawFrame.preface + RawFrame.ping(eightBytes).encoded())
            _ = try goAway(socket, [Code.protocolError])
        },
        Case("C13c", "a HELLO over 64 KiB is refused from its header") { bench throws(Verdict) in
            let socket = try bench.connect()
            let frame = RawFrame(kind: FrameKind.hello)
            try socket.send(RawFrame.preface + frame.encoded(length: 64 << 10 | 1))
            _ = try goAway(socket, [Code.frameSize])
        },
        Case("C13d", "a HELLO that does not decode is refused") { bench throws(Verdict) in
            let socket = try bench.connect()
            let frame = RawFrame(kind: FrameKind.hello, payload: [0x2A, 0xFF, 0xFF])
            try socket.send(RawFrame.preface + frame.encoded())
            _ = try goAway(socket, [Code.protocolError])
        },
        Case("C14a", "a worker shows the token of its descriptor 0", needs: .worker) {
            bench throws(Verdict) in
            let session = try bench.session()
            try require(session.peer.role == .worker, "its role is \(session.peer.role)")
            try requireEqual(session.peer.sessionToken, session.socket.token, "the token")
        },
        Case("C14e", "a client needs no token, and one it shows opens nothing", needs: .listener) {
            bench throws(Verdict) in
            try expectUnimplemented(try bench.session())
            let session = try bench.session { $0.sessionToken = [UInt8](repeating: 7, count: 32) }
            let end = try session.finished(try session.start(Path.nowhere, ConformanceV1.Empty()))
            try require(
                end.status == .unimplemented || end.status == .unauthenticated,
                "an unknown service under an unknown token ended with \(end)")
        },
    ]

    private static let limits: [Case] = [
        Case("C15a", "our smaller frame and window bind the peer", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready {
                $0.maxFrame = 16 << 10
                $0.streamWindow = 1000
            }
            let call = try session.start(
                Path.unary, ConformanceV1.SimpleRequest.with { $0.replySize = 100_000 })
            try expect(.ok, try session.finished(call), "100,000 bytes")
        },
        Case("C15b", "our smaller message limit binds the peer", needs: .service) {
            bench throws(Verdict) in
            let session = try bench.ready { $0.maxMessage = 64 << 10 }
            let call = try session.start(
                Path.unary, ConformanceV1.SimpleRequest.with { $0.replySize = 64 << 10 })
            let end = try session.finished(call)
            let code: UInt32? = if case .reset(let code, _) = end { code } else { nil }
            try require(
                end.status == .resourceExhausted || code == Code.calm, "it ended with \(end)")
            try require(call.dataBytes == 0, "\(call.dataBytes) bytes of it were sent")
            try expectUnimplemented(session)
        },
        Case("C15c", "the peer's limits in HELLO are inside the bounds") { bench throws(Verdict) in
            let session = try bench.session()
            try require((16 << 10...1 << 20).contains(session.peerFrame), "max_frame")
            try require((1...64 << 20).contains(session.peerMessage), "max_message")
            try require((1 << 10...64 << 10).contains(session.peerMetadata), "max_metadata")
            try require((1...4096).contains(session.peerStreams), "max_streams")
            try require((1...16 << 20).contains(session.peerWindow), "stream_window")
        },
        Case(
            "C16a", "a session recorded with version 1.0 is answered as then",
            needs: .servingListener
        ) {
            bench throws(Verdict) in
            let socket = try bench.connect()
            try socket.send(Recording.client1_0)
            var ends: [UInt32: UInt32] = [:]
            while ends.count < 2, let frame = try socket.nextFrame() {
                if frame.kind == FrameKind.trailers {
                    ends[frame.stream] = try decoded(
                        frame.payload, as: WireV1.Trailers.self
                    ).code
                }
            }
            try requireEqual(ends, [1: 0, 3: 12], "how the recorded calls end")
        },
    ]
}

/// Bytes as peers of former versions sent them; never edited, only added to.
enum Recording {
    /// `caodiem/0.1.0` as a client: HELLO, EmptyCall on stream 1, UnimplementedCall on 3.
    static let client1_0 = bytes(
        """
        894344500d0a1a0a000000300000000008000000088080041080800420032a0d63616f6469656d2f
        302e312e30508080045880808002608080016880017080801078e8070000004a0000000101000000
        0a2d2f63616f6469656d2e636f6e666f726d616e63652e76312e436f6e666f726d616e63652f456d
        70747943616c6c1880a8d6b9072a130a0a782d7265636f726465641205302e312e30000000050000
        00010201000000000000000000005200000003010000000a352f63616f6469656d2e636f6e666f72
        6d616e63652e76312e436f6e666f726d616e63652f556e696d706c656d656e74656443616c6c1880
        a8d6b9072a130a0a782d7265636f726465641205302e312e30000000050000000302010000000000
        0000
        """)

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map {
            UInt8(digits[$0] << 4 | digits[$0 + 1])
        }
    }
}
