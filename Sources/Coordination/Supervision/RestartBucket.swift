/// Restarts of the whole fleet at a bounded rate: a burst at once, then one each interval, so that
/// plugins that crash together do not take the machine with them.
struct RestartBucket: Sendable, Equatable {
    private let interval: Duration
    private let burst: Int
    /// Theoretical moment at which the bucket is full again; in the past when it is.
    private var fullAt = Moment.start

    init(limits: SupervisionLimits) {
        interval = limits.restartInterval
        burst = max(1, limits.restartBurst)
    }

    /// When the next restart may be.
    var nextAt: Moment { Moment(sinceStart: fullAt.sinceStart - interval * (burst - 1)) }

    func mayTake(at now: Moment) -> Bool { nextAt <= now }

    /// Restarts so far.
    private(set) var taken = 0

    mutating func take(at now: Moment) {
        fullAt = max(fullAt, now) + interval
        taken += 1
    }
}
