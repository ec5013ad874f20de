import Wire

/// `caodiem.worklist/1`: open duties, the heaviest first.
enum WorklistAnswer {
    static func of(_ pages: [CaseworkV1.WorklistPage]) -> Answer {
        let basis = pages.first?.basis ?? CaseworkV1.DutyBasis()
        let items = pages.flatMap(\.items)
        let unknown = pages.flatMap(\.unknown)
        return Answer(json(basis, items, unknown)) { terminal in
            [text(basis, items, terminal), text(unknown, terminal)].filter { !$0.isEmpty }
                .joined(separator: "\n\n")
        }
    }

    static func json(
        _ basis: CaseworkV1.DutyBasis, _ items: [CaseworkV1.WorklistItem],
        _ unknown: [CaseworkV1.UnknownDuty]
    ) -> JSON {
        .answer(
            "worklist/1",
            members(basis) + [
                .init("within", .number(basis.within)),
                .init("items", .list(items, item)),
                .init(
                    "undetermined",
                    .list(unknown) { duty in
                        [
                            "unit": .string(duty.unit), "officer": .text(duty.officer),
                            "decision_no": .text(duty.decisionNo),
                            "asset_no": .text(duty.assetNo), "duty": .string(duty.duty),
                            "rule": .string(duty.rule), "trigger_on": .string(duty.triggerOn),
                            "reason": .string(duty.reason),
                        ]
                    }),
            ])
    }

    /// What an answer about duties rests on.
    static func members(_ basis: CaseworkV1.DutyBasis) -> [JSON.Member] {
        [
            .init("as_of", .string(basis.asOf)),
            .init("campaign", .text(basis.campaign)),
            .init("plan_version", basis.campaign.isEmpty ? .null : .number(basis.planVersion)),
            .init("law_book", .text(basis.lawBook)),
            .init("change", .number(basis.change)),
        ]
    }

    private static func item(_ item: CaseworkV1.WorklistItem) -> JSON {
        [
            "unit": .string(item.unit), "officer": .text(item.officer),
            "decision_no": .text(item.decisionNo), "asset_no": .text(item.assetNo),
            "duty": .string(item.duty), "rule": .string(item.rule),
            "trigger_on": .string(item.triggerOn), "due_on": .string(item.dueOn),
            "days_left": .integer(item.daysLeft), "citation": .string(item.citation),
            "verified": .bool(item.verified), "overdue": .bool(item.overdue),
            "consequence": .string(item.consequence), "command": .string(item.command),
            "records": .string(item.records), "subject": .text(item.subject),
        ]
    }

    private static func text(
        _ basis: CaseworkV1.DutyBasis, _ items: [CaseworkV1.WorklistItem], _ terminal: Terminal
    ) -> String {
        let overdue = items.count { $0.overdue }
        let title = WorklistText.title(
            overdue, items.count - overdue, Int(basis.within), Formats.day(basis.asOf))
        guard !items.isEmpty else { return terminal.paragraph(title.text) }
        var table = Table([
            Column(WorklistText.left, .right), Column(WorklistText.due),
            Column(WorklistText.duty, wrapsTo: 22), Column(WorklistText.decision, wrapsTo: 14),
            Column(WorklistText.asset, dropOrder: 3), Column(WorklistText.unit),
            Column(WorklistText.officer, dropOrder: 4),
            Column(WorklistText.weight, dropOrder: 5),
            Column(WorklistText.citation, wrapsTo: 16, dropOrder: 1),
            Column(WorklistText.record, wrapsTo: 20, dropOrder: 2),
        ])
        for item in items {
            let left = item.overdue ? "\(item.daysLeft)" : "+\(item.daysLeft)"
            let mark = item.verified ? "" : " *"
            let subject = item.subject.isEmpty ? "" : " (\(item.subject))"
            table.add([
                Cell(left, item.overdue ? .bad : .plain), Cell(Formats.day(item.dueOn)),
                Cell(Terms.duty[item.duty] + subject), Cell(item.decisionNo),
                Cell(item.assetNo), Cell(item.unit), Cell(item.officer),
                Cell(Terms.consequence[item.consequence]), Cell(item.citation + mark),
                Cell("\(item.command): \(item.records)"),
            ])
        }
        let unverified = items.contains { !$0.verified } ? "\n" + WorklistText.star.text : ""
        return terminal.paragraph(title.text) + "\n\n" + table.rendered(on: terminal) + unverified
    }

    private static func text(
        _ unknown: [CaseworkV1.UnknownDuty], _ terminal: Terminal
    ) -> String {
        guard !unknown.isEmpty else { return "" }
        let lines = unknown.prefix(Limits.shownFindings).map { duty in
            terminal.paragraph(
                "\(duty.unit) \(duty.decisionNo), \(Terms.duty[duty.duty]): \(duty.reason)")
        }
        return ([terminal.paragraph(WorklistText.unclear(unknown.count).text)] + lines)
            .joined(separator: "\n")
    }
}

enum WorklistText {
    static func title(_ overdue: Int, _ coming: Int, _ within: Int, _ day: String) -> Phrase {
        Phrase(
            "Việc phải làm ngày \(day): \(Formats.count(overdue)) quá hạn, "
                + "\(Formats.count(coming)) đến hạn trong \(within) ngày tới",
            "To be done on \(day): \(Formats.count(overdue)) overdue, "
                + "\(Formats.count(coming)) due within \(within) days")
    }
    static func unclear(_ count: Int) -> Phrase {
        Phrase(
            "Chưa xác định được hạn (\(count)):", "Nobody can say by when (\(count)):")
    }
    static let left = Phrase("Còn", "Left")
    static let due = Phrase("Hạn", "Due")
    static let duty = Phrase("Việc", "Duty")
    static let decision = Phrase("Số quyết định", "Decision")
    static let asset = Phrase("Tài sản", "Asset")
    static let unit = Phrase("Đơn vị", "Unit")
    static let officer = Phrase("CHV", "Officer")
    static let weight = Phrase("Mức", "Weight")
    static let citation = Phrase("Căn cứ", "Basis")
    static let record = Phrase("Ghi nhận bằng", "Recorded by")
    static let star = Phrase(
        "* quy định hoặc ngày nghỉ chưa được kiểm tra với văn bản gốc",
        "* rests on a rule or days off that nobody has checked against the text")
}
