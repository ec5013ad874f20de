import Transport
import Wire

/// Takes each call of each client to the coordinator's own services or to a worker. Lives on the
/// loop.
final class Router: @unchecked Sendable {
    // Unchecked: its variables are touched on the loop only.
    var table: RoutingTable { didSet { changes.note() } }
    /// Told of every change of the table.
    let changes = TableChanges()
    var routes: [String: WorkerRoute] = [:]
    /// Set when the coordinator stops: no call begins any more.
    var isStopping = false
    private(set) var clients: [ObjectIdentifier: Link] = [:]
    private var own = Dispatcher(ServiceTable())
    private var lastRequest: UInt64 = 0
    private let instance: String

    /// - Parameter instance: names this run of the coordinator in request ids.
    init(table: RoutingTable, instance: String) {
        self.table = table
        self.instance = instance
    }

    /// The coordinator's own services; given once, before the first client.
    func serve(_ services: ServiceTable) { own = Dispatcher(services) }

    func take(_ link: Link, _ stream: StreamID, _ headers: WireV1.CallHeaders, _ deadline: Instant?)
        -> (any StreamObserver)?
    {
        switch isStopping ? .refused(.coordinatorStops()) : table.route(headers.path) {
        case .refused(let failure):
            link.finish(stream, failure)
            return nil
        case .own(let method):
            guard own.serves(headers.path) else {
                link.finish(stream, .unknownMethod(method))
                return nil
            }
            return own.accept(link, stream, headers, deadline: deadline)
        case .plugin(let id, _):
            guard let route = routes[id] else {
                link.finish(stream, .workerLost(id))
                return nil
            }
            return Relay(client: link, stream: stream, route: route)
                .start(stamped(headers, from: link.peer), deadline: deadline)
        }
    }

    private func stamped(_ headers: WireV1.CallHeaders, from peer: Peer) -> WireV1.CallHeaders {
        lastRequest += 1
        let stamp = CallStamp(
            principal: peer.principal,
            receivedAtMilliseconds: WallClock.milliseconds(),
            requestID: "\(instance)-\(lastRequest)")
        var stamped = headers
        stamped.metadata = stamp.applied(to: headers.metadata)
        return stamped
    }

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
