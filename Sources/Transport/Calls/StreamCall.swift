internal import Wire

/// One server-streaming call on its way; lives on the loop.
///
/// Whole messages wait in the assembler, at most a window of them; they count as consumed when the
/// reader comes back for more.
final class StreamCall: StreamObserver, @unchecked Sendable {
    // Unchecked: its variables are touched on the link's loop only.
    typealias Batch = Result<[[UInt8]], Failure>

    private let call: PreparedCall
    private var stream: StreamID?
    private var assembler = MessageAssembler(limit: 0)
    private var messages: [[UInt8]] = []
    private var takenBytes = 0
    private var waiter: ((Batch) -> Void)?
    /// Set once: nil inside is the OK end.
    private var end: Failure??
    private var triedAgain = false
    private var sawData = false

    init(_ call: PreparedCall) {
        self.call = call
    }

    func start(on link: Link) {
        guard end == nil else { return }
        assembler = MessageAssembler(limit: link.messageLimit)
        guard call.message.count <= link.peerMessageLimit else {
            return finish(.tooLarge(call.message.count, link.peerMessageLimit))
        }
        do throws(Failure) {
            let id = try link.open(call.headers, deadline: call.deadline, observer: self)
            stream = id
            link.send(id, MessageAssembler.framed(call.message)[...], endStream: true)
        } catch {
            finish(error)
        }
    }

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

    func cancel(on link: Link) {
        if let stream, end == nil { link.reset(stream, .cancel, "cancelled") }
        messages = []
        finish(Failure(.cancelled, "the task was cancelled"))
    }

    func data(_ link: Link, _ stream: StreamID, _ bytes: ArraySlice<UInt8>, endStream: Bool) {
        sawData = true
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
        if case .refused = end, !triedAgain, !sawData, link.acceptsCalls {
            triedAgain = true
            self.stream = nil
            link.loop.schedule(after: .milliseconds(5)) { self.start(on: link) }
            return
        }
        finish(end.failure?.asSeen(deadline: call.deadline))
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

    private func finish(_ failure: Failure?) {
        guard end == nil else { return }
        end = .some(failure)
        deliver()
    }
}
