import ArgumentParser
import Wire

/// `caodiem score [explain]`
struct ScoreCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "score", abstract: ScoreCommandText.abstract.text,
            subcommands: [ScoreExplainCommand.self])
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var unit: UnitOptions

    func answer(_ session: Session) async throws -> Answer {
        var request = ScoringV1.ScoreRequest()
        request.campaign = campaign.wire
        request.asOf = day.wire
        request.unit = unit.wire
        let reply = try await session.read(ScoringV1.Scoring.score, request)
        return ScoreAnswer.of(reply, oneUnit: unit.unit != nil)
    }
}

/// `caodiem score explain --target ID --unit CODE`
struct ScoreExplainCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "explain", abstract: ScoreCommandText.explain.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var unit: UnitOptions
    @Option(help: ScoreCommandText.target.help) var target: String

    func validate() throws {
        if unit.unit == nil { throw ValidationError(ScoreCommandText.unitMissing.text) }
    }

    func answer(_ session: Session) async throws -> Answer {
        var request = ScoringV1.ExplainRequest()
        request.campaign = campaign.wire
        request.asOf = day.wire
        request.unit = unit.wire
        request.target = target
        return ExplainAnswer(try await session.collect(ScoringV1.Scoring.explain, request)).answer
    }
}

private enum ScoreCommandText {
    static let abstract = Phrase(
        "Bảng kết quả từng đơn vị theo từng chỉ tiêu.", "Each unit against each target.")
    static let explain = Phrase(
        "Từng việc của một chỉ tiêu: tính hay không, vì sao.",
        "Each case of a target: in or out, and why.")
    static let target = Phrase("Mã chỉ tiêu.", "Id of the target.")
    static let unitMissing = Phrase("thiếu --unit MÃ_ĐƠN_VỊ", "--unit CODE is missing")
}
