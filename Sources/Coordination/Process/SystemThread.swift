import Glibc

/// A thread of its own for the two things that must wait in the kernel: signals and stderr.
enum SystemThread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a detached thread; false when the system has none to give.
    static func start(_ run: @escaping @Sendable () -> Void) -> Bool {
        let body = Unmanaged.passRetained(Body(run))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, body.toOpaque())
        guard code == 0 else {
            body.release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}

/// SIGTERM and SIGINT as values, one each time; SIGPIPE is ignored.
public struct StopSignals: Sendable {
    /// Signals as they come; at most four wait.
    let stream: AsyncStream<Int32>

    /// Must be made before any other thread, since threads inherit what is blocked.
    public init() {
        signal(SIGPIPE, SIG_IGN)
        var awaited = sigset_t()
        sigemptyset(&awaited)
        sigaddset(&awaited, SIGTERM)
        sigaddset(&awaited, SIGINT)
        pthread_sigmask(SIG_BLOCK, &awaited, nil)
        let signals = awaited
        let (stream, continuation) = AsyncStream.makeStream(
            of: Int32.self, bufferingPolicy: .bufferingNewest(4))
        self.stream = stream
        _ = SystemThread.start {
            var awaited = signals
            var number: Int32 = 0
            while sigwait(&awaited, &number) == 0 { continuation.yield(number) }
        }
    }
}
