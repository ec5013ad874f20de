import Meter
import Transport
import Wire

/// A task for each call in flight, as most programs make their calls.
enum TaskClient {
    static func run(
        _ channel: Transport.Channel, _ inFlight: Int, _ until: Until
    ) async throws -> Meter {
        try await withThrowingTaskGroup(of: Meter.self) { group in
            for _ in 0..<inFlight {
                group.addTask {
                    var meter = until.meter
                    for _ in 0..<max(1, until.calls / inFlight) {
                        let start = Meter.now
                        let reply = try await channel.unary(
                            Echo.method, Echo.request, timeout: Echo.timeout,
                            metadata: Echo.metadata)
                        guard reply.body.count == 200 else { throw Failure(.dataLoss, "reply") }
                        if !meter.took(since: start) { break }
                    }
                    return meter
                }
            }
            var all = until.meter
            for try await meter in group { all.add(meter) }
            return all
        }
    }
}

/// Calls made and answered on the loop, as the coordinator makes them.
final class LoopClient: @unchecked Sendable {
    // Unchecked: its variables are touched on the loop only.
    private let channel: Transport.Channel
    private var meter: Meter
    private var left: Int
    private var running = 0
    private var failure: Failure?
    private var finished: (@Sendable (Result<Meter, Failure>) -> Void)?

    private init(_ channel: Transport.Channel, _ until: Until) {
        self.channel = channel
        meter = until.meter
        left = until.calls
    }

    static func run(
        _ channel: Transport.Channel, _ inFlight: Int, _ until: Until
    ) async throws -> Meter {
        let client = LoopClient(channel, until)
        let result = await withCheckedContinuation { continuation in
            channel.link.loop.execute {
                client.finished = { continuation.resume(returning: $0) }
                for _ in 0..<inFlight { client.call() }
            }
        }
        return try result.get()
    }

    private func call() {
        let start = Meter.now
        running += 1
        left -= 1
        channel.unary(
            Echo.method, Echo.request, timeout: Echo.timeout, metadata: Echo.metadata
        ) { [self] result in
            running -= 1
            if case .failure(let why) = result { failure = why }
            if failure == nil, meter.took(since: start), left > 0 { return call() }
            if running == 0 {
                finished?(failure.map { .failure($0) } ?? .success(meter))
                finished = nil
            }
        }
    }
}
