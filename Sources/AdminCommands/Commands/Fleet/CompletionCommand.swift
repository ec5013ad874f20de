import ArgumentParser

/// `caodiem completion bash|zsh|fish`
struct CompletionCommand: ParsableCommand {
    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash, zsh, fish

        var parsers: CompletionShell {
            switch self {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        }
    }

    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "completion", abstract: CompletionText.abstract.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: CompletionText.shell.help) var shell: Shell

    func run() throws {
        try Console.current.say(RootCommand.completionScript(for: shell.parsers))
    }
}

private enum CompletionText {
    static let abstract = Phrase(
        "In tập lệnh tự điền lệnh cho shell.", "Prints the completion script of a shell.")
    static let shell = Phrase("bash, zsh hoặc fish.", "bash, zsh or fish.")
}
