internal import Synchronization
internal import Wire

/// One call with streams of messages on its way; lives on the loop.
final class StreamCall: StreamObserver, @unchecked Sendable {
    // Unchecked: its variables are touched on the link's loop only; metadata has its lock.
    let link: Link
    let sending: SendingHalf
    private let headers: WireV1.CallHeaders
    private let deadline: Instant?
    private let receiving: ReceivingHalf
    private let reader: MessageReader
    private let metadata = Mutex(Metadata())
    private var stream: StreamID?
    private var headWaiters: [Waiter<[WireV1.MetadataEntry]>] = []
    private var triedAgain = false

    /// What came besides messages.
    private struct Metadata {
        var initial: [WireV1.MetadataEntry]?
        var trailing: [WireV1.MetadataEntry] = []
    }

    init(_ link: Link, headers: WireV1.CallHeaders, deadline: Instant?) {
        self.link = link
        self.headers = headers
        self.deadline = deadline
        sending = SendingHalf(link, keepsReplay: true)
        receiving = ReceivingHalf(link)
        reader = MessageReader(receiving)
    }

    // MARK: From any thread

    /// Opens the call and sends what was written.
    func start() {
        link.loop.execute { self.attempt() }
    }

    func finishSending() {
        link.loop.execute { self.sending.end() }
    }

    /// The next message; nil when the call ended well. A cancelled task cancels the call.
    func next() async throws(Failure) -> [UInt8]? {
        do throws(Failure) {
            return try await reader.next()
        } catch {
            if Task.isCancelled { cancel() }
            throw error
        }
    }

    /// The next messages; none when the call ended well.
    func nextBatch() async throws(Failure) -> [[UInt8]] {
        do throws(Failure) {
            return try await reader.nextBatch()
        } catch {
            if Task.isCancelled { cancel() }
            throw error
        }
    }

    /// Ends the call; the peer is told when it has not ended yet.
    func cancel() {
        link.loop.execute { self.giveUp(.taskCancelled) }
    }

    /// Ends the call because its sender cannot go on; no effect when the peer has ended it.
    func fail(_ failure: Failure) {
        link.loop.execute {
            if !self.receiving.isOver { self.giveUp(failure) }
        }
    }

    func initialMetadata() async -> [WireV1.MetadataEntry] {
        if let known = metadata.withLock({ $0.initial }) { return known }
        return await Waiter.answer(on: link.loop, ifCancelled: []) { waiter in
            if let known = self.metadata.withLock({ $0.initial }) { return waiter.give(known) }
            self.headWaiters.removeAll { !$0.isWaiting }
            self.headWaiters.append(waiter)
        }
    }

    var trailingMetadata: [WireV1.MetadataEntry] { metadata.withLock { $0.trailing } }

    // MARK: On the loop

    private func attempt() {
        guard !receiving.isOver else { return }
        do throws(Failure) {
            let id = try link.open(headers, deadline: deadline, observer: self)
            stream = id
            receiving.begin(id, messageLimit: link.messageLimit)
            sending.begin(id)
        } catch {
            finish(error)
        }
    }

    func headers(_ link: Link, _ stream: StreamID, _ encoded: ArraySlice<UInt8>) {
        sending.dropReplay()
        do throws(Failure) {
            settleHead(try link.initialMetadata(encoded))
        } catch {
            giveUp(error)
        }
    }

    func data(_ link: Link, _ stream: StreamID, _ bytes: ArraySlice<UInt8>, endStream: Bool) {
        sending.dropReplay()
        settleHead([])
        do throws(Failure) {
            try receiving.feed(bytes)
        } catch {
            giveUp(error)
        }
    }

    func drained(_ link: Link, _ stream: StreamID) {
        sending.noteRoom()
    }

    func ended(_ link: Link, _ stream: StreamID, _ end: StreamEnd) {
        if case .refused = end, !triedAgain, sending.canReplay, link.acceptsCalls {
            triedAgain = true
            self.stream = nil
            link.loop.schedule(after: .milliseconds(5)) { self.attempt() }
            return
        }
        self.stream = nil
        if case .trailers(let encoded) = end, !encoded.isEmpty {
            finishWithTrailers(encoded)
        } else {
            finish(end.failure?.asSeen(deadline: deadline))
        }
    }

    private func finishWithTrailers(_ encoded: ArraySlice<UInt8>) {
        do throws(Failure) {
            let trailers = try link.trailers(encoded)
            metadata.withLock { $0.trailing = trailers.metadata }
            finish(Failure.decode(trailers: trailers)?.asSeen(deadline: deadline))
        } catch {
            finish(error)
        }
    }

    private func giveUp(_ failure: Failure) {
        if let stream { link.reset(stream, .cancel, failure.message) }
        stream = nil
        receiving.abort(failure)
        finish(failure)
    }

    private func settleHead(_ entries: [WireV1.MetadataEntry]) {
        let isFirst = metadata.withLock { metadata in
            if metadata.initial != nil { return false }
            metadata.initial = entries
            return true
        }
        guard isFirst else { return }
        let waiting = headWaiters
        headWaiters = []
        for waiter in waiting { waiter.give(entries) }
    }

    private func finish(_ failure: Failure?) {
        settleHead([])
        sending.close(failure ?? .callOver)
        receiving.finish(failure)
    }
}

extension Failure {
    /// For a write after the peer has answered.
    static let callOver = Failure(
        .cancelled, "the call is over and takes no more messages", reason: "CALL_OVER")
}
