public import Wire

/// A call of any kind with encoded messages and the metadata of both sides: what gateways, reflection and
/// tools make calls with.
///
/// One task may send while another reads. The call is cancelled with the task that waits for a reply.
public final class RawCall: Sendable {
    private let link: Link
    private let call: StreamCall

    init(_ call: StreamCall, on link: Link) {
        self.call = call
        self.link = link
        let stream = call
        link.loop.execute { stream.start(on: link) }
    }

    /// Sends one request; returns when there is room for the next.
    ///
    /// - Throws: RESOURCE_EXHAUSTED when it is larger than the peer takes, and nothing of it is sent;
    ///   CANCELLED with reason `CALL_OVER` when the peer has ended the call, and its status otherwise.
    public func send(_ message: [UInt8]) async throws(Failure) {
        let (call, link) = (call, link)
        do throws(Failure) {
            if try call.outbox.put([message]) { link.loop.execute { call.flush(on: link) } }
            guard call.outbox.isFull else { return }
        } catch {
            guard error.reason == Failure.callerGone.reason else { throw error }
        }
        let failure: Failure? = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                link.loop.execute {
                    call.waitForRoom(on: link) { continuation.resume(returning: $0) }
                }
            }
        } onCancel: {
            link.loop.execute { call.cancel(on: link) }
        }
        if let failure { throw failure }
    }

    /// There are no more requests.
    public func finishSending() {
        let (call, link) = (call, link)
        link.loop.execute { call.finishSending(on: link) }
    }

    /// What the peer sent ahead of its replies; none when its first reply or the end came without.
    public func initialMetadata() async -> [WireV1.MetadataEntry] {
        let (call, link) = (call, link)
        return await withCheckedContinuation { continuation in
            link.loop.execute { call.awaitInitialMetadata { continuation.resume(returning: $0) } }
        }
    }

    /// The next replies, at least one; none when the call has ended OK.
    ///
    /// - Throws: the status that the call ended with.
    public func nextBatch() async throws(Failure) -> [[UInt8]] {
        let (call, link) = (call, link)
        let batch = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                link.loop.execute { call.next(on: link) { continuation.resume(returning: $0) } }
            }
        } onCancel: {
            link.loop.execute { call.cancel(on: link) }
        }
        return try batch.get()
    }

    /// What the peer sent with the end of the call, OK or not; none before it.
    public func trailingMetadata() async -> [WireV1.MetadataEntry] {
        let (call, link) = (call, link)
        return await link.loop.run { call.trailingMetadata }
    }

    /// Gives the call up; the peer is told.
    public func cancel() {
        let (call, link) = (call, link)
        link.loop.execute { call.cancel(on: link) }
    }
}

/// Sends the requests of a streaming call, no faster than the peer takes them.
public struct RequestWriter<Request: WireMessage>: Sendable {
    let call: RawCall

    /// Sends one request; returns when there is room for the next.
    ///
    /// - Throws: what `RawCall.send` does.
    public func write(_ request: Request) async throws(Failure) {
        let bytes: [UInt8]
        do throws(EncodingFailure) {
            bytes = try request.encoded()
        } catch {
            throw Failure(.internal, "a request does not encode: \(error)")
        }
        try await call.send(bytes)
    }
}
