import Transport
import TransportTLS
import Wire

/// Workers that have dialled in and wait for their plugin's next start. Lives on the loop.
final class RemoteArrivals: @unchecked Sendable {
    // Unchecked: its variables are touched on the loop only.
    private var waiting: [String: Link] = [:]
    private var owners: [ObjectIdentifier: any LinkDelegate] = [:]

    /// The worker that waits, who then waits no more.
    func take(_ id: String) -> Link? { waiting.removeValue(forKey: id) }

    /// At most one a plugin: the latest is the one that lives.
    func put(_ link: Link, for id: String) {
        waiting.updateValue(link, forKey: id)?.close(
            .noError, "another connection of plugin:\(id) took this one's place")
    }

    /// From here on `owner` hears of the link.
    func handOver(_ link: Link, to owner: any LinkDelegate) {
        owners[ObjectIdentifier(link)] = owner
    }

    func owner(of link: Link) -> (any LinkDelegate)? { owners[ObjectIdentifier(link)] }

    func forget(_ link: Link) {
        owners[ObjectIdentifier(link)] = nil
        for (id, waiter) in waiting where waiter === link { waiting[id] = nil }
    }
}

/// One connection on a TCP listener: HELLO says whether it is a client or a worker.
final class ArrivingLink: LinkDelegate, @unchecked Sendable {
    // Unchecked: its variable is touched on the loop only.
    private let fleet: Fleet
    private let client: ClientLink
    private let allow: Set<String>?
    private var isWorker = false

    init(_ fleet: Fleet, allow: Set<String>?) {
        self.fleet = fleet
        self.allow = allow
        client = ClientLink(fleet.router)
    }

    func linkReady(_ link: Link, _ hello: PeerHello) {
        isWorker = hello.info.role == .worker
        if isWorker { return arrive(link, hello.info) }
        if case .plugin(let id)? = link.peer.certificate,
            allow?.contains("plugin:\(id)") != true
        {
            return link.close(
                .inadequateSecurity,
                "a worker's certificate does not call as a client here, unless "
                    + "tls: allow: names plugin:\(id)")
        }
        client.linkReady(link, hello)
    }

    private func arrive(_ link: Link, _ hello: HelloInfo) {
        let id: String
        switch link.peer.certificate {
        case .plugin(let name): id = name
        case .principal(let name):
            return link.close(.inadequateSecurity, "\(name) is no worker's certificate")
        case nil: id = hello.pluginID
        }
        guard ["", id].contains(hello.pluginID) else {
            return link.close(
                .inadequateSecurity,
                "HELLO says \(hello.pluginID), and the certificate says plugin:\(id)")
        }
        guard let remote = fleet.members[id]?.manifest?.remote, remote.way == .incoming,
            remote.isPlaintext || link.peer.certificate != nil
        else {
            return link.close(
                .inadequateSecurity,
                "no manifest of this coordinator has a plugin \(id) with "
                    + "remote: {address: incoming}")
        }
        guard fleet.members[id]?.processes.values.contains(where: { $0.link != nil }) != true else {
            return link.close(.noError, "plugin:\(id) is connected already; try again later")
        }
        link.peer.pluginID = id
        fleet.arrivals.put(link, for: id)
        if fleet.machine.plugins[id]?.state == .backoff {
            fleet.feed(id, .order(.retry, by: "plugin:\(id)", why: "the worker has dialled in"))
        }
    }

    func link(
        _ link: Link, accept stream: StreamID, headers: WireV1.CallHeaders, deadline: Instant?
    ) -> (any StreamObserver)? {
        guard isWorker else {
            return client.link(link, accept: stream, headers: headers, deadline: deadline)
        }
        guard let owner = fleet.arrivals.owner(of: link) else {
            link.finish(
                stream,
                Failure(
                    .unavailable, "the worker is not yet taken into the fleet", retryable: true,
                    reason: "PLUGIN_STARTING"))
            return nil
        }
        return owner.link(link, accept: stream, headers: headers, deadline: deadline)
    }

    func linkDraining(_ link: Link, _ text: String) {
        fleet.arrivals.owner(of: link)?.linkDraining(link, text)
    }

    func linkClosed(_ link: Link, _ reason: Failure) {
        guard isWorker else { return client.linkClosed(link, reason) }
        let owner = fleet.arrivals.owner(of: link)
        fleet.arrivals.forget(link)
        owner?.linkClosed(link, reason)
    }
}
