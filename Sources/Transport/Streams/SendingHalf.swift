internal import Wire

/// What one side of a streamed call sends: messages written by tasks, no faster than the peer takes
/// them.
final class SendingHalf: @unchecked Sendable {
    // Unchecked: its variables are touched on the link's loop only; the outbox is safe by itself.
    let link: Link
    private let outbox = Outbox()
    private var stream: StreamID?
    private var writers: [Waiter<Failure?>] = []
    private var endsAfterwards = false
    private var hasSentEnd = false
    private var over: Failure?
    /// What was sent so far, while the call may have to be made again; nil when it may not.
    private var replay: [UInt8]?

    /// Most bytes kept for a call that the peer may refuse.
    static let replayLimit = 256 << 10

    init(_ link: Link, keepsReplay: Bool) {
        self.link = link
        replay = keepsReplay ? [] : nil
    }

    // MARK: From any thread

    /// Sends messages; returns when there is room for more.
    ///
    /// - Throws: the reason for which the call is over; RESOURCE_EXHAUSTED when a message is larger
    ///   than the peer takes, and nothing is sent then.
    func write(_ messages: [[UInt8]]) async throws(Failure) {
        try put(messages)
        guard outbox.isFull else { return }
        let answer = await Waiter<Failure?>.answer(
            on: link.loop, ifCancelled: .taskCancelled
        ) { self.waitForRoom($0) }
        if let answer { throw answer }
    }

    /// Sends messages without waiting; for the last ones of a call.
    func put(_ messages: [[UInt8]]) throws(Failure) {
        if try outbox.put(messages, limit: link.peerMessageLimit) {
            link.loop.execute { self.flush() }
        }
    }

    /// Whether a message was ever put.
    var hasWritten: Bool { outbox.hasTaken }

    // MARK: On the loop

    var canReplay: Bool { replay != nil }

    /// No answer has come yet, or one has: then the call is never made again.
    func dropReplay() { replay = nil }

    /// Sends on this stream from here on; a second stream gets everything again.
    func begin(_ stream: StreamID) {
        self.stream = stream
        hasSentEnd = false
        let again = replay ?? []
        if !again.isEmpty {
            hasSentEnd = endsAfterwards && outbox.isEmpty
            link.send(stream, again[...], endStream: hasSentEnd)
        }
        flush()
    }

    /// Sends what was written.
    func flush() {
        guard let stream, over == nil else { return }
        let bytes = outbox.take()
        if !bytes.isEmpty || endsAfterwards && !hasSentEnd {
            hasSentEnd = endsAfterwards
            keep(bytes)
            link.send(stream, bytes[...], endStream: endsAfterwards)
        }
        noteRoom()
    }

    /// Ends our half after what was written.
    func end() {
        endsAfterwards = true
        flush()
    }

    /// What was sent has left for the wire, or some of it.
    func noteRoom() {
        guard let stream else { return }
        outbox.note(pending: link.pendingBytes(stream))
        guard !writers.isEmpty, !outbox.isFull else { return }
        resumeWriters(nil)
    }

    /// The call is over: nothing more is taken, and who waits learns why.
    func close(_ reason: Failure) {
        guard over == nil else { return }
        over = reason
        replay = nil
        outbox.close(reason)
        resumeWriters(reason)
    }

    private func waitForRoom(_ waiter: Waiter<Failure?>) {
        if let over { return waiter.give(over) }
        guard outbox.isFull else { return waiter.give(nil) }
        writers.removeAll { !$0.isWaiting }
        writers.append(waiter)
    }

    private func resumeWriters(_ failure: Failure?) {
        let waiting = writers
        writers = []
        for waiter in waiting { waiter.give(failure) }
    }

    private func keep(_ bytes: [UInt8]) {
        guard let kept = replay?.count else { return }
        if kept + bytes.count > SendingHalf.replayLimit {
            replay = nil
        } else {
            replay?.append(contentsOf: bytes)
        }
    }
}
