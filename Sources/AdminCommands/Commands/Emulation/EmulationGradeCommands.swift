import ArgumentParser
import Wire

/// `caodiem emulation grades`
struct EmulationGradesCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "grades", abstract: Words.grades.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var unit: UnitOptions

    func answer(_ session: Session) async throws -> Answer {
        var request = EmulationV1.GradesRequest()
        request.campaign = campaign.wire
        request.asOf = day.wire
        request.unit = unit.wire
        return GradesAnswer.of(
            try await session.read(EmulationV1.Emulation.grades, request),
            oneUnit: !request.unit.isEmpty)
    }
}

/// `caodiem emulation propose KIND CODE TITLE --reason TEXT`
struct EmulationProposeCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "propose", abstract: Words.propose.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @Argument(help: Words.kind.help) var kind: String
    @Argument(help: Words.code.help) var code: String
    @Argument(help: Words.title.help) var title: String
    @Option(help: Words.reason.help) var reason: String

    func answer(_ session: Session) async throws -> Answer {
        var request = EmulationV1.ProposeRequest()
        request.campaign = campaign.wire
        request.asOf = day.wire
        request.kind = kind
        request.code = code
        request.title = title
        request.reason = reason
        return ProposalsAnswer.of(
            try await session.change(EmulationV1.Emulation.propose, request))
    }
}

/// `caodiem emulation proposals [--state draft]`
struct EmulationProposalsCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "proposals", abstract: Words.proposals.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @Option(help: Words.state.help) var state: String?

    func answer(_ session: Session) async throws -> Answer {
        var request = EmulationV1.ProposalsRequest()
        request.campaign = campaign.wire
        request.state = state ?? ""
        return ProposalsAnswer.of(
            try await session.read(EmulationV1.Emulation.proposals, request))
    }
}

/// `caodiem emulation award NUMBER approved|refused --reason TEXT`
struct EmulationAwardCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "award", abstract: Words.award.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @Argument(help: Words.number.help) var number: UInt64
    @Argument(help: Words.outcome.help) var outcome: String
    @Option(help: Words.reason.help) var reason: String

    func answer(_ session: Session) async throws -> Answer {
        var request = EmulationV1.DecideProposalRequest()
        request.campaign = campaign.wire
        request.number = number
        request.outcome = outcome
        request.reason = reason
        return ProposalsAnswer.of(
            try await session.change(EmulationV1.Emulation.decideProposal, request))
    }
}

private enum Words {
    static let grades = Phrase(
        "Xếp loại, danh hiệu và tỷ lệ khen thưởng, giải thích từng người.",
        "Grades, titles and quotas, explained person by person.")
    static let propose = Phrase(
        "Lập đề nghị khen thưởng (bản dự thảo).", "Drafts a proposal for commendation.")
    static let proposals = Phrase("Các đề nghị khen thưởng.", "The proposals.")
    static let award = Phrase(
        "Người có thẩm quyền duyệt hoặc từ chối một đề nghị.",
        "Whoever has the duty approves or refuses a proposal.")
    static let kind = Phrase("officer, head hoặc unit.", "officer, head or unit.")
    static let code = Phrase(
        "Mã chấp hành viên; với head và unit: mã đơn vị.",
        "Code of the officer; of the unit for head and unit.")
    static let title = Phrase(
        "Danh hiệu, vd. advanced_worker, base_fighter, ministry_flag.",
        "The title, e.g. advanced_worker, base_fighter, ministry_flag.")
    static let reason = Phrase("Lý do.", "The reason.")
    static let state = Phrase("draft, approved hoặc refused.", "draft, approved or refused.")
    static let number = Phrase("Số của đề nghị.", "Number of the proposal.")
    static let outcome = Phrase("approved (duyệt) hoặc refused (từ chối).", "approved or refused.")
}
