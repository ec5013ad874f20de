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
    /// Who calls, and what it may do.
    let access: AccessDesk
    var failures = FailedCalls()
    private(set) var gates: [String: PluginGate] = [:]
    private(set) var clients: [ObjectIdentifier: Link] = [:]
    private var own = Dispatcher(ServiceTable())
    private var lastRequest: UInt64 = 0
    private let instance: String
    private let loop: Loop

    /// - Parameter instance: names this run of the coordinator in request ids.
    init(
        table: RoutingTable, instance: String, access: AccessDesk = AccessDesk(),
        loop: Loop = .shared
    ) {
        self.table = table
        self.instance = instance
        self.access = access
        self.loop = loop
        access.narrowed = { [unowned self] in self.endWhatIsNotAllowed() }
    }

    /// The coordinator's own services; given once, before the first client.
    func serve(_ services: ServiceTable) { own = Dispatcher(services) }

    /// Who may not call is refused first: what is served here is not for them to learn.
    func take(_ link: Link, _ stream: StreamID, _ headers: WireV1.CallHeaders, _ deadline: Instant?)
        -> (any StreamObserver)?
    {
        guard !isStopping else { return refuse(link, stream, .coordinatorStops()) }
        do throws(CallRefusal) {
            let request = try request(headers, deadline, from: link)
            return take(link, stream, request)
        } catch {
            let pushback = error.pushback ?? Pushback.of(error.failure)
            link.finish(stream, error.failure, metadata: Pushback.metadata(pushback))
            return nil
        }
    }

    private func take(
        _ link: Link, _ stream: StreamID, _ request: Relay.Request
    ) -> (any StreamObserver)? {
        switch way(request.headers.path) {
        case .refused(let failure):
            request.seat?.leave()
            return refuse(link, stream, failure)
        case .own(let method):
            // Its own calls are few and short, or watches: they count by the second alone.
            request.seat?.leave()
            guard own.serves(request.headers.path) else {
                return refuse(link, stream, .unknownMethod(method))
            }
            return own.accept(link, stream, request.headers, deadline: request.deadline)
        case .closed(let id, let failure) where !isComing(id):
            request.seat?.leave()
            return refuse(link, stream, failure)
        case .plugin(let id, _), .closed(let id, _):
            let gate = gate(of: id)
            let relay = Relay(client: link, stream: stream, request: request, gate: gate)
            gate.admit(relay)
            return relay.isOver ? nil : relay
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
        _ headers: WireV1.CallHeaders, _ deadline: Instant?, from link: Link
    ) throws(CallRefusal) -> Relay.Request {
        let caller: Caller
        let rights: [UInt8]
        do throws(Failure) {
            caller = try access.caller(of: link, headers.metadata)
            rights = try access.allow(caller, headers.path)
        } catch {
            throw CallRefusal(failure: error)
        }
        let seat = try caller.seat()
        lastRequest += 1
        let stamp = CallStamp(
            principal: caller.principal, access: rights,
            receivedAtMilliseconds: WallClock.milliseconds(),
            requestID: "\(instance)-\(lastRequest)")
        var stamped = headers
        stamped.metadata = stamp.applied(to: headers.metadata)
        return Relay.Request(
            headers: stamped, deadline: deadline, principal: stamp.principal,
            requestID: stamp.requestID, rights: rights, seat: seat)
    }

    /// Ends calls and connections of whoever may no longer have them.
    private func endWhatIsNotAllowed() {
        for gate in gates.values {
            for relay in gate.calls {
                let request = relay.request
                if let why = access.ending(
                    of: request.principal, request.headers.path, request.rights)
                {
                    relay.abort(why)
                }
            }
        }
        let now = WallClock.milliseconds()
        for link in clients.values {
            if let why = access.ending(of: link, at: now) {
                link.close(.inadequateSecurity, why.message)
            }
        }
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
        access.joined(link)
    }

    func left(_ link: Link) {
        clients[ObjectIdentifier(link)] = nil
        access.left(link)
    }
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
