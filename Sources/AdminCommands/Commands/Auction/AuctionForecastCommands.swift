import ArgumentParser
import Wire

/// `caodiem auction simulate`
struct AuctionSimulateCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "simulate", abstract: ForecastCommandText.simulate.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @Argument(help: ForecastCommandText.unit.help) var unit: String
    @Argument(help: ForecastCommandText.decision.help) var decisionNo: String
    @Argument(help: ForecastCommandText.asset.help) var assetNo: String
    @Option(help: ForecastCommandText.reduction.help) var reduction: String?

    func answer(_ session: Session) async throws -> Answer {
        var request = AuctionV1.SimulateRequest()
        request.unit = unit
        request.decisionNo = decisionNo
        request.assetNo = assetNo
        request.asOf = day.wire
        request.campaign = campaign.wire
        request.reduction = reduction ?? ""
        return AuctionSimulationAnswer.of(
            try await session.read(AuctionV1.Auction.simulate, request))
    }
}

/// `caodiem auction outlook`
struct AuctionOutlookCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "outlook", abstract: ForecastCommandText.outlook.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var scope: AuctionScope

    func answer(_ session: Session) async throws -> Answer {
        var request = AuctionV1.OutlookRequest()
        request.unit = scope.unit.wire
        request.asOf = scope.day.wire
        request.campaign = scope.campaign.wire
        return AuctionOutlookAnswer.of(
            try await session.read(AuctionV1.Auction.outlook, request))
    }
}

private enum ForecastCommandText {
    static let simulate = Phrase(
        "Mọi đường đi hợp luật của một tài sản và ngày sớm nhất của từng bước.",
        "All lawful ways of one asset and the earliest day of each step.")
    static let outlook = Phrase(
        "Việc trong danh sách còn kịp chỉ tiêu không, bước tiếp theo chậm nhất ngày nào.",
        "Which listed cases can still make the targets, and the last day of their next step.")
    static let unit = Phrase("Mã đơn vị.", "Code of the unit.")
    static let decision = Phrase(
        "Số quyết định thi hành án.", "Number of the enforcement decision.")
    static let asset = Phrase("Số của tài sản trong việc.", "Number of the asset in the case.")
    static let reduction = Phrase(
        "Mức giảm mỗi lần, như 5%; mặc định mức tối đa của luật và một nửa mức đó.",
        "Share taken off at each reduction, as 5%; the law's cap and half of it unless given.")
}
