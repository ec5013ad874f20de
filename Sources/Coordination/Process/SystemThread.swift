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

/// SIGTERM and SIGINT as values, one each time; SIGPIPE is ignored. Made once a process.
public struct StopSignals: Sendable {
    /// Signals as they come; at most four wait.
    let stream: AsyncStream<Int32>

    /// The handler's way to the thread that waits: a handler may do little more than write.
    private static let pipe: (read: Int32, write: Int32) = {
        var ends: [Int32] = [-1, -1]
        _ = Glibc.pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }()

    public init() {
        signal(SIGPIPE, SIG_IGN)
        let (stream, continuation) = AsyncStream.makeStream(
            of: Int32.self, bufferingPolicy: .bufferingNewest(4))
        self.stream = stream
        let source = StopSignals.pipe.read
        _ = SystemThread.start {
            var number: UInt8 = 0
            while true {
                let count = read(source, &number, 1)
                if count == 1 { continuation.yield(Int32(number)) }
                if count == 0 || (count < 0 && errno != EINTR) { return }
            }
        }
        for number in [SIGTERM, SIGINT] {
            signal(number) { number in
                let saved = errno
                var byte = UInt8(truncatingIfNeeded: number)
                _ = write(StopSignals.pipe.write, &byte, 1)
                errno = saved
            }
        }
    }
}
