import ArgumentParser
import Wire

/// `caodiem emulation …`
struct EmulationCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "emulation", abstract: EmulationText.abstract.text,
            subcommands: [
                EmulationRankCommand.self, EmulationSheetCommand.self, EmulationSubmitCommand.self,
                EmulationReviewCommand.self, EmulationDecideCommand.self,
                EmulationObjectCommand.self, EmulationAnswerCommand.self,
                EmulationGradesCommand.self, EmulationProposeCommand.self,
                EmulationProposalsCommand.self, EmulationAwardCommand.self,
                EmulationSimulateCommand.self, EmulationFairnessCommand.self,
                EmulationRefusalsCommand.self,
            ])
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
    @Option(help: EmulationText.column.help) var column: String?
    @Option(help: EmulationText.level.help) var level: String?
    @OptionGroup var known: KnownAtOptions
    @OptionGroup var freeze: FreezeOptions

    func validate() throws {
        try freeze.refuseBeside([
            campaign.wire, day.wire, known.wire, cluster ?? "", column ?? "", level ?? "",
        ])
    }

    func answer(_ session: Session) async throws -> Answer {
        var request = EmulationV1.RankRequest()
        request.campaign = campaign.wire
        request.asOf = day.wire
        request.cluster = cluster ?? ""
        request.column = column ?? ""
        request.level = level ?? ""
        request.knownAt = known.wire
        request.freeze = freeze.wire
        return RankAnswer.of(try await session.read(EmulationV1.Emulation.rank, request))
    }
}

enum EmulationText {
    static let abstract = Phrase(
        "Thi đua, khen thưởng của đợt cao điểm.", "The campaign's emulation and commendation.")
    static let rank = Phrase("Điểm và hạng từng đơn vị.", "Points and rank of each unit.")
    static let cluster = Phrase(
        "Chỉ một cụm thi đua; mặc định toàn tỉnh.", "One cluster only; the province unless given.")
    static let column = Phrase(
        "Xếp theo cột của phiếu điểm: self, reviewed, decided; mặc định theo số liệu (computed).",
        "Rank by a column of the sheets: self, reviewed, decided; by the figures unless given.")
    static let level = Phrase(
        "unit (mặc định) hoặc officer: từng chấp hành viên theo các việc của mình.",
        "unit (default) or officer: officers by their own cases.")
}
