internal import Wire

/// How much a peer that fails may be asked again: gRPC's throttle. Calls that fail take a token, calls
/// that succeed give a tenth back, and below half of them nothing is made again.
struct RetryBucket {
    private let capacity: Int
    /// Tenths of a token.
    private var tenths: Int

    init(tokens: Int) {
        capacity = tokens * 10
        tenths = capacity
    }

    mutating func succeeded() { tenths = min(capacity, tenths + 1) }

    mutating func failed() { tenths = max(0, tenths - 10) }

    var allowsRetry: Bool { tenths * 2 > capacity }
}

/// Whether and when a call that failed is made again.
struct Retry {
    /// Metadata of the answer: milliseconds to wait, or a negative number for "do not".
    static let pushbackKey = "grpc-retry-pushback-ms"

    let limits: Limits

    /// The wait before the next attempt; nil when the failure stands.
    ///
    /// - Parameter attempts: that were made.
    func wait(
        after failure: Failure, trailers: WireV1.Trailers?, attempts: Int
    ) -> Duration? {
        // Without details a peer has not said that it is of no use.
        guard failure.code == .unavailable, failure.retryable || failure.reason.isEmpty,
            attempts < limits.retryAttempts
        else { return nil }
        guard let asked = trailers?.metadata.last(where: { $0.key == Retry.pushbackKey }) else {
            return backoff(attempts)
        }
        guard let text = String(validating: asked.value, as: UTF8.self), let wait = Int64(text),
            wait >= 0
        else { return nil }
        return .milliseconds(wait)
    }

    /// Doubles with each attempt, up to a limit, and differs by ±20 % so that callers do not come back
    /// together.
    private func backoff(_ attempts: Int) -> Duration {
        let doubled = limits.retryBackoff * (1 << min(attempts - 1, 16))
        let whole = min(doubled, limits.longestRetryBackoff)
        return whole * Double.random(in: 0.8...1.2)
    }
}
