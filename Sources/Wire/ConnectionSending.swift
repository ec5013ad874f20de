extension Connection {
    /// Opens a call; until the peer's HELLO is there, or while it has as many calls as it allows,
    /// the call waits in order.
    ///
    /// - Parameters:
    ///   - headers: `timeoutNs` is set here from the deadline.
    ///   - deadline: after it the stream ends with `deadlineExceeded`, and the peer is told.
    /// - Throws: UNAVAILABLE (safe to retry elsewhere), RESOURCE_EXHAUSTED (metadata, queue, budget).
    public mutating func open(
        _ headers: WireV1.CallHeaders, deadline: Instant?, now: Instant
    ) throws(Failure) -> StreamID {
        self.now = now
        guard acceptsCalls else {
            // Who was turned away hears why, however late it asks.
            if let closedBecause, closedBecause.code == .permissionDenied { throw closedBecause }
            throw Failure(
                .unavailable, "the connection takes no new calls", retryable: true,
                reason: phase == .closed ? "CONNECTION_LOST" : "DRAINING")
        }
        if let deadline, deadline <= now {
            throw Failure(.deadlineExceeded, "the deadline had passed before the call was made")
        }
        guard nextID <= StreamID.last.rawValue else {
            drain()
            throw Failure(
                .unavailable, "the connection has used up its stream ids; connect again",
                retryable: true, reason: "STREAMS_EXHAUSTED")
        }
        try checkSentMetadata(headers.metadata)
        if waiting.count - waitingHead >= limits.queuedCalls { dropEndedFromQueue() }
        guard waiting.count - waitingHead < limits.queuedCalls else {
            throw Failure(
                .resourceExhausted, "\(limits.queuedCalls) calls already wait for a free stream",
                retryable: true, reason: "QUEUE_FULL")
        }
        let id = StreamID(rawValue: nextID)
        nextID += 2
        var stream = Stream()
        stream.isWaiting = true
        stream.outstanding = limits.window
        stream.deadline = deadline
        let index = streams.insert(stream, for: id)
        note(deadline: deadline)
        if waitingHead < waiting.count || !start(id, index, headers) {
            streams[at: index].waitingHeaders = headers
            waiting.append(id)
        }
        return id
    }

    /// Tells the peer what is being done here, and how much longer it should wait for the next step.
    public mutating func note(_ text: String, extend: Duration = .zero) {
        guard phase != .closed else { return }
        let note = WireV1.Note.with {
            $0.text = truncated(text, bytes: limits.errorText)
            $0.extendMs = UInt32(clamping: extend.wholeNanoseconds / 1_000_000)
        }
        guard let payload = try? note.encoded() else { return }
        outgoing.appendFrame(.note, stream: .connection, payload: payload)
    }

    /// The acceptor's initial metadata, encoded `ResponseHeaders`; at most once, before DATA.
    public mutating func sendHeaders(_ id: StreamID, _ encoded: ArraySlice<UInt8>) {
        guard let index = streams.index(of: id), !isOurs(id),
            !streams[at: index].sentHeaders, streams[at: index].localOpen
        else { return }
        streams[at: index].sentHeaders = true
        outgoing.appendFrame(.headers, stream: id, payload: encoded)
    }

    /// Sends bytes of the message stream; what exceeds the peer's credit waits here.
    ///
    /// - Parameter endStream: ends the opener's half; an acceptor ends with `finish`.
    public mutating func send(_ id: StreamID, _ bytes: ArraySlice<UInt8>, endStream: Bool = false) {
        guard let index = streams.index(of: id), streams[at: index].localOpen else { return }
        let isOurs = isOurs(id)
        let ends = endStream && isOurs
        if ends { streams[at: index].localOpen = false }
        guard !bytes.isEmpty || ends else { return }
        if !isOurs { streams[at: index].sentHeaders = true }
        if streams[at: index].sendsDirectly(bytes.count), bytes.count <= frameRoom,
            outgoing.count < Connection.directLimit
        {
            streams[at: index].credit -= bytes.count
            let flags = ends ? FrameFlags.endStream : 0
            outgoing.appendFrame(.data, flags: flags, stream: id, payload: bytes)
            return
        }
        streams[at: index].pending.append(contentsOf: bytes)
        if ends { streams[at: index].ending = .endStream }
        streams[at: index].wantsDrained = true
        makeReady(id, index)
    }

    /// Ends a call that the peer opened: TRAILERS, after what was sent before.
    ///
    /// The stream is over on this side at once when nothing waits, else when it is out; either way
    /// the owner gets no `ended` for it.
    public mutating func finish(_ id: StreamID, trailers: ArraySlice<UInt8>) {
        guard let index = streams.index(of: id), !isOurs(id), streams[at: index].localOpen
        else { return }
        streams[at: index].localOpen = false
        if streams[at: index].pendingCount == 0 {
            outgoing.appendFrame(.trailers, stream: id, payload: trailers)
            forget(id)
        } else {
            streams[at: index].ending = .trailers(Array(trailers))
            streams[at: index].wantsDrained = false
            makeReady(id, index)
        }
    }

    /// Ends a stream at once, both halves; the owner gets no `ended` for it.
    public mutating func reset(_ id: StreamID, _ code: ErrorCode, _ text: String = "") {
        guard let index = streams.index(of: id) else { return }
        if !streams[at: index].isWaiting { writeReset(id, code, text) }
        forget(id)
    }

    /// Bytes that were sent on a stream and have not left for the wire.
    public func pendingBytes(_ id: StreamID) -> Int {
        streams.index(of: id).map { streams[at: $0].pendingCount } ?? 0
    }

    /// The frames to write now, at most about `limit` bytes: control first, then one frame a stream
    /// in turn. Empty when there is nothing to send.
    public mutating func takeOutgoing(limit: Int) -> [UInt8] {
        takeTurns(limit: limit)
        if outgoing.isEmpty { return [] }
        defer { outgoing = [] }
        return outgoing
    }

    /// The same bytes, lent to `body`; false when there is nothing to send. The room that they took serves again.
    public mutating func withOutgoing(
        limit: Int, _ body: (UnsafeRawBufferPointer) -> Void
    ) -> Bool {
        takeTurns(limit: limit)
        if outgoing.isEmpty { return false }
        outgoing.withUnsafeBytes(body)
        outgoing.removeAll(keepingCapacity: outgoing.capacity <= Connection.keptRoom)
        return true
    }

    private mutating func takeTurns(limit: Int) {
        while outgoing.count < limit, readyHead < ready.count {
            let id = ready[readyHead]
            readyHead += 1
            if readyHead == ready.count || readyHead > 1024 {
                ready.removeSubrange(..<readyHead)
                readyHead = 0
            }
            sendTurn(id)
        }
    }

    /// Below this many waiting bytes DATA goes straight out, without taking a turn.
    static let directLimit = 64 << 10
    /// Most bytes of room that a connection keeps while it has nothing to send.
    static let keptRoom = 64 << 10

    /// The largest payload that the peer takes in a frame; never more than 64 KiB, so that turns
    /// stay short.
    var frameRoom: Int { min(peerLimits?.frame ?? limits.frame, 64 << 10) }

    var hasFreeStream: Bool {
        guard let peerLimits, phase == .open else { return false }
        return openedCount < peerLimits.streams
    }

    /// Starts calls that wait, in order, while the peer and the inbound budget have room.
    mutating func startWaiting() {
        while waitingHead < waiting.count {
            let id = waiting[waitingHead]
            if let index = streams.index(of: id), let headers = streams[at: index].waitingHeaders {
                guard start(id, index, headers) else { break }
            }
            waitingHead += 1
        }
        if waitingHead > 0, waitingHead == waiting.count || waitingHead > 1024 {
            waiting.removeSubrange(..<waitingHead)
            waitingHead = 0
        }
    }

    func isWaiting(_ id: StreamID) -> Bool {
        streams.index(of: id).map { streams[at: $0].isWaiting } ?? false
    }

    private mutating func dropEndedFromQueue() {
        waiting = waiting[waitingHead...].filter { isWaiting($0) }
        waitingHead = 0
    }

    /// Sends the HEADERS of a call that waits; false when it must go on waiting.
    private mutating func start(
        _ id: StreamID, _ index: Int, _ headers: WireV1.CallHeaders
    ) -> Bool {
        guard hasFreeStream else { return false }
        waitsForBudget = !budget.reserve(limits.window)
        if waitsForBudget { return false }
        streams[at: index].reserved = limits.window
        streams[at: index].isWaiting = false
        streams[at: index].waitingHeaders = nil
        streams[at: index].sentHeaders = true
        streams[at: index].credit = peerWindow
        openedCount += 1
        let timeout = streams[at: index].deadline.map { deadline in
            UInt64(max(deadline.nanoseconds &- now.nanoseconds, 1))
        }
        do throws(EncodingFailure) {
            try outgoing.appendCallHeaders(
                headers, timeoutNs: timeout ?? headers.timeoutNs, stream: id)
        } catch {
            end(id, .failed(Failure(.internal, "the call's headers do not encode: \(error)")))
            return true
        }
        makeReady(id, index)
        return true
    }

    /// Puts a stream in the round of senders when it can send something.
    mutating func makeReady(_ id: StreamID, _ index: Int) {
        guard streams[at: index].mayTakeTurn else { return }
        streams[at: index].isReady = true
        ready.append(id)
    }

    /// One frame of one stream.
    private mutating func sendTurn(_ id: StreamID) {
        guard let index = streams.index(of: id) else { return }
        streams[at: index].isReady = false
        let pendingCount = streams[at: index].pendingCount
        let size = min(pendingCount, streams[at: index].credit, frameRoom)
        let isLast = size == pendingCount
        var flags: UInt8 = 0
        if isLast, case .endStream = streams[at: index].ending { flags = FrameFlags.endStream }
        if size > 0 || flags != 0 {
            let head = streams[at: index].pendingHead
            outgoing.appendFrame(
                .data, flags: flags, stream: id,
                payload: streams[at: index].pending[head..<head + size])
        }
        streams[at: index].credit -= size
        guard isLast else {
            streams[at: index].pendingHead += size
            compact(index)
            makeReady(id, index)
            return
        }
        streams[at: index].pending = []
        streams[at: index].pendingHead = 0
        switch streams[at: index].ending {
        case .none, .endStream:
            streams[at: index].ending = .none
            if streams[at: index].wantsDrained {
                streams[at: index].wantsDrained = false
                events.append(.drained(id))
            }
        case .trailers(let payload):
            outgoing.appendFrame(.trailers, stream: id, payload: payload)
            forget(id)
        }
    }

    /// Drops sent bytes from the front once they are the larger part.
    private mutating func compact(_ index: Int) {
        let head = streams[at: index].pendingHead
        guard head > 256 << 10, head > streams[at: index].pending.count / 2 else { return }
        streams[at: index].pending.removeSubrange(..<head)
        streams[at: index].pendingHead = 0
    }

    /// Throws RESOURCE_EXHAUSTED for metadata that the peer does not take.
    public func checkSentMetadata(_ entries: [WireV1.MetadataEntry]) throws(Failure) {
        try checkMetadata(entries, limit: peerLimits?.metadata ?? limits.metadata)
    }

    /// Throws RESOURCE_EXHAUSTED for metadata beyond our own limits.
    public func checkReceivedMetadata(_ entries: [WireV1.MetadataEntry]) throws(Failure) {
        try checkMetadata(entries, limit: limits.metadata)
    }

    func checkMetadata(_ entries: [WireV1.MetadataEntry], limit: Int) throws(Failure) {
        if entries.isEmpty { return }
        guard entries.count <= limits.metadataEntries else {
            throw Failure(
                .resourceExhausted,
                "\(entries.count) entries of metadata, the limit is \(limits.metadataEntries)")
        }
        let size = entries.reduce(0) { $0 + $1.key.utf8.count + $1.value.count + 32 }
        guard size <= limit else {
            throw Failure(
                .resourceExhausted, "metadata counts \(size) bytes, the limit is \(limit)")
        }
    }

    mutating func writeReset(_ id: StreamID, _ code: ErrorCode, _ text: String) {
        let words = Array(truncated(text, bytes: limits.errorText).utf8)
        outgoing.appendFrameHeader(.reset, flags: 0, stream: id, length: 4 + words.count)
        outgoing.appendBigEndian(code.rawValue)
        outgoing.append(contentsOf: words)
    }

    mutating func writeGoAway(last: StreamID, _ code: ErrorCode, _ text: String) {
        let words = Array(truncated(text, bytes: limits.errorText).utf8)
        outgoing.appendFrameHeader(
            .goAway, flags: 0, stream: .connection, length: 8 + words.count)
        outgoing.appendBigEndian(last.rawValue)
        outgoing.appendBigEndian(code.rawValue)
        outgoing.append(contentsOf: words)
    }
}
