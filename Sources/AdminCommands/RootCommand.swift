import ArgumentParser
import Wire

/// `caodiem`: the tree of commands.
struct RootCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "caodiem", abstract: RootText.abstract.text,
            discussion: RootText.discussion.text,
            subcommands: [
                StatusCommand.self, PluginCommand.self, IntrospectCommand.self, HealthCommand.self,
                ConfigCommand.self,
                CampaignCommand.self, ImportCommand.self,
                NominateCommand.self, ScoreCommand.self, StatisticsCommand.self,
                SignalsCommand.self, AuctionCommand.self, EmulationCommand.self, CaseCommand.self,
                LawCommand.self, AuditCommand.self, AccessCommand.self, BackupCommand.self,
                DoctorCommand.self,
                WorklistCommand.self,
                RegisterCommand.self,
                CallCommand.self, VersionCommand.self, CompletionCommand.self,
            ])
    }

    @OptionGroup var globals: GlobalOptions

    /// Parses and runs one command line; every error ends as one message and an exit code.
    static func execute(_ arguments: [String], on console: Console) async -> Ending {
        do {
            return try await Console.$current.withValue(console) {
                let command = try parseAsRoot(CallCommand.separated(arguments))
                if let asked = command as? any FleetCommand { return try await asked.perform() }
                if var plain = command as? any AsyncParsableCommand {
                    try await plain.run()
                } else {
                    var plain = command
                    try plain.run()
                }
                return Ending.ok
            }
        } catch {
            return report(error, arguments, console)
        }
    }

    private static func report(
        _ error: any Error, _ arguments: [String], _ console: Console
    ) -> Ending {
        let asked = AdminCommandLine.value(of: "--format", in: arguments)
        let format = asked.flatMap(OutputFormat.init(rawValue:)) ?? .text
        let trouble: Trouble
        switch error {
        case let known as Trouble: trouble = known
        case let failure as Failure: trouble = Trouble(failure)
        case is CancellationError:
            trouble = Trouble(.failed, code: "CANCELLED", RootText.cancelled.text)
        default:
            if exitCode(for: error) == .success {
                let text = fullMessage(for: error, columns: console.output.width)
                return console.write(text + "\n") ? .ok : .failed
            }
            trouble = usage(error)
        }
        console.show(trouble, as: format)
        return trouble.status
    }

    /// What the parser found wrong, with where to read about the command as the hint.
    private static func usage(_ error: any Error) -> Trouble {
        let full = fullMessage(for: error)
        let pages = full.split(separator: "'").filter { $0.hasSuffix("--help") }
        let page = pages.last.map(String.init) ?? "caodiem --help"
        let english = message(for: error)
        if english.contains("is invalid for '--as-of") {
            let said = UsageWords.translated(english)
            return .usage(Phrase(said, said), hint: RootText.day)
        }
        if page == "caodiem --help", let word = UsageWords.unexpected(in: english) {
            let names = configuration.subcommands.compactMap {
                $0.configuration.commandName
            }
            return .usage(
                RootText.noCommand(word), hint: RootText.commands(names.joined(separator: ", ")))
        }
        let said = UsageWords.translated(english)
        return .usage(Phrase(said, said), hint: RootText.see(page))
    }
}

/// A command that asks the fleet.
protocol FleetCommand: ParsableCommand {
    var globals: GlobalOptions { get }

    /// Asks and says what came of it.
    func answer(_ session: Session) async throws -> Answer
}

extension FleetCommand {
    /// Connects, asks, shows the answer.
    func perform() async throws -> Ending {
        let console = Console.current
        let session = try Session(globals, console.environment)
        do {
            let answer = try await answer(session)
            await session.close()
            try console.show(answer, as: globals.format)
            return answer.status
        } catch {
            await session.close()
            throw error
        }
    }
}

private enum RootText {
    static let day = Phrase(
        "ghi dạng 2021-05-31 hoặc 31/5/2021", "write it as 2021-05-31 or 31/5/2021")
    static func noCommand(_ word: String) -> Phrase {
        Phrase("không có lệnh “\(word)”", "there is no command “\(word)”")
    }
    static func commands(_ names: String) -> Phrase {
        Phrase("các lệnh: \(names)", "commands: \(names)")
    }
    static let abstract = Phrase(
        "Điều hành đợt thi hành án dân sự cao điểm.",
        "Runs a peak campaign of civil-judgment enforcement.")
    static let discussion = Phrase(
        """
        Mã thoát: 0 xong, 1 lỗi, 2 gõ sai, 3 không liên lạc được, 4 bị từ chối, 78 cài đặt sai.
        Các tùy chọn chung đặt trước hoặc sau tên lệnh đều được.
        """,
        """
        Exit codes: 0 ok, 1 failed, 2 usage, 3 unreachable, 4 refused, 78 configuration.
        The common options go before or after the command's name.
        """)
    static let cancelled = Phrase("đã dừng theo yêu cầu", "stopped as asked")
    static func see(_ page: String) -> Phrase { Phrase("xem \(page)", "see \(page)") }
}
