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

    /// How long clients may take to close once everything else has ended.
    private static let farewell: Duration = .milliseconds(500)

    /// No plugin may claim one of these.
    private static let ownServices: Set = [
        AdminV1.Admin.serviceName, HealthV1.Health.serviceName,
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
        journal = JournalWriter(parts.journal, limits: parts.limits, log: parts.log)
        router = Router(
            table: RoutingTable(
                ownServices: RunningCoordinator.ownServices, plugins: plugins.plugins.map(\.id)),
            instance: "\(getpid())-\(WallClock.milliseconds())")
        let setting = try RunningCoordinator.setting(parts, plugins)
        fleet = RunningCoordinator.fleet(
            plugins, parts, setting, router: router, journal: journal)
        let socket = parts.options.socket ?? folder.socket
        var services = AdminService(
            fleet: fleet,
            facts: AdminFacts(
                software: parts.software, pid: getpid(), dataFolder: folder.path,
                listen: ["unix:\(socket)"] + parts.options.tcp.map { "tcp:\($0)" },
                storeSchema: UInt32(clamping: parts.storeSchema),
                binaries: parts.options.binaries)
        ).table()
        services.merge(HealthService(router: router, loop: fleet.loop).table())
        services.merge(
            ReflectionService(
                router: router, loop: fleet.loop,
                definitions: try DescriptorSet(encoded: Descriptors.fileSet)
            ).table())
        router.serve(services)
        doors = try await Doors.open(
            socket: socket, options: parts.options, own: setting.remote.own,
            software: parts.software, fleet: fleet, log: log)
        fleet.loop.execute { [fleet] in fleet.feed(.begin) }
    }

    private static func fleet(
        _ plugins: PluginFolder, _ parts: Parts, _ setting: FleetSetting, router: Router,
        journal: JournalWriter
    ) -> Fleet {
        var random = SystemRandomNumberGenerator()
        var machines: [(id: String, machine: PluginMachine)] = []
        var members: [FleetMember] = []
        for found in plugins.plugins {
            var refusal: String?
            var manifest: PluginManifest?
            switch found.manifest {
            case .success(let read): manifest = read
            case .failure(let why):
                refusal = why.problems.joined(separator: "; ")
                for problem in why.problems {
                    parts.log.error("\(problem)", metadata: ["plugin": "\(found.id)"])
                }
            }
            let isDisabled = parts.options.disabled.contains(found.id)
            machines.append(
                (
                    found.id,
                    PluginMachine(
                        limits: manifest?.remote == nil ? parts.limits : parts.limits.remote,
                        seed: random.next(),
                        invalid: isDisabled ? nil : refusal, disabled: isDisabled)
                ))
            var log = parts.log
            log[metadataKey: "plugin"] = "\(found.id)"
            members.append(
                FleetMember(
                    id: found.id, folder: found.folder, manifest: manifest,
                    log: WorkerLog(limits: parts.limits, log: log)))
        }
        return Fleet(
            members: members, machine: FleetMachine(machines, limits: parts.limits),
            setting: setting, router: router, locks: WorkerLocks(folder: parts.folder.run),
            journal: journal, log: parts.log)
    }

    private static func setting(
        _ parts: Parts, _ plugins: PluginFolder
    ) throws -> FleetSetting {
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
            storeSchema: UInt32(clamping: parts.storeSchema),
            remote: try RemoteCredentials(
                own: parts.options.tls?.files,
                others: plugins.plugins.compactMap { try? $0.manifest.get().remote?.tls },
                log: parts.log))
    }

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
        await journal.flush()
        folder.release()
        return leftBehind
    }
}
