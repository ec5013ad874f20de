import Transport
import TransportTLS
import Wire

/// Workers of other machines: reached instead of spawned, let go instead of ended.
extension Fleet {
    /// Dials the worker, or takes the connection on which it has dialled in.
    func reach(_ id: String, _ number: Int, _ remote: RemoteSettings) {
        members[id]?.startedAt = now
        members[id]?.isLost = false
        switch remote.way {
        case .incoming:
            guard let link = arrivals.take(id) else {
                return feed(
                    id,
                    .spawnFailed(
                        number, reason: "the worker has not dialled in", permanent: false))
            }
            feed(id, .spawned(number))
            let owner = RemoteLink(fleet: self, plugin: id, incarnation: number)
            arrivals.handOver(link, to: owner)
            owner.linkReady(link)
        case .dial(let endpoint):
            feed(id, .spawned(number))
            let dial = Task { await self.dial(endpoint, id, number, remote) }
            members[id]?.dial = dial
        }
    }

    private func dial(
        _ endpoint: TCPEndpoint, _ id: String, _ number: Int, _ remote: RemoteSettings
    ) async {
        var hello = HelloInfo(role: .coordinator, software: setting.software, limits: .remote)
        hello.limits.handshake = min(hello.limits.handshake, setting.limits.remoteStartTimeout)
        let owner = RemoteLink(fleet: self, plugin: id, incarnation: number)
        do throws(Failure) {
            let security = try setting.remote.security(for: remote)
            let link = try await TCPDialler.link(
                to: endpoint, security: security, hello: hello, loop: loop
            ) { (peer) throws(Failure) in
                guard security.isPlaintext || peer.certificate == .plugin(id) else {
                    throw .wrongWorker(peer.certificate, expected: id)
                }
                return owner
            }
            loop.execute { [self] in
                // Ordered to stop meanwhile.
                guard members[id]?.dial != nil, machine.plugins[id]?.incarnation == number
                else { return link.close() }
                members[id]?.dial = nil
                if members[id]?.link == nil, owner.isOpen { members[id]?.link = link }
            }
        } catch {
            let reason = error.message
            loop.execute { [self] in lost(id, number, reason) }
        }
    }

    /// The connection is over, or never came.
    func lost(_ id: String, _ number: Int, _ reason: String) {
        guard machine.plugins[id]?.incarnation == number else { return }
        members[id]?.isLost = true
        members[id]?.link = nil
        members[id]?.dial = nil
        attributes.forget(id)
        feed(id, .linkLost(number, reason: reason))
        // What a process of our own would have said with its end: here there is no more to come.
        feed(id, .exited(number, .code(0)))
        router.routes[id] = nil
    }

    /// Shutdown, then GOAWAY: the worker takes no more calls of ours and the connection closes.
    func letGo(_ id: String, _ number: Int) {
        guard let link = members[id]?.link, link.peerHello != nil, link.acceptsCalls else {
            return hangUp(id, number)
        }
        Channel(link).unary(
            PluginV1.Plugin.shutdown, PluginV1.ShutdownRequest(),
            timeout: setting.limits.shutdownGrace * 0.5
        ) { _ in link.drain() }
    }

    /// Ends the connection, or the attempt to make one, at once.
    func hangUp(_ id: String, _ number: Int) {
        members[id]?.dial?.cancel()
        members[id]?.link?.close(.noError, "the coordinator lets go")
    }

    /// Why a worker without the fleet's files cannot work, if it needs them.
    static func missingFiles(
        _ declared: [WorkerSettings.Declaration], shared: [String: String]
    ) -> String? {
        let needed = declared.filter { $0.isRequired && shared[$0.key] != nil }.map(\.key)
        guard !needed.isEmpty else { return nil }
        return "the worker needs \(needed.joined(separator: ", ")), which are files of the "
            + "coordinator's machine; run it there, without remote:"
    }
}

/// The connection to one worker of another machine. Lives on the loop.
final class RemoteLink: LinkDelegate, @unchecked Sendable {
    // Unchecked: its variable is touched on the loop only.
    private let fleet: Fleet
    private let plugin: String
    private let incarnation: Int
    private let served: WorkerLink
    private(set) var isOpen = true

    init(fleet: Fleet, plugin: String, incarnation: Int) {
        self.fleet = fleet
        self.plugin = plugin
        self.incarnation = incarnation
        served = WorkerLink(fleet: fleet, plugin: plugin, incarnation: incarnation)
    }

    func linkReady(_ link: Link, _ hello: PeerHello) {
        guard hello.info.role == .worker, ["", plugin].contains(hello.info.pluginID) else {
            return link.close(
                .protocolError,
                "the HELLO must be that of the worker \(plugin), not of a "
                    + "\(hello.info.role) “\(hello.info.pluginID)”")
        }
        link.peer.pluginID = plugin
        linkReady(link)
    }

    /// HELLO has come and is in order.
    func linkReady(_ link: Link) {
        fleet.members[plugin]?.link = link
        fleet.feed(plugin, .greeted(incarnation))
    }

    func link(
        _ link: Link, accept stream: StreamID, headers: WireV1.CallHeaders, deadline: Instant?
    ) -> (any StreamObserver)? {
        served.link(link, accept: stream, headers: headers, deadline: deadline)
    }

    func linkClosed(_ link: Link, _ reason: Failure) {
        isOpen = false
        fleet.lost(plugin, incarnation, reason.message)
    }
}

extension Failure {
    fileprivate static func wrongWorker(
        _ found: CertificateName?, expected id: String
    ) -> Failure {
        let shown = found.map { "\($0)" } ?? "no name of ours"
        return Failure(
            .permissionDenied,
            "the certificate at that address says \(shown), and plugin:\(id) is expected",
            hint: "give the worker a certificate with URI:caodiem:plugin:\(id)",
            reason: "WRONG_NAME")
    }
}
