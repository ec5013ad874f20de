internal import Wire

/// One unary call on its way; lives on the loop.
final class UnaryCall: StreamObserver, @unchecked Sendable {
    // Unchecked: its variables are touched on the link's loop only.
    private let call: PreparedCall
    private var stream: StreamID?
    private var assembler: MessageAssembler
    private var reply: [UInt8]?
    private var completion: ((Result<[UInt8], Failure>) -> Void)?
    private var triedAgain = false
    private var attempts = 0
    private var isDone = false

    init(_ call: PreparedCall) {
        self.call = call
        assembler = MessageAssembler(limit: 0)
    }

    func start(on link: Link, completion: @escaping (Result<[UInt8], Failure>) -> Void) {
        link.loop.assertCurrent()
        guard !isDone else {
            return completion(.failure(Failure(.cancelled, "the task was cancelled")))
        }
        self.completion = completion
        attempt(on: link)
    }

    func cancel(on link: Link) {
        if let stream, !isDone { link.reset(stream, .cancel, "cancelled") }
        settle(.failure(Failure(.cancelled, "the task was cancelled")))
        isDone = true
    }

    private func attempt(on link: Link) {
        assembler = MessageAssembler(limit: link.messageLimit)
        reply = nil
        attempts += 1
        guard call.message.count <= link.peerMessageLimit else {
            return settle(.failure(.tooLarge(call.message.count, link.peerMessageLimit)))
        }
        do throws(Failure) {
            let id = try link.open(call.headers, deadline: call.deadline, observer: self)
            stream = id
            link.send(id, MessageAssembler.framed(call.message)[...], endStream: true)
        } catch {
            settle(.failure(error))
        }
    }

    func data(_ link: Link, _ stream: StreamID, _ bytes: ArraySlice<UInt8>, endStream: Bool) {
        do throws(Failure) {
            try assembler.feed(bytes)
            if assembler.missing > 0 { try link.expect(stream, bytes: assembler.missing) }
            while let message = assembler.next() {
                guard reply == nil else {
                    throw .wrongCount(call.headers.path, "two messages")
                }
                reply = message
            }
        } catch {
            link.reset(stream, .cancel, error.message)
            settle(.failure(error))
        }
    }

    func ended(_ link: Link, _ stream: StreamID, _ end: StreamEnd) {
        if case .refused = end, !triedAgain, link.acceptsCalls {
            triedAgain = true
            attempts -= 1
            return attempt(on: link, after: .milliseconds(5))
        }
        if let failure = end.failure {
            if let wait = retryWait(failure, end, on: link) {
                return attempt(on: link, after: wait)
            }
            settle(.failure(failure.asSeen(deadline: call.deadline)))
        } else if let reply {
            link.retryBucket.succeeded()
            settle(.success(reply))
        } else {
            settle(.failure(.wrongCount(call.headers.path, "no message")))
        }
    }

    private func attempt(on link: Link, after wait: Duration) {
        stream = nil
        link.loop.schedule(after: wait) {
            if !self.isDone { self.attempt(on: link) }
        }
    }

    /// When the call is made again; nil when the failure is the caller's to know.
    private func retryWait(_ failure: Failure, _ end: StreamEnd, on link: Link) -> Duration? {
        guard call.allowsRetry, failure.code == .unavailable, link.acceptsCalls else { return nil }
        link.retryBucket.failed()
        guard link.retryBucket.allowsRetry else { return nil }
        var trailers: WireV1.Trailers?
        if case .trailers(let encoded) = end { trailers = try? link.trailers(encoded) }
        let retry = Retry(limits: link.connection.limits)
        guard let wait = retry.wait(after: failure, trailers: trailers, attempts: attempts) else {
            return nil
        }
        if let deadline = call.deadline, deadline <= Loop.now.advanced(by: wait) { return nil }
        return wait
    }

    private func settle(_ result: Result<[UInt8], Failure>) {
        guard !isDone, let completion else { return }
        isDone = true
        self.completion = nil
        completion(result)
    }
}

extension Failure {
    static func tooLarge(_ bytes: Int, _ limit: Int) -> Failure {
        Failure(
            .resourceExhausted, "a message of \(bytes) bytes is over the peer's limit of \(limit)",
            hint: "send less at once", reason: "MESSAGE_TOO_LARGE")
    }

    static func wrongCount(_ path: String, _ what: String) -> Failure {
        Failure(.unimplemented, "\(path) is answered with one message, and \(what) came")
    }

    /// A cancellation that comes after the deadline is the deadline's doing, as gRPC tells it.
    func asSeen(deadline: Instant?) -> Failure {
        guard code == .cancelled, let deadline, deadline <= Loop.now else { return self }
        var seen = self
        seen.code = .deadlineExceeded
        return seen
    }
}
