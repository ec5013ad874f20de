import ArgumentParser
import Wire

/// `caodiem emulation sheet UNIT`
struct EmulationSheetCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "sheet", abstract: SheetText.sheet.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @Argument(help: SheetText.unit.help) var unit: String

    func answer(_ session: Session) async throws -> Answer {
        var request = EmulationV1.SheetRequest()
        request.campaign = campaign.wire
        request.asOf = day.wire
        request.unit = unit
        return SheetAnswer.of(try await session.read(EmulationV1.Emulation.sheet, request))
    }
}

/// What fills a column: points by criterion, with evidence and reasons.
struct EntryOptions: ParsableArguments {
    @Option(name: .customLong("points"), help: SheetText.points.help) var points: [String] = []
    @Option(name: .customLong("bonus"), help: SheetText.bonus.help) var bonuses: [String] = []
    @Option(name: .customLong("evidence"), help: SheetText.evidence.help)
    var evidence: [String] = []
    @Option(name: .customLong("reason"), help: SheetText.reason.help) var reasons: [String] = []

    /// One entry a criterion, in the order in which they are named.
    func wire() throws(Trouble) -> [EmulationV1.EntryPoints] {
        var entries: [EmulationV1.EntryPoints] = []
        for (values, option, path) in fields {
            for value in values {
                let (criterion, text) = try keyed(value, option)
                let index =
                    entries.firstIndex { $0.criterion == criterion } ?? entries.count
                if index == entries.count {
                    var entry = EmulationV1.EntryPoints()
                    entry.criterion = criterion
                    entries.append(entry)
                }
                guard entries[index][keyPath: path].isEmpty else {
                    throw .usage(SheetText.twice(option, criterion), field: option)
                }
                entries[index][keyPath: path] = text
            }
        }
        return entries
    }

    private var fields: [([String], String, WritableKeyPath<EmulationV1.EntryPoints, String>)] {
        [
            (points, "--points", \.points), (bonuses, "--bonus", \.bonus),
            (evidence, "--evidence", \.evidence), (reasons, "--reason", \.reason),
        ]
    }
}

/// `NAME=VALUE`, both there.
func keyed(_ text: String, _ option: String) throws(Trouble) -> (name: String, value: String) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex,
        text.index(after: equals) < text.endIndex
    else { throw .usage(SheetText.notKeyed(text), field: option) }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
}

/// What the three commands that fill a column have in common.
struct ColumnOptions: ParsableArguments {
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var entries: EntryOptions
    @Argument(help: SheetText.unit.help) var unit: String

    func request() throws(Trouble) -> EmulationV1.ScoreRequest {
        var request = EmulationV1.ScoreRequest()
        request.campaign = campaign.wire
        request.asOf = day.wire
        request.unit = unit
        request.entries = try entries.wire()
        return request
    }
}

struct EmulationSubmitCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "submit", abstract: SheetText.submit.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var column: ColumnOptions

    func answer(_ session: Session) async throws -> Answer {
        SheetAnswer.of(
            try await session.change(EmulationV1.Emulation.submit, try column.request()))
    }
}

struct EmulationReviewCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "review", abstract: SheetText.review.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var column: ColumnOptions

    func answer(_ session: Session) async throws -> Answer {
        SheetAnswer.of(
            try await session.change(EmulationV1.Emulation.review, try column.request()))
    }
}

struct EmulationDecideCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "decide", abstract: SheetText.decide.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var column: ColumnOptions

    func answer(_ session: Session) async throws -> Answer {
        SheetAnswer.of(
            try await session.change(EmulationV1.Emulation.decide, try column.request()))
    }
}

struct EmulationObjectCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "object", abstract: SheetText.object.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @Argument(help: SheetText.unit.help) var unit: String
    @Option(help: SheetText.criterion.help) var criterion: String?
    @Option(help: SheetText.text.help) var text: String

    func answer(_ session: Session) async throws -> Answer {
        var request = EmulationV1.ObjectRequest()
        request.campaign = campaign.wire
        request.unit = unit
        request.criterion = criterion ?? ""
        request.text = text
        return SheetAnswer.of(try await session.change(EmulationV1.Emulation.object, request))
    }
}

struct EmulationAnswerCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "answer", abstract: SheetText.answer.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @Argument(help: SheetText.unit.help) var unit: String
    @Argument(help: SheetText.number.help) var number: UInt64
    @Argument(help: SheetText.outcome.help) var outcome: String
    @Option(help: SheetText.text.help) var text: String

    func answer(_ session: Session) async throws -> Answer {
        var request = EmulationV1.AnswerRequest()
        request.campaign = campaign.wire
        request.unit = unit
        request.number = number
        request.outcome = outcome
        request.text = text
        return SheetAnswer.of(
            try await session.change(EmulationV1.Emulation.answerObjection, request))
    }
}

private enum SheetText {
    static let sheet = Phrase("Phiếu điểm của một đơn vị.", "The score sheet of a unit.")
    static let unit = Phrase("Mã đơn vị.", "Code of the unit.")
    static let submit = Phrase("Đơn vị tự chấm điểm.", "The unit scores itself.")
    static let review = Phrase("Hội đồng thẩm định điểm.", "The council reviews the points.")
    static let decide = Phrase(
        "Người đứng đầu quyết định điểm; phiếu khóa lại mãi mãi.",
        "The head decides the points; the sheet is locked for ever.")
    static let object = Phrase(
        "Đơn vị khiếu nại kết quả thẩm định hoặc quyết định.",
        "The unit objects to the review or the decision.")
    static let answer = Phrase("Trả lời khiếu nại.", "Answers an objection.")
    static let points = Phrase(
        "Điểm của một tiêu chí, dạng TIÊU_CHÍ=12.5; lặp lại được. Tiêu chí không nêu giữ điểm cột trước.",
        "Points of a criterion, as CRITERION=12.5; may be repeated. Others keep the column before.")
    static let bonus = Phrase(
        "Điểm thưởng, dạng TIÊU_CHÍ=1.", "Bonus points, as CRITERION=1.")
    static let evidence = Phrase(
        "Tài liệu kiểm chứng, dạng TIÊU_CHÍ=NỘI_DUNG.", "Evidence, as CRITERION=TEXT.")
    static let reason = Phrase(
        "Lý do khác cột trước, dạng TIÊU_CHÍ=NỘI_DUNG.",
        "Why it differs from the column before, as CRITERION=TEXT.")
    static let criterion = Phrase(
        "Tiêu chí bị khiếu nại; mặc định cả phiếu.",
        "The criterion objected to; the whole sheet unless given.")
    static let text = Phrase("Nội dung.", "What is to be said.")
    static let number = Phrase("Số của khiếu nại.", "Number of the objection.")
    static let outcome = Phrase("upheld (chấp nhận) hoặc rejected (bác).", "upheld or rejected.")

    static func notKeyed(_ text: String) -> Phrase {
        Phrase("“\(text)” cần dạng TÊN=GIÁ_TRỊ", "“\(text)” must be NAME=VALUE")
    }
    static func twice(_ option: String, _ criterion: String) -> Phrase {
        Phrase(
            "\(option) của “\(criterion)” được nêu hai lần",
            "\(option) of “\(criterion)” is given twice")
    }
}
