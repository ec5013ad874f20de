import Glibc
internal import NIOCore
internal import NIOPosix
public import Wire

/// The one thread on which a process's connections live.
///
/// All links of a loop are touched on it alone, so what joins two links needs no lock.
public final class Loop: @unchecked Sendable {
    // Unchecked: `budget` is touched on the loop's thread only; the event loop is safe by itself.

    /// The loop of this process.
    public static let shared = Loop(inboundBudget: 256 << 20)

    let eventLoop: any EventLoop
    let budget: InboundBudget

    /// A loop with a thread of its own, which runs as long as the process.
    ///
    /// - Parameter inboundBudget: bytes that all its links together may promise to take in.
    public init(inboundBudget: Int = 64 << 20) {
        eventLoop = MultiThreadedEventLoopGroup(numberOfThreads: 1).next()
        budget = InboundBudget(capacity: inboundBudget)
    }

    /// Whether the caller runs on the loop.
    public var isCurrent: Bool { eventLoop.inEventLoop }

    /// The monotonic clock's moment.
    public static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// Runs work on the loop, after what was asked before.
    public func execute(_ work: @escaping @Sendable () -> Void) {
        eventLoop.execute(work)
    }

    /// Runs work on the loop after a while; the answer cancels it.
    @discardableResult
    public func schedule(
        after delay: Duration, _ work: @escaping @Sendable () -> Void
    ) -> LoopTimer {
        LoopTimer(
            scheduled: eventLoop.scheduleTask(in: .nanoseconds(delay.wholeNanoseconds), work))
    }

    /// Runs work on the loop and gives its result.
    public func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            eventLoop.execute { continuation.resume(returning: work()) }
        }
    }

    func assertCurrent() {
        assert(eventLoop.inEventLoop, "a link is used outside its loop; use Loop.execute")
    }
}

/// Work that a loop will do later.
public struct LoopTimer: Sendable {
    let scheduled: Scheduled<Void>

    /// Takes the work back; nothing happens when it has run.
    public func cancel() {
        scheduled.cancel()
    }
}
