import Synchronization
internal import Wire

/// One accepted call; lives on the loop.
final class ServedCall: StreamObserver, @unchecked Sendable {
    // Unchecked: its variables are touched on the link's loop only; `outgoing` has its lock.
    private let handler: ServiceTable.Handler
    private let headers: WireV1.CallHeaders
    private let deadline: Instant?
    private let link: Link
    private let stream: StreamID
    /// The largest request taken, bytes.
    private let messageLimit: Int
    private var assembler: MessageAssembler
    private var request: [UInt8]?
    private var task: Task<Void, Never>?
    private var isOver = false
    /// Of a call with streamed replies; set before its handler begins.
    private var sending: SendingHalf?
    /// Of a call with streamed requests.
    private var receiving: ReceivingHalf?
    private let outgoing = Mutex(OutgoingMetadata())

    private struct OutgoingMetadata {
        var isInitialSet = false
        var trailing: [WireV1.MetadataEntry] = []
    }

    init(
        _ handler: ServiceTable.Handler, _ headers: WireV1.CallHeaders, _ deadline: Instant?,
        _ stream: StreamID, on link: Link, messageLimit: Int
    ) {
        self.handler = handler
        self.headers = headers
        self.deadline = deadline
        self.stream = stream
        self.link = link
        self.messageLimit = messageLimit
        assembler = MessageAssembler(limit: messageLimit)
    }

    private var context: CallContext {
        CallContext(headers.path, headers.metadata, deadline, link.peer, call: self)
    }

    // MARK: From any thread

    func setInitialMetadata(_ entries: [WireV1.MetadataEntry]) throws(Failure) {
        let isFirst = outgoing.withLock { outgoing in
            defer { outgoing.isInitialSet = true }
            return !outgoing.isInitialSet
        }
        guard isFirst, sending?.hasWritten != true else { throw .lateInitialMetadata }
        if link.loop.isCurrent { return writeInitialMetadata(entries) }
        link.loop.execute { self.writeInitialMetadata(entries) }
    }

    func setTrailingMetadata(_ entries: [WireV1.MetadataEntry]) {
        outgoing.withLock { $0.trailing = entries }
    }

    // MARK: From the link

    /// The call is accepted: a handler of streamed requests begins at once.
    func began() {
        guard case .requests(let body) = handler else { return }
        let receiving = ReceivingHalf(link)
        receiving.begin(stream, messageLimit: messageLimit)
        self.receiving = receiving
        let (writer, context) = (startSending(), context)
        let requests = RawRequests(reader: MessageReader(receiving))
        start { [self] in
            let failure = await body(requests, context, writer)
            return { self.finish(failure) }
        }
    }

    func data(_ link: Link, _ stream: StreamID, _ bytes: ArraySlice<UInt8>, endStream: Bool) {
        do throws(Failure) {
            if let receiving {
                try receiving.feed(bytes)
                if endStream { try receiving.feedEnd() }
                return
            }
            try assembler.feed(bytes)
            while let message = assembler.next() {
                guard request == nil else { throw wrongCount("more than one message") }
                request = message
            }
            if endStream {
                guard assembler.missing == 0 else {
                    throw Failure(.internal, "the request ends inside a message")
                }
                guard let request else { throw wrongCount("no message") }
                self.request = nil
                run(request)
            } else if assembler.missing > 0 {
                try link.expect(stream, bytes: assembler.missing)
            }
        } catch {
            finish(error)
        }
    }

    func drained(_ link: Link, _ stream: StreamID) {
        sending?.noteRoom()
    }

    func ended(_ link: Link, _ stream: StreamID, _ end: StreamEnd) {
        close(.callerGone)
    }

    // MARK: The handler

    private func run(_ request: [UInt8]) {
        let context = context
        switch handler {
        case .immediate(let body): reply(body(request, context))
        case .unary(let body):
            start { [self] in
                let result = await body(request, context)
                return { self.reply(result) }
            }
        case .streaming(let body):
            let writer = startSending()
            start { [self] in
                let failure = await body(request, context, writer)
                return { self.finish(failure) }
            }
        case .requests: break
        case .refused(let failure): finish(failure)
        }
    }

    private func startSending() -> RawReplyWriter {
        let half = SendingHalf(link, keepsReplay: false)
        half.begin(stream)
        sending = half
        return RawReplyWriter(half: half)
    }

    /// Runs a handler in a task; what it returns is done on the loop.
    private func start(_ body: @escaping @Sendable () async -> @Sendable () -> Void) {
        link.hold(stream)
        task = Task { [link, stream] in
            let conclude = await body()
            link.loop.execute {
                conclude()
                link.release(stream)
                self.task = nil
            }
        }
    }

    // MARK: The answer

    private func writeInitialMetadata(_ entries: [WireV1.MetadataEntry]) {
        guard !isOver else { return }
        do throws(Failure) {
            link.sendHeaders(stream, try link.encodedInitialMetadata(entries)[...])
        } catch {
            finish(error)
        }
    }

    private func reply(_ result: Result<[UInt8], Failure>) {
        guard !isOver else { return }
        switch result {
        case .success(let message) where message.count > link.peerMessageLimit:
            finish(.tooLarge(message.count, link.peerMessageLimit))
        case .success(let message):
            link.send(stream, MessageAssembler.framed(message)[...])
            finish(nil)
        case .failure(let failure): finish(failure)
        }
    }

    private func finish(_ failure: Failure?) {
        guard !isOver else { return }
        sending?.flush()
        let metadata = outgoing.withLock { $0.trailing }
        link.finish(stream, failure, metadata: metadata)
        close(failure ?? .callerGone)
    }

    /// Nothing goes in or out any more; a handler that still works is cancelled.
    private func close(_ reason: Failure) {
        guard !isOver else { return }
        isOver = true
        sending?.close(reason)
        receiving?.abort(reason)
        task?.cancel()
    }

    private func wrongCount(_ what: String) -> Failure {
        Failure(.unimplemented, "\(headers.path) takes one request, and \(what) came")
    }
}

extension Failure {
    static let lateInitialMetadata = Failure(
        .failedPrecondition, "initial metadata comes once, and before the first reply",
        hint: "set it before the first reply, or send it as trailing metadata")
    static let callerGone = Failure(
        .cancelled, "the caller no longer waits for an answer", reason: "CALLER_GONE")
}
