import ArgumentParser
import Wire

/// `caodiem case show|record|decide|grounds|exemption`
struct CaseCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "case", abstract: CaseCommandText.abstract.text,
            subcommands: [
                CaseShowCommand.self, CaseRecordCommand.self, CaseDecideCommand.self,
                CaseGroundsCommand.self, CaseExemptionCommand.self,
            ])
    }

    @OptionGroup var globals: GlobalOptions
}

struct CaseShowCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: CaseCommandText.show.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var day: DayOptions
    @Argument(help: CaseCommandText.unit.help) var unit: String
    @Argument(help: CaseCommandText.decision.help) var decisionNo: String

    func answer(_ session: Session) async throws -> Answer {
        var request = CaseworkV1.ShowCaseRequest()
        request.unit = unit
        request.decisionNo = decisionNo
        request.asOf = day.wire
        return CaseAnswer.of(try await session.read(CaseworkV1.Casework.showCase, request))
    }
}

private enum CaseCommandText {
    static let abstract = Phrase("Việc thi hành án.", "Enforcement cases.")
    static let show = Phrase("Một việc với mọi dữ kiện.", "Shows one case with all its facts.")
    static let unit = Phrase("Mã đơn vị.", "Code of the unit.")
    static let decision = Phrase(
        "Số quyết định thi hành án.", "Number of the enforcement decision.")
}
