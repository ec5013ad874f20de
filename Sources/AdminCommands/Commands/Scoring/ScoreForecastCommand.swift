import ArgumentParser
import Wire

/// `caodiem score forecast [--as-of DATE] [--unit CODE]`
struct ScoreForecastCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "forecast", abstract: ForecastText.abstract.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var unit: UnitOptions

    func answer(_ session: Session) async throws -> Answer {
        var request = ScoringV1.ForecastRequest()
        request.campaign = campaign.wire
        request.asOf = day.wire
        request.unit = unit.wire
        return ScoreForecastAnswer.of(try await session.read(ScoringV1.Scoring.forecast, request))
    }
}

/// `caodiem score watch`: the board, then the targets that move.
struct ScoreWatchCommand: FollowingCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "watch", abstract: ForecastText.watch.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var unit: UnitOptions

    var follow: Bool { true }

    func receive(_ session: Session, _ say: @escaping @Sendable (Answer) async -> Void) async throws
    {
        var request = ScoringV1.WatchRequest()
        request.campaign = campaign.wire
        request.asOf = day.wire
        request.unit = unit.wire
        let oneUnit = unit.unit != nil
        try await session.stream(ScoringV1.Scoring.watch, request, seconds: followSeconds) {
            await say(ScoreAnswer.of($0, oneUnit: oneUnit))
        }
    }
}

/// `caodiem.score-forecast/1`: one table a unit, one row a target.
enum ScoreForecastAnswer {
    static func of(_ reply: ScoringV1.ForecastReply) -> Answer {
        Answer(json(reply)) { text(reply, $0) }
    }

    static func json(_ reply: ScoringV1.ForecastReply) -> JSON {
        .answer(
            "score-forecast/1",
            [
                .init("campaign", .string(reply.campaign)),
                .init("title", .text(reply.title)),
                .init("plan_version", .number(reply.planVersion)),
                .init("as_of", .string(reply.asOf)),
                .init("law_book", .string(reply.lawBook)),
                .init("change", .number(reply.change)),
                .init(
                    "units",
                    .list(reply.units) { unit in
                        [
                            "unit": .string(unit.unit), "name": .string(unit.name),
                            "targets": .list(unit.targets, target),
                        ]
                    }),
            ])
    }

    private static func target(_ target: ScoringV1.TargetForecast) -> JSON {
        [
            "id": .text(target.result?.id ?? ""),
            "now": target.result.map(ScoreAnswer.target) ?? .null,
            "last_day": .string(target.lastDay), "state": .string(target.state),
            "low": figure(target.low), "middle": figure(target.middle),
            "high": figure(target.high), "reachable": figure(target.reachable),
            "needed": .integer(target.needed), "missing": .integer(target.missing),
            "proof": .text(target.proof),
            "closing": .list(target.closing) { entry in
                [
                    "decision_no": .string(entry.decisionNo), "gain": .integer(entry.gain),
                    "remaining": .integer(entry.remaining), "reached_on": .text(entry.reachedOn),
                    "hindered": .bool(entry.hindered),
                ]
            },
            "periods": .list(target.periods) { period in
                [
                    "start": .string(period.start), "end": .string(period.end),
                    "numerator": .integer(period.numerator),
                    "denominator": .integer(period.denominator),
                ]
            },
        ]
    }

    private static func figure(_ figure: ScoringV1.ForecastFigure?) -> JSON {
        guard let figure else { return .null }
        return [
            "numerator": .integer(figure.numerator),
            "denominator": .integer(figure.denominator), "rate": .text(figure.rate),
        ]
    }

    static func text(_ reply: ScoringV1.ForecastReply, _ terminal: Terminal) -> String {
        let heading = ScoreAnswer.heading(
            title: reply.title, campaign: reply.campaign, version: reply.planVersion,
            asOf: reply.asOf, terminal)
        let parts = reply.units.map { section($0, terminal) }
        return ([heading] + parts + [terminal.paragraph(ForecastText.note.text)])
            .joined(separator: "\n\n")
    }

    private static func section(_ unit: ScoringV1.UnitForecast, _ terminal: Terminal) -> String {
        var table = Table([
            Column(ForecastText.target, wrapsTo: 24), Column(ForecastText.now),
            Column(ForecastText.range), Column(ForecastText.reachable),
            Column(ForecastText.state), Column(ForecastText.closing, wrapsTo: 30),
        ])
        for target in unit.targets where target.result?.state != "not_applicable" {
            let cases = target.closing.prefix(5).map(\.decisionNo).joined(separator: ", ")
            let more = target.closing.count > 5 ? " … (\(target.closing.count))" : ""
            table.add([
                Cell(target.result?.id ?? ""),
                Cell(percent(target.result?.numerator, target.result?.denominator)),
                Cell("\(percent(target.low)) – \(percent(target.high))"),
                Cell(percent(target.reachable)),
                Cell(Terms.forecastState[target.state], style(target.state)),
                Cell(cases + more),
            ])
        }
        let title = terminal.styled(terminal.paragraph("\(unit.unit)  \(unit.name)"), .strong)
        return title + "\n" + table.rendered(on: terminal)
    }

    private static func percent(_ figure: ScoringV1.ForecastFigure?) -> String {
        percent(figure?.numerator, figure?.denominator)
    }

    private static func percent(_ numerator: Int64?, _ denominator: Int64?) -> String {
        Formats.percent(numerator ?? 0, of: denominator ?? 0)
    }

    private static func style(_ state: String) -> Style {
        switch state {
        case "met", "on_course": .good
        case "lost", "closed": .bad
        default: .pending
        }
    }
}

extension Terms {
    static let forecastState = Terms([
        "closed": Phrase("đã hết hạn", "closed"),
        "met": Phrase("đã đạt", "met"),
        "on_course": Phrase("đúng tiến độ", "on course"),
        "uncertain": Phrase("chưa chắc", "uncertain"),
        "reachable": Phrase("còn kịp nếu đẩy nhanh", "reachable"),
        "lost": Phrase("không còn kịp", "lost"),
        "undetermined": Phrase("chưa xác định được", "undetermined"),
    ])
}

private enum ForecastText {
    static let abstract = Phrase(
        "Dự báo đến hạn của từng chỉ tiêu: khoảng theo tiến độ, còn đạt được bao nhiêu, cần thêm việc nào.",
        "Each target on its last day: the range by the pace, what is still reachable, which cases close the gap."
    )
    static let watch = Phrase(
        "Theo dõi: bảng kết quả, rồi các chỉ tiêu thay đổi.",
        "Watches: the board, then the targets that move.")
    static let target = Phrase("Chỉ tiêu", "Target")
    static let now = Phrase("Hiện nay", "Now")
    static let range = Phrase("Dự báo", "Forecast")
    static let reachable = Phrase("Tối đa", "At most")
    static let state = Phrase("Khả năng", "Outlook")
    static let closing = Phrase("Việc cần làm thêm", "Cases that close the gap")
    static let note = Phrase(
        "Khoảng dự báo lấy từ tiến độ chậm nhất và nhanh nhất của các đợt 14 ngày đã qua.",
        "The range is that of the slowest and the fastest fortnight so far.")
}
