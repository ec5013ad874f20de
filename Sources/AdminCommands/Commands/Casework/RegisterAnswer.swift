import Wire

/// `caodiem.register/1`: what stands against units and cases, each row with the facts that explain it.
enum RegisterAnswer {
    static func of(_ pages: [CaseworkV1.RegisterPage]) -> Answer {
        let basis = pages.first?.basis ?? CaseworkV1.DutyBasis()
        let rows = pages.flatMap(\.rows)
        return Answer(json(basis, rows)) { text(basis, rows, $0) }
    }

    static func json(_ basis: CaseworkV1.DutyBasis, _ rows: [CaseworkV1.RegisterRow]) -> JSON {
        .answer(
            "register/1",
            WorklistAnswer.members(basis) + [
                .init("rows", .list(rows, row)),
                .init(
                    "counts",
                    .object(counts(rows).map { JSON.Member($0.finding, .number($0.count)) })),
            ])
    }

    private static func counts(
        _ rows: [CaseworkV1.RegisterRow]
    ) -> [(finding: String, count: Int)] {
        Dictionary(grouping: rows, by: \.finding).map { ($0.key, $0.value.count) }
            .sorted { $0.0 < $1.0 }
    }

    private static func row(_ row: CaseworkV1.RegisterRow) -> JSON {
        [
            "unit": .string(row.unit), "officer": .text(row.officer),
            "decision_no": .text(row.decisionNo), "asset_no": .text(row.assetNo),
            "finding": .string(row.finding), "duty": .text(row.duty), "rule": .string(row.rule),
            "trigger_on": .text(row.triggerOn), "due_on": .text(row.dueOn),
            "done_on": .text(row.doneOn), "days_late": .integer(row.daysLate),
            "citation": .string(row.citation), "verified": .bool(row.verified),
            "severity": .string(row.severity),
            "facts": .list(row.facts) { fact in
                var members: [JSON.Member] = [
                    .init("what", .string(fact.what)), .init("on", .text(fact.on)),
                ]
                if let amount = fact.amount { members.append(.init("amount", .integer(amount))) }
                return .object(members)
            },
        ]
    }

    private static func text(
        _ basis: CaseworkV1.DutyBasis, _ rows: [CaseworkV1.RegisterRow], _ terminal: Terminal
    ) -> String {
        let title = RegisterText.title(rows.count, Formats.day(basis.asOf))
        guard !rows.isEmpty else { return terminal.paragraph(title.text) }
        var table = Table([
            Column(RegisterText.finding, wrapsTo: 20), Column(WorklistText.decision, wrapsTo: 14),
            Column(WorklistText.asset, dropOrder: 3), Column(WorklistText.unit),
            Column(WorklistText.officer, dropOrder: 4), Column(RegisterText.late, .right),
            Column(WorklistText.weight, dropOrder: 5),
            Column(RegisterText.facts, wrapsTo: 30, dropOrder: 2),
            Column(WorklistText.citation, wrapsTo: 16, dropOrder: 1),
        ])
        for row in rows {
            let facts = row.facts.map(words).joined(separator: "; ")
            let duty = row.duty.isEmpty ? "" : ": " + Terms.duty[row.duty]
            table.add([
                Cell(Terms.finding[row.finding] + duty), Cell(row.decisionNo), Cell(row.assetNo),
                Cell(row.unit), Cell(row.officer),
                Cell(row.daysLate == 0 ? "" : Formats.count(row.daysLate)),
                Cell(Terms.consequence[row.severity]), Cell(facts), Cell(row.citation),
            ])
        }
        let sums = counts(rows).map { "\(Terms.finding[$0.finding]) \(Formats.count($0.count))" }
        return terminal.paragraph(title.text) + "\n\n" + table.rendered(on: terminal) + "\n\n"
            + terminal.paragraph(sums.joined(separator: "; "))
    }

    private static func words(_ fact: CaseworkV1.RegisterFact) -> String {
        var words = fact.what
        if !fact.on.isEmpty { words += " " + Formats.day(fact.on) }
        if let amount = fact.amount { words += ", " + Formats.money(amount) }
        return words
    }
}

private enum RegisterText {
    static func title(_ count: Int, _ day: String) -> Phrase {
        Phrase(
            "Sổ chấp hành đến ngày \(day): \(Formats.count(count)) mục",
            "Compliance register as of \(day): \(Formats.count(count)) rows")
    }
    static let finding = Phrase("Nội dung", "Finding")
    static let late = Phrase("Trễ", "Late")
    static let facts = Phrase("Diễn biến", "Facts")
}
