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
        let call = try prepared(method, request, timeout ?? .zero, metadata)
        try await read(RawCall(StreamCall(call), on: link), method, onReply)
    }

    /// Makes a call with a stream of requests and one reply.
    ///
    /// - Parameters:
    ///   - timeout: for the whole call; nil or zero means no deadline.
    ///   - send: writes the requests; the stream of them ends when it returns, and the call is cancelled
    ///     when it throws. A peer that answers early ends `write` with reason `CALL_OVER`.
    public func clientStream<Request, Reply>(
        _ method: Method<Request, Reply>, timeout: Duration? = nil,
        metadata: [WireV1.MetadataEntry] = [], isolation: isolated (any Actor)? = #isolation,
        send: (RequestWriter<Request>) async throws -> Void
    ) async throws(Failure) -> Reply {
        let call = raw(path: method.path, timeout: timeout, metadata: metadata)
        do {
            try await send(RequestWriter(call: call))
            call.finishSending()
        } catch {
            // The status of a call that the peer has ended says more.
            if (error as? Failure)?.reason != Failure.callOver.reason {
                call.cancel()
                throw Failure(wrapping: error)
            }
        }
        var reply: Reply?
        try await read(call, method) { (message: Reply) in
            guard reply == nil else {
                throw Failure(.unimplemented, "\(method.path) was answered with two messages")
            }
            reply = message
        }
        guard let reply else {
            throw Failure(.unimplemented, "\(method.path) was answered with no message")
        }
        return reply
    }

    /// Makes a call whose requests and replies stream at the same time.
    ///
    /// - Parameters:
    ///   - timeout: for the whole call; nil or zero means no deadline.
    ///   - send: writes the requests, in a task of its own; their stream ends when it returns, and the
    ///     call is cancelled when it throws.
    ///   - onReply: called with the replies one by one, in order; when it throws, the call is cancelled.
    public func bidirectional<Request, Reply>(
        _ method: Method<Request, Reply>, timeout: Duration? = nil,
        metadata: [WireV1.MetadataEntry] = [], isolation: isolated (any Actor)? = #isolation,
        send: @escaping @Sendable (RequestWriter<Request>) async throws -> Void,
        onReply: (Reply) async throws -> Void
    ) async throws(Failure) {
        let call = raw(path: method.path, timeout: timeout, metadata: metadata)
        let sending = Task<Failure?, Never> {
            do {
                try await send(RequestWriter(call: call))
                call.finishSending()
                return nil
            } catch {
                let failure = Failure(wrapping: error)
                if failure.reason == Failure.callOver.reason { return nil }
                call.cancel()
                return failure
            }
        }
        do throws(Failure) {
            try await read(call, method, onReply)
            sending.cancel()
        } catch {
            sending.cancel()
            // What made us give the call up says more than that we did.
            if error.code == .cancelled, let cause = await sending.value, cause.code != .cancelled {
                throw cause
            }
            throw error
        }
    }

    /// Makes a call of any kind with encoded messages.
    ///
    /// - Parameters:
    ///   - path: `/package.Service/Method`.
    ///   - timeout: for the whole call; nil or zero means no deadline.
    public func raw(
        path: String, timeout: Duration? = nil, metadata: [WireV1.MetadataEntry] = []
    ) -> RawCall {
        var headers = WireV1.CallHeaders()
        headers.path = path
        headers.metadata = metadata
        let timeout = timeout ?? .zero
        let call = StreamCall(
            headers: headers,
            deadline: timeout > .zero ? Loop.now.advanced(by: timeout) : nil)
        return RawCall(call, on: link)
    }

    /// Reads a call to its end; when `onReply` throws, the call is cancelled.
    private func read<Request, Reply>(
        _ call: RawCall, _ method: Method<Request, Reply>,
        isolation: isolated (any Actor)? = #isolation, _ onReply: (Reply) async throws -> Void
    ) async throws(Failure) {
        while true {
            let messages = try await call.nextBatch()
            if messages.isEmpty { return }
            do {
                for bytes in messages { try await onReply(Channel.decoded(bytes, method)) }
            } catch {
                call.cancel()
                throw Failure(wrapping: error)
            }
        }
    }
}
