internal import NIOCore
public import Wire

/// Calls over one link: what a client program, a coordinator and a worker make their calls with.
///
/// A lost connection ends every call with UNAVAILABLE and reason `CONNECTION_LOST`; whoever wants
/// another one connects again.
public final class Channel: Sendable {
    public let link: Link
    private let defaultTimeout: Duration

    /// Calls over a link that someone else owns.
    ///
    /// - Parameter defaultTimeout: for unary calls that name none; zero means no deadline.
    public init(_ link: Link, defaultTimeout: Duration = Limits().defaultTimeout) {
        self.link = link
        self.defaultTimeout = defaultTimeout
    }

    /// Connects to a unix socket and waits for the handshake.
    ///
    /// - Parameters:
    ///   - unixPath: may be longer than the 108 bytes of a socket address.
    ///   - services: what the peer may call on us; nothing unless told.
    /// - Throws: UNAVAILABLE when nobody listens or the peer speaks something else.
    public static func connect(
        unixPath: String, hello: HelloInfo, services: ServiceTable = ServiceTable(),
        loop: Loop = .shared
    ) async throws(Failure) -> Channel {
        let fd = try UnixSocket.connect(path: unixPath)
        return try await connect(
            fd: fd, side: .dialler, hello: hello, services: services,
            peer: UnixSocket.peer(fd), loop: loop)
    }

    /// Takes over a connected socket and waits for the handshake.
    ///
    /// - Parameters:
    ///   - fd: owned by the channel from here on.
    ///   - expectedToken: what the peer's HELLO must show, if anything.
    public static func connect(
        fd: Int32, side: Side, hello: HelloInfo, services: ServiceTable = ServiceTable(),
        expectedToken: [UInt8]? = nil, peer: Peer = Peer(), loop: Loop = .shared
    ) async throws(Failure) -> Channel {
        let owner = ChannelOwner(services: services)
        let link = Link(
            fd: fd, side: side, hello: hello, expectedToken: expectedToken, peer: peer, loop: loop,
            delegate: owner)
        return try await connected(link, owner)
    }

    /// Waits for the handshake of a link.
    static func connected(_ link: Link, _ owner: ChannelOwner) async throws(Failure) -> Channel {
        let result = await withTaskCancellationHandler {
            await owner.ready(on: link.loop)
        } onCancel: {
            link.close(.noError, "the caller gave up connecting")
        }
        if let failure = result { throw failure }
        // A peer may say in one breath who it is and that we are to go.
        if let failure = await link.loop.run({ link.closedReason }),
            failure.code == .permissionDenied
        {
            throw failure
        }
        return Channel(link)
    }

    /// Makes a call with one request and one reply.
    ///
    /// - Parameters:
    ///   - timeout: nil is the channel's default; zero means no deadline.
    ///   - metadata: at most 128 entries; keys that begin with `grpc-` are reserved.
    /// - Throws: what the peer answered; DEADLINE_EXCEEDED; CANCELLED with the task, and the peer is
    ///   told; UNAVAILABLE when the connection is lost. A call that the peer refused before looking
    ///   at it is made once more; one of an idempotent method that is UNAVAILABLE up to five times.
    public func unary<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request, timeout: Duration? = nil,
        metadata: [WireV1.MetadataEntry] = []
    ) async throws(Failure) -> Reply {
        let call = try prepared(method, request, timeout ?? defaultTimeout, metadata)
        let link = link
        let unary = UnaryCall(call)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                link.loop.execute {
                    unary.start(on: link) { continuation.resume(returning: $0) }
                }
            }
        } onCancel: {
            link.loop.execute { unary.cancel(on: link) }
        }
        return try Channel.decoded(result.get(), method)
    }

    /// The same call for code that lives on the loop: must be called there, answers there, and takes
    /// no turn through a task.
    public func unary<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request, timeout: Duration? = nil,
        metadata: [WireV1.MetadataEntry] = [],
        completion: @escaping (Result<Reply, Failure>) -> Void
    ) {
        do throws(Failure) {
            let call = try prepared(method, request, timeout ?? defaultTimeout, metadata)
            UnaryCall(call).start(on: link) { result in
                completion(
                    result.flatMap { bytes in
                        Result { () throws(Failure) in try Channel.decoded(bytes, method) }
                    })
            }
        } catch {
            completion(.failure(error))
        }
    }

    /// Ends the connection; running calls end with UNAVAILABLE.
    public func close() {
        link.close()
    }

    private func prepared<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request, _ timeout: Duration,
        _ metadata: [WireV1.MetadataEntry]
    ) throws(Failure) -> PreparedCall {
        var headers = WireV1.CallHeaders()
        headers.path = method.path
        headers.metadata = metadata
        return PreparedCall(
            headers: headers, message: try Channel.encoded(request, method),
            deadline: timeout > .zero ? Loop.now.advanced(by: timeout) : nil,
            allowsRetry: method.idempotency.allowsRetry)
    }

    static func encoded<Request, Reply>(
        _ request: Request, _ method: Method<Request, Reply>
    ) throws(Failure) -> [UInt8] {
        do throws(EncodingFailure) {
            return try request.encoded()
        } catch {
            throw Failure(.internal, "the request of \(method.path) does not encode: \(error)")
        }
    }

    static func decoded<Request, Reply>(
        _ bytes: [UInt8], _ method: Method<Request, Reply>
    ) throws(Failure) -> Reply {
        do throws(DecodingFailure) {
            return try Reply(decoding: bytes)
        } catch {
            throw Failure(.internal, "the reply of \(method.path) does not decode: \(error)")
        }
    }
}

extension Failure {
    /// A failure as it is; a cancelled task as CANCELLED; anything else as UNKNOWN.
    init(wrapping error: any Error) {
        if let failure = error as? Failure {
            self = failure
        } else if error is CancellationError {
            self.init(.cancelled, "the task was cancelled")
        } else {
            self.init(.unknown, "\(type(of: error)): \(error)")
        }
    }
}

/// One call before it is opened.
struct PreparedCall: Sendable {
    var headers: WireV1.CallHeaders
    var message: [UInt8]
    var deadline: Instant?
    /// The method says that making it twice changes nothing.
    var allowsRetry: Bool
}

/// The delegate of a channel's own link: waits for the handshake and serves what was asked for.
final class ChannelOwner: LinkDelegate, @unchecked Sendable {
    // Unchecked: its variables are touched on the link's loop only.
    private let dispatcher: Dispatcher
    private var outcome: Failure??
    private var waiter: ((Failure?) -> Void)?

    init(services: ServiceTable) {
        dispatcher = Dispatcher(services)
    }

    /// Waits for the handshake: nil when it was done.
    func ready(on loop: Loop) async -> Failure? {
        await withCheckedContinuation { continuation in
            loop.execute {
                if let outcome = self.outcome {
                    continuation.resume(returning: outcome)
                } else {
                    self.waiter = { continuation.resume(returning: $0) }
                }
            }
        }
    }

    private func settle(_ failure: Failure?) {
        guard outcome == nil else { return }
        outcome = .some(failure)
        waiter?(failure)
        waiter = nil
    }

    func linkReady(_ link: Link, _ hello: PeerHello) {
        settle(nil)
    }

    func link(
        _ link: Link, accept stream: StreamID, headers: WireV1.CallHeaders, deadline: Instant?
    ) -> (any StreamObserver)? {
        dispatcher.accept(link, stream, headers, deadline: deadline)
    }

    func linkClosed(_ link: Link, _ reason: Failure) {
        settle(reason)
    }
}
