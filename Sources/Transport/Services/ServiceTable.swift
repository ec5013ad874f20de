public import Wire

/// The methods that a process serves, each with its handler.
///
/// A handler may throw a `Failure`, which travels to the caller as it is; any other error becomes
/// UNKNOWN. When the caller cancels, goes away or its deadline passes, the handler's task is
/// cancelled.
public struct ServiceTable: Sendable {
    enum Handler: Sendable {
        /// Runs in a task.
        case unary(@Sendable ([UInt8], CallContext) async -> Result<[UInt8], Failure>)
        /// Runs on the loop.
        case immediate(@Sendable ([UInt8], CallContext) -> Result<[UInt8], Failure>)
        /// Runs in a task.
        case streaming(@Sendable ([UInt8], CallContext, RawReplyWriter) async -> Failure?)
        /// Runs in a task from the call's opening on.
        case requests(@Sendable (RawRequests, CallContext, RawReplyWriter) async -> Failure?)
        /// Registered as another kind of call than its proto says.
        case refused(Failure)
    }

    private var handlers: [String: Handler] = [:]
    private var messageLimits: [String: Int] = [:]

    public init() {}

    /// The paths served, sorted.
    public var paths: [String] { handlers.keys.sorted() }

    /// Fully qualified names of the services, sorted.
    public var services: [String] {
        Set(
            handlers.keys.compactMap { path in
                path.split(separator: "/").first.map(String.init)
            }
        ).sorted()
    }

    func handler(for path: String) -> Handler? { handlers[path] }

    /// Takes no request of a method that is larger than this, bytes. HELLO names the most that any
    /// method takes, so a method can only take less.
    public mutating func limitRequests(path: String, bytes: Int) {
        messageLimits[path] = bytes
    }

    func messageLimit(for path: String) -> Int? {
        messageLimits.isEmpty ? nil : messageLimits[path]
    }

    /// Serves a method with one reply.
    public mutating func register<Request, Reply>(
        _ method: Method<Request, Reply>,
        _ handler: @escaping @Sendable (Request, CallContext) async throws -> Reply
    ) {
        guard supports(method, .unary) else { return }
        handlers[method.path] = .unary { bytes, context in
            do {
                let request = try ServiceTable.decode(bytes, method)
                return .success(try ServiceTable.encode(await handler(request, context), method))
            } catch {
                return .failure(Failure(wrapping: error))
            }
        }
    }

    /// Serves a method with one reply on the loop itself: only for handlers that compute an answer
    /// within microseconds and touch no file.
    public mutating func registerImmediate<Request, Reply>(
        _ method: Method<Request, Reply>,
        _ handler: @escaping @Sendable (Request, CallContext) throws -> Reply
    ) {
        guard supports(method, .unary) else { return }
        handlers[method.path] = .immediate { bytes, context in
            do {
                let request = try ServiceTable.decode(bytes, method)
                return .success(try ServiceTable.encode(handler(request, context), method))
            } catch {
                return .failure(Failure(wrapping: error))
            }
        }
    }

    /// Serves a method with a stream of replies; the stream ends when the handler returns.
    public mutating func registerStreaming<Request, Reply>(
        _ method: Method<Request, Reply>,
        _ handler:
            @escaping @Sendable (Request, CallContext, ReplyWriter<Reply>) async throws ->
            Void
    ) {
        guard supports(method, .serverStreaming) else { return }
        handlers[method.path] = .streaming { bytes, context, writer in
            do {
                let request = try ServiceTable.decode(bytes, method)
                try await handler(request, context, ReplyWriter(raw: writer))
                return nil
            } catch {
                return Failure(wrapping: error)
            }
        }
    }

    /// Serves a method with a stream of requests and one reply. The handler runs from the call's
    /// opening on; requests that it leaves unread are dropped when it returns.
    public mutating func registerClientStreaming<Request, Reply>(
        _ method: Method<Request, Reply>,
        _ handler:
            @escaping @Sendable (RequestStream<Request>, CallContext) async throws -> Reply
    ) {
        guard supports(method, .clientStreaming) else { return }
        handlers[method.path] = .requests { raw, context, writer in
            do {
                let requests = RequestStream<Request>(raw: raw, path: method.path)
                let reply = try await handler(requests, context)
                try writer.half.put([ServiceTable.encode(reply, method)])
                return nil
            } catch {
                return Failure(wrapping: error)
            }
        }
    }

    /// Serves a method with streams both ways; the call ends when the handler returns.
    public mutating func registerBidirectional<Request, Reply>(
        _ method: Method<Request, Reply>,
        _ handler:
            @escaping @Sendable (RequestStream<Request>, CallContext, ReplyWriter<Reply>)
            async throws -> Void
    ) {
        guard supports(method, .bidirectional) else { return }
        handlers[method.path] = .requests { raw, context, writer in
            do {
                let requests = RequestStream<Request>(raw: raw, path: method.path)
                try await handler(requests, context, ReplyWriter(raw: writer))
                return nil
            } catch {
                return Failure(wrapping: error)
            }
        }
    }

    /// Adds the methods of another table; on the same path the other's wins.
    public mutating func merge(_ other: ServiceTable) {
        handlers.merge(other.handlers) { _, new in new }
        messageLimits.merge(other.messageLimits) { _, new in new }
    }

    private mutating func supports<Request, Reply>(
        _ method: Method<Request, Reply>, _ kind: CallKind
    ) -> Bool {
        if method.kind == kind { return true }
        handlers[method.path] = .refused(
            Failure(
                .unimplemented,
                "\(method.path) is a \(method.kind) call, and was registered as \(kind)"))
        return false
    }

    private static func decode<Request, Reply>(
        _ bytes: [UInt8], _ method: Method<Request, Reply>
    ) throws(Failure) -> Request {
        do throws(DecodingFailure) {
            return try Request(decoding: bytes)
        } catch {
            throw Failure(.internal, "the request of \(method.path) does not decode: \(error)")
        }
    }

    private static func encode<Request, Reply>(
        _ reply: Reply, _ method: Method<Request, Reply>
    ) throws(Failure) -> [UInt8] {
        do throws(EncodingFailure) {
            return try reply.encoded()
        } catch {
            throw Failure(.internal, "the reply of \(method.path) does not encode: \(error)")
        }
    }
}
