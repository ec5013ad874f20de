import ArgumentParser
import Wire

/// `caodiem auction house list|show`
struct AuctionHouseCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "house", abstract: FirmCommandText.houses.text,
            subcommands: [AuctionHouseListCommand.self, AuctionHouseShowCommand.self])
    }

    @OptionGroup var globals: GlobalOptions
}

/// `caodiem auction appraiser list|show`
struct AuctionAppraiserCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "appraiser", abstract: FirmCommandText.appraisers.text,
            subcommands: [AuctionAppraiserListCommand.self, AuctionAppraiserShowCommand.self])
    }

    @OptionGroup var globals: GlobalOptions
}

/// The day and the unit whose facts make a firm's record.
struct FirmScope: ParsableArguments {
    @OptionGroup var day: DayOptions
    @OptionGroup var unit: UnitOptions

    func request(firm: String = "") -> AuctionV1.FirmsRequest {
        var request = AuctionV1.FirmsRequest()
        request.asOf = day.wire
        request.unit = unit.wire
        request.firm = firm
        return request
    }
}

struct AuctionHouseListCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: FirmCommandText.houseList.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var scope: FirmScope

    func answer(_ session: Session) async throws -> Answer {
        let firms = try await session.collect(
            AuctionV1.Auction.houses, scope.request())
        return AuctionFirmsAnswer.of(firms, .houses)
    }
}

struct AuctionHouseShowCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: FirmCommandText.houseShow.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var scope: FirmScope
    @Argument(help: FirmCommandText.code.help) var code: String

    func answer(_ session: Session) async throws -> Answer {
        let firms = try await session.collect(
            AuctionV1.Auction.houses, scope.request(firm: code))
        return AuctionFirmsAnswer.of(firms, .houses, whole: true)
    }
}

struct AuctionAppraiserListCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: FirmCommandText.appraiserList.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var scope: FirmScope

    func answer(_ session: Session) async throws -> Answer {
        let firms = try await session.collect(
            AuctionV1.Auction.appraisers, scope.request())
        return AuctionFirmsAnswer.of(firms, .appraisers)
    }
}

struct AuctionAppraiserShowCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: FirmCommandText.appraiserShow.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var scope: FirmScope
    @Argument(help: FirmCommandText.code.help) var code: String

    func answer(_ session: Session) async throws -> Answer {
        let firms = try await session.collect(
            AuctionV1.Auction.appraisers, scope.request(firm: code))
        return AuctionFirmsAnswer.of(firms, .appraisers, whole: true)
    }
}

/// `caodiem auction signals`
struct AuctionSignalsCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "signals", abstract: FirmCommandText.signals.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var unit: UnitOptions

    func answer(_ session: Session) async throws -> Answer {
        var request = AuctionV1.SignalsRequest()
        request.asOf = day.wire
        request.unit = unit.wire
        let signals = try await session.collect(AuctionV1.Auction.signals, request)
        return AuctionSignalsAnswer.of(signals)
    }
}

private enum FirmCommandText {
    static let houses = Phrase("Các tổ chức đấu giá.", "Auction houses.")
    static let appraisers = Phrase("Các tổ chức thẩm định giá.", "Appraisers.")
    static let houseList = Phrase(
        "Tổ chức đấu giá, giấy phép và kết quả của từng tổ chức.",
        "Auction houses, their licences and records.")
    static let houseShow = Phrase(
        "Một tổ chức đấu giá với mọi số liệu.", "One auction house with all figures.")
    static let appraiserList = Phrase(
        "Tổ chức thẩm định giá, giấy phép và kết quả của từng tổ chức.",
        "Appraisers, their licences and records.")
    static let appraiserShow = Phrase(
        "Một tổ chức thẩm định giá với mọi số liệu.", "One appraiser with all figures.")
    static let code = Phrase("Mã hoặc tên của tổ chức.", "Code or name of the firm.")
    static let signals = Phrase(
        "Dấu hiệu cần xem xét: thông đồng, thất thoát; có chứng cứ, không kết luận.",
        "Patterns to look at: collusion, loss; evidence, no verdict.")
}
