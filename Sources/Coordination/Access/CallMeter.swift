/// What one principal may ask of the fleet.
struct CallRate: Sendable, Equatable {
    /// Calls a second in the long run.
    var perSecond: Int
    /// Calls at once after a rest.
    var burst: Int
    /// Calls that may be open at a time.
    var concurrent: Int

    /// What either allows.
    func joined(_ other: CallRate) -> CallRate {
        CallRate(
            perSecond: max(perSecond, other.perSecond), burst: max(burst, other.burst),
            concurrent: max(concurrent, other.concurrent))
    }
}

/// Counts one principal's calls against its rate: a bucket of tokens that fills with time, and the calls that
/// are open. Knows no clock but the moments that it is given.
struct CallMeter: Sendable, Equatable {
    enum Verdict: Sendable, Equatable {
        case admitted
        /// Too fast: a token is there after so long.
        case tooFast(after: Duration)
        case tooMany(open: Int)
    }

    private(set) var rate: CallRate
    private(set) var open = 0
    /// Tokens times a billion, so that the nanoseconds of slow rates are not lost.
    private var level: Int64
    private var filledAt: Int64

    private static let token: Int64 = 1_000_000_000

    /// Full at the start.
    init(_ rate: CallRate, at nanoseconds: Int64) {
        self.rate = rate
        level = Int64(rate.burst) * CallMeter.token
        filledAt = nanoseconds
    }

    /// A call wants to begin; admitted, it counts as open until `ended`.
    mutating func begin(at nanoseconds: Int64) -> Verdict {
        fill(nanoseconds)
        guard open < rate.concurrent else { return .tooMany(open: open) }
        guard level >= CallMeter.token else {
            let missing = CallMeter.token - level
            let wait = (missing + Int64(rate.perSecond) - 1) / Int64(rate.perSecond)
            return .tooFast(after: .nanoseconds(wait))
        }
        level -= CallMeter.token
        open += 1
        return .admitted
    }

    mutating func ended() { open = max(0, open - 1) }

    /// The limits changed: what is open stays open.
    mutating func take(_ rate: CallRate, at nanoseconds: Int64) {
        fill(nanoseconds)
        self.rate = rate
        level = min(level, Int64(rate.burst) * CallMeter.token)
    }

    private mutating func fill(_ nanoseconds: Int64) {
        let full = Int64(rate.burst) * CallMeter.token
        let elapsed = max(0, nanoseconds - filledAt)
        filledAt = max(filledAt, nanoseconds)
        let (gained, overflow) = elapsed.multipliedReportingOverflow(by: Int64(rate.perSecond))
        level = overflow || gained >= full - level ? full : level + gained
    }
}
