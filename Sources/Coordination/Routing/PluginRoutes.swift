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

    private var entries: [Entry] = []

    /// Calls on all ways.
    var openCalls: Int { entries.map(\.route.openCalls).reduce(0, +) }

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

    /// The open way with the fewest calls; the first of several.
    func pick() -> WorkerRoute? {
        entries.filter(\.isOpen).min { $0.route.openCalls < $1.route.openCalls }?.route
    }

    private func index(_ instance: InstanceID, _ incarnation: Int) -> Int? {
        entries.firstIndex { $0.instance == instance && $0.incarnation == incarnation }
    }
}
