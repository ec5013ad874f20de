import ArgumentParser
import Wire

/// `caodiem campaign freeze --as-of DATE`
struct CampaignFreezeCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "freeze", abstract: FreezeText.freeze.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions

    func answer(_ session: Session) async throws -> Answer {
        var request = CampaignV1.FreezeRequest()
        request.campaign = campaign.wire
        request.asOf = day.wire
        return FreezeAnswers.frozen(try await session.change(CampaignV1.Campaign.freeze, request))
    }
}

/// `caodiem campaign freezes`
struct CampaignFreezesCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "freezes", abstract: FreezeText.freezes.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions

    func answer(_ session: Session) async throws -> Answer {
        var request = CampaignV1.FreezesRequest()
        request.campaign = campaign.wire
        return FreezeAnswers.list(try await session.read(CampaignV1.Campaign.freezes, request))
    }
}

/// `caodiem.campaign-freeze/1` and `caodiem.campaign-freezes/1`
enum FreezeAnswers {
    static func frozen(_ entry: CampaignV1.FreezeEntry) -> Answer {
        Answer(.answer("campaign-freeze/1", members(entry))) { terminal in
            terminal.fields([
                (FreezeText.id, "\(entry.id) (\(Terms.freezeStatus[entry.status]))"),
                (FreezeText.plan, "\(entry.campaign), \(entry.planVersion)"),
                (FreezeText.asOf, Formats.day(entry.asOf)),
                (FreezeText.knownAt, Formats.count(entry.knownAt)),
                (ScoreText.lawBook, entry.lawBook),
                (FreezeText.digest, entry.sha256),
            ])
        }
    }

    static func list(_ reply: CampaignV1.FreezesReply) -> Answer {
        let json = JSON.answer(
            "campaign-freezes/1",
            [.init("freezes", .list(reply.freezes) { .object(members($0)) })])
        return Answer(json) { terminal in
            guard !reply.freezes.isEmpty else { return FreezeText.none.text }
            var table = Table([
                Column(FreezeText.id), Column(FreezeText.plan), Column(FreezeText.asOf),
                Column(FreezeText.knownAt, .right, dropOrder: 2), Column(FreezeText.on),
                Column(FreezeText.state), Column(FreezeText.by, dropOrder: 1),
            ])
            for entry in reply.freezes {
                table.add([
                    Cell(entry.id), Cell("\(entry.campaign), \(entry.planVersion)"),
                    Cell(Formats.day(entry.asOf)), Cell(Formats.count(entry.knownAt)),
                    Cell(Formats.day(entry.frozenOn)),
                    Cell(
                        Terms.freezeStatus[entry.status],
                        entry.status == "damaged" ? .bad : .plain),
                    Cell(entry.principal),
                ])
            }
            return table.rendered(on: terminal)
        }
    }

    private static func members(_ entry: CampaignV1.FreezeEntry) -> [JSON.Member] {
        [
            .init("freeze", .string(entry.id)),
            .init("campaign", .string(entry.campaign)),
            .init("plan_version", .number(entry.planVersion)),
            .init("as_of", .string(entry.asOf)),
            .init("law_book", .string(entry.lawBook)),
            .init("known_at", .number(entry.knownAt)),
            .init("change", .number(entry.change)),
            .init("sha256", .string(entry.sha256)),
            .init("status", .string(entry.status)),
            .init("principal", .string(entry.principal)),
            .init("frozen_on", .string(entry.frozenOn)),
        ]
    }
}

private enum FreezeText {
    static let freeze = Phrase(
        "Chốt số liệu một ngày: bảng điểm và xếp hạng được giữ nguyên mãi.",
        "Freezes the figures of a day: scores and ranks are kept for ever.")
    static let freezes = Phrase("Các bản chốt số liệu.", "The freezes made so far.")
    static let id = Phrase("Bản chốt", "Freeze")
    static let plan = Phrase("Kế hoạch, bản", "Plan, version")
    static let asOf = Phrase("Số liệu đến ngày", "As of")
    static let knownAt = Phrase("Thay đổi cuối đã biết", "Last change known")
    static let on = Phrase("Chốt ngày", "Frozen on")
    static let by = Phrase("Người chốt", "By")
    static let state = Phrase("Tình trạng", "State")
    static let digest = Phrase("Mã băm", "Digest")
    static let none = Phrase("Chưa có bản chốt số liệu nào.", "Nothing has been frozen yet.")
}
