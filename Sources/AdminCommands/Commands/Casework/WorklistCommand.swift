import ArgumentParser
import Wire

/// `caodiem worklist [--unit CODE] [--officer CODE] [--as-of DATE] [--within DAYS]`
struct WorklistCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "worklist", abstract: WorklistCommandText.worklist.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var unit: UnitOptions
    @OptionGroup var campaign: CampaignOptions
    @Option(help: WorklistCommandText.officer.help) var officer: String?
    @Option(help: WorklistCommandText.within.help) var within: UInt32?

    func validate() throws {
        guard let within, within > 3_660 else { return }
        throw ValidationError(WorklistCommandText.tooFar.text)
    }

    func answer(_ session: Session) async throws -> Answer {
        var request = CaseworkV1.WorklistRequest()
        request.asOf = day.wire
        request.unit = unit.wire
        request.campaign = campaign.wire
        request.officer = officer ?? ""
        request.within = within
        return WorklistAnswer.of(try await session.collect(CaseworkV1.Casework.worklist, request))
    }
}

/// `caodiem register [--unit CODE] [--officer CODE] [--as-of DATE] [--from DATE]`
struct RegisterCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "register", abstract: WorklistCommandText.register.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var unit: UnitOptions
    @OptionGroup var campaign: CampaignOptions
    @Option(help: WorklistCommandText.officer.help) var officer: String?
    @Option(help: WorklistCommandText.from.help) var from: CalendarDay?

    func answer(_ session: Session) async throws -> Answer {
        var request = CaseworkV1.RegisterRequest()
        request.asOf = day.wire
        request.unit = unit.wire
        request.campaign = campaign.wire
        request.officer = officer ?? ""
        request.from = from?.iso ?? ""
        return RegisterAnswer.of(try await session.collect(CaseworkV1.Casework.register, request))
    }
}

private enum WorklistCommandText {
    static let worklist = Phrase(
        "Việc phải làm: đã quá hạn và sắp đến hạn.", "What is to be done: overdue and coming.")
    static let register = Phrase(
        "Sổ chấp hành: việc làm trễ, bỏ sót, không đúng luật.",
        "Compliance register: what was late, missed, or not as the law allows.")
    static let officer = Phrase("Mã chấp hành viên.", "Code of the officer.")
    static let within = Phrase(
        "Số ngày nhìn trước; mặc định 7. Việc quá hạn luôn có.",
        "How many days to look ahead; 7 unless given. Overdue ones always.")
    static let tooFar = Phrase(
        "--within phải từ 0 đến 3660 ngày", "--within must be from 0 to 3660 days")
    static let from = Phrase(
        "Chỉ lấy từ ngày này trở đi.", "Findings of this day and later alone.")
}
