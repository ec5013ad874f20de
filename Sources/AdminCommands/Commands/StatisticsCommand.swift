import ArgumentParser
import Wire

/// `caodiem statistics [--as-of DATE] [--by unit|officer]`
struct StatisticsCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "statistics", abstract: StatisticsText.abstract.text)
    }

    enum Row: String, CaseIterable, ExpressibleByArgument { case unit, officer }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var unit: UnitOptions
    @OptionGroup var known: KnownAtOptions
    @Option(help: StatisticsText.by.help) var by = Row.unit

    func answer(_ session: Session) async throws -> Answer {
        var request = ScoringV1.StatisticsRequest()
        request.campaign = campaign.wire
        request.asOf = day.wire
        request.unit = unit.wire
        request.knownAt = known.wire
        request.by = by.rawValue
        return StatisticsAnswer.of(try await session.read(ScoringV1.Scoring.statistics, request))
    }
}

/// `caodiem.statistics/1` and its two tables, of cases and of money. An identity that does not hold ends the
/// command with 1.
enum StatisticsAnswer {
    static func of(_ reply: ScoringV1.StatisticsReply) -> Answer {
        Answer(
            json(reply), status: reply.identities.allSatisfy(\.holds) ? .ok : .failed
        ) { text(reply, $0) }
    }

    static func json(_ reply: ScoringV1.StatisticsReply) -> JSON {
        .answer(
            "statistics/1",
            [
                .init("campaign", .string(reply.campaign)),
                .init("plan_version", .number(reply.planVersion)),
                .init("as_of", .string(reply.asOf)),
                .init("law_book", .string(reply.lawBook)),
                .init("change", .number(reply.change)),
                .init("year", ["start": .string(reply.yearStart), "end": .string(reply.yearEnd)]),
                .init("period_end", .string(reply.periodEnd)),
                .init("rows", .list(reply.rows) { .object(members($0)) }),
                .init("province", reply.province.map { .object(figures($0)) } ?? .null),
                .init(
                    "identities",
                    .list(reply.identities) { identity in
                        [
                            "id": .string(identity.id), "holds": .bool(identity.holds),
                            "text": .string(identity.text),
                            "broken": .list(identity.broken, JSON.string),
                        ]
                    }),
                .init(
                    "reports_due",
                    .list(reply.deadlines) { deadline in
                        [
                            "rule": .string(deadline.rule), "title": .string(deadline.title),
                            "due_on": .string(deadline.dueOn),
                            "citation": .string(deadline.citation),
                            "verified": .bool(deadline.verified),
                        ]
                    }),
                .init("unverified", .list(reply.unverified, JSON.string)),
            ])
    }

    private static func members(_ row: ScoringV1.StatisticsRow) -> [JSON.Member] {
        var members: [JSON.Member] = [
            .init("unit", .string(row.unit)), .init("name", .text(row.name)),
        ]
        if row.byOfficer { members.append(.init("officer", .text(row.officer))) }
        return members + figures(row)
    }

    private static func figures(_ row: ScoringV1.StatisticsRow) -> [JSON.Member] {
        [
            .init("cases", row.cases.map { column($0, ofMoney: false) } ?? .null),
            .init("money", row.money.map { column($0, ofMoney: true) } ?? .null),
        ]
    }

    private static func column(_ figures: ScoringV1.StatisticsFigures, ofMoney: Bool) -> JSON {
        var members: [JSON.Member] = [
            .init("carried_over", .integer(figures.carriedOver)),
            .init("new", .integer(figures.taken)),
            .init("received", .integer(figures.received)),
            .init("delegated", .integer(figures.delegated)),
            .init("to_enforce", .integer(figures.toEnforce)),
            .init("enforceable", .integer(figures.enforceable)),
            .init("done", .integer(figures.done)),
            .init("completed", .integer(figures.completed)),
            .init("terminated", .integer(figures.terminated)),
        ]
        if ofMoney { members.append(.init("reduced", .integer(figures.reduced))) }
        members += [
            .init("under_way", .integer(figures.underWay)),
            .init("postponed_by_agreement", .integer(figures.postponedByAgreement)),
        ]
        if ofMoney { members.append(.init("left_by_finished", .integer(figures.leftByFinished))) }
        return .object(
            members + [
                .init("not_enforceable", .integer(figures.notEnforceable)),
                .init("held", .integer(figures.held)),
                .init("carried_forward", .integer(figures.carriedForward)),
                .init("done_rate", .text(figures.doneRate)),
                .init("enforceable_rate", .text(figures.enforceableRate)),
            ])
    }

    static func text(_ reply: ScoringV1.StatisticsReply, _ terminal: Terminal) -> String {
        var parts = [
            terminal.paragraph(
                StatisticsText.head(
                    Formats.day(reply.yearStart), Formats.day(reply.yearEnd),
                    Formats.day(reply.asOf)
                ).text),
            terminal.styled(StatisticsText.cases.text, .strong) + "\n"
                + table(reply, ofMoney: false).renderedInPanels(keeping: 2, on: terminal),
            terminal.styled(StatisticsText.money.text, .strong) + "\n"
                + table(reply, ofMoney: true).renderedInPanels(keeping: 2, on: terminal),
        ]
        for identity in reply.identities where !identity.holds {
            parts.append(
                terminal.styled(
                    terminal.paragraph(
                        "✗ \(identity.text) \(identity.broken.joined(separator: ", "))"), .bad))
        }
        if reply.identities.allSatisfy(\.holds) {
            parts.append(terminal.paragraph(StatisticsText.holds.text))
        }
        for deadline in reply.deadlines {
            parts.append(
                terminal.paragraph(
                    "\(deadline.title): \(Formats.day(deadline.dueOn)) "
                        + "(\(deadline.citation), \(deadline.rule)\(deadline.verified ? "" : "*"))")
            )
        }
        parts.append(ScoreAnswer.unverifiedNote(Set(reply.unverified), terminal) ?? "")
        parts.append(ScoreAnswer.lawBook(reply.lawBook, terminal))
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func table(_ reply: ScoringV1.StatisticsReply, ofMoney: Bool) -> Table {
        var table = Table(
            [Column(ScoreText.code), Column(ScoreText.unit, wrapsTo: 14)]
                + StatisticsText.columns.filter { ofMoney || !$0.ofMoney }.map {
                    Column($0.title, .right)
                })
        for row in reply.rows {
            let name =
                row.byOfficer ? (row.officer.isEmpty ? Formats.absent : row.officer) : row.name
            table.add([Cell(row.unit), Cell(name)] + cells(row, ofMoney: ofMoney))
        }
        if let province = reply.province {
            table.add(
                ["", Cell(ScoreText.province.text, .strong)] + cells(province, ofMoney: ofMoney),
                ruled: true)
        }
        return table
    }

    private static func cells(_ row: ScoringV1.StatisticsRow, ofMoney: Bool) -> [Cell] {
        guard let figures = ofMoney ? row.money : row.cases else { return [] }
        return StatisticsText.columns.filter { ofMoney || !$0.ofMoney }.map { column in
            switch column.value {
            case .figure(let read): Cell(Formats.count(read(figures)))
            case .rate(let part, let whole):
                Cell(Formats.percent(part(figures), of: whole(figures)))
            }
        }
    }
}

private enum StatisticsText {
    enum Value {
        case figure((ScoringV1.StatisticsFigures) -> Int64)
        case rate(
            (ScoringV1.StatisticsFigures) -> Int64, (ScoringV1.StatisticsFigures) -> Int64)
    }

    struct Figure {
        let title: Phrase
        let value: Value
        var ofMoney = false
    }

    static var columns: [Figure] {
        [
            Figure(title: Phrase("Năm trước", "Carried over"), value: .figure { $0.carriedOver }),
            Figure(title: Phrase("Mới", "New"), value: .figure { $0.taken }),
            Figure(title: Phrase("Ủy thác", "Delegated"), value: .figure { $0.delegated }),
            Figure(title: Phrase("Phải TH", "To enforce"), value: .figure { $0.toEnforce }),
            Figure(title: Phrase("Có ĐK", "Enforceable"), value: .figure { $0.enforceable }),
            Figure(title: Phrase("Xong", "Done"), value: .figure { $0.done }),
            Figure(
                title: Phrase("Tỷ lệ", "Rate"), value: .rate({ $0.done }, { $0.enforceable })),
            Figure(title: Phrase("Đình chỉ", "Terminated"), value: .figure { $0.terminated }),
            Figure(
                title: Phrase("Miễn, giảm", "Reduced"), value: .figure { $0.reduced },
                ofMoney: true),
            Figure(title: Phrase("Đang TH", "Under way"), value: .figure { $0.underWay }),
            Figure(
                title: Phrase("Hoãn 48.1.c", "Postponed 48.1.c"),
                value: .figure { $0.postponedByAgreement }),
            Figure(
                title: Phrase("Còn sau kết thúc", "Left by finished"),
                value: .figure { $0.leftByFinished }, ofMoney: true),
            Figure(
                title: Phrase("Chưa có ĐK", "Not enforceable"),
                value: .figure { $0.notEnforceable }),
            Figure(title: Phrase("Hoãn khác, TĐC", "Held"), value: .figure { $0.held }),
            Figure(
                title: Phrase("Chuyển kỳ sau", "Carried forward"),
                value: .figure { $0.carriedForward }),
        ]
    }

    static let abstract = Phrase(
        "Thống kê năm báo cáo theo đơn vị, chấp hành viên: việc và tiền.",
        "Statistics of the reporting year by unit and officer: cases and money.")
    static let by = Phrase("Theo đơn vị hay chấp hành viên.", "By unit or by officer.")
    static let cases = Phrase("Về việc", "Cases")
    static let money = Phrase("Về tiền (đồng)", "Money (đồng)")
    static let holds = Phrase(
        "✓ Các hằng đẳng thức thống kê đúng ở mọi đơn vị và toàn tỉnh.",
        "✓ The identities hold for every unit and their sum.")

    static func head(_ start: String, _ end: String, _ day: String) -> Phrase {
        Phrase(
            "Năm báo cáo \(start) – \(end), số liệu đến hết ngày \(day)",
            "Reporting year \(start) – \(end), figures as of \(day)")
    }
}
