import ArgumentParser
import Wire

/// `caodiem score [explain]`
struct ScoreCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "score", abstract: ScoreCommandText.abstract.text,
            subcommands: [
                ScoreExplainCommand.self, ScoreDiffCommand.self, ScoreForecastCommand.self,
                ScoreWatchCommand.self,
            ])
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var unit: UnitOptions
    @OptionGroup var known: KnownAtOptions
    @OptionGroup var freeze: FreezeOptions

    func validate() throws {
        try freeze.refuseBeside([campaign.wire, day.wire, known.wire])
    }

    func answer(_ session: Session) async throws -> Answer {
        var request = ScoringV1.ScoreRequest()
        request.knownAt = known.wire
        request.freeze = freeze.wire
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
    @OptionGroup var known: KnownAtOptions
    @Option(help: ScoreCommandText.target.help) var target: String

    func validate() throws {
        if unit.unit == nil { throw ValidationError(ScoreCommandText.unitMissing.text) }
    }

    func answer(_ session: Session) async throws -> Answer {
        var request = ScoringV1.ExplainRequest()
        request.knownAt = known.wire
        request.campaign = campaign.wire
        request.asOf = day.wire
        request.unit = unit.wire
        request.target = target
        return ExplainAnswer(try await session.collect(ScoringV1.Scoring.explain, request)).answer
    }
}

/// `caodiem score diff --freeze ID [--as-of DATE]`
struct ScoreDiffCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "diff", abstract: ScoreCommandText.diff.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var unit: UnitOptions
    @OptionGroup var freeze: FreezeOptions

    func validate() throws {
        if freeze.freeze == nil { throw ValidationError(ScoreCommandText.freezeMissing.text) }
    }

    func answer(_ session: Session) async throws -> Answer {
        var request = ScoringV1.DiffRequest()
        request.freeze = freeze.wire
        request.asOf = day.wire
        request.unit = unit.wire
        return ScoreDiffAnswer(try await session.collect(ScoringV1.Scoring.diff, request)).answer
    }
}

private enum ScoreCommandText {
    static let diff = Phrase(
        "Số liệu đã đổi so với bản chốt: việc nào, do lần nhập nào.",
        "What has changed since a freeze: which cases, by which imports.")
    static let freezeMissing = Phrase("thiếu --freeze MÃ_BẢN_CHỐT", "--freeze ID is missing")
    static let abstract = Phrase(
        "Bảng kết quả từng đơn vị theo từng chỉ tiêu.", "Each unit against each target.")
    static let explain = Phrase(
        "Từng việc của một chỉ tiêu: tính hay không, vì sao.",
        "Each case of a target: in or out, and why.")
    static let target = Phrase("Mã chỉ tiêu.", "Id of the target.")
    static let unitMissing = Phrase("thiếu --unit MÃ_ĐƠN_VỊ", "--unit CODE is missing")
}
