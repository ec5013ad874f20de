import Wire

/// `caodiem.auction-outlook/1`: what a unit's list of large cases can still come to.
enum AuctionOutlookAnswer {
    static func of(_ reply: AuctionV1.OutlookReply) -> Answer {
        Answer(json(reply)) { text(reply, $0) }
    }

    static func json(_ reply: AuctionV1.OutlookReply) -> JSON {
        .answer(
            "auction-outlook/1",
            [
                .init("as_of", .string(reply.asOf)),
                .init("campaign", .text(reply.campaign)),
                .init("law_book", .text(reply.lawBook)),
                .init(
                    "units",
                    .list(reply.units) { unit in
                        [
                            "unit": .string(unit.unit),
                            "targets": .list(unit.targets, target),
                        ]
                    }),
            ])
    }

    private static func target(_ target: AuctionV1.TargetOutlook) -> JSON {
        [
            "id": .string(target.id), "due_on": .string(target.dueOn),
            "threshold": .text(target.threshold), "listed": .number(target.listed),
            "needed": .number(target.needed), "state": .string(target.state),
            "cases": .list(target.cases) { item in
                [
                    "decision_no": .string(item.decisionNo), "officer": .text(item.officer),
                    "state": .string(item.state), "quickest_on": .text(item.quickestOn),
                    "safe_on": .text(item.safeOn), "last_day": .text(item.lastDay),
                    "today": .bool(item.today),
                    "steps": .list(item.steps) { step in
                        [
                            "asset_no": .text(step.assetNo), "step": .string(step.step),
                            "earliest_on": .text(step.earliestOn),
                            "last_day": .text(step.lastDay), "rule": .string(step.rule),
                            "citation": .text(step.citation), "due_on": .text(step.dueOn),
                        ]
                    },
                ]
            },
        ]
    }

    static func text(_ reply: AuctionV1.OutlookReply, _ terminal: Terminal) -> String {
        let parts = reply.units.flatMap { unit in
            unit.targets.filter { $0.listed > 0 }.map { section(unit.unit, $0, terminal) }
        }
        guard !parts.isEmpty else { return terminal.paragraph(OutlookText.none.text) }
        return parts.joined(separator: "\n\n")
    }

    private static func section(
        _ unit: String, _ target: AuctionV1.TargetOutlook, _ terminal: Terminal
    ) -> String {
        let title = OutlookText.title(unit, target.id, Formats.day(target.dueOn)).text
        let head = OutlookText.head(
            Terms.outlookState[target.state], target.needed, target.listed,
            target.cases.count { $0.state == "met" }
        ).text
        var table = Table([
            Column(OutlookText.decision), Column(OutlookText.state, wrapsTo: 20),
            Column(OutlookText.step, wrapsTo: 24), Column(OutlookText.lastDay),
            Column(OutlookText.quickest, dropOrder: 3), Column(OutlookText.safe, dropOrder: 2),
            Column(OutlookText.officer, dropOrder: 1),
        ])
        for item in target.cases where item.state != "met" {
            let steps = item.steps.map { step in
                let asset = step.assetNo.isEmpty ? "" : "\(step.assetNo): "
                return asset + Terms.simulatedStep[step.step]
            }
            table.add([
                Cell(item.decisionNo), Cell(Terms.outlookState[item.state], style(item.state)),
                Cell(steps.joined(separator: "; ")),
                Cell(Formats.day(item.lastDay), item.today ? .bad : .plain),
                Cell(Formats.day(item.quickestOn)), Cell(Formats.day(item.safeOn)),
                Cell(item.officer),
            ])
        }
        var parts = [terminal.styled(terminal.paragraph(title), .strong), terminal.paragraph(head)]
        if target.cases.contains(where: { $0.state != "met" }) {
            parts.append(table.rendered(on: terminal))
        }
        let today = target.cases.filter(\.today).map(\.decisionNo)
        if !today.isEmpty {
            parts.append(terminal.paragraph(OutlookText.today(today.joined(separator: ", ")).text))
        }
        return parts.joined(separator: "\n\n")
    }

    private static func style(_ state: String) -> Style {
        switch state {
        case "met", "safe": .good
        case "lost": .bad
        default: .pending
        }
    }
}

private enum OutlookText {
    static let decision = Phrase("Quyết định số", "Decision")
    static let state = Phrase("Khả năng", "Outlook")
    static let step = Phrase("Bước tiếp theo", "Next step")
    static let lastDay = Phrase("Chậm nhất", "Last day")
    static let quickest = Phrase("Nhanh nhất đạt", "Quickest")
    static let safe = Phrase("Chắc chắn đạt", "Safe")
    static let officer = Phrase("Chấp hành viên", "Officer")
    static let none = Phrase(
        "Không có việc nào trong danh sách án có giá trị lớn.", "No case stands on the list.")

    static func title(_ unit: String, _ target: String, _ day: String) -> Phrase {
        Phrase("\(unit)  \(target), hạn \(day)", "\(unit)  \(target), due \(day)")
    }
    static func head(_ state: String, _ needed: UInt32, _ listed: UInt32, _ met: Int) -> Phrase {
        Phrase(
            "\(state): cần \(needed) trên \(listed) việc, đã đạt \(met).",
            "\(state): \(needed) of \(listed) cases are needed, \(met) count already.")
    }
    static func today(_ cases: String) -> Phrase {
        Phrase(
            "Phải làm ngay hôm nay mới kịp: \(cases).", "Must act today to be in time: \(cases).")
    }
}
