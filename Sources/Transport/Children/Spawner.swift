internal import CLinux
import Glibc
import Synchronization
public import Wire

/// Starts children from one thread that lives as long as the process, reads what they print and
/// reaps them.
///
/// A child asks the kernel for a signal when its parent ends, and the kernel means the thread that
/// spawned it; so that thread must never end.
public final class Spawner: Sendable {
    /// The spawner of this process.
    public static let shared = Spawner()

    private enum Request: Sendable {
        case spawn(
            ChildSpec, Limits, answer: @Sendable (Result<Child, SpawnFailure>) -> Void)
        case adoptOrphans(isOnlyParent: Bool)
        case countOrphans(answer: @Sendable (Int) -> Void)
    }

    private let requests = Mutex<[Request]>([])
    /// Wakes the thread: a byte a request.
    private let wake: (read: Int32, write: Int32)

    private init() {
        var ends: [Int32] = [-1, -1]
        let error = caodiem_pipe(&ends)
        precondition(error == 0, "no pipe for the spawner: \(UnixSocket.explain(error))")
        wake = (ends[0], ends[1])
        PermanentThread.start(name: "caodiem-spawn") { [self] in work() }
    }

    /// Starts a child: its own process group, default signals, descriptors 0 to 3 and no others.
    ///
    /// Descriptor 0 is the liveness pipe, whose first 32 bytes are the session token; 1 and 2 are
    /// read as logs; 3 is the protocol's socket.
    ///
    /// - Throws: within milliseconds, when the program is missing, not executable or no program.
    public func spawn(
        _ spec: ChildSpec, limits: Limits = Limits()
    ) async throws(SpawnFailure) -> Child {
        let result: Result<Child, SpawnFailure> = await withCheckedContinuation { continuation in
            ask(.spawn(spec, limits) { continuation.resume(returning: $0) })
        }
        return try result.get()
    }

    /// Adopts what children leave behind, daemons too, and ends it once they are gone.
    ///
    /// - Parameter isOnlyParent: nothing else in this process starts children, so that every child
    ///   that is not the spawner's own is an orphan.
    /// - Throws: what the kernel says when it does not give us orphans.
    public func adoptOrphans(isOnlyParent: Bool) throws(Failure) {
        let error = caodiem_become_subreaper()
        guard error == 0 else {
            throw Failure(.internal, "prctl refuses: \(UnixSocket.explain(error))")
        }
        ask(.adoptOrphans(isOnlyParent: isOnlyParent))
    }

    /// Waits until no orphan is left, or time is up; gives how many still live.
    public func endOrphans(within patience: Duration) async -> Int {
        let end = ContinuousClock.now + patience
        while true {
            let left = await withCheckedContinuation { continuation in
                ask(.countOrphans { continuation.resume(returning: $0) })
            }
            guard left > 0, ContinuousClock.now < end else { return left }
            try? await Task.sleep(for: .milliseconds(5))
        }
    }

    private func ask(_ request: Request) {
        requests.withLock { $0.append(request) }
        var byte: UInt8 = 1
        _ = write(wake.write, &byte, 1)
    }

    // MARK: The thread

    private func work() {
        var watch = ChildWatch(wake: wake.read)
        while true {
            if watch.wait() {
                let batch = requests.withLock { requests in
                    defer { requests = [] }
                    return requests
                }
                for request in batch { obey(request, &watch) }
            }
        }
    }

    private func obey(_ request: Request, _ watch: inout ChildWatch) {
        switch request {
        case .spawn(let spec, let limits, let answer):
            answer(Result { () throws(SpawnFailure) in try watch.start(spec, limits) })
        case .adoptOrphans(let isOnlyParent): watch.adoptOrphans(isOnlyParent: isOnlyParent)
        case .countOrphans(let answer): answer(watch.sweepOrphans())
        }
    }
}

/// A thread that is never joined and never ends.
enum PermanentThread {
    private final class Body {
        let name: String
        let run: @Sendable () -> Void

        init(_ name: String, _ run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    static func start(name: String, _ run: @escaping @Sendable () -> Void) {
        let body = Unmanaged.passRetained(Body(name, run)).toOpaque()
        var thread = pthread_t()
        let error = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let body = Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
                caodiem_name_thread(body.name)
                body.run()
                return nil
            }, body)
        precondition(error == 0, "no thread for \(name): \(UnixSocket.explain(error))")
        pthread_detach(thread)
    }
}
