internal import NIOCore
internal import NIOPosix
import Synchronization
public import Wire

/// Who is at the other end, as far as the transport itself can tell.
public struct Peer: Equatable, Sendable {
    /// The plugin that was spawned with this end, or "".
    public var pluginID = ""
    public var processID: Int32?
    public var userID: UInt32?
    public var groupID: UInt32?
    /// Address and port of a TCP connection's other end.
    public var address: String?
    /// What its certificate names, when there is one.
    public var certificate: CertificateName?
    /// When that certificate ends, seconds since 1970 in UTC.
    public var certificateEnd: Int64?

    public init(pluginID: String = "") {
        self.pluginID = pluginID
    }
}

/// What a link tells its owner; every method is called on the link's loop.
public protocol LinkDelegate: AnyObject, Sendable {
    /// Both HELLOs are there.
    func linkReady(_ link: Link, _ hello: PeerHello)
    /// The peer opened a call. The answer observes it; nil when the stream was already finished or
    /// reset in this call.
    func link(
        _ link: Link, accept stream: StreamID, headers: WireV1.CallHeaders, deadline: Instant?
    ) -> (any StreamObserver)?
    /// The peer says what it is doing, and may ask for time.
    func link(_ link: Link, noted note: WireV1.Note)
    /// The peer takes no new calls.
    func linkDraining(_ link: Link, _ text: String)
    /// The connection is over; all its streams have ended before.
    func linkClosed(_ link: Link, _ reason: Failure)
}

extension LinkDelegate {
    public func linkReady(_ link: Link, _ hello: PeerHello) {}
    public func link(_ link: Link, noted note: WireV1.Note) {}
    public func linkDraining(_ link: Link, _ text: String) {}
    public func linkClosed(_ link: Link, _ reason: Failure) {}
}

/// What a stream tells whoever opened or accepted it; every method is called on the link's loop.
///
/// `ended` comes exactly once, and last; it does not come after `Link.finish` or `Link.reset`.
public protocol StreamObserver: AnyObject {
    /// The acceptor's `ResponseHeaders`, encoded.
    func headers(_ link: Link, _ stream: StreamID, _ encoded: ArraySlice<UInt8>)
    /// Bytes of the message stream; the slice may share a larger read, copy what is kept long.
    func data(_ link: Link, _ stream: StreamID, _ bytes: ArraySlice<UInt8>, endStream: Bool)
    /// The peer granted so many bytes more.
    func windowOpened(_ link: Link, _ stream: StreamID, credit: Int)
    /// What was sent has all left for the wire.
    func drained(_ link: Link, _ stream: StreamID)
    func ended(_ link: Link, _ stream: StreamID, _ end: StreamEnd)
}

extension StreamObserver {
    public func headers(_ link: Link, _ stream: StreamID, _ encoded: ArraySlice<UInt8>) {}
    public func windowOpened(_ link: Link, _ stream: StreamID, credit: Int) {}
    public func drained(_ link: Link, _ stream: StreamID) {}
}

/// A CDP/1 connection over a stream socket, hosted on a loop.
///
/// Methods other than `init`, `close` and `drain` must be called on the loop. What is sent during
/// one turn of the loop leaves in one write.
public final class Link: @unchecked Sendable {
    // Unchecked: every stored variable is touched on `loop` only, which debug builds assert.

    public let loop: Loop
    public let side: Side
    /// Who is at the other end; set before the first delegate call, and completed by the link's owner.
    public var peer: Peer
    /// What the peer said in HELLO; nil until then.
    public var peerHello: PeerHello? { connection.peer }

    var connection: Connection
    var delegate: (any LinkDelegate)?
    var observers = StreamTable<(any StreamObserver)?>(vacant: nil)
    /// Empty, with room for the events of a read.
    var batch: [ConnectionEvent] = []
    var channel: (any NIOCore.Channel)?
    /// Why the connection is over; the delegate hears it once the last bytes have left.
    var closedReason: Failure?
    var isClosing = false
    private var isPumping = false
    private var pumpScheduled = false
    private var timer: Scheduled<Void>?
    private var timerDue: Instant?
    let peerMessage: Atomic<Int>
    var retryBucket: RetryBucket

    /// Most bytes handed to the socket before it must take some.
    static let writeChunk = 256 << 10
    /// Events that a link keeps room for.
    static let batchKept = 512

    /// Takes over a connected stream socket.
    ///
    /// - Parameters:
    ///   - fd: owned by the link from here on.
    ///   - expectedToken: what the peer's HELLO must show, if anything.
    public convenience init(
        fd: Int32, side: Side, hello: HelloInfo, expectedToken: [UInt8]? = nil, peer: Peer = Peer(),
        loop: Loop = .shared, delegate: any LinkDelegate
    ) {
        self.init(
            side: side, hello: hello, expectedToken: expectedToken, peer: peer, loop: loop,
            delegate: delegate)
        loop.execute { self.adopt(fd) }
    }

    init(
        side: Side, hello: HelloInfo, expectedToken: [UInt8]?, peer: Peer, loop: Loop,
        delegate: any LinkDelegate
    ) {
        self.loop = loop
        self.side = side
        self.peer = peer
        self.delegate = delegate
        connection = Connection(
            side: side, hello: hello, expectedToken: expectedToken, budget: loop.budget,
            now: Loop.now)
        peerMessage = Atomic(connection.limits.message)
        retryBucket = RetryBucket(tokens: connection.limits.retryTokens)
    }

    // MARK: Calls

    /// Opens a call. It may wait for the handshake or for a free stream.
    ///
    /// - Throws: UNAVAILABLE or RESOURCE_EXHAUSTED; nothing was sent then.
    public func open(
        _ headers: WireV1.CallHeaders, deadline: Instant?, observer: any StreamObserver
    ) throws(Failure) -> StreamID {
        loop.assertCurrent()
        let stream = try connection.open(headers, deadline: deadline, now: Loop.now)
        observers.insert(observer, for: stream)
        schedulePump()
        return stream
    }

    /// Sends initial metadata for an accepted call, encoded `ResponseHeaders`.
    public func sendHeaders(_ stream: StreamID, _ encoded: ArraySlice<UInt8>) {
        loop.assertCurrent()
        connection.sendHeaders(stream, encoded)
        schedulePump()
    }

    /// Sends bytes of the message stream; bytes beyond the peer's credit wait in memory.
    public func send(_ stream: StreamID, _ bytes: ArraySlice<UInt8>, endStream: Bool = false) {
        loop.assertCurrent()
        connection.send(stream, bytes, endStream: endStream)
        schedulePump()
    }

    /// Ends an accepted call with encoded `Trailers`, after what was sent before.
    public func finish(_ stream: StreamID, trailers: ArraySlice<UInt8>) {
        loop.assertCurrent()
        observers.remove(stream)
        connection.finish(stream, trailers: trailers)
        schedulePump()
    }

    /// Ends a call at once, both halves.
    public func reset(_ stream: StreamID, _ code: ErrorCode, _ text: String = "") {
        loop.assertCurrent()
        observers.remove(stream)
        connection.reset(stream, code, text)
        schedulePump()
    }

    /// The application has used up bytes; the peer may send as many again.
    public func consumed(_ stream: StreamID, _ bytes: Int) {
        loop.assertCurrent()
        connection.consumed(stream, bytes)
        schedulePump()
    }

    /// A message of which so many bytes are missing is waited for; they are granted whole.
    public func expect(_ stream: StreamID, bytes: Int) throws(Failure) {
        loop.assertCurrent()
        try connection.expect(stream, bytes: bytes)
        schedulePump()
    }

    /// Passes on credit that the far side of a relay granted.
    public func grant(_ stream: StreamID, bytes: Int) throws(Failure) {
        loop.assertCurrent()
        try connection.grant(stream, bytes: bytes)
        schedulePump()
    }

    /// A handler begins to work for an accepted call; it counts until `release`.
    public func hold(_ stream: StreamID) {
        loop.assertCurrent()
        connection.hold(stream)
    }

    /// The handler of a held call has returned.
    public func release(_ stream: StreamID) {
        loop.assertCurrent()
        connection.release(stream)
        schedulePump()
    }

    /// Bytes sent on a stream that have not left for the wire.
    public func pendingBytes(_ stream: StreamID) -> Int { connection.pendingBytes(stream) }

    /// Whether a call can be opened.
    public var acceptsCalls: Bool { connection.acceptsCalls }

    /// Streams that have not ended.
    public var streamCount: Int { connection.streamCount }

    /// The window that a stream of ours starts with at the peer, bytes.
    public var peerWindow: Int { connection.peerWindow }

    /// The window that a stream of the peer starts with here, bytes.
    public var window: Int { connection.limits.window }

    /// The largest message that the peer takes, bytes; our own limit before its HELLO. From any
    /// thread.
    public var peerMessageLimit: Int { peerMessage.load(ordering: .relaxed) }

    /// The largest message that we take, bytes.
    public var messageLimit: Int { connection.limits.message }

    // MARK: The end

    /// Takes no new calls, lets running ones end, then closes. From any thread.
    public func drain() {
        loop.execute {
            self.connection.drain()
            self.schedulePump()
        }
    }

    /// Tells the peer what is being done here, and how much longer it should wait for our next step.
    /// From any thread.
    public func note(_ text: String, extend: Duration = .zero) {
        loop.execute {
            self.connection.note(text, extend: extend)
            self.schedulePump()
        }
    }

    /// Ends the connection at once; its calls are lost. From any thread.
    public func close(_ code: ErrorCode = .noError, _ text: String = "closed") {
        loop.execute {
            self.connection.shutDown(code, text, now: Loop.now)
            self.schedulePump()
        }
    }
}

extension Link {
    // MARK: The socket's side

    func adopt(_ fd: Int32) {
        let bootstrap = ClientBootstrap(group: loop.eventLoop)
            .channelOption(.writeBufferWaterMark, value: Link.waterMark)
            .channelInitializer { channel in self.install(in: channel) }
        bootstrap.withConnectedSocket(fd).whenFailure { error in
            self.failed("the socket could not be taken over: \(error)")
        }
    }

    static let waterMark = ChannelOptions.Types.WriteBufferWaterMark(
        low: 64 << 10, high: Link.writeChunk)

    func install(in channel: any NIOCore.Channel) -> EventLoopFuture<Void> {
        loop.assertCurrent()
        do {
            try channel.pipeline.syncOperations.addHandler(LinkHandler(self))
            return channel.eventLoop.makeSucceededVoidFuture()
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
    }

    func activated(_ channel: any NIOCore.Channel) {
        self.channel = channel
        pump()
    }

    func received(_ bytes: [UInt8]) {
        isPumping = true
        connection.receive(bytes, now: Loop.now)
        dispatch()
        isPumping = false
    }

    func ended() {
        connection.receiveEnd(now: Loop.now)
        pump()
    }

    func failed(_ text: String) {
        connection.receiveFailure(text, now: Loop.now)
        pump()
    }

    private func schedulePump() {
        guard !isPumping, !pumpScheduled else { return }
        pumpScheduled = true
        loop.eventLoop.execute {
            self.pumpScheduled = false
            self.pump()
        }
    }

    /// Tells the events, writes what there is to write, and sets the timer.
    func pump() {
        guard !isPumping else { return }
        isPumping = true
        repeat {
            dispatch()
            connection.closeWhenDrained()
            write()
        } while connection.hasEvents
        isPumping = false
        setTimer()
        if connection.isClosed { closeSocket() }
    }

    private func write() {
        guard let channel else { return }
        while channel.isWritable {
            var buffer = ByteBuffer()
            let isAny = connection.withOutgoing(limit: Link.writeChunk) { bytes in
                buffer = channel.allocator.buffer(capacity: bytes.count)
                buffer.writeBytes(bytes)
            }
            guard isAny else { return }
            channel.writeAndFlush(buffer, promise: nil)
        }
    }

    private func setTimer() {
        guard let due = connection.nextTick else {
            timer?.cancel()
            timer = nil
            timerDue = nil
            return
        }
        if let timerDue, timerDue <= due { return }
        timer?.cancel()
        timerDue = due
        let delay = max(0, Loop.now.duration(to: due).wholeNanoseconds)
        timer = loop.eventLoop.scheduleTask(in: .nanoseconds(delay)) {
            self.timer = nil
            self.timerDue = nil
            self.connection.tick(now: Loop.now)
            self.pump()
        }
    }
}
