import Transport
import Wire

/// From spawning a worker to reaping it.
extension Fleet {
    func spawn(_ id: String, _ number: Int) {
        guard let member = members[id], let manifest = member.manifest else {
            return feed(
                id, .spawnFailed(number, reason: "there is no valid manifest", permanent: true))
        }
        if let remote = manifest.remote { return reach(id, number, remote) }
        members[id]?.startedAt = now
        members[id]?.isLost = false
        let spec = ChildSpec(
            executable: manifest.executable, arguments: manifest.arguments,
            environment: setting.environment.merging(manifest.environment) { _, own in own },
            directory: setting.directory)
        let log = member.log
        Task { await follow(spec, id, number, log) }
    }

    /// The whole life of one process; what it says reaches the loop in order.
    private func follow(_ spec: ChildSpec, _ id: String, _ number: Int, _ log: WorkerLog) async {
        let child: Child
        do throws(TrustedFile.Refusal) {
            // Checked again at each start: the file may have changed since the manifest was read.
            try TrustedFile.checkExecutable(spec.executable)
        } catch {
            let reason = error.description
            loop.execute { [self] in
                feed(id, .spawnFailed(number, reason: reason, permanent: true))
            }
            return
        }
        do throws(SpawnFailure) {
            child = try await Spawner.shared.spawn(spec)
        } catch {
            let isPermanent = error.kind != .busy && error.kind != .exhausted
            loop.execute { [self] in
                feed(
                    id, .spawnFailed(number, reason: error.message, permanent: isPermanent))
            }
            return
        }
        _ = locks.note(child.processID, plugin: id)
        loop.execute { [self] in adopt(child, id, number) }
        for await line in child.logLines { log.take(line, pid: child.processID) }
        let exit = await child.exit
        locks.remove(id)
        loop.execute { [self] in ended(exit, id, number) }
    }

    private func adopt(_ child: Child, _ id: String, _ number: Int) {
        members[id]?.child = child
        if let socket = child.takeSocket() {
            var hello = HelloInfo(role: .coordinator, software: setting.software)
            hello.limits.handshake = setting.limits.startTimeout
            members[id]?.link = Link(
                fd: socket, side: .dialler, hello: hello, expectedToken: child.sessionToken,
                peer: Peer(pluginID: id), loop: loop,
                delegate: WorkerLink(fleet: self, plugin: id, incarnation: number))
        }
        feed(id, .spawned(number))
    }

    private func ended(_ exit: ChildExit, _ id: String, _ number: Int) {
        guard let member = members[id] else { return }
        members[id]?.lastExit = FleetMember.ExitReport(
            incarnation: number, end: ProcessEnd(exit), uptime: exit.uptime,
            lastLines: member.log.last(setting.limits.exitLines))
        members[id]?.isLost = true
        attributes.forget(id)
        feed(id, .exited(number, ProcessEnd(exit)))
        router.routes[id] = nil
        member.link?.close(.noError, "the worker ended")
        members[id]?.link = nil
        members[id]?.child = nil
    }

    /// Shutdown, then the end of file on fd 0, which makes the worker go within a second.
    func shutDown(_ id: String, _ number: Int) {
        guard members[id]?.manifest?.remote == nil else { return letGo(id, number) }
        guard let child = members[id]?.child else { return }
        guard let link = members[id]?.link, link.acceptsCalls, link.peerHello != nil else {
            return child.closeLiveness()
        }
        Channel(link).unary(
            PluginV1.Plugin.shutdown, PluginV1.ShutdownRequest(),
            timeout: setting.limits.shutdownGrace * 0.5
        ) { _ in child.closeLiveness() }
    }
}

/// The connection to one worker process.
final class WorkerLink: LinkDelegate {
    private let fleet: Fleet
    private let plugin: String
    private let incarnation: Int

    init(fleet: Fleet, plugin: String, incarnation: Int) {
        self.fleet = fleet
        self.plugin = plugin
        self.incarnation = incarnation
    }

    func linkReady(_ link: Link, _ hello: PeerHello) {
        guard hello.info.role == .worker else {
            link.close(.protocolError, "the HELLO of a worker must say so")
            return
        }
        fleet.feed(plugin, .greeted(incarnation))
    }

    func link(
        _ link: Link, accept stream: StreamID, headers: WireV1.CallHeaders, deadline: Instant?
    ) -> (any StreamObserver)? {
        link.finish(
            stream,
            Failure(
                .unimplemented, "the coordinator serves nothing to workers in this version",
                reason: "SERVICE_UNKNOWN"))
        return nil
    }

    func linkClosed(_ link: Link, _ reason: Failure) {
        fleet.members[plugin]?.isLost = true
        fleet.feed(plugin, .linkLost(incarnation, reason: reason.message))
    }
}
