import ArgumentParser
import Wire

/// `caodiem law list|show|diff`
struct LawCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "law", abstract: LawCommandText.abstract.text,
            subcommands: [LawListCommand.self, LawShowCommand.self, LawDiffCommand.self])
    }

    @OptionGroup var globals: GlobalOptions
}

/// The day that the law is asked for.
struct LawDayOptions: ParsableArguments {
    @Option(help: LawCommandText.on.help) var on: CalendarDay?

    /// As it travels; empty lets the fleet take today in Vietnam.
    var wire: String { on?.iso ?? "" }
}

struct LawListCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: LawCommandText.list.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var day: LawDayOptions

    func answer(_ session: Session) async throws -> Answer {
        var request = LawV1.ListRequest()
        request.on = day.wire
        return LawListAnswer.of(try await session.read(LawV1.LawBook.list, request))
    }
}

struct LawShowCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: LawCommandText.show.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var day: LawDayOptions
    @Argument(help: LawCommandText.rule.help) var rule: String

    func answer(_ session: Session) async throws -> Answer {
        var request = LawV1.ShowRequest()
        request.rule = rule
        request.on = day.wire
        return LawRuleAnswer.of(try await session.read(LawV1.LawBook.show, request))
    }
}

struct LawDiffCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "diff", abstract: LawCommandText.diff.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: LawCommandText.from.help) var from: CalendarDay
    @Argument(help: LawCommandText.to.help) var to: CalendarDay

    func answer(_ session: Session) async throws -> Answer {
        var request = LawV1.DiffRequest()
        request.from = from.iso
        request.to = to.iso
        return LawDiffAnswer.of(try await session.read(LawV1.LawBook.diff, request))
    }
}

private enum LawCommandText {
    static let abstract = Phrase(
        "Bộ quy tắc pháp luật: thời hạn, ngưỡng, căn cứ theo ngày.",
        "The law book: periods, thresholds and grounds by day.")
    static let list = Phrase(
        "Mọi quy tắc có hiệu lực trong một ngày.", "Every rule in force on a day.")
    static let show = Phrase(
        "Một quy tắc với mọi giá trị theo thời gian.", "One rule with all its values in time.")
    static let diff = Phrase(
        "Quy tắc khác nhau giữa hai ngày.", "What differs between two days.")
    static let on = Phrase(
        "Ngày áp dụng, dạng 2021-05-31 hoặc 31/5/2021; mặc định hôm nay.",
        "The day, as 2021-05-31 or 31/5/2021; today unless given.")
    static let rule = Phrase("Mã quy tắc, ví dụ E-09 hoặc V-10.", "Id of the rule, e.g. E-09.")
    static let from = Phrase("Ngày thứ nhất.", "The first day.")
    static let to = Phrase("Ngày thứ hai.", "The second day.")
}
