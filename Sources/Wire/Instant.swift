/// A moment of a monotonic clock, as whole nanoseconds since some fixed start of this machine.
///
/// Wire reads no clock: its callers pass the moment in.
public struct Instant: Hashable, Comparable, Sendable {
    public let nanoseconds: Int64

    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The moment after a duration; a sum that does not fit is the last moment there is.
    public func advanced(by duration: Duration) -> Instant {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(duration.wholeNanoseconds)
        return Instant(nanoseconds: overflow ? Int64.max : sum)
    }

    /// From this moment to another; negative when that one is earlier.
    public func duration(to other: Instant) -> Duration {
        .nanoseconds(other.nanoseconds - nanoseconds)
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}

extension Duration {
    /// Nanoseconds, cut to what 64 bits hold.
    public var wholeNanoseconds: Int64 {
        // A billion is 512 times 1,953,125: up to an hour, one division of 64 bits is enough, a tenth of what
        // `components` takes.
        if attoseconds >= 0, let small = Int64(exactly: attoseconds >> 9) {
            return small / 1_953_125
        }
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return seconds < 0 ? Int64.min : Int64.max }
        let (sum, carried) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        return carried ? (seconds < 0 ? Int64.min : Int64.max) : sum
    }
}
