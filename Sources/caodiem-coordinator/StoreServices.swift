import Coordination
import Logging
import Store
import Synchronization

/// What the coordinator needs of the store.
struct StoreServices {
    var records: FleetStore
    var migrator: any Migrator
}

/// The store of a data folder as the coordinator sees it.
func storeServices(dataFolder: String, log: Logger) -> StoreServices {
    let path = dataFolder + "/store.sqlite"
    return StoreServices(records: FleetStore(path: path), migrator: StoreMigrator(path: path))
}

/// The fleet's own records in the store, which is opened when they are first asked for.
final class FleetStore: FleetJournal, PluginSwitches, FenceSource {
    private let path: String
    private let opened = Mutex<Store?>(nil)

    init(path: String) { self.path = path }

    func store() throws -> Store {
        try opened.withLock { held in
            if let held { return held }
            let store = try Store.open(path: path)
            held = store
            return store
        }
    }

    // MARK: Events

    func append(_ event: PluginEvent) async throws -> Int64 {
        let stored = StoredEvent(event)
        return try await store().write { try $0.record(stored) }
    }

    func events(of plugin: String?, latest: Int) async throws -> [PluginEvent] {
        try await store().read { try $0.pluginEvents(plugin: plugin, limit: latest) }
            .map(PluginEvent.init)
    }

    // MARK: Switches

    func disabled() async throws -> [PluginSwitch] {
        try await store().read { try $0.disabledPlugins() }.map { disabled in
            PluginSwitch(
                plugin: disabled.plugin, by: disabled.by, why: disabled.reason,
                atMilliseconds: disabled.atMilliseconds)
        }
    }

    func disable(_ plugin: PluginSwitch) async throws {
        let disabled = DisabledPlugin(
            plugin: plugin.plugin, by: plugin.by, reason: plugin.why,
            atMilliseconds: plugin.atMilliseconds)
        try await store().write { try $0.disable(disabled) }
    }

    func enable(_ plugin: String) async throws {
        try await store().write { try $0.enable(plugin) }
    }

    // MARK: Leases

    func nextFence(
        of lease: String, holder: String, atMilliseconds: Int64
    ) async throws -> Int64 {
        try await store().write { scope in
            try scope.nextFence(of: lease, holder: holder, atMilliseconds: atMilliseconds).number
        }
    }
}

extension StoredEvent {
    fileprivate init(_ event: PluginEvent) {
        self.init(
            atMilliseconds: event.atMilliseconds, plugin: event.plugin, event: event.state,
            detail: event.reason, pid: event.pid, incarnation: event.incarnation,
            exit: event.exit.map(StoredExit.init))
    }
}

extension StoredExit {
    fileprivate init(_ exit: PluginExit) {
        self.init(how: exit.how)
        dumpedCore = exit.dumpedCore
        uptimeMilliseconds = exit.uptime.milliseconds
        userMilliseconds = exit.userTime.milliseconds
        systemMilliseconds = exit.systemTime.milliseconds
        peakMemoryKiB = Int64(exit.peakMemoryKiB)
        callsInFlight = Int64(exit.callsInFlight)
        lastLines = exit.lastLines
    }
}

extension PluginEvent {
    fileprivate init(_ stored: StoredEvent) {
        self.init(
            atMilliseconds: stored.atMilliseconds, plugin: stored.plugin, state: stored.event,
            reason: stored.detail, pid: stored.pid, incarnation: stored.incarnation,
            exit: stored.exit.map(PluginExit.init))
        number = stored.number
    }
}

extension PluginExit {
    fileprivate init(_ stored: StoredExit) {
        self.init(how: stored.how)
        dumpedCore = stored.dumpedCore
        uptime = .milliseconds(stored.uptimeMilliseconds)
        userTime = .milliseconds(stored.userMilliseconds)
        systemTime = .milliseconds(stored.systemMilliseconds)
        peakMemoryKiB = Int(stored.peakMemoryKiB)
        callsInFlight = Int(stored.callsInFlight)
        lastLines = stored.lastLines
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 { Int64(self / .milliseconds(1)) }
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
