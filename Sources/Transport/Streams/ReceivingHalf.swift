import Synchronization
internal import Wire

/// What one side of a streamed call receives; lives on the loop.
///
/// Whole messages wait here, at most a window of them; they count as consumed when the reader comes
/// back for more.
final class ReceivingHalf: @unchecked Sendable {
    // Unchecked: its variables are touched on the link's loop only.
    /// Messages, at least one; none means the OK end.
    typealias Batch = Result<[[UInt8]], Failure>

    let link: Link
    private var stream: StreamID?
    private var assembler = MessageAssembler(limit: 0)
    private var messages: [[UInt8]] = []
    private var takenBytes = 0
    private var waiter: Waiter<Batch>?
    /// Set once: nil inside is the OK end.
    private var end: Failure??

    init(_ link: Link) {
        self.link = link
    }

    var isOver: Bool { end != nil }

    /// The messages of this stream are received from here on.
    func begin(_ stream: StreamID, messageLimit: Int) {
        self.stream = stream
        assembler = MessageAssembler(limit: messageLimit)
    }

    /// Takes in DATA.
    ///
    /// - Throws: what the call must end with: a message too large, compressed, or beyond the budget.
    func feed(_ bytes: ArraySlice<UInt8>) throws(Failure) {
        guard !isOver else { return }
        try assembler.feed(bytes)
        while let message = assembler.next() { messages.append(message) }
        if waiter?.isWaiting == true, messages.isEmpty { try expectRest() }
        deliver()
    }

    /// The sender has ended its half.
    func feedEnd() throws(Failure) {
        guard assembler.missing == 0 else {
            throw Failure(.internal, "the stream ends inside a message")
        }
        finish(nil)
    }

    /// Nothing more comes; what has come is still delivered.
    func finish(_ failure: Failure?) {
        guard end == nil else { return }
        end = .some(failure)
        deliver()
    }

    /// Nothing more comes, and what has come is dropped.
    func abort(_ failure: Failure) {
        messages = []
        finish(failure)
    }

    /// Gives the next messages to a waiter.
    func next(_ waiter: Waiter<Batch>) {
        guard self.waiter?.isWaiting != true else {
            let failure = Failure(.internal, "two tasks read the same stream at the same time")
            return waiter.give(.failure(failure))
        }
        if let stream, takenBytes > 0 {
            link.consumed(stream, takenBytes)
            takenBytes = 0
        }
        self.waiter = waiter
        if messages.isEmpty, end == nil {
            do throws(Failure) {
                try expectRest()
            } catch {
                return waiter.give(.failure(error))
            }
        }
        deliver()
    }

    /// The reader waits for a message that has begun: its rest is granted whole.
    private func expectRest() throws(Failure) {
        guard let stream, assembler.missing > 0 else { return }
        try link.expect(stream, bytes: assembler.missing)
    }

    private func deliver() {
        guard let waiter, waiter.isWaiting else { return }
        if !messages.isEmpty {
            let batch = messages
            messages = []
            takenBytes += batch.reduce(0) { $0 + $1.count + MessageAssembler.prefixSize }
            self.waiter = nil
            waiter.give(.success(batch))
        } else if let end {
            self.waiter = nil
            waiter.give(end.map { .failure($0) } ?? .success([]))
        }
    }
}

/// Gives received messages to a task one by one; from the loop they come in batches.
final class MessageReader: Sendable {
    private let half: ReceivingHalf
    private let batch = Mutex<ArraySlice<[UInt8]>>([])

    init(_ half: ReceivingHalf) {
        self.half = half
    }

    /// The next message; nil after the last of them when the stream ended well.
    func next() async throws(Failure) -> [UInt8]? {
        if let message = batch.withLock({ $0.popFirst() }) { return message }
        let messages = try await fetch()
        batch.withLock { $0 = messages.dropFirst() }
        return messages.first
    }

    /// All messages that are there, at least one; none when the stream ended well.
    func nextBatch() async throws(Failure) -> [[UInt8]] {
        let kept = batch.withLock { batch in
            defer { batch = [] }
            return Array(batch)
        }
        return kept.isEmpty ? try await fetch() : kept
    }

    private func fetch() async throws(Failure) -> [[UInt8]] {
        let half = half
        let cancelled = ReceivingHalf.Batch.failure(.taskCancelled)
        let answer = await Waiter.answer(on: half.link.loop, ifCancelled: cancelled) {
            half.next($0)
        }
        return try answer.get()
    }
}

extension Failure {
    static var taskCancelled: Failure { Failure(.cancelled, "the task was cancelled") }
}
