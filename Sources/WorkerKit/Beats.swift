internal import Synchronization
internal import Transport
internal import Wire

/// Tells the coordinator that this worker lives and works.
///
/// A beat travels the way of a call: it is made on the threads of the handlers and leaves through the
/// loop. So it stays away when the process is frozen, when all those threads are held by handlers
/// that wait for something, and when the loop is stuck; a single stuck handler is counted and told.
final class Beats: Sendable {
    private struct State {
        var channel: Channel?
        var interval: Duration = .zero
        var generation: UInt64 = 0
        var task: Task<Void, Never>?
    }

    private let calls: CallWatch
    private let state = Mutex(State())

    init(calls: CallWatch) { self.calls = calls }

    func attach(_ channel: Channel) { state.withLock { $0.channel = channel } }

    /// Beats so often from now on; 0 milliseconds ends it.
    func begin(everyMilliseconds interval: UInt32, generation: UInt64) {
        state.withLock { state in
            state.interval = .milliseconds(Int(interval))
            state.generation = generation
            if interval > 0, state.task == nil { state.task = Task { await beat() } }
        }
    }

    private func beat() async {
        var number: UInt64 = 0
        while true {
            let (channel, interval, generation) = state.withLock {
                ($0.channel, $0.interval, $0.generation)
            }
            guard let channel, interval > .zero else {
                return state.withLock { $0.task = nil }
            }
            number += 1
            var request = HostV1.BeatRequest()
            request.number = number
            request.generation = generation
            let counted = calls.count(at: Loop.now)
            request.queueDepth = UInt32(clamping: counted.running)
            request.stuckCalls = UInt32(clamping: counted.stuck)
            request.loopLagMicroseconds = await loopLag()
            request.poolLagMicroseconds = await poolLag(over: interval)
            // A lost beat is no matter: the next one follows, and the coordinator counts.
            _ = try? await channel.unary(HostV1.Host.beat, request, timeout: interval)
        }
    }

    /// How long the loop lets a piece of work wait.
    private func loopLag() async -> UInt64 {
        let asked = Loop.now
        let ran = await Loop.shared.run { Loop.now }
        return Beats.microseconds(asked.duration(to: ran))
    }

    /// Sleeps for the interval; how much longer than that it took to get a thread back.
    private func poolLag(over interval: Duration) async -> UInt64 {
        let asked = Loop.now
        try? await Task.sleep(for: interval)
        return Beats.microseconds(asked.duration(to: Loop.now) - interval)
    }

    private static func microseconds(_ duration: Duration) -> UInt64 {
        let (seconds, attoseconds) = duration.components
        return UInt64(clamping: seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }
}
