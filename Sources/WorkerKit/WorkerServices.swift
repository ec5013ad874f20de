internal import Transport
public import Wire

/// The methods that a worker serves. Handlers get the call with its context and stamps; a call that comes
/// before the worker is configured is answered UNAVAILABLE.
public struct WorkerServices {
    var table = ServiceTable()
    private let context: ContextBox
    private let calls: CallWatch

    init(context: ContextBox, calls: CallWatch) {
        self.context = context
        self.calls = calls
    }

    /// Registers a unary method.
    public mutating func unary<Request, Reply>(
        _ method: Method<Request, Reply>,
        _ handler: @escaping @Sendable (Request, WorkerCall) async throws(Failure) -> Reply
    ) {
        let (context, calls) = (context, calls)
        table.register(method) { request, stamps in
            let call = try WorkerCall(context: context.required(), stamps: stamps)
            return try await calls.run(until: stamps.deadline) {
                await Result { () async throws(Failure) in
                    try await call.tellingDenials { () async throws(Failure) in
                        try await handler(request, call)
                    }
                }
            }
        }
    }

    /// Registers a unary method that changes the store. The handler ends with `WorkerCall.save`; a request
    /// that is repeated under its idempotency key gets the first answer and changes nothing.
    public mutating func mutation<Request, Reply>(
        _ method: Method<Request, Reply>,
        _ handler: @escaping @Sendable (Request, WorkerCall) async throws(Failure) -> Reply
    ) {
        let (context, calls) = (context, calls)
        table.register(method) { request, stamps in
            let call = try WorkerCall(
                context: context.required(), stamps: stamps, mutation: request.encoded())
            return try await calls.run(until: stamps.deadline) {
                await Result { () async throws(Failure) in
                    if let kept: Reply = try await call.keptReply() { return kept }
                    let reply = try await call.tellingRefusals { () async throws(Failure) in
                        try await handler(request, call)
                    }
                    try await call.keepUnlessSaved(reply)
                    return reply
                }
            }
        }
    }

    /// Registers a server-streaming method; `send` waits until the peer has room.
    public mutating func stream<Request, Reply>(
        _ method: Method<Request, Reply>,
        _ handler:
            @escaping @Sendable (
                Request, WorkerCall, @Sendable (Reply) async throws(Failure) -> Void
            ) async throws(Failure) -> Void
    ) {
        let (context, calls) = (context, calls)
        table.registerStreaming(method) { request, stamps, writer in
            let call = try WorkerCall(context: context.required(), stamps: stamps)
            try await calls.run(until: stamps.deadline) {
                await Result { () async throws(Failure) in
                    try await call.tellingDenials { () async throws(Failure) in
                        try await handler(request, call) { (reply) async throws(Failure) in
                            try await writer.write(reply)
                        }
                    }
                }
            }
        }
    }

    /// Registers a method with a stream of requests and one reply.
    public mutating func clientStream<Request, Reply>(
        _ method: Method<Request, Reply>,
        _ handler:
            @escaping @Sendable (
                @Sendable () async throws(Failure) -> Request?, WorkerCall
            ) async throws(Failure) -> Reply
    ) {
        let (context, calls) = (context, calls)
        table.registerClientStreaming(method) { requests, stamps in
            let call = try WorkerCall(context: context.required(), stamps: stamps)
            return try await calls.run(until: stamps.deadline) {
                await Result { () async throws(Failure) in
                    try await handler(
                        { () async throws(Failure) in try await requests.next() }, call)
                }
            }
        }
    }

    /// Registers a method whose requests and replies stream at the same time.
    public mutating func bidirectional<Request, Reply>(
        _ method: Method<Request, Reply>,
        _ handler:
            @escaping @Sendable (
                @Sendable () async throws(Failure) -> Request?, WorkerCall,
                @Sendable (Reply) async throws(Failure) -> Void
            ) async throws(Failure) -> Void
    ) {
        let (context, calls) = (context, calls)
        table.registerBidirectional(method) { requests, stamps, writer in
            let call = try WorkerCall(context: context.required(), stamps: stamps)
            try await calls.run(until: stamps.deadline) {
                await Result { () async throws(Failure) in
                    try await handler(
                        { () async throws(Failure) in try await requests.next() }, call
                    ) { (reply) async throws(Failure) in try await writer.write(reply) }
                }
            }
        }
    }
}

extension Result where Failure: Error {
    /// As the synchronous one.
    fileprivate init(_ body: () async throws(Failure) -> Success) async {
        do throws(Failure) {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
