import Logging
import Transport
import Wire

/// From spawning a worker to reaping it.
extension Fleet {
    func spawn(_ id: String, _ number: Int, next: Bool) {
        guard let member = members[id], let place = machine.plugins[id]?.instance(of: number),
            let manifest = (next ? member.candidate : nil) ?? member.manifest
        else {
            return feed(
                id, .spawnFailed(number, reason: "there is no valid manifest", permanent: true))
        }
        let instance = InstanceID(plugin: id, number: place)
        let tail = LineRing(capacity: setting.limits.exitLines)
        members[id]?.processes[number] = WorkerProcess(
            instance: instance, manifest: manifest, startedAt: now, tail: tail)
        switch manifest.source {
        case .remote(let remote): connect(remote, id, number)
        case .spawned(let program):
            let command = program.command
            var spec = ChildSpec(
                executable: command.executable, arguments: command.arguments,
                environment: setting.environment.merging(program.environment) { _, own in own },
                directory: setting.directory)
            spec.limits = program.limits
            let log = member.log
            let spawning = Spawning(
                spec: spec, program: program, instance: instance, number: number, tail: tail)
            Task { await follow(spawning, log) }
        }
    }

    /// All that is known of a process before there is one.
    private struct Spawning: Sendable {
        let spec: ChildSpec
        let program: ProgramSource
        let instance: InstanceID
        let number: Int
        let tail: LineRing
    }

    /// The whole life of one process; what it says reaches the loop in order.
    private func follow(_ start: Spawning, _ log: WorkerLog) async {
        let (id, number) = (start.instance.plugin, start.number)
        do throws(TrustedFile.Refusal) {
            // Checked again at each start: the file may have changed since the manifest was read.
            try start.program.check()
        } catch {
            return notSpawned(id, number, error.description, permanent: true)
        }
        let child: Child
        do throws(SpawnFailure) {
            child = try await Spawner.shared.spawn(start.spec)
        } catch {
            let isPermanent = error.kind != .busy && error.kind != .exhausted
            return notSpawned(id, number, error.message, permanent: isPermanent)
        }
        _ = locks.note(child.processID, instance: start.instance)
        loop.execute { [self] in adopt(child, id, number) }
        for await line in child.logLines {
            log.take(line, pid: child.processID, tail: start.tail)
        }
        let exit = await child.exit
        locks.remove(start.instance)
        loop.execute { [self] in ended(exit, id, number) }
    }

    private func notSpawned(_ id: String, _ number: Int, _ reason: String, permanent: Bool) {
        loop.execute { [self] in
            members[id]?.processes[number] = nil
            feed(id, .spawnFailed(number, reason: reason, permanent: permanent))
        }
    }

    /// What the coordinator says to a worker first.
    func hello() -> HelloInfo {
        var hello = HelloInfo(role: .coordinator, software: setting.software)
        hello.limits.handshake = setting.limits.startExtensionCap
        return hello
    }

    private func adopt(_ child: Child, _ id: String, _ number: Int) {
        members[id]?.processes[number]?.child = child
        if let socket = child.takeSocket() {
            members[id]?.processes[number]?.link = Link(
                fd: socket, side: .dialler, hello: hello(), expectedToken: child.sessionToken,
                peer: Peer(pluginID: id), loop: loop,
                delegate: WorkerLink(fleet: self, plugin: id, incarnation: number))
        }
        feed(id, .spawned(number))
    }

    private func ended(_ exit: ChildExit, _ id: String, _ number: Int) {
        guard let process = members[id]?.processes[number] else { return }
        let report = ExitReport(
            instance: process.instance, incarnation: number, pid: process.child?.processID ?? 0,
            end: ProcessEnd(exit), dumpedCore: exit.dumpedCore, uptime: exit.uptime,
            userTime: exit.userTime, systemTime: exit.systemTime,
            peakMemoryKiB: exit.peakMemoryKiB, callsInFlight: callsInFlight(id, number),
            lastLines: process.tail.lines)
        members[id]?.lastExit = report
        members[id]?.processes[number]?.isLost = true
        record(
            id, "EXITED", report.sentence, instance: process.instance, number, false,
            exit: PluginExit(report))
        feed(id, .exited(number, report.end))
        forgetProcess(id, number)
    }

    /// Nothing is left of the process but its report.
    func forgetProcess(_ id: String, _ number: Int) {
        guard let process = members[id]?.processes[number] else { return }
        forgetRoute(id, number)
        leases.releaseAll(of: LeaseService.holder(id, number))
        process.healthWatch?.cancel()
        process.link?.close(.noError, "the worker ended")
        members[id]?.lastVersion = process.version
        members[id]?.lastSettings = process.shownSettings
        members[id]?.processes[number] = nil
        if members[id]?.processes.isEmpty == true { attributes.forget(id) }
    }

    /// Shutdown, then the end of file on fd 0, which makes the worker go within a second.
    func shutDown(_ id: String, _ number: Int) {
        guard let process = members[id]?.processes[number] else { return }
        let child = process.child
        guard let link = process.link, link.acceptsCalls, link.peerHello != nil else {
            child?.closeLiveness()
            if child == nil { process.link?.close(.noError, "the worker is let go") }
            return
        }
        Channel(link).unary(
            PluginV1.Plugin.shutdown, PluginV1.ShutdownRequest(),
            timeout: setting.limits.shutdownGrace * 0.5
        ) { _ in
            child?.closeLiveness()
            if child == nil { link.drain() }
        }
    }

    /// A signal to the group of a process; a remote worker's connection ends instead.
    func signal(_ id: String, _ number: Int, _ signal: Int32) {
        guard let process = members[id]?.processes[number] else { return }
        guard let child = process.child else {
            process.link?.close(.noError, "the worker is let go")
            return
        }
        child.signal(signal)
    }
}

/// The connection to one worker process.
final class WorkerLink: LinkDelegate {
    private let fleet: Fleet
    private let plugin: String
    private let incarnation: Int
    private let host: Dispatcher

    init(fleet: Fleet, plugin: String, incarnation: Int) {
        self.fleet = fleet
        self.plugin = plugin
        self.incarnation = incarnation
        host = Dispatcher(
            HostService(fleet: fleet, plugin: plugin, incarnation: incarnation).table())
    }

    func linkReady(_ link: Link, _ hello: PeerHello) {
        guard hello.info.role == .worker else {
            link.close(.protocolError, "the HELLO of a worker must say so")
            return
        }
        fleet.feed(plugin, .greeted(incarnation))
    }

    /// A worker that needs longer to start says so.
    func link(_ link: Link, noted note: WireV1.Note) {
        guard note.extendMs > 0 else { return }
        fleet.feed(
            plugin, .noted(incarnation, extendBy: .milliseconds(Int64(note.extendMs))))
    }

    /// The host's own services first; anything else goes where a client's call would go.
    func link(
        _ link: Link, accept stream: StreamID, headers: WireV1.CallHeaders, deadline: Instant?
    ) -> (any StreamObserver)? {
        if host.serves(headers.path) {
            return host.accept(link, stream, headers, deadline: deadline)
        }
        return fleet.router.take(link, stream, headers, deadline)
    }

    func linkClosed(_ link: Link, _ reason: Failure) {
        fleet.members[plugin]?.processes[incarnation]?.isLost = true
        if fleet.members[plugin]?.processes.values.contains(where: { !$0.isLost }) != true {
            fleet.router.access.ended(plugin: plugin)
        }
        fleet.feed(plugin, .linkLost(incarnation, reason: reason.message))
        fleet.remoteEnded(plugin, incarnation)
    }
}
