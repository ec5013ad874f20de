import ArgumentParser
import Wire

/// `caodiem nominate propose|check|submit|replace|lock`
struct NominateCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "nominate", abstract: NominateText.abstract.text,
            subcommands: [
                NominateProposeCommand.self, NominateCheckCommand.self,
                NominateSubmitCommand.self, NominateReplaceCommand.self, NominateLockCommand.self,
            ])
    }

    @OptionGroup var globals: GlobalOptions
}

/// Which lists are asked for.
struct ListScope: ParsableArguments {
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var unit: UnitOptions
    @Option(help: NominateText.list.help) var list: String?

    var request: CampaignV1.ListRequest {
        var request = CampaignV1.ListRequest()
        request.campaign = campaign.wire
        request.asOf = day.wire
        request.unit = unit.wire
        request.list = list ?? ""
        return request
    }
}

struct NominateProposeCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "propose", abstract: NominateText.propose.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var scope: ListScope

    func answer(_ session: Session) async throws -> Answer {
        NominationsAnswer(
            try await session.collect(CampaignV1.Campaign.propose, scope.request), isCheck: false
        ).answer
    }
}

struct NominateCheckCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "check", abstract: NominateText.check.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var scope: ListScope

    func answer(_ session: Session) async throws -> Answer {
        NominationsAnswer(
            try await session.collect(CampaignV1.Campaign.check, scope.request), isCheck: true
        ).answer
    }
}

/// The one list of one unit that is changed.
struct OneList: ParsableArguments {
    @OptionGroup var campaign: CampaignOptions
    @Option(help: NominateText.list.help) var list: String
    @Option(help: NominateText.unit.help) var unit: String
}

struct NominateSubmitCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "submit", abstract: NominateText.submit.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var target: OneList
    @Option(name: .customLong("on"), help: NominateText.on.help) var day: CalendarDay?
    @Option(help: NominateText.despite.help) var reason: String?
    @Argument(help: NominateText.numbers.help) var decisionNos: [String] = []

    func answer(_ session: Session) async throws -> Answer {
        var request = CampaignV1.SubmitRequest()
        request.campaign = target.campaign.wire
        request.list = target.list
        request.unit = target.unit
        request.decisionNos = decisionNos
        request.reason = reason ?? ""
        request.submittedOn = day?.iso ?? ""
        return ListChangeAnswer.of(try await session.change(CampaignV1.Campaign.submit, request))
    }
}

struct NominateReplaceCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "replace", abstract: NominateText.replace.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var target: OneList
    @Option(name: .customLong("on"), help: NominateText.on.help) var day: CalendarDay?
    @Option(help: NominateText.reason.help) var reason: String
    @Argument(help: NominateText.withdrawn.help) var withdrawn: String
    @Argument(help: NominateText.added.help) var added: String

    func answer(_ session: Session) async throws -> Answer {
        var request = CampaignV1.ReplaceRequest()
        request.campaign = target.campaign.wire
        request.list = target.list
        request.unit = target.unit
        request.withdrawn = withdrawn
        request.added = added
        request.reason = reason
        request.replacedOn = day?.iso ?? ""
        return ListChangeAnswer.of(try await session.change(CampaignV1.Campaign.replace, request))
    }
}

struct NominateLockCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "lock", abstract: NominateText.lock.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var unit: UnitOptions
    @Option(help: NominateText.list.help) var list: String

    func answer(_ session: Session) async throws -> Answer {
        var request = CampaignV1.LockRequest()
        request.campaign = campaign.wire
        request.list = list
        request.unit = unit.wire
        return ListChangeAnswer.of(try await session.change(CampaignV1.Campaign.lock, request))
    }
}

private enum NominateText {
    static let abstract = Phrase("Danh sách việc của đợt.", "The campaign's lists of cases.")
    static let propose = Phrase(
        "Việc nào thuộc danh sách: lớn nhất còn lại, và vì sao việc lớn khác không được.",
        "Which cases belong on a list: the largest that remain, and why others may not.")
    static let check = Phrase(
        "Soát danh sách đã nộp: nộp muộn, thiếu, việc lớn bị để ngoài.",
        "Checks the lists handed in: late, short, larger cases left out.")
    static let submit = Phrase(
        "Nộp việc vào danh sách; không nêu việc nào thì nộp đúng đề xuất.",
        "Hands in cases; without any, those that are proposed.")
    static let replace = Phrase(
        "Thay một việc trong danh sách, có lý do.", "Replaces a case, with a reason.")
    static let lock = Phrase("Khóa danh sách.", "Closes a list.")
    static let list = Phrase("Mã danh sách trong kế hoạch.", "Id of the plan's list.")
    static let unit = Phrase("Mã đơn vị.", "Code of the unit.")
    static let on = Phrase("Ngày nộp; mặc định hôm nay.", "Day of submission; today unless given.")
    static let reason = Phrase("Lý do.", "The reason.")
    static let despite = Phrase(
        "Lý do đưa vào việc không đủ điều kiện.", "Why cases that are not eligible are listed.")
    static let numbers = Phrase("Các số quyết định.", "Numbers of the decisions.")
    static let withdrawn = Phrase("Số quyết định rút ra.", "Number of the case taken off.")
    static let added = Phrase("Số quyết định đưa vào.", "Number of the case put on.")
}
