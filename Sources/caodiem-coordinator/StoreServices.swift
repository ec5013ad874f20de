import Coordination
import Logging

/// What the coordinator needs of the store.
struct StoreServices {
    var journal: any FleetJournal
    var migrator: any Migrator
}

/// The store of a data folder as the coordinator sees it.
func storeServices(dataFolder: String, log: Logger) -> StoreServices {
    StoreServices(journal: LoggedJournal(log: log), migrator: SchemalessMigrator())
}

/// Writes plugin events to the log.
private struct LoggedJournal: FleetJournal {
    let log: Logger

    func append(_ event: PluginEvent) async throws {
        log.debug(
            "plugin event",
            metadata: [
                "plugin": "\(event.plugin)", "state": "\(event.state)",
                "reason": "\(event.reason)", "incarnation": "\(event.incarnation)",
            ])
    }
}

/// A data folder without a store: schema 0.
private struct SchemalessMigrator: Migrator {
    func migrate() throws -> Int { 0 }
}
