import Wire

/// `caodiem.score-explain/1`: each case of a target with in or out, and why.
struct ExplainAnswer: Sendable {
    var head = ScoringV1.ExplainHead()
    var summary: ScoringV1.TargetResult?
    var cases: [ScoringV1.CaseReason] = []
    var nearest: ScoringV1.NearestCases?

    init(_ items: [ScoringV1.ExplainItem]) {
        for item in items {
            switch item.item {
            case .head(let head): self.head = head
            case .summary(let summary): self.summary = summary
            case .reason(let reason): cases.append(reason)
            case .nearest(let nearest): self.nearest = nearest
            case nil: continue
            }
        }
    }

    var answer: Answer { Answer(json) { text($0) } }

    var json: JSON {
        .answer(
            "score-explain/1",
            [
                .init("campaign", .string(head.campaign)),
                .init("plan_version", .number(head.planVersion)),
                .init("as_of", .string(head.asOf)),
                .init("law_book", .string(head.lawBook)),
                .init("unit", .string(head.unit)),
                .init("name", .text(head.name)),
                .init("target", .string(head.target)),
                .init("result", summary.map(ScoreAnswer.target) ?? .null),
                .init("cases", .list(cases, Self.reason)),
                .init("nearest", nearest.map(Self.nearest) ?? .null),
            ])
    }

    private static func nearest(_ nearest: ScoringV1.NearestCases) -> JSON {
        [
            "missing": .integer(nearest.missing), "reachable": .bool(nearest.reachable),
            "cases": .list(nearest.cases) { entry in
                [
                    "decision_no": .string(entry.decisionNo), "gain": .integer(entry.gain),
                    "remaining": .integer(entry.remaining),
                ]
            },
        ]
    }

    private static func reason(_ reason: ScoringV1.CaseReason) -> JSON {
        [
            "decision_no": .string(reason.decisionNo),
            "in": .bool(reason.in),
            "counted": .bool(reason.counted),
            "rule": .text(reason.rule),
            "facts": .list(reason.facts) { fact in
                ["name": .string(fact.name), "value": .string(fact.value)]
            },
            "citation": .text(reason.citation),
            "numerator": .integer(reason.numerator),
            "denominator": .integer(reason.denominator),
            "reason": .text(reason.reason),
            "verified": .bool(reason.verified),
            "changes": .list(reason.changes) { .number($0) },
        ]
    }

    func text(_ terminal: Terminal) -> String {
        var parts = [
            ScoreAnswer.heading(
                title: "\(head.unit)  \(head.name)", campaign: head.campaign,
                version: head.planVersion, asOf: head.asOf, terminal)
        ]
        if let summary { parts.append(total(summary, terminal)) }
        parts.append(cases.isEmpty ? ExplainText.noCases.text : table.rendered(on: terminal))
        if let nearest { parts.append(soonest(nearest, terminal)) }
        let unverified = Set(cases.filter { !$0.verified }.map(\.rule).filter { !$0.isEmpty })
        parts.append(ScoreAnswer.unverifiedNote(unverified, terminal) ?? "")
        parts.append(ScoreAnswer.lawBook(head.lawBook, terminal))
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private func total(_ summary: ScoringV1.TargetResult, _ terminal: Terminal) -> String {
        let measure = summary.measure.isEmpty ? summary.id : summary.measure
        let cell = ScoreAnswer.cell(summary)
        let money = summary.unitOfCount == "money"
        let figures = [summary.numerator, summary.denominator]
            .map { money ? Formats.money($0) : Formats.count($0) }.joined(separator: " / ")
        return terminal.fields([
            (ScoreText.targetTitle, "\(MeasureName.of(measure).long) (\(summary.id))"),
            (ScoreText.result, "\(cell.text)  =  \(figures)"),
            (ScoreText.threshold, Formats.threshold(summary.threshold)),
            (ScoreText.due, Formats.day(summary.dueOn)),
            (ScoreText.notes, summary.notes.joined(separator: "; ")),
        ])
    }

    /// What is missing, and the cases that would give it.
    private func soonest(_ nearest: ScoringV1.NearestCases, _ terminal: Terminal) -> String {
        let money = summary?.unitOfCount == "money"
        let missing = money ? Formats.money(nearest.missing) : Formats.count(nearest.missing)
        let numbers = nearest.cases.prefix(10).map(\.decisionNo).joined(separator: ", ")
        let more = nearest.cases.count > 10 ? " … (\(Formats.count(nearest.cases.count)))" : ""
        let told =
            nearest.reachable
            ? ExplainText.soonest(missing, numbers + more) : ExplainText.unreachable(missing)
        return terminal.paragraph(told.text)
    }

    private var table: Table {
        let money = summary?.unitOfCount == "money"
        var table = Table([
            Column(ExplainText.decision), Column(ExplainText.counts, wrapsTo: 8),
            Column(ScoreText.numerator, .right), Column(ScoreText.denominator, .right),
            Column(ExplainText.reason, wrapsTo: 24), Column(ExplainText.rule, dropOrder: 2),
            Column(ExplainText.citation, wrapsTo: 16, dropOrder: 1),
            Column(ExplainText.facts, wrapsTo: 22, dropOrder: 0),
        ])
        for item in cases {
            let facts = item.facts.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
            let share = { (value: Int64) in
                Cell(money ? Formats.money(value) : Formats.count(value))
            }
            table.add([
                Cell(item.decisionNo), counted(item), share(item.numerator),
                share(item.denominator), Cell(item.reason),
                Cell(item.rule + (item.verified || item.rule.isEmpty ? "" : "*")),
                Cell(item.citation), Cell(facts),
            ])
        }
        return table
    }

    private func counted(_ item: ScoringV1.CaseReason) -> Cell {
        if !item.counted { return Cell("– \(ExplainText.leftOut)", .quiet) }
        return item.in
            ? Cell("✓ \(ExplainText.inside)", .good) : Cell("✗ \(ExplainText.outside)", .bad)
    }
}

private enum ExplainText {
    static let decision = Phrase("Quyết định số", "Decision")
    static let counts = Phrase("Tính", "Counts")
    static let reason = Phrase("Lý do", "Reason")
    static let rule = Phrase("Quy tắc", "Rule")
    static let citation = Phrase("Căn cứ", "Citation")
    static let facts = Phrase("Dữ kiện", "Facts")
    static let inside = Phrase("đạt", "in")
    static let outside = Phrase("chưa đạt", "out")
    static let leftOut = Phrase("không tính", "left out")
    static func soonest(_ missing: String, _ cases: String) -> Phrase {
        Phrase(
            "Còn thiếu \(missing); đạt sớm nhất nhờ các việc: \(cases)",
            "Still missing \(missing); soonest by the cases: \(cases)")
    }
    static func unreachable(_ missing: String) -> Phrase {
        Phrase(
            "Còn thiếu \(missing); mọi việc chưa đạt cộng lại cũng không đủ.",
            "Still missing \(missing); all open cases together would not do.")
    }
    static let noCases = Phrase(
        "Không có việc nào trong chỉ tiêu này.", "No case belongs to this target.")
}
