public import Wire

/// Answers incoming calls from a table of services; lives on the loop.
///
/// Every accepted stream ends with TRAILERS or RESET, whatever its handler does.
public final class Dispatcher: Sendable {
    private let services: ServiceTable

    public init(_ services: ServiceTable) {
        self.services = services
    }

    /// Whether a path is served here.
    public func serves(_ path: String) -> Bool { services.handler(for: path) != nil }

    /// Takes a call; a path that is not served is answered with UNIMPLEMENTED at once.
    public func accept(
        _ link: Link, _ stream: StreamID, _ headers: WireV1.CallHeaders, deadline: Instant?
    ) -> (any StreamObserver)? {
        guard let handler = services.handler(for: headers.path) else {
            link.finish(
                stream,
                Failure(
                    .unimplemented, "the method \(headers.path) is not served here",
                    reason: "UNKNOWN_METHOD"))
            return nil
        }
        if case .refused(let failure) = handler {
            link.finish(stream, failure)
            return nil
        }
        let context = CallContext(
            path: headers.path, metadata: headers.metadata, deadline: deadline, peer: link.peer)
        let call = ServedCall(handler, context, on: link)
        call.begin(on: link, stream)
        return call
    }
}

/// One accepted call; lives on the loop.
final class ServedCall: StreamObserver, @unchecked Sendable {
    // Unchecked: its variables are touched on the link's loop only.
    private let handler: ServiceTable.Handler
    private let context: CallContext
    private var assembler: MessageAssembler
    private var request: [UInt8]?
    private var task: Task<Void, Never>?
    private var requests = RequestQueue()
    private var stream: StreamID?
    private var isOver = false
    private var writer: ((Failure?) -> Void)?
    /// Safe to use from any thread.
    let outbox: Outbox

    init(_ handler: ServiceTable.Handler, _ context: CallContext, on link: Link) {
        self.handler = handler
        self.context = context
        assembler = MessageAssembler(limit: link.messageLimit)
        outbox = Outbox(messageLimit: link.peerMessageLimit)
    }

    /// Starts a handler that does not wait for its request.
    func begin(on link: Link, _ stream: StreamID) {
        self.stream = stream
        guard case .duplex(let body) = handler else { return }
        let context = context
        let requests = RawRequests(call: self, link: link)
        let writer = RawReplyWriter(call: self, link: link)
        start(on: link, stream) { [self] in
            let failure = await body(requests, context, writer)
            return { self.finish(failure, on: link, stream) }
        }
    }

    func data(_ link: Link, _ stream: StreamID, _ bytes: ArraySlice<UInt8>, endStream: Bool) {
        if case .duplex = handler {
            return takeRequests(bytes, endStream: endStream, on: link, stream)
        }
        do throws(Failure) {
            try assembler.feed(bytes)
            while let message = assembler.next() {
                guard request == nil else { throw wrongCount("more than one message") }
                request = message
            }
            if endStream {
                guard let request else { throw wrongCount("no message") }
                guard assembler.missing == 0 else {
                    throw Failure(.internal, "the request ends inside a message")
                }
                self.request = nil
                run(request, on: link, stream)
            } else if assembler.missing > 0 {
                try link.expect(stream, bytes: assembler.missing)
            }
        } catch {
            isOver = true
            link.finish(stream, error)
        }
    }

    // MARK: Streams of requests

    private func takeRequests(
        _ bytes: ArraySlice<UInt8>, endStream: Bool, on link: Link, _ stream: StreamID
    ) {
        do throws(Failure) {
            try assembler.feed(bytes)
            while let message = assembler.next() { requests.add(message) }
            if endStream {
                guard assembler.missing == 0 else {
                    throw Failure(.internal, "the requests end inside a message")
                }
                requests.finish(nil)
            }
            try deliver(on: link, stream)
        } catch {
            requests.finish(error)
            _ = requests.deliver()
            task?.cancel()
            finish(error, on: link, stream)
        }
    }

    /// Answers with the next request, or nil when there are no more.
    func nextRequest(
        on link: Link, _ answer: @escaping (Result<[UInt8]?, Failure>) -> Void
    ) {
        guard let stream else { return answer(.failure(.callerGone)) }
        requests.wait(answer)
        do throws(Failure) {
            try deliver(on: link, stream)
        } catch {
            requests.finish(error)
            _ = requests.deliver()
            finish(error, on: link, stream)
        }
    }

    /// The handler's task was cancelled.
    func stopReading() {
        requests.finish(.callerGone)
        _ = requests.deliver()
    }

    /// Hands a waiting reader its request and grants what it has used up; a message that has begun is
    /// granted whole once it is waited for.
    private func deliver(on link: Link, _ stream: StreamID) throws(Failure) {
        let used = requests.deliver()
        guard !isOver else { return }
        if used > 0 { link.consumed(stream, used) }
        if requests.isWaitedFor, assembler.missing > 0 {
            try link.expect(stream, bytes: assembler.missing)
        }
    }

    func drained(_ link: Link, _ stream: StreamID) {
        outbox.note(pending: 0)
        resumeWriter(nil)
    }

    func ended(_ link: Link, _ stream: StreamID, _ end: StreamEnd) {
        isOver = true
        outbox.close()
        task?.cancel()
        resumeWriter(.callerGone)
        requests.finish(.callerGone)
        _ = requests.deliver()
    }

    /// Sends what the handler has written.
    func flush(on link: Link) {
        guard let stream, !isOver else { return }
        let bytes = outbox.take()
        if !bytes.isEmpty {
            sendInitialMetadata(on: link, stream)
            link.send(stream, bytes[...])
        }
        outbox.note(pending: link.pendingBytes(stream))
    }

    /// Answers when the handler may write again.
    func waitForRoom(on link: Link, _ done: @escaping (Failure?) -> Void) {
        guard !isOver else { return done(.callerGone) }
        guard writer == nil else {
            return done(Failure(.internal, "two replies are written at the same time"))
        }
        if outbox.isFull { writer = done } else { done(nil) }
    }

    private func resumeWriter(_ failure: Failure?) {
        let waiting = writer
        writer = nil
        waiting?(failure)
    }

    private func wrongCount(_ what: String) -> Failure {
        Failure(.unimplemented, "\(context.path) takes one request, and \(what) came")
    }

    private func run(_ request: [UInt8], on link: Link, _ stream: StreamID) {
        let context = context
        switch handler {
        case .immediate(let body): reply(body(request, context), on: link, stream)
        case .unary(let body):
            start(on: link, stream) { [self] in
                let result = await body(request, context)
                return { self.reply(result, on: link, stream) }
            }
        case .streaming(let body):
            let writer = RawReplyWriter(call: self, link: link)
            start(on: link, stream) { [self] in
                let failure = await body(request, context, writer)
                return { self.finish(failure, on: link, stream) }
            }
        case .refused(let failure): finish(failure, on: link, stream)
        case .duplex: break
        }
    }

    /// Runs a handler in a task; what it returns is done on the loop.
    private func start(
        on link: Link, _ stream: StreamID,
        _ body: @escaping @Sendable () async -> @Sendable () -> Void
    ) {
        link.hold(stream)
        task = Task {
            let conclude = await body()
            link.loop.execute {
                conclude()
                link.release(stream)
                self.task = nil
            }
        }
    }

    private func reply(_ result: Result<[UInt8], Failure>, on link: Link, _ stream: StreamID) {
        guard !isOver else { return }
        switch result {
        case .success(let message) where message.count > link.peerMessageLimit:
            finish(.tooLarge(message.count, link.peerMessageLimit), on: link, stream)
        case .success(let message):
            sendInitialMetadata(on: link, stream)
            link.send(stream, MessageAssembler.framed(message)[...])
            finish(nil, on: link, stream)
        case .failure(let failure): finish(failure, on: link, stream)
        }
    }

    private func finish(_ failure: Failure?, on link: Link, _ stream: StreamID) {
        guard !isOver else { return }
        flush(on: link)
        sendInitialMetadata(on: link, stream)
        isOver = true
        outbox.close()
        link.finish(
            stream, trailers: Failure.trailers(failure, metadata: context.outgoing.trailing)[...])
    }

    private func sendInitialMetadata(on link: Link, _ stream: StreamID) {
        guard let metadata = context.outgoing.takeInitial(), !metadata.isEmpty else { return }
        var headers = WireV1.ResponseHeaders()
        headers.metadata = metadata
        guard let encoded = try? headers.encoded() else { return }
        link.sendHeaders(stream, encoded[...])
    }
}

extension Failure {
    static let callerGone = Failure(
        .cancelled, "the caller no longer waits for an answer", reason: "CALLER_GONE")
}
