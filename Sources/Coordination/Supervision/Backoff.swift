/// Growing delays between attempts: base × 2ⁿ, spread by a jitter, never above the cap.
struct Backoff: Sendable, Equatable {
    var base: Duration
    var cap: Duration
    /// 0.2 spreads a delay over 80–120 %.
    var jitter: Double

    /// The delay before the attempt that follows the `failures`-th failure in a row (from 1).
    func delay(after failures: Int, random: inout SeededRandom) -> Duration {
        var delay = base
        var doublings = max(0, failures - 1)
        while doublings > 0, delay < cap {
            delay = delay * 2
            doublings -= 1
        }
        let spread = Double.random(in: (1 - jitter)...(1 + jitter), using: &random)
        return min(min(delay, cap) * spread, cap)
    }
}
