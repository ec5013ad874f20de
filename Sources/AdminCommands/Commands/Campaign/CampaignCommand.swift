import ArgumentParser
import Wire

/// `caodiem campaign apply|show|freeze|freezes`
struct CampaignCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "campaign", abstract: CampaignCommandText.abstract.text,
            subcommands: [
                CampaignApplyCommand.self, CampaignShowCommand.self, CampaignFreezeCommand.self,
                CampaignFreezesCommand.self,
            ])
    }

    @OptionGroup var globals: GlobalOptions
}

struct CampaignApplyCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "apply", abstract: CampaignCommandText.apply.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Option(
        name: [.customShort("f"), .customLong("file")], help: CampaignCommandText.file.help,
        completion: .file(extensions: ["yaml", "yml"]))
    var file: String

    func answer(_ session: Session) async throws -> Answer {
        let source = try SourceFile(path: file)
        guard source.size <= Limits.planBytes else {
            throw Trouble(
                .failed, code: "TOO_LARGE", CampaignCommandText.tooLarge(file).text, field: file)
        }
        var request = CampaignV1.ApplyRequest()
        request.fileName = file.split(separator: "/").last.map(String.init) ?? file
        request.yaml = try source.read(at: 0, count: Int(source.size))
        return CampaignAnswers.applied(
            try await session.change(CampaignV1.Campaign.apply, request))
    }
}

struct CampaignShowCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: CampaignCommandText.show.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions

    func answer(_ session: Session) async throws -> Answer {
        var request = CampaignV1.ShowRequest()
        request.campaign = campaign.wire
        return CampaignAnswers.show(try await session.read(CampaignV1.Campaign.show, request))
    }
}

private enum CampaignCommandText {
    static let abstract = Phrase("Kế hoạch của đợt cao điểm.", "The campaign's plan.")
    static let apply = Phrase("Áp dụng một tệp kế hoạch.", "Applies a plan file.")
    static let show = Phrase("Kế hoạch đang áp dụng.", "Shows the plan in force.")
    static let file = Phrase("Tệp kế hoạch (YAML).", "The plan file (YAML).")
    static func tooLarge(_ path: String) -> Phrase {
        Phrase(
            "\(path) lớn hơn \(Limits.planBytes / 1024) KiB, không phải tệp kế hoạch",
            "\(path) is larger than \(Limits.planBytes / 1024) KiB and no plan file")
    }
}
