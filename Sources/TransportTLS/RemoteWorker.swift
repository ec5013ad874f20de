import Dispatch
import Glibc
public import Transport
public import Wire

/// A worker that serves a coordinator of another machine over TCP: it is started and ended by that
/// machine's own means, and outlives any one connection.
///
/// It has no access to the fleet's store, which is a file of the coordinator's machine.
public enum RemoteWorker {
    /// Times of a worker that dials.
    public struct Pace: Sendable, Equatable {
        /// First wait after a lost connection; doubles with each further one.
        public var backoffBase = Duration.seconds(1)
        public var backoffCap = Duration.seconds(120)
        /// Share by which a wait may differ either way.
        public var backoffJitter = 0.2
        /// After so long a connection the next wait is the first again.
        public var backoffReset = Duration.seconds(60)
        /// From SIGTERM to leaving open calls behind.
        public var farewell = Duration.seconds(10)

        public init() {}
    }

    /// Serves until SIGTERM or SIGINT, and gives the exit code: 0, or 78 for options that cannot work.
    ///
    /// - Parameters:
    ///   - info: the worker's own words; `pluginID` is the manifest's folder name there.
    ///   - say: told, a line each, what happens to connections.
    public static func serve(
        services: ServiceTable, info: HelloInfo, options: RemoteWorkerOptions,
        pace: Pace = Pace(), say: @escaping @Sendable (String) -> Void
    ) async -> Int32 {
        signal(SIGPIPE, SIG_IGN)
        let stop = StopSignal()
        do throws(Failure) {
            let security = try security(options, say: say)
            let post = WorkerPost(services, say)
            switch options.way {
            case .listen(let endpoint):
                let listener = try await listen(endpoint, security, info, options, post, say)
                await stop.wait()
                await listener.close()
            case .connect(let endpoint):
                let dialling = Task {
                    await dial(endpoint, security, info, post, pace, say)
                }
                await stop.wait()
                dialling.cancel()
            }
            await post.leave(within: pace.farewell)
            return WorkerEndpoint.ExitCode.ok
        } catch {
            say("\(error)")
            return WorkerEndpoint.ExitCode.configuration
        }
    }

    private static func security(
        _ options: RemoteWorkerOptions, say: @escaping @Sendable (String) -> Void
    ) throws(Failure) -> LinkSecurity {
        guard let files = options.tls else { return .plaintext }
        return .tls(
            try TLSCredentials(files) { say("the former certificate stays in use: \($0)") })
    }

    private static func listen(
        _ endpoint: TCPEndpoint, _ security: LinkSecurity, _ info: HelloInfo,
        _ options: RemoteWorkerOptions, _ post: WorkerPost,
        _ say: @escaping @Sendable (String) -> Void
    ) async throws(Failure) -> TCPListener {
        let listener = try await TCPListener.listen(
            on: endpoint, security: security, hello: info,
            refused: { address, failure in say("refused \(address): \(failure)") },
            accept: { (peer) throws(Failure) in
                let isOurs = peer.certificate == .principal(options.coordinator)
                guard isOurs || security.isPlaintext else {
                    throw Failure(
                        .permissionDenied,
                        "this worker serves the certificate of \(options.coordinator), not of "
                            + (peer.certificate.map { "\($0)" } ?? "someone without a name"),
                        reason: "WRONG_NAME")
                }
                return post
            })
        say("listens on tcp:\(listener.endpoint)")
        return listener
    }

    /// Connects again and again until it is cancelled.
    private static func dial(
        _ endpoint: TCPEndpoint, _ security: LinkSecurity, _ info: HelloInfo, _ post: WorkerPost,
        _ pace: Pace, _ say: @Sendable (String) -> Void
    ) async {
        var wait = pace.backoffBase
        while !Task.isCancelled {
            let began = ContinuousClock.now
            do throws(Failure) {
                let link = try await TCPDialler.link(
                    to: endpoint, security: security, hello: info
                ) { (_) throws(Failure) in post }
                let reason = await post.end(of: link)
                say("the connection to tcp:\(endpoint) ended: \(reason)")
            } catch {
                say("\(error)")
            }
            if ContinuousClock.now - began >= pace.backoffReset { wait = pace.backoffBase }
            let share = 1 + Double.random(in: -pace.backoffJitter...pace.backoffJitter)
            // A cancelled sleep only ends early; the loop sees it.
            try? await Task.sleep(for: min(wait * share, pace.backoffCap))
            wait = min(wait * 2, pace.backoffCap)
        }
    }
}

/// The delegate of a remote worker's links. Lives on the loop.
private final class WorkerPost: LinkDelegate, @unchecked Sendable {
    // Unchecked: its variables are touched on the loop only.
    private let dispatcher: Dispatcher
    private let say: @Sendable (String) -> Void
    private var links: [ObjectIdentifier: Link] = [:]
    private var ended: [ObjectIdentifier: Failure] = [:]
    private var waiting: [ObjectIdentifier: (Failure) -> Void] = [:]

    init(_ services: ServiceTable, _ say: @escaping @Sendable (String) -> Void) {
        dispatcher = Dispatcher(services)
        self.say = say
    }

    func linkReady(_ link: Link, _ hello: PeerHello) {
        guard hello.info.role == .coordinator else {
            return link.close(
                .protocolError, "a worker serves a coordinator, which says so in HELLO")
        }
        links[ObjectIdentifier(link)] = link
        say("serves \(hello.info.software) at \(link.peer.address ?? "?")")
    }

    func link(
        _ link: Link, accept stream: StreamID, headers: WireV1.CallHeaders, deadline: Instant?
    ) -> (any StreamObserver)? {
        dispatcher.accept(link, stream, headers, deadline: deadline)
    }

    func linkClosed(_ link: Link, _ reason: Failure) {
        let key = ObjectIdentifier(link)
        if links.removeValue(forKey: key) != nil, link.side == .acceptor {
            say("\(link.peer.address ?? "the coordinator") is gone: \(reason)")
        }
        guard link.side == .dialler else { return }
        if let waiter = waiting.removeValue(forKey: key) {
            waiter(reason)
        } else {
            ended[key] = reason
        }
    }

    /// Waits for the end of a link that we dialled.
    func end(of link: Link) async -> Failure {
        await withCheckedContinuation { continuation in
            link.loop.execute { [self] in
                let key = ObjectIdentifier(link)
                if let reason = ended.removeValue(forKey: key) {
                    continuation.resume(returning: reason)
                } else {
                    waiting[key] = { continuation.resume(returning: $0) }
                }
            }
        }
    }

    /// Takes no new calls, lets running ones end for a while, then closes.
    func leave(within patience: Duration) async {
        let loop = Loop.shared
        await loop.run { [self] in for link in links.values { link.drain() } }
        let end = ContinuousClock.now + patience
        while await loop.run({ [self] in !links.isEmpty }), ContinuousClock.now < end {
            // A cancelled sleep only looks sooner.
            try? await Task.sleep(for: .milliseconds(10))
        }
        await loop.run { [self] in
            for link in links.values { link.close(.noError, "the worker ends") }
        }
    }
}

/// The first SIGTERM or SIGINT of this process.
private final class StopSignal: @unchecked Sendable {
    // Unchecked: the sources are kept and not touched again.
    private let sources: [any DispatchSourceSignal]
    private let stream: AsyncStream<Void>

    init() {
        let (stream, feed) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.stream = stream
        let queue = DispatchQueue(label: "caodiem.stop")
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { feed.yield() }
            source.resume()
            return source
        }
    }

    func wait() async {
        for await _ in stream { return }
    }
}
