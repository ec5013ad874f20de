public import Wire

/// The requests of a streaming call, in order. Credit is granted as they are read, so a slow handler slows
/// the caller.
public struct RequestStream<Request: WireMessage>: Sendable {
    let raw: RawRequests
    let path: String

    /// The next request; nil when there are no more.
    ///
    /// - Throws: CANCELLED when the caller has gone or its deadline has passed; INTERNAL when the request
    ///   does not decode.
    public func next() async throws(Failure) -> Request? {
        guard let bytes = try await raw.next() else { return nil }
        do throws(DecodingFailure) {
            return try Request(decoding: bytes)
        } catch {
            throw Failure(.internal, "a request of \(path) does not decode: \(error)")
        }
    }
}

/// The same for encoded messages.
public struct RawRequests: Sendable {
    let call: ServedCall
    let link: Link

    /// The next request; nil when there are no more.
    public func next() async throws(Failure) -> [UInt8]? {
        let (call, link) = (call, link)
        let result: Result<[UInt8]?, Failure> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                link.loop.execute {
                    call.nextRequest(on: link) { continuation.resume(returning: $0) }
                }
            }
        } onCancel: {
            link.loop.execute { call.stopReading() }
        }
        return try result.get()
    }
}

/// Requests that have come and not been read; lives on the loop.
struct RequestQueue {
    private var messages: [[UInt8]] = []
    private var head = 0
    private var waiter: ((Result<[UInt8]?, Failure>) -> Void)?
    /// Set once: nil inside when the caller has sent all.
    private var end: Failure??

    var isWaitedFor: Bool { waiter != nil }
    var isEmpty: Bool { head == messages.count }

    mutating func add(_ message: [UInt8]) { messages.append(message) }

    mutating func finish(_ failure: Failure?) {
        if end == nil { end = .some(failure) }
    }

    mutating func wait(_ answer: @escaping (Result<[UInt8]?, Failure>) -> Void) {
        guard waiter == nil else {
            return answer(
                .failure(Failure(.internal, "two requests are read at the same time")))
        }
        waiter = answer
    }

    /// Hands the reader what there is for it; gives the bytes that it has used up.
    mutating func deliver() -> Int {
        guard let waiter else { return 0 }
        if case .some(.some(let failure)) = end {
            self.waiter = nil
            waiter(.failure(failure))
        } else if head < messages.count {
            let message = messages[head]
            messages[head] = []
            head += 1
            if head == messages.count {
                messages.removeAll(keepingCapacity: true)
                head = 0
            }
            self.waiter = nil
            waiter(.success(message))
            return message.count + MessageAssembler.prefixSize
        } else if end != nil {
            self.waiter = nil
            waiter(.success(nil))
        }
        return 0
    }
}
