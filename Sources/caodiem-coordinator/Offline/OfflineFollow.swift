import ArgumentParser
import Glibc
import Offline
import Wire

/// `--offline backup follow DIR`
struct OfflineBackupFollow: OfflineVerb {
    static let configuration = CommandConfiguration(commandName: "follow")

    @Argument var folder: String
    @Option var every = 10
    @Option var keyFile: String?
    @Option var generationHours = 24
    @Option var keepGenerations = 7
    @Flag var once = false
    @OptionGroup var common: OfflineOptions

    /// Ends after the first piece with `--once`, else never: a problem on the way is told and tried again.
    func answer() throws -> OfflineAnswer {
        guard (1...86_400).contains(every), generationHours > 0, keepGenerations > 0 else {
            throw OfflineProblem(
                "USAGE",
                Wording(
                    "--every phải từ 1 đến 86400 giây", "--every must be from 1 to 86400 seconds"),
                place: "--every", ending: .usage)
        }
        var options = Follower.Options(
            data: try common.requiredData(), target: folder,
            software: "caodiem/\(Product.version)")
        options.everySeconds = every
        options.keyFile = keyFile
        options.generationHours = generationHours
        options.keptGenerations = keepGenerations
        let follower = try Follower(options)
        if once, let made = try follower.step() { return made }
        while true {
            try look(follower)
            sleep(UInt32(every))
        }
    }

    private func look(_ follower: Follower) throws {
        do {
            guard let made = try follower.step() else { return }
            let text = common.format == .json ? try made.json() : made.text(common.lang.speech)
            OfflineConsole.write(text, to: STDOUT_FILENO)
        } catch let problem as OfflineProblem {
            let text = common.format == .json ? problem.json : problem.text(common.lang.speech)
            OfflineConsole.write(text, to: STDERR_FILENO)
        }
    }
}
