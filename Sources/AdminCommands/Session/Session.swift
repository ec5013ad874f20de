import Wire

/// The talk with the fleet during one command: connects when first needed and again after a loss.
actor Session {
    private let dialler: any Dialler
    private let pace: Pace
    /// Seconds that `--timeout` grants, if it was given.
    let timeout: Int?
    private var line: (any Line)?

    init(_ dialler: any Dialler, timeout: Int? = nil, pace: Pace = .real) {
        self.dialler = dialler
        self.timeout = timeout
        self.pace = pace
    }

    /// One call, made once.
    func call<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request,
        metadata: [WireV1.MetadataEntry] = []
    ) async throws(Failure) -> Reply {
        let seconds = timeout ?? Limits.callSeconds
        let line = try await connected(seconds)
        do throws(Failure) {
            return try await line.call(
                method, request, seconds: seconds, metadata: metadata)
        } catch {
            await dropLine(after: error)
            throw error
        }
    }

    /// One call that may be repeated: made again while its worker starts.
    func read<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request
    ) async throws(Failure) -> Reply {
        try await patiently { () async throws(Failure) -> Reply in
            try await self.call(method, request)
        }
    }

    /// One change of the store, asked for again while its worker starts or the connection is lost: each
    /// time under the same key, so that the fleet makes it once and answers it alike.
    ///
    /// - Parameter dryRun: the request only asks what would come of it, and needs no key.
    func change<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request, dryRun: Bool = false
    ) async throws(Failure) -> Reply {
        if dryRun { return try await read(method, request) }
        let key = WireV1.MetadataEntry.idempotencyKey()
        return try await patiently { () async throws(Failure) -> Reply in
            try await self.call(method, request, metadata: [key])
        }
    }

    /// All replies of a stream that may be repeated from its start.
    func collect<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request
    ) async throws(Failure) -> [Reply] {
        try await patiently { () async throws(Failure) -> [Reply] in
            let basket = Basket<Reply>()
            try await self.stream(method, request, seconds: self.timeout ?? Limits.callSeconds) {
                await basket.put($0)
            }
            return try await basket.emptied()
        }
    }

    /// A stream, handed over reply by reply.
    func stream<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request, seconds: Int,
        _ receive: @Sendable (Reply) async -> Void
    ) async throws(Failure) {
        let line = try await connected(timeout ?? Limits.callSeconds)
        do throws(Failure) {
            try await line.stream(method, request, seconds: seconds, receive)
        } catch {
            await dropLine(after: error)
            throw error
        }
    }

    /// A call of any kind with encoded messages, made once.
    func exchange(
        _ call: EncodedCall, _ receive: @Sendable ([UInt8]) async throws(Failure) -> Void
    ) async throws(Failure) {
        let line = try await connected(timeout ?? Limits.callSeconds)
        do throws(Failure) {
            try await line.exchange(call, receive)
        } catch {
            await dropLine(after: error)
            throw error
        }
    }

    func close() async {
        await line?.hangUp()
        line = nil
    }

    private func connected(_ seconds: Int) async throws(Failure) -> any Line {
        if let line { return line }
        let fresh = try await dialler.dial(seconds: seconds)
        line = fresh
        return fresh
    }

    /// After UNAVAILABLE the connection may be the cause: the next call makes a new one.
    private func dropLine(after failure: Failure) async {
        if failure.code == .unavailable { await close() }
    }

    private func patiently<Value: Sendable>(
        _ attempt: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        var wait = Backoff(pace, seconds: min(timeout ?? .max, Limits.readRetrySeconds))
        while true {
            do throws(Failure) {
                return try await attempt()
            } catch {
                guard error.isPassing, await wait.again() else { throw error }
            }
        }
    }
}

extension Session {
    /// With the fleet that the options and the environment name, as whoever they say.
    init(_ options: GlobalOptions, _ environment: Environment) throws(Trouble) {
        let endpoint = try Endpoint(options, environment)
        let token = try TokenFile.secret(options, environment)
        self.init(SocketDialler(endpoint, token: token), timeout: options.timeout)
    }
}

extension WireV1.MetadataEntry {
    /// A fresh key of one change: 128 random bits.
    fileprivate static func idempotencyKey() -> Self {
        let halves = (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }
        return .with {
            $0.key = "caodiem-idempotency-key"
            $0.value = Array(halves.joined(separator: "-").utf8)
        }
    }
}

/// The replies of one stream, up to their limit.
private actor Basket<Reply: Sendable> {
    private var replies: [Reply] = []
    private var overflow = false

    func put(_ reply: Reply) {
        if replies.count < Limits.streamItems { replies.append(reply) } else { overflow = true }
    }

    func emptied() throws(Failure) -> [Reply] {
        guard !overflow else {
            throw Failure(
                .resourceExhausted, SessionText.tooMuch.text, hint: SessionText.tooMuchHint.text)
        }
        return replies
    }
}

extension Failure {
    /// A reason of ours: nobody listens at the endpoint.
    static let unreached = "UNREACHED"

    /// True when the fleet was there and may soon answer again.
    var isPassing: Bool {
        code == .unavailable && reason != Failure.unreached && reason != "PLUGIN_QUARANTINED"
            && reason != "PLUGIN_DISABLED" && reason != "PLUGIN_INVALID"
    }
}

/// How time passes: for real, or at once in tests.
struct Pace: Sendable {
    var now: @Sendable () -> ContinuousClock.Instant
    var pause: @Sendable (Duration) async -> Void

    static let real = Pace(
        now: { ContinuousClock.now },
        pause: { duration in
            // A cancelled pause only ends early; the caller then sees its own cancellation.
            try? await Task.sleep(for: duration)
        })
}

/// Ever longer waits between tries, up to a limit of time that starts with the first failure.
struct Backoff {
    private let pace: Pace
    private let seconds: Int
    private var step = Limits.firstBackoffMilliseconds
    private var began: ContinuousClock.Instant?

    init(_ pace: Pace, seconds: Int) {
        self.pace = pace
        self.seconds = seconds
    }

    /// Waits for the next try; false when the time is over.
    mutating func again() async -> Bool {
        let start = began ?? pace.now()
        began = start
        guard pace.now() - start < .seconds(seconds), !Task.isCancelled else { return false }
        await pace.pause(.milliseconds(step))
        step = min(step * 2, Limits.longestBackoffMilliseconds)
        return true
    }

    /// A try succeeded: the next failure starts anew.
    mutating func reset() {
        step = Limits.firstBackoffMilliseconds
        began = nil
    }
}

private enum SessionText {
    static let tooMuch = Phrase("câu trả lời quá dài", "the answer is too long")
    static let tooMuchHint = Phrase("thu hẹp bằng --unit", "narrow it with --unit")
}
