import Reflection
import Transport
import Wire

/// Takes each call of each client to the coordinator's own services or to a worker. Lives on the
/// loop.
final class Router: @unchecked Sendable {
    // Unchecked: its variables are touched on the loop only.
    var table: RoutingTable {
        didSet {
            changes.note()
            ways.removeAll(keepingCapacity: true)
            for gate in gates.values where gate.waitingCount > 0 { pumpSoon(gate) }
        }
    }
    /// Where calls of known paths go, until the table changes: to look it up once is enough.
    private var ways: [String: RoutingTable.Route] = [:]
    private static let waysKept = 1024
    /// Told of every change of the table.
    let changes = TableChanges()
    /// What reflection serves; given once, before the first plugin.
    var definitions = ReflectionDefinitions(builtIn: DescriptorSet())
    var routes: [String: PluginRoutes] = [:]
    /// Set when the coordinator stops: no call begins any more.
    var isStopping = false {
        didSet {
            guard isStopping else { return }
            for gate in gates.values { gate.refuseAll(.coordinatorStops()) }
        }
    }
    /// Whether a plugin that takes no calls now will soon take them again, as far as supervision
    /// knows.
    var isComing: (String) -> Bool = { _ in false }
    /// Whether a plugin may make calls on behalf of others.
    var mayImpersonate: (String) -> Bool = { _ in false }
    var failures = FailedCalls()
    private(set) var gates: [String: PluginGate] = [:]
    private(set) var clients: [ObjectIdentifier: Link] = [:]
    private var own = Dispatcher(ServiceTable())
    private var lastRequest: UInt64 = 0
    private let instance: String
    private let loop: Loop

    /// - Parameter instance: names this run of the coordinator in request ids.
    init(table: RoutingTable, instance: String, loop: Loop = .shared) {
        self.table = table
        self.instance = instance
        self.loop = loop
    }

    /// The coordinator's own services; given once, before the first client.
    func serve(_ services: ServiceTable) { own = Dispatcher(services) }

    func take(_ link: Link, _ stream: StreamID, _ headers: WireV1.CallHeaders, _ deadline: Instant?)
        -> (any StreamObserver)?
    {
        switch isStopping ? .refused(.coordinatorStops()) : way(headers.path) {
        case .refused(let failure): return refuse(link, stream, failure)
        case .own(let method):
            guard own.serves(headers.path) else {
                return refuse(link, stream, .unknownMethod(method))
            }
            return own.accept(link, stream, headers, deadline: deadline)
        case .closed(let id, let failure) where !isComing(id):
            return refuse(link, stream, failure)
        case .plugin(let id, _), .closed(let id, _):
            do throws(Failure) {
                let gate = gate(of: id)
                let relay = Relay(
                    client: link, stream: stream,
                    request: try request(headers, deadline, from: link.peer), gate: gate)
                gate.admit(relay)
                return relay.isOver ? nil : relay
            } catch {
                return refuse(link, stream, error)
            }
        }
    }

    private func way(_ path: String) -> RoutingTable.Route {
        if let known = ways[path] { return known }
        let route = table.route(path)
        switch route {
        // Clients make up paths as they like: only so many are kept.
        case .own, .plugin:
            if ways.count < Router.waysKept { ways[path] = route }
        case .closed, .refused: break
        }
        return route
    }

    private func refuse(
        _ link: Link, _ stream: StreamID, _ failure: Failure
    ) -> (any StreamObserver)? {
        link.finish(stream, failure, metadata: Pushback.metadata(Pushback.of(failure)))
        return nil
    }

    /// What calls to a plugin pass.
    func gate(of plugin: String) -> PluginGate {
        if let known = gates[plugin] { return known }
        let new = PluginGate(plugin: plugin, router: self, loop: loop)
        gates[plugin] = new
        return new
    }

    /// The plugin is no more.
    func dropGate(of plugin: String) {
        gates.removeValue(forKey: plugin)?.refuseAll(.unknownPlugin(plugin, known: []))
    }

    private func pumpSoon(_ gate: PluginGate) { loop.execute { gate.pump() } }

    private func request(
        _ headers: WireV1.CallHeaders, _ deadline: Instant?, from peer: Peer
    ) throws(Failure) -> Relay.Request {
        lastRequest += 1
        let stamp = CallStamp(
            principal: try principal(of: headers, from: peer),
            receivedAtMilliseconds: WallClock.milliseconds(),
            requestID: "\(instance)-\(lastRequest)")
        var stamped = headers
        stamped.metadata = stamp.applied(to: headers.metadata)
        return Relay.Request(
            headers: stamped, deadline: deadline, principal: stamp.principal,
            requestID: stamp.requestID)
    }

    /// Who calls, as the transport knows it; or for whom a plugin calls that may do so.
    private func principal(
        of headers: WireV1.CallHeaders, from peer: Peer
    ) throws(Failure) -> String {
        guard !peer.pluginID.isEmpty else {
            return peer.principal
        }
        let own = "plugin:\(peer.pluginID)"
        let named = headers.metadata.last { $0.key == CallStamp.onBehalfKey }
        guard let named else { return own }
        guard mayImpersonate(peer.pluginID) else { throw Failure.mayNotImpersonate(own) }
        guard let other = String(validating: named.value, as: UTF8.self), !other.isEmpty,
            other.utf8.count <= Router.principalBytes
        else { throw Failure.badPrincipal(own) }
        return other
    }

    /// The longest name of one who calls.
    static let principalBytes = 128

    /// Connections of clients that are kept at once.
    static let clientLimit = 256

    func joined(_ link: Link) {
        guard clients.count < Router.clientLimit else {
            link.close(
                .enhanceYourCalm,
                "\(Router.clientLimit) clients are connected; close some, or try again later")
            return
        }
        clients[ObjectIdentifier(link)] = link
    }

    func left(_ link: Link) { clients[ObjectIdentifier(link)] = nil }
}

/// One client's connection.
final class ClientLink: LinkDelegate {
    private let router: Router

    init(_ router: Router) { self.router = router }

    func linkReady(_ link: Link, _ hello: PeerHello) { router.joined(link) }

    func link(
        _ link: Link, accept stream: StreamID, headers: WireV1.CallHeaders, deadline: Instant?
    ) -> (any StreamObserver)? {
        router.take(link, stream, headers, deadline)
    }

    func linkClosed(_ link: Link, _ reason: Failure) { router.left(link) }
}
