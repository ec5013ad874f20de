import Wire

/// `caodiem.campaign/1`: the plan in force, or what applying a file did.
enum CampaignAnswers {
    static func applied(_ reply: CampaignV1.ApplyReply) -> Answer {
        let json = JSON.answer(
            "campaign/1",
            [
                .init("campaign", .string(reply.campaign)),
                .init("version", .number(reply.version)),
                .init("status", .string(reply.status)),
                .init("sha256", .string(reply.sha256)),
            ])
        return Answer(json) { terminal in
            terminal.paragraph(
                CampaignText.applied(
                    reply.campaign, reply.version, Terms.campaignStatus[reply.status]
                ).text)
        }
    }

    static func show(_ reply: CampaignV1.ShowReply) -> Answer {
        Answer(json(reply)) { text(reply, $0) }
    }

    static func json(_ reply: CampaignV1.ShowReply) -> JSON {
        .answer(
            "campaign/1",
            [
                .init("campaign", .string(reply.campaign)),
                .init("version", .number(reply.version)),
                .init("title", .string(reply.title)),
                .init("authority", .text(reply.authority)),
                .init("citation", .text(reply.citation)),
                .init(
                    "window",
                    ["start": .text(reply.windowStart), "end": .text(reply.windowEnd)]),
                .init(
                    "reporting_year",
                    ["start": .text(reply.yearStart), "end": .text(reply.yearEnd)]),
                .init(
                    "lists",
                    .list(reply.lists) { list in
                        [
                            "id": .string(list.id), "title": .text(list.title),
                            "size": list.size == 0 ? .null : .number(list.size),
                            "due_on": .text(list.dueOn),
                        ]
                    }),
                .init(
                    "targets",
                    .list(reply.targets) { target in
                        [
                            "id": .string(target.id), "measure": .string(target.measure),
                            "list": .text(target.list), "threshold": .string(target.threshold),
                            "due_on": .text(target.dueOn), "paragraph": .text(target.paragraph),
                        ]
                    }),
                .init(
                    "reports",
                    .list(reply.reports) {
                        ["kind": .string($0.kind), "due_on": .text($0.dueOn)]
                    }),
                .init(
                    "criteria",
                    .list(reply.criteria) { ["id": .string($0.id), "base": .number($0.base)] }),
                .init("sha256", .string(reply.sha256)),
            ])
    }

    static func text(_ reply: CampaignV1.ShowReply, _ terminal: Terminal) -> String {
        let reports = reply.reports.map { "\(Terms.report[$0.kind]): \(Formats.day($0.dueOn))" }
        let head = terminal.fields([
            (CampaignText.plan, CampaignText.version(reply.campaign, reply.version).text),
            (CampaignText.authority, reply.authority),
            (CampaignText.citation, reply.citation),
            (CampaignText.window, range(reply.windowStart, reply.windowEnd)),
            (CampaignText.year, range(reply.yearStart, reply.yearEnd)),
            (CampaignText.reports, reports.joined(separator: "; ")),
            (CampaignText.digest, reply.sha256),
        ])
        return [
            terminal.styled(terminal.paragraph(reply.title), .strong) + "\n" + head,
            lists(reply, terminal), targets(reply, terminal), criteria(reply, terminal),
        ].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func range(_ start: String, _ end: String) -> String {
        "\(Formats.day(start)) – \(Formats.day(end))"
    }

    private static func lists(_ reply: CampaignV1.ShowReply, _ terminal: Terminal) -> String {
        guard !reply.lists.isEmpty else { return "" }
        var table = Table([
            Column(CampaignText.list, wrapsTo: 16), Column(CampaignText.size, .right),
            Column(ScoreText.due), Column(CampaignText.id, dropOrder: 1),
        ])
        for list in reply.lists {
            table.add([
                Cell(list.title.isEmpty ? list.id : list.title),
                Cell(list.size == 0 ? Formats.absent : Formats.count(list.size)),
                Cell(Formats.day(list.dueOn)), Cell(list.id),
            ])
        }
        return table.rendered(on: terminal)
    }

    private static func targets(_ reply: CampaignV1.ShowReply, _ terminal: Terminal) -> String {
        guard !reply.targets.isEmpty else { return "" }
        var table = Table([
            Column(ScoreText.targetTitle, wrapsTo: 18), Column(ScoreText.threshold, .right),
            Column(ScoreText.due), Column(CampaignText.paragraph, dropOrder: 2),
            Column(ScoreText.id, dropOrder: 1),
        ])
        for target in reply.targets {
            table.add([
                Cell(MeasureName.of(target.measure).long.text),
                Cell(Formats.threshold(target.threshold)), Cell(Formats.day(target.dueOn)),
                Cell(target.paragraph), Cell(target.id),
            ])
        }
        return table.rendered(on: terminal)
    }

    private static func criteria(_ reply: CampaignV1.ShowReply, _ terminal: Terminal) -> String {
        guard !reply.criteria.isEmpty else { return "" }
        var table = Table([
            Column(CampaignText.criterion, wrapsTo: 18), Column(CampaignText.base, .right),
        ])
        for criterion in reply.criteria {
            table.add([
                Cell(MeasureName.of(criterion.id).long.text), Cell(Formats.count(criterion.base)),
            ])
        }
        return table.rendered(on: terminal)
    }
}

private enum CampaignText {
    static let plan = Phrase("Kế hoạch", "Plan")
    static let authority = Phrase("Cơ quan", "Authority")
    static let citation = Phrase("Căn cứ", "Citation")
    static let window = Phrase("Đợt cao điểm", "Window")
    static let year = Phrase("Năm báo cáo", "Reporting year")
    static let reports = Phrase("Hạn báo cáo", "Reports due")
    static let digest = Phrase("SHA-256", "SHA-256")
    static let list = Phrase("Danh sách", "List")
    static let size = Phrase("Số việc", "Cases")
    static let id = Phrase("Mã", "Id")
    static let paragraph = Phrase("Mục", "Paragraph")
    static let criterion = Phrase("Tiêu chí thi đua", "Emulation criterion")
    static let base = Phrase("Điểm chuẩn", "Base")

    static func version(_ campaign: String, _ version: UInt32) -> Phrase {
        Phrase("\(campaign), bản \(version)", "\(campaign), version \(version)")
    }
    static func applied(_ campaign: String, _ version: UInt32, _ status: String) -> Phrase {
        Phrase(
            "Kế hoạch \(campaign): \(status), bản \(version)",
            "Plan \(campaign): \(status), version \(version)")
    }
}
