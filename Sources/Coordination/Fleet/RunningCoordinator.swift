import Glibc
import Logging
import Reflection
import Transport
import Wire

/// A coordinator at work: the fleet, the socket and the clients on it.
final class RunningCoordinator: Sendable {
    let fleet: Fleet
    private let folder: DataFolder
    let router: Router
    private let doors: Doors
    private let journal: JournalWriter
    private let log: Logger
    private let limits: SupervisionLimits
    private let watch: AccessWatch

    /// How long clients may take to close once everything else has ended.
    private static let farewell: Duration = .milliseconds(500)

    /// No plugin may claim one of these.
    private static let ownServices: Set = [
        AdminV1.Access.serviceName, AdminV1.Admin.serviceName, AdminV1.Audit.serviceName,
        HealthV1.Health.serviceName,
        ReflectionV1.ServerReflection.serviceName,
    ]

    /// What the coordinator's main knows and the fleet does not.
    struct Parts {
        var options: ResolvedOptions
        var folder: DataFolder
        var journal: any FleetJournal
        var storeSchema: Int
        var log: Logger
        var limits = SupervisionLimits()
        var software = Coordinator.software
        /// Plugins that an operator disabled, as kept in the store.
        var switches: [PluginSwitch] = []
        /// Keeps what operators disable; nil when nothing is kept.
        var switchboard: (any PluginSwitches)?
        /// Gives the numbers of leases; nil when there is no store.
        var fences: (any FenceSource)?
        /// Where operators' orders are told and the trail is read; nil when there is no store.
        var audit: (any AuditTrail)?
        /// Keeps access tokens; nil when there is no store, and then there are none.
        var tokens: (any TokenKeeping)?
        /// Reads the configuration again for a reload; nil reads the options as they were.
        var reread: (@Sendable () throws(ConfigurationRefusal) -> ResolvedOptions)?

        /// Why a plugin shall not run; nil when it shall.
        func disabledReason(_ id: String) -> String? {
            if options.disabled.contains(id) { return PluginSwitch.byConfiguration }
            return switches.first { $0.plugin == id }?.reason
        }
    }

    /// Reads the manifests, listens and starts the workers.
    ///
    /// - Throws: `ConfigurationRefusal` when no fleet can come of it, `Failure` when the socket
    ///   cannot be had.
    init(_ parts: Parts) async throws {
        let plugins = try PluginFolder(
            parts.options.plugins, disabled: parts.options.disabled,
            reader: ManifestReader(binaries: parts.options.binaries))
        folder = parts.folder
        log = parts.log
        limits = parts.limits
        journal = JournalWriter(parts.journal, limits: parts.limits, log: parts.log)
        router = Router(
            table: RoutingTable(
                ownServices: RunningCoordinator.ownServices, plugins: plugins.plugins.map(\.id)),
            instance: "\(getpid())-\(WallClock.milliseconds())",
            access: AccessDesk(policy: try PolicyReader.read(of: parts.options)))
        let definitions = try DescriptorSet(encoded: Descriptors.fileSet)
        router.definitions = ReflectionDefinitions(builtIn: definitions)
        router.access.take(try await parts.tokens?.tokens() ?? [])
        watch = AccessWatch(router.access, audit: parts.audit, log: parts.log)
        fleet = try RunningCoordinator.fleet(plugins, parts, router: router, journal: journal)
        let socket = parts.options.socket ?? folder.socket
        var services = AdminService(
            fleet: fleet,
            facts: AdminFacts(
                software: parts.software, pid: getpid(), dataFolder: folder.path,
                listen: ["unix:\(socket)"] + parts.options.tcp.map { "tcp:\($0)" },
                storeSchema: UInt32(clamping: parts.storeSchema),
                binaries: parts.options.binaries),
            switches: parts.switchboard, audit: parts.audit
        ).table()
        if let audit = parts.audit { services.merge(AuditService(trail: audit).table()) }
        services.merge(
            AccessService(
                desk: router.access, loop: fleet.loop, keeping: parts.tokens,
                known: KnownMethods(definitions)
            ).table())
        services.merge(HealthService(router: router, loop: fleet.loop).table())
        services.merge(
            ReflectionService(router: router, loop: fleet.loop, definitions: router.definitions)
                .table())
        router.serve(services)
        // A client's metadata and the stamp together are what a worker takes.
        var hello = HelloInfo(role: .coordinator, software: parts.software)
        hello.limits.metadata -= CallStamp.roomBytes
        hello.limits.metadataEntries -= CallStamp.roomEntries
        doors = try await Doors.open(
            socket: socket, options: parts.options, own: fleet.setting.remote.own, hello: hello,
            fleet: fleet, log: log)
        fleet.loop.execute { [fleet, watch] in
            watch.begin(on: fleet.loop)
            fleet.feed(.begin)
        }
    }

    private static func fleet(
        _ plugins: PluginFolder, _ parts: Parts, router: Router, journal: JournalWriter
    ) throws(ConfigurationRefusal) -> Fleet {
        var random = SystemRandomNumberGenerator()
        var machines: [(id: String, machine: PluginMachine)] = []
        var members: [FleetMember] = []
        for found in plugins.plugins {
            let (member, refusal) = FleetMember.found(found, limits: parts.limits, log: parts.log)
            members.append(member)
            let machine = PluginMachine(
                limits: member.manifest?.limits(of: parts.limits) ?? parts.limits,
                seed: random.next(), shape: member.manifest?.shape ?? PluginShape(),
                invalid: refusal, disabled: parts.disabledReason(found.id))
            machines.append((found.id, machine))
        }
        return Fleet(
            members: members, machine: FleetMachine(machines, limits: parts.limits),
            setting: try setting(parts, plugins), router: router,
            locks: WorkerLocks(folder: parts.folder.run),
            journal: journal, log: parts.log)
    }

    private static func setting(
        _ parts: Parts, _ plugins: PluginFolder
    ) throws(ConfigurationRefusal) -> FleetSetting {
        // A crash must end the process at once; the runtime's backtrace would hold it for seconds,
        // and survives a signal that is no fault of its own. A manifest may switch it on again.
        var environment = ["SWIFT_BACKTRACE": "enable=no"]
        for name in ["PATH", "LANG", "TZ"] {
            if let value = getenv(name) { environment[name] = String(cString: value) }
        }
        return FleetSetting(
            limits: parts.limits,
            shared: [
                "store": parts.folder.store, "law_book": parts.options.law,
                "spool": parts.folder.spool,
            ],
            directory: parts.folder.path, environment: environment, software: parts.software,
            storeSchema: UInt32(clamping: parts.storeSchema), fences: parts.fences,
            remote: try RemoteCredentials(
                own: parts.options.tls?.files,
                others: plugins.plugins.compactMap { try? $0.manifest.get().remote?.tls },
                log: parts.log),
            sources: ConfigurationSources(options: parts.options, reread: parts.reread))
    }

    /// The ports that the kernel gave, in the order asked for.
    var tcpPorts: [Int] { doors.tcpPorts }

    /// No new calls and connections; open calls may end, then the workers stop.
    func stop() {
        log.info("stops")
        Task { await doors.close() }
        fleet.loop.execute { [fleet, router] in
            router.isStopping = true
            for client in router.clients.values { client.drain() }
            fleet.feed(.stop)
        }
    }

    /// Shortens the waits of a stop.
    func hurry() { fleet.loop.execute { [fleet] in fleet.feed(.hurry) } }

    /// Waits for the end of a stop; gives the plugins whose process could not be ended.
    func finished() async -> [String] {
        let leftBehind = await fleet.finished()
        let end = ContinuousClock.now + RunningCoordinator.farewell
        while await fleet.loop.run({ [router] in !router.clients.isEmpty }),
            ContinuousClock.now < end
        {
            try? await Task.sleep(for: .milliseconds(10))
        }
        await fleet.loop.run { [router] in
            for client in router.clients.values {
                client.close(.noError, "the coordinator stopped")
            }
        }
        await doors.close()
        let orphans = await Spawner.shared.endOrphans(within: limits.sweepTimeout)
        if orphans > 0 { log.error("\(orphans) processes that workers left behind do not end") }
        await fleet.loop.run { [watch] in watch.end() }
        await watch.flush()
        await journal.flush()
        folder.release()
        return leftBehind
    }
}
