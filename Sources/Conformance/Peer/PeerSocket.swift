import Glibc

/// A blocking socket over `poll`: what is written goes out while what comes in is kept.
final class PeerSocket {
    private let descriptor: Int32
    private var inbox: [UInt8] = []
    private var head = 0
    private var prefaceSeen = false
    /// The peer closed its half, or the connection broke.
    private(set) var hasEnded = false
    private let child: PeerProcess?
    /// The case ends here, whatever it waits for.
    private let caseEnd: ContinuousClock.Instant

    /// Every wait of a case is bounded by this, unless the case says otherwise.
    static let patience = Duration.seconds(10)
    private static let clock = ContinuousClock()

    init(_ descriptor: Int32, child: PeerProcess? = nil, until caseEnd: ContinuousClock.Instant) {
        self.descriptor = descriptor
        self.child = child
        self.caseEnd = caseEnd
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }

    deinit {
        close(descriptor)
        child?.end()
    }

    /// The spawned worker's process; 0 for a peer that was there.
    var processID: Int32 { child?.processID ?? 0 }

    /// The token that the worker must show.
    var token: [UInt8] { child?.token ?? [] }

    /// Writes everything; reads meanwhile unless told not to. False when the peer is gone.
    @discardableResult
    func send(
        _ bytes: [UInt8], reading: Bool = true, within limit: Duration = PeerSocket.patience
    ) throws(Verdict) -> Bool {
        let end = PeerSocket.clock.now + limit
        var sent = 0
        while sent < bytes.count {
            let wrote = bytes.withUnsafeBytes { buffer in
                Glibc.send(
                    descriptor, buffer.baseAddress?.advanced(by: sent), bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            if wrote > 0 {
                sent += wrote
                continue
            }
            if wrote < 0, errno != EAGAIN, errno != EINTR {
                return false
            }
            try checkCase()
            guard PeerSocket.clock.now < end else {
                throw .failed(
                    "the peer took \(sent) of \(bytes.count) bytes within \(limit.shown)")
            }
            wait(writing: true, reading: reading && !hasEnded, until: end)
            if reading { drain() }
        }
        return true
    }

    private func checkCase() throws(Verdict) {
        if PeerSocket.clock.now >= caseEnd { throw .failed("the case ran past its limit of time") }
    }

    /// The next frame; nil when nothing came in time or the stream of bytes is over.
    func nextFrame(within limit: Duration = PeerSocket.patience) throws(Verdict) -> RawFrame? {
        let end = PeerSocket.clock.now + limit
        var hasLooked = false
        while true {
            if let frame = try takeFrame() { return frame }
            if hasEnded { return nil }
            try checkCase()
            if hasLooked, PeerSocket.clock.now >= end { return nil }
            wait(writing: false, reading: true, until: end)
            drain()
            hasLooked = true
        }
    }

    /// Waits until the peer has closed; frames that still come are given to `body`.
    func waitForEnd(
        within limit: Duration, _ body: (RawFrame) -> Void = { _ in }
    ) throws(Verdict) {
        let end = PeerSocket.clock.now + limit
        while PeerSocket.clock.now < end {
            if let frame = try nextFrame(within: end - PeerSocket.clock.now) {
                body(frame)
            } else if hasEnded {
                return
            }
        }
        throw .failed("the peer did not close the connection within \(limit.shown)")
    }

    /// Reads one byte, if one is there, past all buffering.
    func readOneByte() {
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, 0)
        if count == 1 { inbox.append(byte) }
        if count == 0 { hasEnded = true }
    }

    /// No more bytes from us; theirs still come.
    func closeWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Closing sends RST instead of an end, where the transport knows one.
    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private func takeFrame() throws(Verdict) -> RawFrame? {
        if !prefaceSeen {
            let count = min(inbox.count, RawFrame.preface.count)
            guard Array(inbox[..<count]) == Array(RawFrame.preface[..<count]) else {
                throw .failed("the peer's first bytes are \(inbox.prefix(8)), not the preface")
            }
            guard count == RawFrame.preface.count else { return nil }
            prefaceSeen = true
            head = count
        }
        guard inbox.count - head >= RawFrame.headerSize else { return nil }
        let length = Int(number(inbox, at: head))
        try require(length <= 1 << 20, "the peer sends a frame of \(length) bytes")
        guard inbox.count - head >= RawFrame.headerSize + length else { return nil }
        let start = head + RawFrame.headerSize
        let frame = RawFrame(
            kind: inbox[head + 8], flags: inbox[head + 9], stream: number(inbox, at: head + 4),
            reserved: UInt16(inbox[head + 10]) << 8 | UInt16(inbox[head + 11]),
            payload: Array(inbox[start..<start + length]))
        head = start + length
        if head > 1 << 20 || head == inbox.count {
            inbox.removeFirst(head)
            head = 0
        }
        return frame
    }

    private func wait(writing: Bool, reading: Bool, until end: ContinuousClock.Instant) {
        let events = Int16((writing ? POLLOUT : 0) | (reading ? POLLIN : 0))
        var entry = pollfd(fd: descriptor, events: events, revents: 0)
        _ = poll(&entry, 1, (end - PeerSocket.clock.now).pollMilliseconds)
    }

    private func drain() {
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while !hasEnded {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count > 0 {
                inbox.append(contentsOf: chunk[..<count])
                if count < chunk.count { return }
            } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
                hasEnded = true
            } else if errno == EAGAIN {
                return
            }
        }
    }
}
