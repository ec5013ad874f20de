import Coordination
import Logging
import Store
import Synchronization

/// What the coordinator needs of the store.
struct StoreServices {
    var journal: any FleetJournal
    var migrator: any Migrator
}

/// The store of a data folder as the coordinator sees it.
func storeServices(dataFolder: String, log: Logger) -> StoreServices {
    let path = dataFolder + "/store.sqlite"
    return StoreServices(
        journal: StoreJournal(path: path), migrator: StoreMigrator(path: path))
}

/// Keeps plugin events in the store, which it opens at the first of them.
private final class StoreJournal: FleetJournal {
    private let path: String
    private let opened = Mutex<Store?>(nil)

    init(path: String) { self.path = path }

    func append(_ event: Coordination.PluginEvent) async throws {
        var detail = "pid \(event.pid), process \(event.incarnation)"
        if !event.reason.isEmpty { detail = "\(event.reason); \(detail)" }
        if !event.lastLines.isEmpty {
            detail += "\n" + event.lastLines.joined(separator: "\n")
        }
        let text = detail
        try await store().write { scope in
            try scope.recordPluginEvent(
                atMilliseconds: event.atMilliseconds, plugin: event.plugin, event: event.state,
                detail: text)
        }
    }

    private func store() throws -> Store {
        try opened.withLock { held in
            if let held { return held }
            let store = try Store.open(path: path)
            held = store
            return store
        }
    }
}

/// Creates or upgrades the store before any worker opens it.
private struct StoreMigrator: Migrator {
    let path: String

    /// A file that is not for this version is a matter of configuration: starting again will not help.
    func migrate() throws -> Int {
        do throws(StoreFailure) {
            return try Schema.migrate(path: path)
        } catch {
            switch error.reason {
            case .newerSchema, .foreign: throw ConfigurationRefusal(description: "\(error)")
            default: throw error
            }
        }
    }
}
