internal import Wire

/// One streaming call on its way, in both directions; lives on the loop.
///
/// Replies wait in the assembler, at most a window of them; they count as consumed when the reader comes
/// back for more. Requests wait in the outbox until the peer's credit lets them go.
final class StreamCall: StreamObserver, @unchecked Sendable {
    // Unchecked: its variables are touched on the link's loop only; the outbox is safe by itself.
    typealias Batch = Result<[[UInt8]], Failure>

    private let headers: WireV1.CallHeaders
    private let deadline: Instant?
    /// The only request of a call that takes one: it can be sent again. Nil when requests are streamed.
    private let request: [UInt8]?
    let outbox: Outbox
    private var stream: StreamID?
    private var assembler = MessageAssembler(limit: 0)
    private var messages: [[UInt8]] = []
    private var takenBytes = 0
    private var waiter: ((Batch) -> Void)?
    private var writer: ((Failure?) -> Void)?
    private var isSendingDone = false
    private var initialMetadata: [WireV1.MetadataEntry]?
    private var initialWaiter: (([WireV1.MetadataEntry]) -> Void)?
    private(set) var trailingMetadata: [WireV1.MetadataEntry] = []
    /// Set once: nil inside is the OK end.
    private var end: Failure??
    private var triedAgain = false
    private var sawData = false

    init(_ call: PreparedCall) {
        headers = call.headers
        deadline = call.deadline
        request = call.message
        outbox = Outbox(messageLimit: Int.max)
    }

    /// A call whose requests are sent one by one.
    init(headers: WireV1.CallHeaders, deadline: Instant?) {
        self.headers = headers
        self.deadline = deadline
        request = nil
        outbox = Outbox(messageLimit: Limits().message)
    }

    func start(on link: Link) {
        guard end == nil else { return }
        assembler = MessageAssembler(limit: link.messageLimit)
        outbox.limit(messages: link.peerMessageLimit)
        if let request, request.count > link.peerMessageLimit {
            return finish(.tooLarge(request.count, link.peerMessageLimit))
        }
        do throws(Failure) {
            let id = try link.open(headers, deadline: deadline, observer: self)
            stream = id
            if let request {
                link.send(id, MessageAssembler.framed(request)[...], endStream: true)
            } else {
                flush(on: link)
            }
        } catch {
            finish(error)
        }
    }

    // MARK: Replies

    /// The next messages, at least one; none means the OK end.
    func next(on link: Link, _ answer: @escaping (Batch) -> Void) {
        if let stream, takenBytes > 0 {
            link.consumed(stream, takenBytes)
            takenBytes = 0
        }
        waiter = answer
        if messages.isEmpty, end == nil { expectRest(on: link) }
        deliver()
    }

    /// What the peer sent ahead of its replies; none when it sent nothing.
    func awaitInitialMetadata(_ answer: @escaping ([WireV1.MetadataEntry]) -> Void) {
        if initialMetadata != nil || sawData || end != nil {
            answer(initialMetadata ?? [])
        } else {
            initialWaiter = answer
        }
    }

    func cancel(on link: Link) {
        if let stream, end == nil { link.reset(stream, .cancel, "cancelled") }
        messages = []
        finish(Failure(.cancelled, "the task was cancelled"))
    }

    func headers(_ link: Link, _ stream: StreamID, _ encoded: ArraySlice<UInt8>) {
        guard let headers = try? WireV1.ResponseHeaders(decoding: encoded) else {
            link.reset(stream, .protocolError, "HEADERS do not decode")
            return finish(Failure(.internal, "the peer's HEADERS do not decode"))
        }
        initialMetadata = headers.metadata
        tellInitialMetadata()
    }

    func data(_ link: Link, _ stream: StreamID, _ bytes: ArraySlice<UInt8>, endStream: Bool) {
        sawData = true
        tellInitialMetadata()
        do throws(Failure) {
            try assembler.feed(bytes)
        } catch {
            link.reset(stream, .cancel, error.message)
            return finish(error)
        }
        while let message = assembler.next() { messages.append(message) }
        if waiter != nil, messages.isEmpty { expectRest(on: link) }
        deliver()
    }

    func ended(_ link: Link, _ stream: StreamID, _ end: StreamEnd) {
        if case .refused = end, request != nil, !triedAgain, !sawData, link.acceptsCalls {
            triedAgain = true
            self.stream = nil
            link.loop.schedule(after: .milliseconds(5)) { self.start(on: link) }
            return
        }
        if case .trailers(let encoded) = end, !encoded.isEmpty,
            let trailers = try? WireV1.Trailers(decoding: encoded)
        {
            trailingMetadata = trailers.metadata
        }
        finish(end.failure?.asSeen(deadline: deadline))
    }

    /// The reader waits for a message that has begun: its rest is granted whole.
    private func expectRest(on link: Link) {
        guard let stream, assembler.missing > 0 else { return }
        do throws(Failure) {
            try link.expect(stream, bytes: assembler.missing)
        } catch {
            link.reset(stream, .cancel, error.message)
            finish(error)
        }
    }

    private func tellInitialMetadata() {
        initialWaiter?(initialMetadata ?? [])
        initialWaiter = nil
    }

    private func deliver() {
        guard let waiter else { return }
        if !messages.isEmpty {
            let batch = messages
            messages = []
            takenBytes = batch.reduce(0) { $0 + $1.count + MessageAssembler.prefixSize }
            self.waiter = nil
            waiter(.success(batch))
        } else if let end {
            self.waiter = nil
            waiter(end.map { .failure($0) } ?? .success([]))
        }
    }

    // MARK: Requests

    /// Sends what was written.
    func flush(on link: Link) {
        guard let stream, end == nil, !isSendingDone else { return }
        let bytes = outbox.take()
        if !bytes.isEmpty { link.send(stream, bytes[...]) }
        outbox.note(pending: link.pendingBytes(stream))
    }

    /// No more requests.
    func finishSending(on link: Link) {
        guard let stream, end == nil, !isSendingDone, request == nil else { return }
        flush(on: link)
        isSendingDone = true
        link.send(stream, [], endStream: true)
    }

    /// Answers when more requests may be written; with a failure when the call is over.
    func waitForRoom(on link: Link, _ done: @escaping (Failure?) -> Void) {
        if let end { return done(end ?? .callOver) }
        guard writer == nil else {
            return done(Failure(.internal, "two requests are written at the same time"))
        }
        if outbox.isFull { writer = done } else { done(nil) }
    }

    func drained(_ link: Link, _ stream: StreamID) {
        outbox.note(pending: 0)
        resumeWriter(nil)
    }

    private func resumeWriter(_ failure: Failure?) {
        let waiting = writer
        writer = nil
        waiting?(failure)
    }

    private func finish(_ failure: Failure?) {
        guard end == nil else { return }
        end = .some(failure)
        outbox.close()
        resumeWriter(failure ?? .callOver)
        tellInitialMetadata()
        deliver()
    }
}

extension Failure {
    /// The peer ended the call before it had taken all requests; the reply or the status says how.
    static let callOver = Failure(
        .cancelled, "the call has ended; no more requests are taken", reason: "CALL_OVER")
}
