import ArgumentParser
import Wire

/// `caodiem emulation rank`
struct EmulationCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "emulation", abstract: EmulationText.abstract.text,
            subcommands: [EmulationRankCommand.self])
    }

    @OptionGroup var globals: GlobalOptions
}

struct EmulationRankCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "rank", abstract: EmulationText.rank.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @Option(help: EmulationText.cluster.help) var cluster: String?
    @OptionGroup var known: KnownAtOptions
    @OptionGroup var freeze: FreezeOptions

    func validate() throws {
        try freeze.refuseBeside([campaign.wire, day.wire, known.wire, cluster ?? ""])
    }

    func answer(_ session: Session) async throws -> Answer {
        var request = EmulationV1.RankRequest()
        request.knownAt = known.wire
        request.freeze = freeze.wire
        request.campaign = campaign.wire
        request.asOf = day.wire
        request.cluster = cluster ?? ""
        return RankAnswer.of(try await session.read(EmulationV1.Emulation.rank, request))
    }
}

private enum EmulationText {
    static let abstract = Phrase("Thi đua của đợt cao điểm.", "The campaign's emulation.")
    static let rank = Phrase("Điểm và hạng từng đơn vị.", "Points and rank of each unit.")
    static let cluster = Phrase(
        "Chỉ một cụm thi đua; mặc định toàn tỉnh.", "One cluster only; the province unless given.")
}
