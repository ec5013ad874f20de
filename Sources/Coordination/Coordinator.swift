public import Logging
import Glibc
internal import Transport
internal import Wire

/// The coordinator as a process: configuration, data folder, store, fleet, signals, exit code.
public enum Coordinator {
    /// Name and version in HELLO and `status`.
    public static let software = "caodiem-coordinator/\(Product.version)"

    /// What a coordinator's run ends with.
    public enum ExitCode {
        /// Stopped as it was asked to.
        public static let stopped: Int32 = 0
        /// The data folder, the store or the socket cannot be used.
        public static let failed: Int32 = 1
        /// The configuration as a whole cannot be used (EX_CONFIG).
        public static let configuration: Int32 = 78
    }

    /// Runs until a signal; problems go to stderr.
    ///
    /// - Parameters:
    ///   - executable: path of this program, from which plugins are found.
    ///   - store: gives the journal and the migrator for a locked data folder.
    /// - Returns: the exit code of the process.
    public static func run(
        _ options: CoordinatorOptions, executable: String, signals: StopSignals,
        store: (_ dataFolder: String, _ log: Logger) throws -> (any FleetRecords, any Migrator)
    ) async -> Int32 {
        let sink = LineSink()
        defer { sink.flush() }
        do {
            let resolved = try ResolvedOptions(options, executable: executable)
            let log = Logger(label: "caodiem.coordinator") { _ in
                LineLog(sink, format: resolved.logFormat)
            }
            let folder = try DataFolder(options.data)
            let limits = resolved.limits
            let locks = WorkerLocks(folder: folder.run)
            for line in locks.sweep(within: limits.sweepTimeout) { log.warning("\(line)") }
            let (records, migrator) = try store(folder.path, log)
            let schema = try migrator.migrate()
            try Spawner.shared.adoptOrphans(isOnlyParent: true)
            var parts = RunningCoordinator.Parts(
                options: resolved, folder: folder, journal: records, storeSchema: schema,
                log: log, limits: limits, switches: try await records.disabled(),
                switchboard: records, fences: records, audit: records, tokens: records)
            parts.reread = { () throws(ConfigurationRefusal) in
                try ResolvedOptions(options, executable: executable)
            }
            let running = try await RunningCoordinator(parts)
            return await serve(running, signals, log)
        } catch let refusal as ConfigurationRefusal {
            sink.write(refusal.description)
            return ExitCode.configuration
        } catch {
            sink.write("caodiem-coordinator: \(error)")
            return ExitCode.failed
        }
    }

    private static func serve(
        _ running: RunningCoordinator, _ signals: StopSignals, _ log: Logger
    ) async -> Int32 {
        let stopping = Task {
            var isStopping = false
            for await number in signals.stream {
                log.info("received \(ProcessEnd.signal(number))")
                isStopping ? running.hurry() : running.stop()
                isStopping = true
            }
        }
        let leftBehind = await running.finished()
        stopping.cancel()
        guard leftBehind.isEmpty else {
            log.error("could not be ended: \(leftBehind.joined(separator: ", "))")
            return ExitCode.failed
        }
        log.info("stopped")
        return ExitCode.stopped
    }
}
