import Transport
import Wire

/// What lets calls through to one plugin's processes, or has them wait for their turn. Lives on the
/// loop.
final class PluginGate: @unchecked Sendable {
    // Unchecked: its variables are touched on the loop only.
    let plugin: String
    var limits = AdmissionLimits() { didSet { queue.limit = limits.queue } }
    private unowned let router: Router
    private let loop: Loop
    private var queue = CallQueue(limit: AdmissionLimits().queue)
    private var waiting: [CallQueue.Ticket: Relay] = [:]
    private var tickets: [ObjectIdentifier: CallQueue.Ticket] = [:]
    private var running: [ObjectIdentifier: Relay] = [:]
    private var lastTicket: CallQueue.Ticket = 0
    private var timer: LoopTimer?
    private var isPumping = false

    /// Times that a call is given to another process after one that never looked at it.
    static let attempts = 1

    init(plugin: String, router: Router, loop: Loop) {
        self.plugin = plugin
        self.router = router
        self.loop = loop
    }

    /// Calls that run or wait.
    var calls: [Relay] { Array(running.values) + Array(waiting.values) }
    var waitingCount: Int { queue.count }
    var refused: UInt64 { queue.refused }
    var evicted: UInt64 { queue.evicted }
    var slots: Int { router.routes[plugin]?.slots(most: limits.most) ?? 0 }
    var expectedWait: Duration { queue.expectedWait(slots: slots) }

    // MARK: Calls

    /// Lets a call through or has it wait; it may have been refused when this returns.
    func admit(_ relay: Relay) {
        if queue.isEmpty, begin(relay) || relay.isOver { return }
        wait(relay)
    }

    /// A call that a process gave back.
    func again(_ relay: Relay) {
        running[ObjectIdentifier(relay)] = nil
        admit(relay)
        pump()
    }

    /// A call is over, whether it ran or waited.
    func ended(_ relay: Relay, failure: Failure?, worked: Duration?) {
        running[ObjectIdentifier(relay)] = nil
        if !tickets.isEmpty, let ticket = tickets.removeValue(forKey: ObjectIdentifier(relay)) {
            waiting[ticket] = nil
            queue.remove(ticket)
        }
        if let worked { queue.worked(worked) }
        if let failure { router.failures.note(failure, relay) }
        // Not at once: its process still counts it.
        if !queue.isEmpty { loop.execute { self.pump() } }
    }

    /// Calls that can go through do, and those for which nothing comes are told.
    func pump() {
        guard !queue.isEmpty, !isPumping else { return }
        isPumping = true
        defer { isPumping = false }
        switch router.table.standing(of: plugin) {
        case .open: break
        case .closed(let state, let reason) where !router.isComing(plugin):
            return refuseAll(.notRunning(plugin, state, reason: reason))
        default: return setTimer()
        }
        while !queue.isEmpty, slots > openCalls {
            guard let ticket = queue.next(), let relay = waiting.removeValue(forKey: ticket) else {
                break
            }
            tickets[ObjectIdentifier(relay)] = nil
            guard begin(relay) || relay.isOver else {
                wait(relay)
                break
            }
        }
        setTimer()
    }

    /// Nothing more goes through.
    func refuseAll(_ failure: Failure) {
        for ticket in queue.removeAll() { refuse(ticket, failure, pushback: nil) }
        setTimer()
    }

    private var openCalls: Int { router.routes[plugin]?.openInService ?? 0 }

    /// Gives the call to the least busy process; false when there is none for it.
    private func begin(_ relay: Relay) -> Bool {
        for _ in 0...PluginGate.attempts {
            guard let route = router.routes[plugin]?.pick(most: limits.most) else { return false }
            running[ObjectIdentifier(relay)] = relay
            if relay.start(on: route) { return true }
            running[ObjectIdentifier(relay)] = nil
        }
        return false
    }

    // MARK: Waiting

    private func wait(_ relay: Relay) {
        lastTicket += 1
        let ticket = lastTicket
        let slots = slots
        let verdict = queue.offer(
            ticket, from: relay.request.principal, deadline: relay.request.deadline,
            within: slots > 0 ? limits.longestWait : limits.handOver, slots: slots, at: Loop.now)
        switch verdict {
        case .waits(let evicted):
            waiting[ticket] = relay
            tickets[ObjectIdentifier(relay)] = ticket
            if let evicted { refuse(evicted, .full(expectedWait: expectedWait)) }
            setTimer()
        case .refused(let why): refuse(relay, why)
        }
    }

    private func refuse(_ ticket: CallQueue.Ticket, _ why: CallQueue.Refusal) {
        guard let relay = waiting.removeValue(forKey: ticket) else { return }
        tickets[ObjectIdentifier(relay)] = nil
        refuse(relay, why)
    }

    private func refuse(
        _ ticket: CallQueue.Ticket, _ failure: Failure, pushback: Duration?
    ) {
        guard let relay = waiting.removeValue(forKey: ticket) else { return }
        tickets[ObjectIdentifier(relay)] = nil
        relay.abort(failure, pushback: pushback ?? Pushback.of(failure))
    }

    private func refuse(_ relay: Relay, _ why: CallQueue.Refusal) {
        switch why {
        case .tooLate(let wait):
            relay.abort(
                .tooLate(plugin, expected: wait, deadline: relay.request.deadline), pushback: wait)
        case .full(let wait):
            relay.abort(.queueFull(plugin, limits.queue), pushback: max(wait, Pushback.usual))
        case .waitedLong:
            if case .closed(let state, let reason) = router.table.standing(of: plugin) {
                relay.abort(
                    .notRunning(plugin, state, reason: reason), pushback: Pushback.usual)
            } else {
                relay.abort(
                    .waitedLong(plugin, relay.age), pushback: max(expectedWait, Pushback.usual))
            }
        }
    }

    private func setTimer() {
        timer?.cancel()
        timer = nil
        guard let due = queue.due else { return }
        let delay = max(.zero, Loop.now.duration(to: due)) + .milliseconds(1)
        timer = loop.schedule(after: delay) { [self] in
            for ticket in queue.expire(at: Loop.now) { refuse(ticket, .waitedLong) }
            setTimer()
        }
    }
}

/// When a refused call may come again, as gRPC's clients understand it.
enum Pushback {
    static let key = "grpc-retry-pushback-ms"
    /// Where nothing better is known.
    static let usual = Duration.milliseconds(250)

    static func metadata(_ wait: Duration?) -> [WireV1.MetadataEntry] {
        guard let wait else { return [] }
        let milliseconds = max(1, wait.wholeNanoseconds / 1_000_000)
        return [
            .with {
                $0.key = key
                $0.value = Array(String(milliseconds).utf8)
            }
        ]
    }

    /// Of a failure of the coordinator itself: nil when coming again does not help.
    static func of(_ failure: Failure) -> Duration? { failure.retryable ? usual : nil }
}
