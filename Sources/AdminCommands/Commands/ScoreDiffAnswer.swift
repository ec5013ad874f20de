import Wire

/// `caodiem.score-diff/1`: what has changed since a freeze.
struct ScoreDiffAnswer: Sendable {
    private var head = ScoringV1.DiffHead()
    private var targets: [ScoringV1.TargetDiff] = []
    private var changes: [ScoringV1.ChangeEntry] = []

    init(_ items: [ScoringV1.DiffItem]) {
        for item in items {
            switch item.item {
            case .head(let head): self.head = head
            case .target(let target): targets.append(target)
            case .change(let change): changes.append(change)
            case nil: continue
            }
        }
    }

    var answer: Answer { Answer(json) { text($0) } }

    var json: JSON {
        .answer(
            "score-diff/1",
            [
                .init("freeze", .string(head.freeze)),
                .init("campaign", .string(head.campaign)),
                .init("plan_version", .number(head.planVersion)),
                .init("plan_version_now", .number(head.planVersionNow)),
                .init("law_book", .string(head.lawBook)),
                .init("law_book_now", .string(head.lawBookNow)),
                .init("frozen_as_of", .string(head.frozenAsOf)),
                .init("frozen_at", .number(head.frozenAt)),
                .init("as_of", .string(head.asOf)),
                .init("change", .number(head.change)),
                .init("differences", .list(targets, Self.difference)),
                .init(
                    "changes",
                    .list(changes) { change in
                        [
                            "change": .number(change.change), "kind": .string(change.kind),
                            "principal": .string(change.principal),
                            "received_on": .string(change.receivedOn),
                            "files": .list(change.files, JSON.string),
                        ]
                    }),
            ])
    }

    private static func difference(_ target: ScoringV1.TargetDiff) -> JSON {
        [
            "target": .string(target.target), "measure": .string(target.measure),
            "unit": .string(target.unit), "name": .text(target.name),
            "unit_of_count": .string(target.unitOfCount),
            "frozen": target.then.map(figure) ?? .null, "now": target.now.map(figure) ?? .null,
            "cases": .list(target.cases) { entry in
                [
                    "decision_no": .string(entry.decisionNo),
                    "frozen": share(entry.numeratorThen, entry.denominatorThen),
                    "now": share(entry.numeratorNow, entry.denominatorNow),
                    "reason": .string(entry.reason),
                    "changes": .list(entry.changes) { .number($0) },
                ]
            },
        ]
    }

    private static func figure(_ figure: ScoringV1.Figure) -> JSON {
        [
            "numerator": .integer(figure.numerator), "denominator": .integer(figure.denominator),
            "rate": .text(figure.rate), "state": .string(figure.state),
        ]
    }

    private static func share(_ numerator: Int64, _ denominator: Int64) -> JSON {
        ["numerator": .integer(numerator), "denominator": .integer(denominator)]
    }

    func text(_ terminal: Terminal) -> String {
        var parts = [
            terminal.paragraph(
                DiffText.head(
                    head.freeze, Formats.day(head.frozenAsOf), Formats.day(head.asOf),
                    Formats.count(head.change)
                ).text)
        ]
        if head.planVersion != head.planVersionNow {
            parts.append(
                terminal.paragraph(DiffText.plan(head.planVersion, head.planVersionNow).text))
        }
        if head.lawBook != head.lawBookNow {
            parts.append(terminal.paragraph(DiffText.lawBook.text))
        }
        parts.append(
            targets.isEmpty ? DiffText.none.text : figures.rendered(on: terminal))
        for target in targets where !target.cases.isEmpty {
            parts.append(
                terminal.styled("\(target.unit)  \(target.target)", .strong) + "\n"
                    + cases(of: target).rendered(on: terminal))
        }
        if !changes.isEmpty { parts.append(sources.rendered(on: terminal)) }
        return parts.joined(separator: "\n\n")
    }

    private var figures: Table {
        var table = Table([
            Column(ScoreText.code), Column(ScoreText.id), Column(DiffText.then, .right),
            Column(DiffText.now, .right), Column(ScoreText.result, wrapsTo: 14),
        ])
        for target in targets {
            table.add([
                Cell(target.unit), Cell(target.target), Cell(told(target.then, target)),
                Cell(told(target.now, target)),
                Cell("\(state(target.then)) → \(state(target.now))"),
            ])
        }
        return table
    }

    private func cases(of target: ScoringV1.TargetDiff) -> Table {
        var table = Table([
            Column(DiffText.decision), Column(DiffText.then, .right), Column(DiffText.now, .right),
            Column(DiffText.reason, wrapsTo: 24), Column(DiffText.changes, wrapsTo: 12),
        ])
        for entry in target.cases {
            table.add([
                Cell(entry.decisionNo),
                Cell(pair(entry.numeratorThen, entry.denominatorThen, target)),
                Cell(pair(entry.numeratorNow, entry.denominatorNow, target)), Cell(entry.reason),
                Cell(entry.changes.map { String($0) }.joined(separator: ", ")),
            ])
        }
        return table
    }

    private var sources: Table {
        var table = Table([
            Column(DiffText.change, .right), Column(DiffText.on), Column(DiffText.kind),
            Column(DiffText.by), Column(DiffText.files, wrapsTo: 24),
        ])
        for change in changes {
            table.add([
                Cell(String(change.change)), Cell(Formats.day(change.receivedOn)),
                Cell(change.kind), Cell(change.principal),
                Cell(change.files.joined(separator: ", ")),
            ])
        }
        return table
    }

    private func told(_ figure: ScoringV1.Figure?, _ target: ScoringV1.TargetDiff) -> String {
        figure.map { pair($0.numerator, $0.denominator, target) } ?? Formats.absent
    }

    private func pair(
        _ numerator: Int64, _ denominator: Int64, _ target: ScoringV1.TargetDiff
    ) -> String {
        [numerator, denominator]
            .map { target.unitOfCount == "money" ? Formats.money($0) : Formats.count($0) }
            .joined(separator: " / ")
    }

    private func state(_ figure: ScoringV1.Figure?) -> String {
        guard let figure else { return Formats.absent }
        return TargetState(rawValue: figure.state).map { "\($0.name)" } ?? figure.state
    }
}

private enum DiffText {
    static let then = Phrase("Khi chốt", "Frozen")
    static let now = Phrase("Hiện nay", "Now")
    static let decision = Phrase("Quyết định số", "Decision")
    static let reason = Phrase("Lý do", "Reason")
    static let changes = Phrase("Thay đổi", "Changes")
    static let change = Phrase("Thay đổi", "Change")
    static let on = Phrase("Nhận ngày", "Received")
    static let kind = Phrase("Loại", "Kind")
    static let by = Phrase("Người gửi", "By")
    static let files = Phrase("Tệp", "Files")
    static let none = Phrase(
        "Không có số liệu nào khác bản chốt.", "No figure differs from the freeze.")
    static let lawBook = Phrase(
        "Bộ quy tắc đã khác so với khi chốt.", "The law book is another one than at the freeze.")

    static func head(_ id: String, _ then: String, _ now: String, _ change: String) -> Phrase {
        Phrase(
            "So với bản chốt \(id) (số liệu đến \(then)): số liệu đến \(now), thay đổi \(change)",
            "Against freeze \(id) (as of \(then)): figures as of \(now), change \(change)")
    }

    static func plan(_ then: UInt32, _ now: UInt32) -> Phrase {
        Phrase(
            "Cả hai bên tính theo kế hoạch bản \(then); bản đang áp dụng là \(now).",
            "Both sides are counted by version \(then) of the plan; version \(now) is in force.")
    }
}
