import Logging

/// Hands events to the journal one after the other, beside the fleet's own work; when the journal
/// cannot keep up, the oldest waiting events are dropped and counted.
actor JournalWriter {
    private let journal: any FleetJournal
    private let backlog: Int
    private let log: Logger
    private var waiting: [PluginEvent] = []
    private var dropped = 0
    private var writing: Task<Void, Never>?

    init(_ journal: any FleetJournal, limits: SupervisionLimits, log: Logger) {
        self.journal = journal
        backlog = limits.journalBacklog
        self.log = log
    }

    func append(_ event: PluginEvent) {
        waiting.append(event)
        if waiting.count > backlog {
            waiting.removeFirst()
            dropped += 1
        }
        if writing == nil { writing = Task { await drain() } }
    }

    /// Waits until all that was appended is written.
    func flush() async { await writing?.value }

    private func drain() async {
        while !waiting.isEmpty {
            let event = waiting.removeFirst()
            do {
                try await journal.append(event)
            } catch {
                log.error("plugin event not kept: \(error)", metadata: ["plugin": "\(event.plugin)"])
            }
        }
        if dropped > 0 {
            log.warning("\(dropped) plugin events dropped: the journal was too slow")
            dropped = 0
        }
        writing = nil
    }
}
