import Wire

/// The calls that wait for one plugin, and the judgement whether waiting helps. Callers take turns, so
/// that one with many calls does not keep the others from theirs.
struct CallQueue: Sendable {
    /// Names a waiting call.
    typealias Ticket = UInt64

    /// One call that waits.
    private struct Waiting: Sendable {
        var ticket: Ticket
        var deadline: Instant?
        /// When it has waited long enough.
        var until: Instant
    }

    /// Why a call is not let in, or no longer kept.
    enum Refusal: Sendable, Equatable {
        /// It would be over before its turn comes.
        case tooLate(expectedWait: Duration)
        /// Others wait already.
        case full(expectedWait: Duration)
        /// It has waited as long as a call may.
        case waitedLong
    }

    enum Verdict: Sendable, Equatable {
        /// It waits; `evicted` had to make room for it.
        case waits(evicted: Ticket?)
        case refused(Refusal)
    }

    /// Calls that may wait.
    var limit: Int
    private(set) var count = 0
    private(set) var refused: UInt64 = 0
    private(set) var evicted: UInt64 = 0
    /// Callers whose turn is next come first; each has waiting calls.
    private var turns: [String] = []
    private var waiting: [String: [Waiting]] = [:]
    private var work = WorkTime()

    init(limit: Int) { self.limit = limit }

    var isEmpty: Bool { count == 0 }

    /// When `expire` is due next.
    var due: Instant? { waiting.values.joined().map(\.until).min() }

    /// A call took so long from its start at a worker to its end.
    mutating func worked(_ duration: Duration) { work.add(duration) }

    /// How long a call that comes now would wait; nothing is expected before the first call has ended.
    func expectedWait(slots: Int) -> Duration { expectedWait(behind: count, slots: slots) }

    private func expectedWait(behind others: Int, slots: Int) -> Duration {
        work.mean * (Double(others + 1) / Double(max(1, slots)))
    }

    /// Takes a call in, unless it would be too late or there is no room.
    ///
    /// A caller with fewer calls here than another takes the room of that one's newest call; a call
    /// that will be late anyway goes before all others.
    ///
    /// - Parameter slots: calls that the plugin does at a time; 0 while it is coming back, when
    ///   nothing can be said about the wait.
    mutating func offer(
        _ ticket: Ticket, from caller: String, deadline: Instant?, within longest: Duration,
        slots: Int, at now: Instant
    ) -> Verdict {
        let wait = slots > 0 ? expectedWait(slots: slots) : .zero
        if let deadline, now.advanced(by: wait) >= deadline {
            refused += 1
            return .refused(.tooLate(expectedWait: wait))
        }
        var pushed: Ticket?
        if count >= limit {
            pushed = evict(for: caller, slots: slots, at: now)
            guard pushed != nil else {
                refused += 1
                return .refused(.full(expectedWait: wait))
            }
            evicted += 1
        }
        if waiting[caller] == nil { turns.append(caller) }
        waiting[caller, default: []].append(
            Waiting(ticket: ticket, deadline: deadline, until: now.advanced(by: longest)))
        count += 1
        return .waits(evicted: pushed)
    }

    /// The call whose turn it is.
    mutating func next() -> Ticket? {
        guard !turns.isEmpty else { return nil }
        let caller = turns.removeFirst()
        guard var calls = waiting[caller], !calls.isEmpty else { return nil }
        let first = calls.removeFirst()
        waiting[caller] = calls.isEmpty ? nil : calls
        if !calls.isEmpty { turns.append(caller) }
        count -= 1
        return first.ticket
    }

    /// Calls that have waited long enough leave.
    mutating func expire(at now: Instant) -> [Ticket] {
        let late = waiting.flatMap { caller, calls in
            calls.filter { $0.until <= now }.map { (caller, $0.ticket) }
        }.sorted { $0.1 < $1.1 }
        for (caller, ticket) in late { remove(ticket, of: caller) }
        refused += UInt64(late.count)
        return late.map(\.1)
    }

    /// A call that no longer waits, because its caller left or its deadline passed.
    mutating func remove(_ ticket: Ticket) {
        for (caller, calls) in waiting where calls.contains(where: { $0.ticket == ticket }) {
            return remove(ticket, of: caller)
        }
    }

    /// All calls leave.
    mutating func removeAll() -> [Ticket] {
        let all = waiting.values.joined().map(\.ticket).sorted()
        (waiting, turns, count) = ([:], [], 0)
        return all
    }

    private mutating func remove(_ ticket: Ticket, of caller: String) {
        guard let index = waiting[caller]?.firstIndex(where: { $0.ticket == ticket }) else {
            return
        }
        waiting[caller]?.remove(at: index)
        count -= 1
        guard waiting[caller]?.isEmpty == true else { return }
        waiting[caller] = nil
        turns.removeAll { $0 == caller }
    }

    private mutating func evict(for caller: String, slots: Int, at now: Instant) -> Ticket? {
        if slots > 0 {
            for (place, late) in inOrder.enumerated() {
                let start = now.advanced(by: expectedWait(behind: place, slots: slots))
                guard let deadline = late.call.deadline, deadline <= start else { continue }
                remove(late.call.ticket, of: late.caller)
                return late.call.ticket
            }
        }
        let own = waiting[caller]?.count ?? 0
        let most = waiting.max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }
        guard let most, most.value.count > own + 1, let newest = most.value.last else { return nil }
        remove(newest.ticket, of: most.key)
        return newest.ticket
    }

    /// All calls as their turns will come.
    private var inOrder: [(caller: String, call: Waiting)] {
        let longest = waiting.values.map(\.count).max() ?? 0
        return (0..<longest).flatMap { round in
            turns.compactMap { caller in
                waiting[caller].flatMap { $0.count > round ? (caller, $0[round]) : nil }
            }
        }
    }
}

/// How long calls take, newer ones counting more.
private struct WorkTime: Sendable {
    private(set) var mean = Duration.zero
    private var isKnown = false
    /// Calls that the mean reaches back, about.
    private static let calls = 8
    /// A longer call is a stream that somebody watches, which says nothing of the others.
    private static let longest = Duration.seconds(30)

    mutating func add(_ duration: Duration) {
        let duration = min(duration, WorkTime.longest)
        mean = isKnown ? mean + (duration - mean) / WorkTime.calls : duration
        isKnown = true
    }
}
