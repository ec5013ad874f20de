import Logging
import Synchronization
import Wire

/// Hands events to the journal one after the other, beside the fleet's own work; when the journal
/// cannot keep up, the oldest waiting events are dropped and counted.
final class JournalWriter: Sendable {
    private struct State {
        var waiting: [PluginEvent] = []
        var dropped = 0
        var writing: Task<Void, Never>?
    }

    /// Events as they are kept, for whoever follows them.
    let feed = Feed<PluginEvent>(capacity: JournalWriter.followed)
    private let journal: any FleetJournal
    private let backlog: Int
    private let log: Logger
    private let state = Mutex(State())

    /// Events that may wait for one who follows them.
    private static let followed = 256

    init(_ journal: any FleetJournal, limits: SupervisionLimits, log: Logger) {
        self.journal = journal
        backlog = limits.journalBacklog
        self.log = log
    }

    func append(_ event: PluginEvent) {
        state.withLock { state in
            state.waiting.append(event)
            if state.waiting.count > backlog {
                state.waiting.removeFirst()
                state.dropped += 1
            }
            if state.writing == nil { state.writing = Task { await drain() } }
        }
    }

    /// The latest events that are kept, oldest first; of one plugin or of all.
    func events(of plugin: String?, latest: Int) async throws(Failure) -> [PluginEvent] {
        await flush()
        do {
            return try await journal.events(of: plugin, latest: latest)
        } catch {
            throw Failure(
                .unavailable, "the events cannot be read: \(error)",
                hint: "look at the coordinator's log; the fleet itself goes on", retryable: true)
        }
    }

    /// Waits until all that was appended is written.
    func flush() async {
        let writing = state.withLock { $0.writing }
        await writing?.value
    }

    private func drain() async {
        while let event = next() {
            do {
                var kept = event
                kept.number = try await journal.append(event)
                feed.publish(kept)
            } catch {
                log.error(
                    "plugin event not kept: \(error)", metadata: ["plugin": "\(event.plugin)"])
            }
        }
    }

    /// The oldest waiting event; nil ends the writing task.
    private func next() -> PluginEvent? {
        let (event, dropped) = state.withLock { state -> (PluginEvent?, Int) in
            guard !state.waiting.isEmpty else {
                state.writing = nil
                defer { state.dropped = 0 }
                return (nil, state.dropped)
            }
            return (state.waiting.removeFirst(), 0)
        }
        if dropped > 0 { log.warning("\(dropped) plugin events dropped: the journal was too slow") }
        return event
    }
}
