import Synchronization

@testable import AdminCommands

/// One command line run with its output kept.
struct Run {
    var status: Ending
    var output: String
    var errors: String

    static func of(_ line: String, environment: [String: String] = [:]) async -> Run {
        let arguments = line.split(separator: " ").map(String.init)
        let output = Kept()
        let errors = Kept()
        let console = Console(
            output: .plain, errors: .plain, environment: Environment(environment),
            write: {
                output.add($0)
                return true
            }, complain: { errors.add($0) })
        let language = AdminCommandLine.language(in: arguments)
        let status = await Language.$current.withValue(language) {
            await RootCommand.execute(arguments, on: console)
        }
        return Run(status: status, output: output.text, errors: errors.text)
    }

    private final class Kept: Sendable {
        private let kept = Mutex("")
        var text: String { kept.withLock { $0 } }
        func add(_ more: String) { kept.withLock { $0 += more } }
    }
}
