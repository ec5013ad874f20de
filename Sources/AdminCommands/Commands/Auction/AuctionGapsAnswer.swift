import Wire

/// `caodiem.auction-gaps/1`: steps that are late, and on demand those that were done late.
enum AuctionGapsAnswer {
    static func of(_ messages: [AuctionV1.Gap], past: Bool, sum: Bool = false) -> Answer {
        let answer = GapsParts(messages, past: past, sum: sum)
        return Answer(json(answer)) { terminal in
            let sections = [
                text(answer, terminal), text(unclear: answer.unclear, terminal),
                answer.lost.map { LostDaysAnswer.text($0, terminal) } ?? "",
                answer.head.lawBookLine(terminal),
            ]
            return sections.filter { !$0.isEmpty }.joined(separator: "\n\n")
        }
    }

    private static func json(_ answer: GapsParts) -> JSON {
        var members = answer.head.members
        members.append(.init("gaps", .list(answer.open, gap)))
        if let done = answer.done { members.append(.init("past", .list(done, gap))) }
        if let lost = answer.lost {
            members.append(.init("lost", .list(lost, LostDaysAnswer.json)))
        }
        members.append(
            .init(
                "undetermined",
                .list(answer.unclear) { gap in
                    [
                        "unit": .string(gap.unit), "decision_no": .string(gap.decisionNo),
                        "asset_no": .string(gap.assetNo), "step": .string(gap.step),
                        "rule": .string(gap.rule), "trigger_on": .text(gap.triggerOn),
                        "officer": .text(gap.officer), "reason": .string(gap.undetermined),
                    ]
                }))
        return .answer("auction-gaps/1", members)
    }

    private static func text(unclear: [AuctionV1.Gap], _ terminal: Terminal) -> String {
        guard !unclear.isEmpty else { return "" }
        let lines = unclear.prefix(Limits.shownFindings).map { gap in
            terminal.paragraph(
                "\(gap.unit) \(gap.decisionNo) \(gap.assetNo), \(Terms.step[gap.step]): "
                    + gap.undetermined)
        }
        return ([terminal.paragraph(AuctionText.unclear(unclear.count).text)] + lines)
            .joined(separator: "\n")
    }

    private static func gap(_ gap: AuctionV1.Gap) -> JSON {
        var members: [JSON.Member] = [
            .init("unit", .string(gap.unit)),
            .init("decision_no", .string(gap.decisionNo)),
            .init("asset_no", .string(gap.assetNo)),
            .init("step", .string(gap.step)),
            .init("rule", .string(gap.rule)),
            .init("trigger_on", .text(gap.triggerOn)),
            .init("due_on", .text(gap.dueOn)),
            .init("days_late", .integer(gap.daysLate)),
        ]
        if let done = gap.doneOn { members.append(.init("done_on", .string(done))) }
        members += [
            .init("citation", .text(gap.citation)), .init("officer", .text(gap.officer)),
            .init("verified", .bool(gap.verified)),
        ]
        return .object(members)
    }

    private static func text(
        _ answer: GapsParts, _ terminal: Terminal
    ) -> String {
        let title = AuctionText.gaps(answer.open.count, Formats.day(answer.head.asOf))
        var parts = [section(title, answer.open, terminal)]
        if let done = answer.done {
            parts.append(section(AuctionText.past(done.count), done, terminal))
        }
        let unverified = Set(
            (answer.open + (answer.done ?? [])).filter { !$0.verified }.map(\.rule))
        parts.append(ScoreAnswer.unverifiedNote(unverified, terminal) ?? "")
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func section(
        _ title: Phrase, _ gaps: [AuctionV1.Gap], _ terminal: Terminal
    ) -> String {
        guard !gaps.isEmpty else { return terminal.paragraph(title.text) }
        let late = gaps.contains { $0.doneOn != nil }
        var columns = [
            Column(AuctionText.unit), Column(AuctionText.decision), Column(AuctionText.asset),
            Column(AuctionText.step, wrapsTo: 16), Column(AuctionText.due),
            Column(AuctionText.daysLate, .right), Column(AuctionText.trigger, dropOrder: 2),
            Column(AuctionText.officer, dropOrder: 3), Column(AuctionText.rule, dropOrder: 4),
            Column(AuctionText.citation, wrapsTo: 16, dropOrder: 1),
        ]
        if late { columns.insert(Column(AuctionText.done), at: 5) }
        var table = Table(columns)
        for gap in gaps {
            var cells = [
                Cell(gap.unit), Cell(gap.decisionNo), Cell(gap.assetNo),
                Cell(Terms.step[gap.step]), Cell(Formats.day(gap.dueOn)),
                Cell(Formats.count(gap.daysLate), .bad), Cell(Formats.day(gap.triggerOn)),
                Cell(gap.officer), Cell(gap.rule + (gap.verified ? "" : "*")), Cell(gap.citation),
            ]
            if late { cells.insert(Cell(Formats.day(gap.doneOn ?? "")), at: 5) }
            table.add(cells)
        }
        return terminal.paragraph(title.text) + "\n\n" + table.rendered(on: terminal)
    }
}

/// The messages of one answer, sorted out.
private struct GapsParts: Sendable {
    var head = AuctionV1.AuctionHead()
    var open: [AuctionV1.Gap] = []
    /// Steps done late; nil where nobody asked for them.
    var done: [AuctionV1.Gap]?
    var unclear: [AuctionV1.Gap] = []
    /// Nil where nobody asked for the sum.
    var lost: [AuctionV1.LostDays]?

    init(_ messages: [AuctionV1.Gap], past: Bool, sum: Bool) {
        if past { done = [] }
        if sum { lost = [] }
        for message in messages {
            if let head = message.head {
                self.head = head
            } else if let sum = message.lost {
                lost?.append(sum)
            } else if !message.undetermined.isEmpty {
                unclear.append(message)
            } else if message.doneOn == nil {
                open.append(message)
            } else {
                done?.append(message)
            }
        }
    }
}

/// Who lost how many days: the sum of `caodiem.auction-gaps/1`.
private enum LostDaysAnswer {
    static func json(_ lost: AuctionV1.LostDays) -> JSON {
        [
            "unit": .string(lost.unit), "officer": .text(lost.officer),
            "days": .integer(lost.days), "steps": .number(lost.steps),
        ]
    }

    static func text(_ rows: [AuctionV1.LostDays], _ terminal: Terminal) -> String {
        let total = rows.reduce(into: Int64(0)) { $0 += $1.days }
        guard !rows.isEmpty else { return "" }
        var table = Table([
            Column(AuctionText.unit), Column(AuctionText.officer),
            Column(AuctionText.lostSteps, .right), Column(AuctionText.lostDays, .right),
        ])
        for row in rows {
            table.add([
                Cell(row.unit), Cell(row.officer), Cell(Formats.count(row.steps)),
                Cell(Formats.count(row.days), .bad),
            ])
        }
        return terminal.paragraph(AuctionText.lost(total).text) + "\n\n"
            + table.rendered(on: terminal)
    }
}
