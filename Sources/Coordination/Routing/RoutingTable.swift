import Wire

/// Which plugin serves which service, and whether it can be reached; knows nothing of payloads.
struct RoutingTable: Sendable {
    /// Whether calls can reach a plugin.
    enum Reach: Sendable, Equatable {
        case open(incarnation: Int)
        case closed(PluginState, reason: String)
    }

    /// Where a call goes.
    enum Route: Sendable, Equatable {
        /// The coordinator's own service.
        case own(MethodPath)
        case plugin(String, incarnation: Int)
        case refused(Failure)
    }

    private let ownServices: Set<String>
    private var owners: [String: String] = [:]
    private var described: [String: [String]] = [:]
    private var reach: [String: Reach] = [:]

    /// `plugins` are all plugins of the fleet, also those that never ran.
    init(ownServices: Set<String>, plugins: [String]) {
        self.ownServices = ownServices
        for id in plugins { reach[id] = .closed(.starting, reason: "") }
    }

    /// Gives `services` to `plugin` in place of those it had; on a clash nothing changes and the
    /// reason comes back, naming the service and the plugin that has it.
    mutating func claim(_ services: [String], by plugin: String) -> String? {
        for service in services {
            if ownServices.contains(service) {
                return "service \(service) is the coordinator's own and cannot be served by "
                    + "plugin \(plugin)"
            }
            if let owner = owners[service], owner != plugin {
                return "service \(service) is claimed by plugins \(owner) and \(plugin); "
                    + "remove one of them and restart the other"
            }
        }
        release(plugin)
        for service in services { owners[service] = plugin }
        described[plugin] = services
        return nil
    }

    /// Takes the plugin's services away, so that another may claim them.
    mutating func release(_ plugin: String) {
        owners = owners.filter { $0.value != plugin }
        described[plugin] = nil
    }

    /// The plugin is no more.
    mutating func forget(_ plugin: String) { reach[plugin] = nil }

    mutating func set(_ reach: Reach, of plugin: String) { self.reach[plugin] = reach }

    /// Services of a plugin as it last described them.
    func services(of plugin: String) -> [String] { described[plugin] ?? [] }

    /// The coordinator's own services and those that plugins have described, sorted.
    var serviceNames: [String] { (ownServices.union(owners.keys)).sorted() }

    /// Whether calls to a service reach a handler now; nil when nobody has described it.
    func isOpen(_ service: String) -> Bool? {
        if ownServices.contains(service) { return true }
        return owners[service].map { plugin in
            if case .open = reach[plugin] { true } else { false }
        }
    }

    /// Whether every plugin that is not disabled can be reached.
    var isWhole: Bool {
        reach.values.allSatisfy { reach in
            switch reach {
            case .open, .closed(.disabled, _): true
            case .closed: false
            }
        }
    }

    /// Where a call to `path` goes.
    func route(_ path: String) -> Route {
        guard let method = MethodPath(path) else {
            return .refused(.malformedPath(path))
        }
        if ownServices.contains(method.service) { return .own(method) }
        guard let plugin = owners[method.service] else {
            return .refused(unknown(method.service))
        }
        switch reach[plugin] {
        case .open(let incarnation): return .plugin(plugin, incarnation: incarnation)
        case .closed(let state, let reason):
            return .refused(.notRunning(plugin, state, reason: reason))
        case nil: return .refused(unknown(method.service))
        }
    }

    private func unknown(_ service: String) -> Failure {
        let silent = reach.keys.filter { described[$0] == nil }.sorted()
        let coming = silent.filter { id in
            switch reach[id] {
            case .closed(.starting, _), .closed(.configuring, _), .closed(.backoff, _): true
            default: false
            }
        }
        if !coming.isEmpty { return .perhapsStarting(service, plugins: coming) }
        return .unknownService(service, silent: silent)
    }
}
