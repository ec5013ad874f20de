public import Wire

extension Channel {
    /// Makes a call with one request and a stream of replies.
    ///
    /// The peer may send one window ahead of what `onReply` has taken; a slow reader slows the
    /// sender.
    ///
    /// - Parameters:
    ///   - timeout: for the whole stream; nil or zero means no deadline.
    ///   - onReply: called with the replies one by one, in order; when it throws, the call is
    ///     cancelled.
    public func serverStream<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request, timeout: Duration? = nil,
        metadata: [WireV1.MetadataEntry] = [], isolation: isolated (any Actor)? = #isolation,
        onReply: (Reply) async throws -> Void
    ) async throws(Failure) {
        let message = try Channel.encoded(request, method)
        let call = streamCall(method.path, timeout, metadata)
        try call.sending.put([message])
        call.finishSending()
        call.start()
        try await Channel.read(call, method, onReply)
    }

    /// Makes a call with a stream of requests and one reply.
    ///
    /// - Parameters:
    ///   - timeout: for the whole call; nil or zero means no deadline.
    ///   - send: writes the requests and returns after the last one; when it throws, the call is
    ///     cancelled, unless the peer had answered before.
    /// - Throws: what the peer answered or `send` threw; CANCELLED with the task.
    public func clientStream<Request, Reply>(
        _ method: Method<Request, Reply>, timeout: Duration? = nil,
        metadata: [WireV1.MetadataEntry] = [], isolation: isolated (any Actor)? = #isolation,
        send: (RequestWriter<Request>) async throws -> Void
    ) async throws(Failure) -> Reply {
        let call = streamCall(method.path, timeout, metadata)
        call.start()
        do {
            try await send(RequestWriter(half: call.sending, path: method.path))
        } catch {
            let failure = Failure(wrapping: error)
            if failure != .callOver {
                call.fail(failure)
                throw failure
            }
        }
        call.finishSending()
        guard let bytes = try await call.next() else {
            throw .wrongCount(method.path, "no message")
        }
        let reply = try Channel.decoded(bytes, method)
        guard try await call.next() == nil else {
            call.cancel()
            throw .wrongCount(method.path, "two messages")
        }
        return reply
    }

    /// Makes a call with a stream of requests and a stream of replies at the same time.
    ///
    /// - Parameters:
    ///   - timeout: for the whole call; nil or zero means no deadline.
    ///   - send: runs in a task of its own and returns after the last request; when it throws, the
    ///     call is cancelled. The task is cancelled when the peer has ended the call.
    ///   - onReply: called with the replies one by one, in order; when it throws, the call is
    ///     cancelled.
    /// - Throws: what the peer answered, or `send` or `onReply` threw; CANCELLED with the task.
    public func bidirectional<Request, Reply>(
        _ method: Method<Request, Reply>, timeout: Duration? = nil,
        metadata: [WireV1.MetadataEntry] = [], isolation: isolated (any Actor)? = #isolation,
        send: @escaping @Sendable (RequestWriter<Request>) async throws -> Void,
        onReply: (Reply) async throws -> Void
    ) async throws(Failure) {
        let call = streamCall(method.path, timeout, metadata)
        call.start()
        let sender = Task {
            do {
                try await send(RequestWriter(half: call.sending, path: method.path))
                call.finishSending()
            } catch {
                call.fail(Failure(wrapping: error))
            }
        }
        defer { sender.cancel() }
        try await Channel.read(call, method, onReply)
    }

    /// Makes a call of any kind to any path, with encoded messages and metadata both ways.
    ///
    /// - Parameter timeout: for the whole call; nil or zero means no deadline.
    public func raw(
        path: String, timeout: Duration? = nil, metadata: [WireV1.MetadataEntry] = []
    ) -> RawCall {
        let call = streamCall(path, timeout, metadata)
        call.start()
        return RawCall(call)
    }

    private func streamCall(
        _ path: String, _ timeout: Duration?, _ metadata: [WireV1.MetadataEntry]
    ) -> StreamCall {
        var headers = WireV1.CallHeaders()
        headers.path = path
        headers.metadata = metadata
        let timeout = timeout ?? .zero
        return StreamCall(
            link, headers: headers,
            deadline: timeout > .zero ? Loop.now.advanced(by: timeout) : nil)
    }

    private static func read<Request, Reply>(
        _ call: StreamCall, _ method: Method<Request, Reply>,
        isolation: isolated (any Actor)? = #isolation, _ onReply: (Reply) async throws -> Void
    ) async throws(Failure) {
        while let bytes = try await call.next() {
            do {
                try await onReply(decoded(bytes, method))
            } catch {
                call.cancel()
                throw Failure(wrapping: error)
            }
        }
    }
}
