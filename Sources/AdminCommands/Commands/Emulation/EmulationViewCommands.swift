import ArgumentParser
import Wire

/// `caodiem emulation simulate --set UNIT.target=RATE --weight criterion=N`
struct EmulationSimulateCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "simulate", abstract: Words.simulate.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @Option(help: EmulationText.cluster.help) var cluster: String?
    @Option(name: .customLong("set"), help: Words.set.help) var rates: [String] = []
    @Option(name: .customLong("weight"), help: Words.weight.help) var weights: [String] = []

    func answer(_ session: Session) async throws -> Answer {
        SimulateAnswer.of(
            try await session.read(EmulationV1.Emulation.simulate, try request()))
    }

    func request() throws(Trouble) -> EmulationV1.SimulateRequest {
        var request = EmulationV1.SimulateRequest()
        request.campaign = campaign.wire
        request.asOf = day.wire
        request.cluster = cluster ?? ""
        for text in rates {
            let (name, value) = try keyed(text, "--set")
            guard let dot = name.lastIndex(of: "."), dot > name.startIndex,
                name.index(after: dot) < name.endIndex
            else { throw .usage(Words.notRate(text), field: "--set") }
            var rate = EmulationV1.SupposedRate()
            rate.unit = String(name[..<dot])
            rate.target = String(name[name.index(after: dot)...])
            rate.rate = value
            request.rates.append(rate)
        }
        for text in weights {
            let (name, value) = try keyed(text, "--weight")
            guard let base = UInt32(value) else {
                throw .usage(Words.notWeight(text), field: "--weight")
            }
            var weight = EmulationV1.SupposedWeight()
            weight.criterion = name
            weight.base = base
            request.weights.append(weight)
        }
        return request
    }
}

/// `caodiem emulation fairness [--unit CODE]`
struct EmulationFairnessCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "fairness", abstract: Words.fairness.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var unit: UnitOptions

    func answer(_ session: Session) async throws -> Answer {
        var request = EmulationV1.FairnessRequest()
        request.campaign = campaign.wire
        request.asOf = day.wire
        request.unit = unit.wire
        return FairnessAnswer.of(try await session.read(EmulationV1.Emulation.fairness, request))
    }
}

/// `caodiem emulation refusals [--unit CODE]`
struct EmulationRefusalsCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "refusals", abstract: Words.refusals.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var unit: UnitOptions

    func answer(_ session: Session) async throws -> Answer {
        var request = EmulationV1.RefusalsRequest()
        request.campaign = campaign.wire
        request.unit = unit.wire
        return RefusalsAnswer.of(try await session.read(EmulationV1.Emulation.refusals, request))
    }
}

private enum Words {
    static let simulate = Phrase(
        "Hạng thay đổi ra sao nếu số liệu hay điểm chuẩn khác đi; không lưu lại gì.",
        "How ranks move with other figures or weights; nothing is kept.")
    static let set = Phrase(
        "Tỷ lệ giả định, dạng ĐƠN_VỊ.CHỈ_TIÊU=85%; lặp lại được.",
        "A supposed rate, as UNIT.TARGET=85%; may be repeated.")
    static let weight = Phrase(
        "Điểm chuẩn giả định, dạng TIÊU_CHÍ=40; 0 là bỏ tiêu chí; lặp lại được.",
        "A supposed base, as CRITERION=40; 0 leaves it out; may be repeated.")
    static let fairness = Phrase(
        "Tỷ lệ có tính đến tuổi án và khối lượng việc, dấu hiệu chạy theo thành tích.",
        "Rates that allow for age and load, and signals of gaming.")
    static let refusals = Phrase("Các lần bị từ chối.", "Attempts that were refused.")

    static func notRate(_ text: String) -> Phrase {
        Phrase(
            "“\(text)” cần dạng ĐƠN_VỊ.CHỈ_TIÊU=TỶ_LỆ", "“\(text)” must be UNIT.TARGET=RATE")
    }
    static func notWeight(_ text: String) -> Phrase {
        Phrase("“\(text)” cần dạng TIÊU_CHÍ=SỐ", "“\(text)” must be CRITERION=NUMBER")
    }
}
