import Wire

/// The ways to the processes of one plugin; calls go to the one with the fewest of them. Lives on the
/// loop.
final class PluginRoutes: @unchecked Sendable {
    // Unchecked: its variables are touched on the loop only.
    private struct Entry {
        let instance: InstanceID
        let incarnation: Int
        let route: WorkerRoute
        var isOpen: Bool
    }

    /// The one that was picked longest ago comes first: of equally busy ones it has the next call.
    private var entries: [Entry] = []

    /// Calls on all ways.
    var openCalls: Int { entries.map(\.route.openCalls).reduce(0, +) }

    /// Calls on the ways that take new ones.
    var openInService: Int { entries.filter(\.isOpen).reduce(0) { $0 + $1.route.openCalls } }

    var isEmpty: Bool { entries.isEmpty }

    /// A way more, or one that was closed and takes calls again.
    func add(_ route: WorkerRoute, instance: InstanceID, incarnation: Int) {
        remove(instance, incarnation)
        entries.append(
            Entry(instance: instance, incarnation: incarnation, route: route, isOpen: true))
    }

    /// The way to one process, open or not.
    func route(_ instance: InstanceID, _ incarnation: Int) -> WorkerRoute? {
        index(instance, incarnation).map { entries[$0].route }
    }

    /// No new calls to this process.
    func close(_ instance: InstanceID, _ incarnation: Int) {
        if let index = index(instance, incarnation) { entries[index].isOpen = false }
    }

    func remove(_ instance: InstanceID, _ incarnation: Int) {
        if let index = index(instance, incarnation) { entries.remove(at: index) }
    }

    /// Calls back once no call is open on this way: at once when there is none.
    func onIdle(_ instance: InstanceID, _ incarnation: Int, _ body: @escaping () -> Void) {
        guard let index = index(instance, incarnation) else { return body() }
        entries[index].route.onIdle(body)
    }

    /// Ends all open calls of this process.
    func abortAll(_ instance: InstanceID, _ incarnation: Int, _ failure: Failure) {
        if let index = index(instance, incarnation) { entries[index].route.abortAll(failure) }
    }

    /// Calls that the open ways together may have at a time, `most` each.
    func slots(most: Int) -> Int {
        entries.filter(\.isOpen).reduce(0) { $0 + $1.route.capacity(most: most) }
    }

    /// The open way with the fewest calls that has room for one more.
    ///
    /// - Parameter most: calls that one process may have at a time.
    func pick(most: Int) -> WorkerRoute? {
        var least: Int?
        for index in entries.indices where entries[index].isOpen {
            let route = entries[index].route
            guard route.openCalls < route.capacity(most: most) else { continue }
            if let best = least, entries[best].route.openCalls <= route.openCalls { continue }
            least = index
        }
        guard let least else { return nil }
        if least < entries.count - 1 { entries.append(entries.remove(at: least)) }
        return entries.last?.route
    }

    private func index(_ instance: InstanceID, _ incarnation: Int) -> Int? {
        entries.firstIndex { $0.instance == instance && $0.incarnation == incarnation }
    }
}
