import Transport
import Wire

/// The way to one worker process and the calls that are on it. Lives on the loop.
final class WorkerRoute: @unchecked Sendable {
    // Unchecked: its variables are touched on the loop of its link only.
    let plugin: String
    let link: Link
    private let counted: (Bool) -> Void
    private var relays: [ObjectIdentifier: Relay] = [:]
    private var whenIdle: (() -> Void)?

    /// - Parameter counted: told of each call that ended, and whether it failed.
    init(plugin: String, link: Link, counted: @escaping (Bool) -> Void) {
        self.plugin = plugin
        self.link = link
        self.counted = counted
    }

    var openCalls: Int { relays.count }

    /// Calls that the process takes at a time, `most` at the utmost.
    func capacity(most: Int) -> Int {
        let streams = link.peerHello.map { Int($0.info.limits.streams) } ?? most
        return max(1, min(most, streams - AdmissionLimits.reservedStreams))
    }

    func began(_ relay: Relay) { relays[ObjectIdentifier(relay)] = relay }

    func ended(_ relay: Relay, failed: Bool) {
        guard relays.removeValue(forKey: ObjectIdentifier(relay)) != nil else { return }
        counted(failed)
        if relays.isEmpty { tellIdle() }
    }

    /// Calls back once no call is open: at once when there is none.
    func onIdle(_ body: @escaping () -> Void) {
        whenIdle = body
        if relays.isEmpty { tellIdle() }
    }

    /// Ends all open calls.
    func abortAll(_ failure: Failure) {
        for relay in Array(relays.values) { relay.abort(failure) }
    }

    private func tellIdle() {
        let body = whenIdle
        whenIdle = nil
        body?()
    }
}
