import ArgumentParser
import Glibc

/// The admin command line: `caodiem [--data DIR] <command> …`.
public enum AdminCommandLine {
    /// Runs one command line and ends the process with its exit code (contracts: "Running").
    public static func runProcess() async -> Never {
        // A reader that went away (`| head`) ends the output, not the program's exit code.
        signal(SIGPIPE, SIG_IGN)
        let status = await run(Array(CommandLine.arguments.dropFirst()))
        exit(status.rawValue)
    }

    /// Runs one command line against standard output and error.
    ///
    /// - Parameter arguments: without the program's name.
    public static func run(_ arguments: [String]) async -> Ending {
        await Language.$current.withValue(language(in: arguments)) {
            await RootCommand.execute(arguments, on: .standard())
        }
    }

    /// The language asked for, found before parsing so that its errors speak it too.
    static func language(in arguments: [String]) -> Language {
        value(of: "--lang", in: arguments).flatMap(Language.init(rawValue:)) ?? .vi
    }

    /// The last value of a long option, in either spelling, before any `--`.
    static func value(of option: String, in arguments: [String]) -> String? {
        let own = arguments.prefix { $0 != "--" }
        var found: String?
        for (index, argument) in own.enumerated() {
            if argument == option, index + 1 < own.count { found = own[index + 1] }
            if argument.hasPrefix(option + "=") {
                found = String(argument.dropFirst(option.count + 1))
            }
        }
        return found
    }
}

/// Where a command writes, and what surrounds it.
struct Console: Sendable {
    var output: Terminal
    var errors: Terminal
    var environment: Environment
    /// False when the text could not all be written, e.g. to a full disk.
    var write: @Sendable (String) -> Bool
    var complain: @Sendable (String) -> Void

    /// The console of the running command; commands are made by the parser, which hands on nothing.
    @TaskLocal static var current = Console(
        output: .plain, errors: .plain, environment: Environment(), write: { _ in true },
        complain: { _ in })

    static func standard() -> Console {
        let environment = Environment.ofProcess()
        return Console(
            output: .of(descriptor: STDOUT_FILENO, environment: environment),
            errors: .of(descriptor: STDERR_FILENO, environment: environment),
            environment: environment,
            write: { Descriptor.write($0, to: STDOUT_FILENO) },
            complain: { _ = Descriptor.write($0, to: STDERR_FILENO) })
    }

    func show(_ answer: Answer, as format: OutputFormat) throws(Trouble) {
        if answer.isSaid { return }
        switch format {
        case .json: try say(answer.json.written(pretty: output.interactive))
        case .text: try say(answer.text(output))
        }
    }

    /// A text and the end of its line to standard output.
    func say(_ text: String) throws(Trouble) {
        guard write(text + "\n") else { throw .unwritable(ConsoleText.output.text, errno) }
    }

    func show(_ trouble: Trouble, as format: OutputFormat) {
        switch format {
        case .json: complain(trouble.json.written() + "\n")
        case .text: complain(trouble.text(on: errors) + "\n")
        }
    }
}

private enum ConsoleText {
    static let output = Phrase("đầu ra", "standard output")
}
