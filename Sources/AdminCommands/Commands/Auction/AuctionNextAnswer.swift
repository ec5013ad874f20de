import Wire

/// `caodiem.auction-next/1`: the next step of every open track.
enum AuctionNextAnswer {
    static func of(_ messages: [AuctionV1.NextStep]) -> Answer {
        let head = messages.lazy.compactMap(\.head).first ?? AuctionV1.AuctionHead()
        let steps = messages.filter { $0.head == nil }
        let members = head.members + [.init("steps", .list(steps, json))]
        return Answer(.answer("auction-next/1", members)) { text(steps, head, $0) }
    }

    static func json(_ step: AuctionV1.NextStep) -> JSON {
        [
            "unit": .string(step.unit),
            "decision_no": .string(step.decisionNo),
            "asset_no": .string(step.assetNo),
            "step": .string(step.step),
            "rule": .string(step.rule),
            "trigger_on": .text(step.triggerOn),
            "due_on": .text(step.dueOn),
            "days_left": .integer(step.daysLeft),
            "citation": .text(step.citation),
            "person": .text(step.person),
            "officer": .text(step.officer),
            "verified": .bool(step.verified),
            "advice": .list(step.advice, AuctionTrackAnswer.advice),
        ]
    }

    static func text(
        _ steps: [AuctionV1.NextStep], _ head: AuctionV1.AuctionHead, _ terminal: Terminal
    ) -> String {
        let title = AuctionText.next(steps.count, Formats.day(head.asOf))
        guard !steps.isEmpty else { return terminal.paragraph(title.text) }
        var table = Table([
            Column(AuctionText.unit), Column(AuctionText.decision), Column(AuctionText.asset),
            Column(AuctionText.step, wrapsTo: 16), Column(AuctionText.due),
            Column(AuctionText.daysLeft, .right), Column(AuctionText.trigger, dropOrder: 2),
            Column(AuctionText.officer, dropOrder: 3), Column(AuctionText.rule, dropOrder: 4),
            Column(AuctionText.citation, wrapsTo: 16, dropOrder: 1),
        ])
        for step in steps {
            let soon: Style = step.daysLeft < 0 ? .bad : step.daysLeft <= 3 ? .pending : .plain
            table.add([
                Cell(step.unit), Cell(step.decisionNo), Cell(step.assetNo),
                Cell(Terms.step[step.step]), Cell(Formats.day(step.dueOn)),
                Cell(Formats.count(step.daysLeft), soon), Cell(Formats.day(step.triggerOn)),
                Cell(step.officer), Cell(step.rule + (step.verified ? "" : "*")),
                Cell(step.citation),
            ])
        }
        let unverified = Set(steps.filter { !$0.verified }.map(\.rule))
        return [
            terminal.paragraph(title.text), table.rendered(on: terminal),
            ScoreAnswer.unverifiedNote(unverified, terminal) ?? "", head.lawBookLine(terminal),
        ].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
}
