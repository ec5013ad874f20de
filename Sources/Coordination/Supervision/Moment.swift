/// A point on the coordinator's monotonic clock, counted from its start; it enters every state
/// machine as a value, so a simulation can choose it and a jump of the wall clock moves nothing.
struct Moment: Comparable, Hashable, Sendable {
    /// Time since the coordinator started.
    var sinceStart: Duration

    static let start = Moment(sinceStart: .zero)

    static func < (left: Moment, right: Moment) -> Bool { left.sinceStart < right.sinceStart }

    static func + (moment: Moment, delay: Duration) -> Moment {
        Moment(sinceStart: moment.sinceStart + delay)
    }

    static func - (left: Moment, right: Moment) -> Duration {
        left.sinceStart - right.sinceStart
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}

/// SplitMix64: jitter that a test can repeat from its seed.
struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
