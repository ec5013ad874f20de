import Wire

/// The last calls that did not go well, for whoever looks into the coordinator. Lives on the loop.
struct FailedCalls: Sendable {
    struct Entry: Sendable, Equatable {
        var atMilliseconds: Int64
        var path: String
        var principal: String
        var plugin: String
        var code: StatusCode
        var reason: String
    }

    /// Entries kept; no message is, since those may name parties.
    static let kept = 64
    private(set) var entries: [Entry] = []

    mutating func note(_ failure: Failure, _ relay: Relay) {
        if entries.count >= FailedCalls.kept { entries.removeFirst() }
        entries.append(
            Entry(
                atMilliseconds: WallClock.milliseconds(), path: relay.request.headers.path,
                principal: relay.request.principal, plugin: relay.plugin, code: failure.code,
                reason: failure.reason))
    }
}
