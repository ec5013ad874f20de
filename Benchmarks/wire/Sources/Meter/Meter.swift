import Glibc

/// Counts calls and the time of each, and prints one line of JSON when the time is over.
public struct Meter: Sendable {
    /// Nanoseconds of the monotonic clock.
    public static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// Before this moment nothing is counted.
    public let begin: UInt64
    /// After it no call begins.
    public let end: UInt64
    private var times: [UInt32] = []

    /// - Parameters:
    ///   - seconds: measured, after a warm-up of a third of it.
    public init(seconds: Double) {
        let now = Meter.now
        begin = now + UInt64(seconds / 3 * 1e9)
        end = begin + UInt64(seconds * 1e9)
        times.reserveCapacity(1 << 20)
    }

    /// A call that began then has ended just now; false when the time is over.
    public mutating func took(since start: UInt64) -> Bool {
        let now = Meter.now
        if now >= end { return false }
        if start >= begin { times.append(UInt32(clamping: now - start)) }
        return true
    }

    /// Takes in what another one has counted.
    public mutating func add(_ other: Meter) { times += other.times }

    /// `{"calls", "seconds", "rate" a second, "p50" and "p99" in microseconds}`
    public func report() -> String {
        let sorted = times.sorted()
        let seconds = Double(end - begin) / 1e9
        func percentile(_ share: Double) -> Double {
            guard !sorted.isEmpty else { return 0 }
            let place = Int(Double(sorted.count) * share)
            return Double(sorted[min(place, sorted.count - 1)]) / 1000
        }
        return """
            {"calls": \(sorted.count), "seconds": \(seconds), \
            "rate": \(Double(sorted.count) / seconds), \
            "p50": \(percentile(0.5)), "p99": \(percentile(0.99))}
            """
    }
}
