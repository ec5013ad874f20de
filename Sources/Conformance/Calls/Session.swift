import Wire

/// A call that the peer opened on our connection.
struct PeerCall {
    var headers: WireV1.CallHeaders
    var bytes: [UInt8] = []
    var hasEnded = false
    var wasReset = false

    /// The first whole message.
    var message: [UInt8]? {
        guard bytes.count >= 5 else { return nil }
        let length = Int(number(bytes, at: 1))
        return bytes.count >= 5 + length ? Array(bytes[5..<5 + length]) : nil
    }
}

/// A connection after its handshake: opens calls, keeps the rules of the protocol itself, and notes
/// every rule that the peer breaks.
final class Session {
    let socket: PeerSocket
    /// What we said.
    let ours: WireV1.Hello
    private(set) var peer = WireV1.Hello()
    private(set) var calls: [UInt32: Call] = [:]
    private(set) var peerCalls: [UInt32: PeerCall] = [:]
    private(set) var goAways: [RawFrame] = []
    private(set) var pongs: [[UInt8]] = []
    /// What the peer did against the rules.
    private(set) var violations: [String] = []
    var answersPings = true
    var nextStream: UInt32 = 1
    /// Resets and trailers for streams that were not opened by `open`.
    private(set) var strays: [RawFrame] = []

    static let clock = ContinuousClock()

    /// Shakes hands; fails when the peer does not.
    init(_ socket: PeerSocket, _ hello: WireV1.Hello) throws(Verdict) {
        self.socket = socket
        ours = hello
        var greeting = RawFrame.preface
        greeting += RawFrame(kind: FrameKind.hello, payload: try encoded(hello)).encoded()
        try socket.send(greeting)
        guard let frame = try socket.nextFrame() else {
            throw .failed("no HELLO came\(socket.hasEnded ? ", the connection ended" : "")")
        }
        guard frame.kind == FrameKind.hello else {
            throw .failed("the first frame is \(FrameKind.name(frame.kind)) \(frame.text)")
        }
        guard let theirs = try? WireV1.Hello(decoding: frame.payload) else {
            throw .failed("the peer's HELLO does not decode")
        }
        peer = theirs
    }

    var window: Int { ours.streamWindow == 0 ? 256 << 10 : Int(ours.streamWindow) }
    var maxFrame: Int { ours.maxFrame == 0 ? 64 << 10 : Int(ours.maxFrame) }
    var peerWindow: Int { peer.streamWindow == 0 ? 256 << 10 : Int(peer.streamWindow) }
    var peerFrame: Int { peer.maxFrame == 0 ? 64 << 10 : Int(peer.maxFrame) }
    var peerMessage: Int { peer.maxMessage == 0 ? 4 << 20 : Int(peer.maxMessage) }
    var peerMetadata: Int { peer.maxMetadata == 0 ? 16 << 10 : Int(peer.maxMetadata) }
    var peerStreams: Int { peer.maxStreams == 0 ? 128 : Int(peer.maxStreams) }

    // MARK: Opening and writing

    /// A call's HEADERS, not yet sent; `end` closes our half with them.
    func headers(
        _ call: Call, _ path: String, timeout: Duration? = nil,
        metadata: [WireV1.MetadataEntry] = [], end: Bool = false
    ) throws(Verdict) -> RawFrame {
        var headers = WireV1.CallHeaders()
        headers.path = path
        headers.metadata = metadata
        if let timeout { headers.timeoutNs = UInt64(timeout.seconds * 1e9) }
        return RawFrame(
            kind: FrameKind.headers, flags: end ? RawFrame.endStream : 0, stream: call.id,
            payload: try encoded(headers))
    }

    /// A call with the next id; nothing is sent.
    func newCall() -> Call {
        let call = Call(id: nextStream, credit: peerWindow, granted: window)
        nextStream += 2
        calls[call.id] = call
        return call
    }

    /// Opens a call whose messages follow.
    func open(
        _ path: String, timeout: Duration? = nil, metadata: [WireV1.MetadataEntry] = []
    ) throws(Verdict) -> Call {
        let call = newCall()
        try send(try headers(call, path, timeout: timeout, metadata: metadata))
        return call
    }

    /// Opens a call with its only message, in one write.
    func start(
        _ path: String, _ message: some WireMessage, timeout: Duration? = nil,
        metadata: [WireV1.MetadataEntry] = []
    ) throws(Verdict) -> Call {
        let call = newCall()
        let opening = try headers(call, path, timeout: timeout, metadata: metadata).encoded()
        let bytes = framed(try encoded(message))
        if bytes.count <= min(call.credit, peerFrame) {
            call.credit -= bytes.count
            let data = RawFrame(
                kind: FrameKind.data, flags: RawFrame.endStream, stream: call.id, payload: bytes)
            try socket.send(opening + data.encoded())
        } else {
            try socket.send(opening)
            try write(call, bytes: bytes, end: true)
        }
        return call
    }

    /// Sends a message, waiting for credit as it must.
    func write(_ call: Call, _ message: some WireMessage, end: Bool = false) throws(Verdict) {
        try write(call, bytes: framed(try encoded(message)), end: end)
    }

    /// Sends bytes of the message stream; gives up silently when the call ends meanwhile.
    func write(
        _ call: Call, bytes: [UInt8], end: Bool, within limit: Duration = .seconds(30)
    ) throws(Verdict) {
        var rest = bytes[...]
        while !rest.isEmpty {
            try pump(within: limit, "credit on stream \(call.id)") {
                call.credit > 0 || call.isOver
            }
            if call.isOver { return }
            let part = rest.prefix(min(call.credit, peerFrame))
            rest = rest.dropFirst(part.count)
            call.credit -= part.count
            let last = rest.isEmpty && end
            try send(
                RawFrame(
                    kind: FrameKind.data, flags: last ? RawFrame.endStream : 0, stream: call.id,
                    payload: Array(part)))
        }
    }

    /// Ends our half without a message.
    func finish(_ call: Call) throws(Verdict) {
        try send(
            RawFrame(kind: FrameKind.data, flags: RawFrame.endStream, stream: call.id))
    }

    func cancel(_ call: Call) throws(Verdict) {
        try send(.reset(call.id, Code.cancel))
        forget(call)
    }

    /// What still comes for the call crossed on the way.
    func forget(_ call: Call) { calls[call.id] = nil }

    func send(_ frame: RawFrame) throws(Verdict) {
        try socket.send(frame.encoded())
    }

    // MARK: Reading

    /// Handles what comes until the condition holds; fails when it does not in time or the peer
    /// hangs up first.
    func pump(
        within limit: Duration = PeerSocket.patience, _ waitingFor: @autoclosure () -> String,
        until done: () -> Bool
    ) throws(Verdict) {
        let end = Session.clock.now + limit
        while !done() {
            let left = end - Session.clock.now
            guard left > .zero else {
                throw .failed("\(waitingFor()) did not come within \(limit.shown)")
            }
            if let frame = try socket.nextFrame(within: left) {
                try take(frame)
            } else if socket.hasEnded {
                for call in calls.values { call.lose() }
                if done() { return }
                let why = goAways.last.map { ": GOAWAY \($0.code ?? 0) \($0.text)" } ?? ""
                throw .failed("the connection ended before \(waitingFor()) came\(why)")
            }
        }
    }

    /// Handles what comes for that long, and at least what is there.
    func idle(_ period: Duration) throws(Verdict) {
        let end = Session.clock.now + period
        while true {
            let left = max(.zero, end - Session.clock.now)
            guard let frame = try socket.nextFrame(within: left) else { return }
            try take(frame)
        }
    }

    /// Waits for the end of a call.
    @discardableResult
    func finished(
        _ call: Call, within limit: Duration = PeerSocket.patience
    ) throws(Verdict) -> CallEnd {
        try pump(within: limit, "the end of stream \(call.id)") { call.isOver }
        return call.end ?? .lost
    }

    private func take(_ frame: RawFrame) throws(Verdict) {
        checkHeader(frame)
        switch frame.kind {
        case FrameKind.ping:
            if frame.flags & RawFrame.ack != 0 {
                pongs.append(frame.payload)
            } else if answersPings {
                try send(.ping(frame.payload, ack: true))
            }
        case FrameKind.goAway: goAways.append(frame)
        case FrameKind.hello: violations.append("a second HELLO")
        case 0x80...: break
        default: try takeOnStream(frame)
        }
    }

    private func checkHeader(_ frame: RawFrame) {
        if frame.reserved != 0 { violations.append("reserved bits are set") }
        if frame.payload.count > maxFrame {
            violations.append("a frame of \(frame.payload.count) bytes, over our \(maxFrame)")
        }
        let ends = [FrameKind.headers, FrameKind.data, FrameKind.ping].contains(frame.kind)
        if frame.flags & ~(ends ? 1 : 0) != 0 {
            violations.append("flags \(frame.flags) on \(FrameKind.name(frame.kind))")
        }
        if frame.stream > UInt32(Int32.max) { violations.append("the top bit of a stream id") }
    }

    private func takeOnStream(_ frame: RawFrame) throws(Verdict) {
        if frame.stream & 1 == 0 { return try takePeerCall(frame) }
        guard let call = calls[frame.stream] else {
            strays.append(frame)
            if strays.count > 4096 { strays.removeFirst(2048) }
            return
        }
        if let broken = call.take(frame) { violations.append(broken) }
        if frame.kind == FrameKind.data, call.grants, !call.isOver, !frame.payload.isEmpty {
            call.granted += frame.payload.count
            try send(.window(call.id, UInt32(frame.payload.count)))
        }
    }

    private func takePeerCall(_ frame: RawFrame) throws(Verdict) {
        if frame.kind == FrameKind.headers {
            guard frame.stream != 0, peerCalls[frame.stream] == nil else {
                violations.append("HEADERS on stream \(frame.stream)")
                return
            }
            guard let headers = try? WireV1.CallHeaders(decoding: frame.payload) else {
                violations.append("CallHeaders do not decode")
                return
            }
            peerCalls[frame.stream] = PeerCall(headers: headers)
        } else if peerCalls[frame.stream] == nil {
            violations.append("\(FrameKind.name(frame.kind)) on stream \(frame.stream)")
            return
        }
        if frame.kind == FrameKind.data {
            peerCalls[frame.stream]?.bytes += frame.payload
            if !frame.payload.isEmpty {
                try send(.window(frame.stream, UInt32(frame.payload.count)))
            }
        }
        if frame.kind == FrameKind.reset { peerCalls[frame.stream]?.wasReset = true }
        if frame.flags & RawFrame.endStream != 0 { peerCalls[frame.stream]?.hasEnded = true }
    }
}

/// A message's bytes; a value that cannot be encoded is a fault of the runner.
func encoded(_ message: some WireMessage) throws(Verdict) -> [UInt8] {
    do throws(EncodingFailure) {
        return try message.encoded()
    } catch {
        throw .failed("the runner cannot encode its own message: \(error)")
    }
}

/// A message from its bytes; fails the case where it does not decode.
func decoded<M: WireMessage>(_ bytes: [UInt8], as type: M.Type = M.self) throws(Verdict) -> M {
    do throws(DecodingFailure) {
        return try M(decoding: bytes)
    } catch {
        throw .failed("a \(M.messageName) of the peer does not decode: \(error)")
    }
}
