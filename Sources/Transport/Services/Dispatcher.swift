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
        return ServedCall(handler, context, on: link)
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

    func data(_ link: Link, _ stream: StreamID, _ bytes: ArraySlice<UInt8>, endStream: Bool) {
        self.stream = stream
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

    func drained(_ link: Link, _ stream: StreamID) {
        outbox.note(pending: 0)
        resumeWriter(nil)
    }

    func ended(_ link: Link, _ stream: StreamID, _ end: StreamEnd) {
        isOver = true
        outbox.close()
        task?.cancel()
        resumeWriter(.callerGone)
    }

    /// Sends what the handler has written.
    func flush(on link: Link) {
        guard let stream, !isOver else { return }
        link.send(stream, outbox.take()[...])
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
            link.send(stream, MessageAssembler.framed(message)[...])
            finish(nil, on: link, stream)
        case .failure(let failure): finish(failure, on: link, stream)
        }
    }

    private func finish(_ failure: Failure?, on link: Link, _ stream: StreamID) {
        guard !isOver else { return }
        flush(on: link)
        isOver = true
        outbox.close()
        link.finish(stream, failure)
    }
}

extension Failure {
    static let callerGone = Failure(
        .cancelled, "the caller no longer waits for an answer", reason: "CALLER_GONE")
}
