import Synchronization
import Testing
import Transport
import Wire

@Suite(.timeLimit(.minutes(2))) struct FairnessTests {
    /// 127 callers beside one stream that nobody reads: their slowest hundredth stays within twice of
    /// what it is alone. The best of a few tries counts, for the machine has other work.
    @Test func aSlowReaderDoesNotSlowTheOthers() async throws {
        let meeting = try await Meeting()
        defer { meeting.close() }
        let client = meeting.client
        var best = Double.infinity
        for _ in 0..<5 where best > 2 {
            let alone = try await p99(client)
            let sleeper = Task {
                try await client.serverStream(
                    Probe.pour, Probe.note("100000", bytes: 10_000)
                ) { _ in try await Task.sleep(for: .seconds(60)) }
            }
            while meeting.witness.written < 10 { try await Task.sleep(for: .milliseconds(1)) }
            let beside = try await p99(client)
            sleeper.cancel()
            _ = await sleeper.result
            best = min(best, beside / alone)
        }
        #expect(best <= 2, "p99 beside a slow reader is \(best) times that alone")
    }

    private func p99(_ client: Channel) async throws -> Double {
        let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for _ in 0..<127 {
                group.addTask {
                    let clock = ContinuousClock()
                    var times: [Duration] = []
                    for _ in 0..<8 {
                        let start = clock.now
                        _ = try await client.unary(Probe.quick, Probe.note("", bytes: 1000))
                        times.append(clock.now - start)
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let sorted = times.sorted()
        return sorted[sorted.count * 99 / 100] / .milliseconds(1)
    }

    /// Calls dropped with replies on the way give back their credit, their stream and their memory.
    @Test func streamsDroppedUnreadLeakNothing() async throws {
        var limits = Limits()
        limits.resetsPerSecond = 1_000_000
        let meeting = try await Meeting(server: limits)
        defer { meeting.close() }
        let request = try Probe.note("50", bytes: 10_000).encoded()
        for number in 0..<2000 {
            let call = meeting.client.raw(path: Probe.pour.path)
            try await call.send(request)
            call.finishSending()
            if number.isMultiple(of: 3) { _ = try await call.next() }
        }
        for link in [meeting.client.link, meeting.server.link] {
            var open = 1
            for _ in 0..<1000 where open > 0 {
                try await Task.sleep(for: .milliseconds(5))
                open = await link.loop.run { link.streamCount }
            }
            #expect(open == 0)
        }
        _ = try await meeting.client.unary(Probe.quick, Probe.note("", bytes: 1 << 20))
    }
}
