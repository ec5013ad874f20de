import Logging
import Transport
import Wire

/// Which refusals are told at once and which are counted first, so that knocking without end does not fill the
/// audit trail. Knows no clock but the moments that it is given.
struct RefusalTally: Sendable {
    struct Key: Hashable, Sendable {
        var principal: String
        var path: String
    }

    /// One kind of refusal is told at most so often.
    static let pause: Int64 = 10_000
    /// Kinds that are kept apart; what is beyond is told together.
    static let kinds = 1000
    static let others = Key(principal: "others", path: "")

    private struct State {
        var toldAt: Int64
        var waiting: UInt64 = 0
        var words = ""
    }

    private var states: [Key: State] = [:]

    /// - Returns: whether it is to be told now; else it is counted.
    mutating func note(_ asked: Key, _ words: String, at milliseconds: Int64) -> Bool {
        let key =
            states[asked] != nil || states.count < RefusalTally.kinds ? asked : RefusalTally.others
        guard var state = states[key] else {
            states[key] = State(toldAt: milliseconds)
            return true
        }
        if state.waiting == 0, milliseconds - state.toldAt >= RefusalTally.pause {
            state.toldAt = milliseconds
            states[key] = state
            return true
        }
        state.waiting += 1
        state.words = words
        states[key] = state
        return false
    }

    /// What was counted and is due now; kinds that have long been quiet are forgotten.
    mutating func due(at milliseconds: Int64) -> [(key: Key, count: UInt64, words: String)] {
        var due: [(key: Key, count: UInt64, words: String)] = []
        for (key, state) in states where milliseconds - state.toldAt >= RefusalTally.pause {
            if state.waiting > 0 {
                due.append((key, state.waiting, state.words))
                states[key] = State(toldAt: milliseconds)
            } else {
                states[key] = nil
            }
        }
        return due.sorted { ($0.key.principal, $0.key.path) < ($1.key.principal, $1.key.path) }
    }
}

/// Tells the audit trail whom the coordinator refused, one after the other, beside its own work. Lives on the
/// loop but for the writing.
final class RefusalTelling: @unchecked Sendable {
    // Unchecked: its variables are touched on the loop only.
    private let trail: (any AuditTrail)?
    private let log: Logger
    private var tally = RefusalTally()
    private var last: Task<Void, Never>?
    private var waiting = 0

    /// Entries that may wait for the store.
    static let backlog = 256
    static let wordBytes = 500

    init(_ trail: (any AuditTrail)?, log: Logger) {
        self.trail = trail
        self.log = log
    }

    func note(_ principal: String, _ path: String, _ refusal: Failure, at milliseconds: Int64) {
        let words = "\(refusal.code.name) \(refusal.reason) \(refusal.message)"
        let key = RefusalTally.Key(principal: principal, path: String(path.prefix(200)))
        if tally.note(key, words, at: milliseconds) {
            tell(key, words, at: milliseconds)
        }
    }

    /// Called now and then.
    func tick(at milliseconds: Int64) {
        for due in tally.due(at: milliseconds) {
            tell(due.key, "\(due.count) more times: \(due.words)", at: milliseconds)
        }
    }

    /// Waits for what is being written.
    func flush() async { await last?.value }

    private func tell(_ key: RefusalTally.Key, _ words: String, at milliseconds: Int64) {
        log.warning("refused \(key.principal) \(key.path): \(words)")
        guard let trail, waiting < RefusalTelling.backlog else { return }
        let entry = AdminV1.AuditEntry.with {
            $0.atMilliseconds = milliseconds
            $0.principal = key.principal
            $0.action = key.path
            $0.outcome = "refused"
            $0.detail = String(words.prefix(RefusalTelling.wordBytes))
        }
        let (former, log) = (last, log)
        waiting += 1
        last = Task {
            await former?.value
            do { try await trail.record(entry) } catch {
                log.error("not in the audit trail: a refusal of \(key.principal): \(error)")
            }
            Loop.shared.execute { self.waiting -= 1 }
        }
    }
}
