/// Which side of a connection this is: it decides the parity of the stream ids.
public enum Side: Sendable {
    /// Dialled or spawned the other; opens odd streams.
    case dialler
    /// Was dialled or spawned; opens even streams.
    case acceptor
}

/// What a connection tells its owner, in order.
public enum ConnectionEvent: Equatable, Sendable {
    /// Both HELLOs are there.
    case ready(PeerHello)
    /// The peer opened a call; `endStream` when no message follows.
    case opened(StreamID, WireV1.CallHeaders, endStream: Bool)
    /// The acceptor's `ResponseHeaders`, encoded.
    case headers(StreamID, ArraySlice<UInt8>)
    /// Bytes of the message stream, and whether the opener's half ends with them.
    case data(StreamID, ArraySlice<UInt8>, endStream: Bool)
    /// The peer granted so many more bytes.
    case windowOpened(StreamID, credit: Int)
    /// Everything that was sent on the stream has left for the wire.
    case drained(StreamID)
    /// The stream is over; nothing more comes for it and nothing can be sent.
    case ended(StreamID, StreamEnd)
    /// The peer says what it is doing, and may ask for time.
    case noted(WireV1.Note)
    /// The peer takes no new calls; running ones go on.
    case draining(String)
    /// The connection is over, after `ended` for each of its streams. Flush, then close.
    case closed(Failure)
}

/// One CDP/1 connection as a value: bytes and moments in, events and bytes out.
///
/// It knows no socket and no clock. The owner feeds what it reads to `receive`, calls `tick` when
/// `nextTick` is reached, and after every call writes what `takeOutgoing` gives. Calls that name a
/// stream which has ended are ignored: the owner learns of the end by its event.
public struct Connection {
    public let side: Side
    public let limits: Limits
    /// What the peer said; nil before its HELLO.
    public internal(set) var peer: PeerHello? { didSet { peerLimits = peer?.info.limits } }
    /// The limits of `peer`, which are asked for with every frame: plain numbers, copied for nothing.
    private(set) var peerLimits: Limits?

    let hello: HelloInfo
    let expectedToken: [UInt8]?
    let budget: InboundBudget
    var parser: FrameParser
    var phase = Phase.handshaking
    /// Why it is over.
    private(set) var closedBecause: Failure?
    var now: Instant
    var events: [ConnectionEvent] = []

    var streams = StreamTable(vacant: Stream())
    var nextID: UInt32
    var lastAccepted = StreamID.connection
    var acceptedCount = 0
    var openedCount = 0
    /// Streams that have ended while their handlers still work.
    var outlived: Set<StreamID> = []
    var waiting: [StreamID] = []
    var waitingHead = 0
    /// The first call in the queue waits for memory that another connection holds.
    var waitsForBudget = false
    var recentlyClosed: [StreamID] = []
    var recentlyClosedNext = 0

    /// Frames that go out before any stream's next turn.
    var outgoing: [UInt8] = []
    /// Streams with bytes to send and credit for them, in turn.
    var ready: [StreamID] = []
    var readyHead = 0

    var liveness: Liveness
    var earliestDeadline: Instant?

    enum Phase: Equatable {
        case handshaking, open
        case closed
    }

    /// - Parameters:
    ///   - hello: what we say of ourselves; its limits bind the peer.
    ///   - expectedToken: the session token that the peer must show, if any.
    ///   - budget: shared by the connections of this process.
    ///   - firstStream: where our ids start; only tests of exhaustion need it.
    public init(
        side: Side, hello: HelloInfo, expectedToken: [UInt8]? = nil, budget: InboundBudget,
        now: Instant, firstStream: StreamID? = nil
    ) {
        var bounded = hello
        bounded.limits = hello.limits.bounded()
        self.side = side
        self.hello = bounded
        self.limits = bounded.limits
        self.expectedToken = expectedToken
        self.budget = budget
        self.now = now
        self.nextID = firstStream?.rawValue ?? (side == .dialler ? 1 : 2)
        self.parser = FrameParser(maximumFrame: limits.frame, maximumHello: limits.hello)
        self.liveness = Liveness(now: now)
        outgoing = Frame.preface
        let payload = (try? bounded.message().encoded()) ?? []
        outgoing.appendFrame(.hello, stream: .connection, payload: payload)
    }

    /// Whether new calls can be opened, now or when the handshake is done.
    public var acceptsCalls: Bool {
        phase != .closed && !liveness.peerDrains && !liveness.weDrain
    }

    public var isClosed: Bool { phase == .closed }

    /// Streams that have not ended, both sides' together.
    public var streamCount: Int { streams.count }

    /// The peer's stream window, bytes; the default before its HELLO.
    public var peerWindow: Int { peerLimits?.window ?? Limits().window }

    /// The time by which `tick` wants to be called.
    public var nextTick: Instant? {
        if phase == .closed { return nil }
        var next = liveness.nextTick(
            limits, idle: idleBeforePing, handshaking: phase == .handshaking)
        if let earliestDeadline, earliestDeadline < next { next = earliestDeadline }
        if waitsForBudget { next = min(next, now.advanced(by: limits.budgetRetry)) }
        return next
    }

    /// The events since the last call; the owner takes them after every call that may make some.
    public mutating func takeEvents() -> [ConnectionEvent] {
        if events.isEmpty { return [] }
        defer { events = [] }
        return events
    }

    /// The same by exchange with an empty array, whose room serves for the next ones.
    public mutating func takeEvents(into batch: inout [ConnectionEvent]) {
        swap(&events, &batch)
    }

    func isOurs(_ stream: StreamID) -> Bool {
        (stream.rawValue & 1 == 1) == (side == .dialler)
    }

    // MARK: The life of a stream

    /// Takes the stream out, gives back what it reserved, and tells the owner how it ended.
    mutating func end(_ id: StreamID, _ outcome: StreamEnd) {
        guard forget(id) else { return }
        events.append(.ended(id, outcome))
    }

    /// Takes the stream out without a word; false when it was not there.
    @discardableResult
    mutating func forget(_ id: StreamID) -> Bool {
        guard let stream = streams.remove(id) else { return false }
        budget.release(stream.reserved)
        if isOurs(id) {
            if !stream.isWaiting { openedCount -= 1 }
        } else {
            acceptedCount -= 1
            if stream.isHeld { outlived.insert(id) }
        }
        remember(id)
        if isOurs(id) { startWaiting() }
        return true
    }

    /// Notes a stream as closed, so that frames that crossed on the way are known.
    mutating func remember(_ id: StreamID) {
        if recentlyClosed.count < limits.rememberedStreams {
            recentlyClosed.append(id)
        } else if limits.rememberedStreams > 0 {
            recentlyClosed[recentlyClosedNext] = id
            recentlyClosedNext = (recentlyClosedNext + 1) % limits.rememberedStreams
        }
    }

    /// Gives up the connection: GOAWAY with the reason, and every stream is lost.
    mutating func abort(_ error: ConnectionError) {
        guard phase != .closed else { return }
        writeGoAway(last: lastAccepted, error.code, error.message)
        let status: StatusCode = error.code == .noError ? .unavailable : error.code.status
        close(
            Failure(
                status == .internal ? .unavailable : status, error.message,
                retryable: true, reason: error.code.name))
    }

    /// Ends every stream and then the connection.
    mutating func close(_ reason: Failure) {
        guard phase != .closed else { return }
        phase = .closed
        closedBecause = reason
        for id in streams.sortedIDs {
            guard let stream = streams.remove(id) else { continue }
            budget.release(stream.reserved)
            let unsent = isOurs(id) && stream.isWaiting
            events.append(.ended(id, unsent ? .refused(reason.message) : .lost(reason)))
        }
        waiting = []
        ready = []
        waitingHead = 0
        readyHead = 0
        earliestDeadline = nil
        events.append(.closed(reason))
    }
}

extension Connection {
    /// What we know of one stream.
    struct Stream {
        /// Our opening HEADERS wait for a free stream or for the peer's HELLO.
        var isWaiting = false
        var waitingHeaders: WireV1.CallHeaders?
        var localOpen = true
        var remoteOpen = true
        var sentHeaders = false
        var sawHeaders = false
        /// DATA bytes that the peer still lets us send.
        var credit = 0
        /// DATA bytes that we still let the peer send.
        var outstanding = 0
        /// DATA bytes that arrived and were not yet consumed by the application.
        var unconsumed = 0
        /// Bytes held in the inbound budget.
        var reserved = 0
        /// DATA that waits for credit or for its turn.
        var pending: [UInt8] = []
        var pendingHead = 0
        var ending = Ending.none
        var isReady = false
        var isHeld = false
        var wantsDrained = false
        var deadline: Instant?

        var pendingCount: Int { pending.count - pendingHead }

        /// Nothing waits, and the credit covers so many bytes.
        func sendsDirectly(_ bytes: Int) -> Bool {
            !isWaiting && pendingCount == 0 && credit >= bytes
        }

        /// There is something to send now, and no turn was asked for yet.
        var mayTakeTurn: Bool {
            if isReady || isWaiting { return false }
            if pendingCount > 0 { return credit > 0 }
            if case .none = ending { return false }
            return true
        }
    }

    /// What ends our half once the pending DATA is out.
    enum Ending {
        case none
        case endStream
        case trailers([UInt8])
    }
}

extension Connection {
    /// Whether `takeEvents` has something to give.
    public var hasEvents: Bool { !events.isEmpty }

    /// When the call times out, on this side's clock.
    public func deadline(of id: StreamID) -> Instant? {
        streams.index(of: id).flatMap { streams[at: $0].deadline }
    }
}
