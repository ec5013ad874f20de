import ArgumentParser
import Coordination
import Glibc
import Logging

/// The coordinator's command line.
struct CoordinatorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "caodiem-coordinator",
        abstract: "Runs the fleet of workers over one data folder, until SIGTERM.")

    @Option(help: "Folder that this coordinator owns: store, socket, staged files.")
    var data: String

    @Option(help: "Folder with one folder a plugin, each holding plugin.yaml.")
    var plugins: String?

    @Option(help: "The coordinator's own configuration file.")
    var config: String?

    @Option(help: "Folder of the law book.")
    var law: String?

    @Option(
        help: ArgumentHelp(
            "unix:PATH or tcp:HOST:PORT, which needs tls in the configuration file; may be given "
                + "several times. DATA/run/caodiem.sock unless a unix socket is named."))
    var listen: [String] = []

    /// The arguments of this process; usage errors end it with exit code 2.
    static func parsed() -> CoordinatorCommand {
        do {
            return try parse()
        } catch {
            let code = exitCode(for: error)
            let text = Array((fullMessage(for: error) + "\n").utf8)
            let isHelp = code == .success
            _ = write(isHelp ? STDOUT_FILENO : STDERR_FILENO, text, text.count)
            Glibc.exit(isHelp ? 0 : 2)
        }
    }

    /// Runs until a signal; returns the exit code.
    func run(signals: StopSignals) async -> Int32 {
        let options = CoordinatorOptions(
            data: data, plugins: plugins, config: config, law: law, listen: listen)
        return await Coordinator.run(
            options, executable: "/proc/self/exe", signals: signals
        ) { folder, log in
            let services = storeServices(dataFolder: folder, log: log)
            return (services.records, services.migrator)
        }
    }
}
