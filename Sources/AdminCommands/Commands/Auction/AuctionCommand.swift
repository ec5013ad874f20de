import ArgumentParser
import Wire

/// `caodiem auction list|show|next|gaps|record|watch|simulate|outlook|house|appraiser|signals`
struct AuctionCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "auction", abstract: AuctionCommandText.abstract.text,
            subcommands: [
                AuctionListCommand.self, AuctionShowCommand.self, AuctionNextCommand.self,
                AuctionGapsCommand.self, AuctionRecordCommand.self, AuctionWatchCommand.self,
                AuctionSimulateCommand.self, AuctionOutlookCommand.self,
                AuctionHouseCommand.self, AuctionAppraiserCommand.self, AuctionSignalsCommand.self,
            ])
    }

    @OptionGroup var globals: GlobalOptions
}

/// The scope that the auction commands share.
struct AuctionScope: ParsableArguments {
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var unit: UnitOptions
    @OptionGroup var known: KnownAtOptions

    var tracks: AuctionV1.TracksRequest {
        var request = AuctionV1.TracksRequest()
        request.asOf = day.wire
        request.unit = unit.wire
        request.campaign = campaign.wire
        request.knownAt = known.wire
        return request
    }
}

struct AuctionListCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: AuctionCommandText.list.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var scope: AuctionScope

    func answer(_ session: Session) async throws -> Answer {
        AuctionListAnswer.of(try await session.collect(AuctionV1.Auction.list, scope.tracks))
    }
}

struct AuctionGapsCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "gaps", abstract: AuctionCommandText.gaps.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var scope: AuctionScope
    @Flag(help: AuctionCommandText.past.help) var past = false
    @Flag(help: AuctionCommandText.sum.help) var sum = false

    func answer(_ session: Session) async throws -> Answer {
        var request = AuctionV1.GapsRequest()
        request.asOf = scope.day.wire
        request.unit = scope.unit.wire
        request.campaign = scope.campaign.wire
        request.knownAt = scope.known.wire
        request.past = past
        request.sum = sum
        let gaps = try await session.collect(AuctionV1.Auction.gaps, request)
        return AuctionGapsAnswer.of(gaps, past: past, sum: sum)
    }
}

struct AuctionNextCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "next", abstract: AuctionCommandText.next.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var scope: AuctionScope

    func answer(_ session: Session) async throws -> Answer {
        AuctionNextAnswer.of(try await session.collect(AuctionV1.Auction.next, scope.tracks))
    }
}

private enum AuctionCommandText {
    static let abstract = Phrase("Đấu giá tài sản kê biên.", "Auctions of seized assets.")
    static let list = Phrase(
        "Từng tài sản kê biên đang ở bước nào.", "Where each seized asset stands.")
    static let gaps = Phrase(
        "Các bước đã quá hạn mà chưa làm.", "Steps that are due and not done.")
    static let past = Phrase("Kể cả các bước đã làm nhưng trễ.", "Also steps that were done late.")
    static let sum = Phrase(
        "Kèm tổng số ngày mất của từng chấp hành viên.",
        "With the days lost by each officer.")
    static let next = Phrase(
        "Bước tiếp theo của từng tài sản và hạn.", "The next step of each asset and its due day.")
}
