internal import CLinux
import Glibc
internal import NIOCore
public import Wire

/// The worker's side of being a plugin: proves itself to the coordinator, serves, and never outlives
/// it.
public final class WorkerEndpoint: Sendable {
    /// Exit codes of a worker's main.
    public enum ExitCode {
        /// Ended because the coordinator asked or went away.
        public static let ok: Int32 = 0
        /// The coordinator could not be reached or broke the protocol.
        public static let failed: Int32 = 1
        /// Run by hand, or with settings that cannot work (EX_CONFIG).
        public static let configuration: Int32 = 78
    }

    /// Calls to the coordinator.
    public let coordinator: Channel
    private let owner: WorkerOwner

    private init(coordinator: Channel, owner: WorkerOwner) {
        self.coordinator = coordinator
        self.owner = owner
    }

    /// Serves the coordinator that spawned this process until it lets go, and gives the exit code.
    ///
    /// Run by hand, it prints what this program is and gives 78.
    ///
    /// - Parameters:
    ///   - info: the worker's own words; the session token is filled in here.
    ///   - started: called once the handshake is done.
    public static func serve(
        services: ServiceTable, info: HelloInfo,
        started: @Sendable (WorkerEndpoint) async -> Void = { _ in }
    ) async -> Int32 {
        let program = CommandLine.arguments.first ?? "this program"
        guard text(of: "CAODIEM_PLUGIN") == "1" else {
            complain(
                "\(program) is a worker of CaoDiem and is started by its coordinator. "
                    + "Run: caodiem-coordinator --data DIR")
            return ExitCode.configuration
        }
        do throws(Failure) {
            let endpoint = try await start(services: services, info: info)
            await started(endpoint)
            return await endpoint.ended()
        } catch {
            complain("\(program): \(error)")
            return ExitCode.failed
        }
    }

    /// Adopts descriptors 0 and 3 and waits for the handshake.
    public static func start(
        services: ServiceTable, info: HelloInfo
    ) async throws(Failure) -> WorkerEndpoint {
        try tieToParent()
        signal(SIGPIPE, SIG_IGN)
        signal(SIGINT, SIG_IGN)
        var hello = info
        hello.sessionToken = try readToken()
        // The coordinator passes on what all its clients cancel, and guards itself against a flood
        // of it; a worker that hung up on it would fail every other caller.
        hello.limits.resetsPerSecond = .max
        guard let fd = Int32(text(of: "CAODIEM_FD") ?? ""), fcntl(fd, F_GETFD) >= 0 else {
            throw Failure(.failedPrecondition, "CAODIEM_FD names no open descriptor")
        }
        _ = fcntl(fd, F_SETFD, FD_CLOEXEC)
        let owner = WorkerOwner(services)
        let link = Link(fd: fd, side: .acceptor, hello: hello, delegate: owner)
        watchLiveness(link)
        if let failure = await owner.ready(on: link.loop) { throw failure }
        return WorkerEndpoint(coordinator: Channel(link), owner: owner)
    }

    /// Waits until the connection is over; what is the exit code then.
    public func ended() async -> Int32 {
        let reason = await owner.closed(on: coordinator.link.loop)
        switch reason.reason {
        case "CONNECTION_LOST", "NO_ERROR", "DRAINED", "LIVENESS": return ExitCode.ok
        default:
            WorkerEndpoint.complain("the connection to the coordinator ended: \(reason)")
            return ExitCode.failed
        }
    }

    /// Takes no new calls, lets the running ones end, then lets go of the coordinator.
    public func stop() {
        coordinator.link.drain()
    }

    // MARK: First acts

    private static func tieToParent() throws(Failure) {
        let error = caodiem_signal_on_parent_death(SIGTERM)
        guard error == 0 else {
            throw Failure(.internal, "prctl refuses: \(UnixSocket.explain(error))")
        }
        guard Int32(text(of: "CAODIEM_PPID") ?? "") == getppid() else {
            throw Failure(.unavailable, "the coordinator that started this worker is gone")
        }
    }

    private static func readToken() throws(Failure) -> [UInt8] {
        var token: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 32)
        var waiting = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        while token.count < 32 {
            guard poll(&waiting, 1, 5000) > 0 else {
                throw Failure(.unavailable, "no session token came on descriptor 0")
            }
            let count = read(0, &chunk, 32 - token.count)
            guard count > 0 else {
                throw Failure(.unavailable, "descriptor 0 ended before the session token")
            }
            token.append(contentsOf: chunk[..<count])
        }
        return token
    }

    /// The end of descriptor 0 cancels every call, and a second later the process is gone.
    private static func watchLiveness(_ link: Link) {
        PermanentThread.start(name: "caodiem-live") {
            var byte: UInt8 = 0
            while true {
                let count = read(0, &byte, 1)
                if count == 0 || (count < 0 && errno != EINTR) { break }
            }
            link.close(.noError, "the coordinator let go")
            usleep(900_000)
            _exit(ExitCode.ok)
        }
    }

    private static func text(of variable: String) -> String? {
        getenv(variable).map { String(cString: $0) }
    }

    private static func complain(_ text: String) {
        let line = Array((text + "\n").utf8)
        _ = write(2, line, line.count)
    }
}

/// The delegate of a worker's link.
private final class WorkerOwner: LinkDelegate, @unchecked Sendable {
    // Unchecked: its variables are touched on the link's loop only.
    private let dispatcher: Dispatcher
    private var isReady = false
    private var reason: Failure?
    private var readyWaiter: ((Failure?) -> Void)?
    private var closedWaiter: ((Failure) -> Void)?

    init(_ services: ServiceTable) {
        dispatcher = Dispatcher(services)
    }

    func ready(on loop: Loop) async -> Failure? {
        await withCheckedContinuation { continuation in
            loop.execute {
                if self.isReady || self.reason != nil {
                    continuation.resume(returning: self.isReady ? nil : self.reason)
                } else {
                    self.readyWaiter = { continuation.resume(returning: $0) }
                }
            }
        }
    }

    func closed(on loop: Loop) async -> Failure {
        await withCheckedContinuation { continuation in
            loop.execute {
                if let reason = self.reason {
                    continuation.resume(returning: reason)
                } else {
                    self.closedWaiter = { continuation.resume(returning: $0) }
                }
            }
        }
    }

    func linkReady(_ link: Link, _ hello: PeerHello) {
        isReady = true
        readyWaiter?(nil)
        readyWaiter = nil
    }

    func link(
        _ link: Link, accept stream: StreamID, headers: WireV1.CallHeaders, deadline: Instant?
    ) -> (any StreamObserver)? {
        dispatcher.accept(link, stream, headers, deadline: deadline)
    }

    func linkClosed(_ link: Link, _ reason: Failure) {
        self.reason = reason
        readyWaiter?(reason)
        readyWaiter = nil
        closedWaiter?(reason)
        closedWaiter = nil
    }
}
