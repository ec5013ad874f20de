import ArgumentParser
import Wire

/// Which asset a command is about.
struct AssetArguments: ParsableArguments {
    @Argument(help: TrackCommandText.unit.help) var unit: String
    @Argument(help: TrackCommandText.decision.help) var decisionNo: String
    @Argument(help: TrackCommandText.asset.help) var assetNo: String
}

/// `caodiem auction show UNIT DECISION ASSET`
struct AuctionShowCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: TrackCommandText.show.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var asset: AssetArguments

    func answer(_ session: Session) async throws -> Answer {
        var request = AuctionV1.ShowTrackRequest()
        request.asOf = day.wire
        request.unit = asset.unit
        request.decisionNo = asset.decisionNo
        request.assetNo = asset.assetNo
        request.campaign = campaign.wire
        return AuctionTrackAnswer.of(try await session.read(AuctionV1.Auction.show, request))
    }
}

/// `caodiem auction watch`: the present tracks, then each that changes.
struct AuctionWatchCommand: FollowingCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "watch", abstract: TrackCommandText.watch.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var scope: AuctionScope

    var follow: Bool { true }

    func receive(_ session: Session, _ say: @escaping @Sendable (Answer) async -> Void) async throws
    {
        try await session.stream(AuctionV1.Auction.watch, scope.tracks, seconds: followSeconds) {
            if let answer = WatchedTrackAnswer.of($0) { await say(answer) }
        }
    }
}

/// `caodiem auction record EVENT UNIT DECISION ASSET`
struct AuctionRecordCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "record", abstract: TrackCommandText.record.text,
            discussion: TrackCommandText.events.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: TrackCommandText.event.help) var event: String
    @OptionGroup var asset: AssetArguments
    @Option(help: TrackCommandText.on.help) var on: CalendarDay?
    @OptionGroup var figures: RecordFigures

    func answer(_ session: Session) async throws -> Answer {
        var request = figures.request
        request.event = event.replacing("-", with: "_")
        request.unit = asset.unit
        request.decisionNo = asset.decisionNo
        request.assetNo = asset.assetNo
        request.on = on?.iso ?? ""
        return RecordedEventAnswer.of(try await session.change(AuctionV1.Auction.record, request))
    }
}

/// The figures of a recorded event; which ones are needed depends on the event.
struct RecordFigures: ParsableArguments {
    @Option(help: TrackCommandText.amount.help) var amount: Int64?
    @Option(help: TrackCommandText.outcome.help) var outcome: String?
    @Option(help: TrackCommandText.procedure.help) var procedure: String?
    @Option(help: TrackCommandText.house.help) var house: String?
    @Option(help: TrackCommandText.registrants.help) var registrants: Int64?
    @Option(help: TrackCommandText.deposit.help) var deposit: Int64?
    @Option(help: TrackCommandText.appraiser.help) var appraiser: String?
    @Option(help: TrackCommandText.validUntil.help) var validUntil: CalendarDay?
    @Option(help: TrackCommandText.kind.help) var kind: String?
    @Option(help: TrackCommandText.descriptionHelp.help) var description: String?
    @Flag(help: TrackCommandText.agreed.help) var agreed = false
    @Flag(help: TrackCommandText.breach.help) var breach = false

    var request: AuctionV1.RecordRequest {
        var request = AuctionV1.RecordRequest()
        request.amount = amount
        request.outcome = outcome ?? ""
        request.procedure = procedure ?? ""
        request.auctionHouse = house ?? ""
        request.registrants = registrants
        request.deposit = deposit
        request.appraiser = appraiser ?? ""
        request.validUntil = validUntil?.iso ?? ""
        request.assetKind = kind ?? ""
        request.descriptionField = description ?? ""
        request.agreed = agreed
        request.breach = breach
        return request
    }
}

private enum TrackCommandText {
    static let show = Phrase(
        "Quá trình xử lý một tài sản, từng bước có ngày và căn cứ.",
        "One asset's track as a dated line of steps with their articles.")
    static let watch = Phrase(
        "Theo dõi: các tài sản hiện tại, rồi từng thay đổi.",
        "Watches: the present tracks, then each that changes.")
    static let record = Phrase(
        "Ghi một việc đã làm; việc trái luật bị từ chối kèm căn cứ.",
        "Records one event; what the law forbids is refused with its article.")
    static let events = Phrase(
        "Việc: seized, valuation-contract, valued, revalued, auction-contract, posted, notice-1, "
            + "notice-2, held, notified, reduction-notice, reduced, offered, accepted, refused, "
            + "debtor-notified, paid, delivered, cancelled, taken, redeemed, released, returned.",
        "Events: seized, valuation-contract, valued, revalued, auction-contract, posted, notice-1, "
            + "notice-2, held, notified, reduction-notice, reduced, offered, accepted, refused, "
            + "debtor-notified, paid, delivered, cancelled, taken, redeemed, released, returned.")
    static let event = Phrase("Việc đã làm.", "The event.")
    static let unit = Phrase("Mã đơn vị.", "Code of the unit.")
    static let decision = Phrase(
        "Số quyết định thi hành án.", "Number of the enforcement decision.")
    static let asset = Phrase("Số tài sản.", "Number of the asset.")
    static let on = Phrase("Ngày của việc đó; mặc định hôm nay.", "Its day; today unless given.")
    static let amount = Phrase(
        "Giá trị, giá khởi điểm, giá bán hoặc giá sau khi giảm, bằng đồng.",
        "Value, starting price, price or reduced price, in đồng.")
    static let outcome = Phrase(
        "Kết quả: no_participants, no_bids, failed, sold.",
        "Outcome: no_participants, no_bids, failed, sold.")
    static let procedure = Phrase(
        "Thủ tục: ordinary hoặc shortened.", "Procedure: ordinary or shortened.")
    static let house = Phrase("Tổ chức đấu giá.", "The auction house.")
    static let registrants = Phrase("Số người đăng ký.", "How many registered.")
    static let deposit = Phrase("Tiền đặt trước, bằng đồng.", "The deposit, in đồng.")
    static let appraiser = Phrase("Tổ chức thẩm định giá.", "The appraiser.")
    static let validUntil = Phrase(
        "Chứng thư có hiệu lực đến ngày.", "The certificate's last day.")
    static let kind = Phrase(
        "Loại tài sản: real_estate hoặc movable.", "Kind of asset: real_estate or movable.")
    static let descriptionHelp = Phrase("Mô tả tài sản.", "Description of the asset.")
    static let agreed = Phrase(
        "Các bên thỏa thuận mức giảm (Điều 104.1).", "The parties agreed on the reduction (104.1).")
    static let breach = Phrase(
        "Định giá lại do vi phạm nghiêm trọng (Điều 99.1.a).",
        "Valued again for a serious breach (99.1.a).")
}
