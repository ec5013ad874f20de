import ArgumentParser
import Glibc
import Offline
import Wire

/// `caodiem-coordinator --offline <verb> …`: what is done with a data folder without a fleet, or beside one that
/// runs. The CLI becomes this process; answers and exit codes are its own (docs/contracts.md).
struct OfflineCommand: ParsableCommand {
    static let flag = "--offline"
    static let configuration = CommandConfiguration(
        commandName: "caodiem-coordinator --offline",
        abstract: "Backups and examinations of a data folder, with or without a running fleet.",
        subcommands: [OfflineBackup.self, OfflineDoctor.self])

    /// Runs one command line and ends the process.
    static func runProcess(_ arguments: [String]) -> Never {
        signal(SIGPIPE, SIG_IGN)
        do {
            let command = try parseAsRoot(arguments)
            guard let verb = command as? any OfflineVerb else {
                throw CleanExit.helpRequest(type(of: command))
            }
            Glibc.exit(run(verb).rawValue)
        } catch {
            let isHelp = exitCode(for: error) == .success
            OfflineConsole.write(
                fullMessage(for: error), to: isHelp ? STDOUT_FILENO : STDERR_FILENO)
            Glibc.exit(isHelp ? 0 : OfflineEnding.usage.rawValue)
        }
    }

    private static func run(_ verb: any OfflineVerb) -> OfflineEnding {
        let options = verb.common
        do {
            let said = try verb.answer()
            switch options.format {
            case .json: OfflineConsole.write(try said.json(), to: STDOUT_FILENO)
            case .text: OfflineConsole.write(said.text(options.lang.speech), to: STDOUT_FILENO)
            }
            return said.ending
        } catch {
            let problem =
                error as? OfflineProblem
                ?? OfflineProblem("INTERNAL", Wording("\(error)", "\(error)"))
            let text =
                options.format == .json
                ? problem.json : problem.text(options.lang.speech)
            OfflineConsole.write(text, to: STDERR_FILENO)
            return problem.ending
        }
    }
}

/// A verb of `--offline`.
protocol OfflineVerb: ParsableCommand {
    var common: OfflineOptions { get }
    func answer() throws -> OfflineAnswer
}

enum OfflineFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

enum OfflineLanguage: String, ExpressibleByArgument, CaseIterable {
    case vi, en

    var speech: Speech { self == .vi ? .vi : .en }
}

/// What every verb takes.
struct OfflineOptions: ParsableArguments {
    @Option(help: "The data folder.") var data: String?
    @Option(help: "text or json.") var format = OfflineFormat.text
    @Option(help: "vi or en.") var lang = OfflineLanguage.vi

    /// The data folder, where the verb needs one.
    func requiredData() throws -> String {
        if let data, !data.isEmpty { return data }
        throw OfflineProblem(
            "USAGE", Wording("chưa nói thư mục dữ liệu", "the data folder is not said"),
            place: "--data",
            remedy: Wording(
                "thêm --data THƯ_MỤC hoặc đặt biến CAODIEM_DATA",
                "add --data DIR or set CAODIEM_DATA"),
            ending: .usage)
    }
}

/// Whole lines to a descriptor.
enum OfflineConsole {
    static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array((text.hasSuffix("\n") ? text : text + "\n").utf8)
        var sent = 0
        while sent < bytes.count {
            let step = bytes.withUnsafeBytes { bytes in
                Glibc.write(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
            }
            if step < 0, errno == EINTR { continue }
            if step <= 0 { return }
            sent += step
        }
    }
}
