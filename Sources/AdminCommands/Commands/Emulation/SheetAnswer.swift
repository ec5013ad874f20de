import Wire

/// `caodiem.emulation-sheet/1`: what is counted, and the three columns beside it.
enum SheetAnswer {
    static func of(_ reply: EmulationV1.SheetReply) -> Answer {
        Answer(json(reply)) { text(reply, $0) }
    }

    static func json(_ reply: EmulationV1.SheetReply) -> JSON {
        .answer(
            "emulation-sheet/1",
            [
                .init("campaign", .string(reply.campaign)),
                .init("plan_version", .number(reply.planVersion)),
                .init("as_of", .string(reply.asOf)),
                .init("law_book", .string(reply.lawBook)),
                .init("verified", .bool(reply.verified)),
                .init("unit", .string(reply.unit)),
                .init("name", .text(reply.name)),
                .init("state", .string(reply.state)),
                .init("change", .number(reply.change)),
                .init("lines", .list(reply.lines, line)),
                .init(
                    "scores",
                    [
                        "computed": .text(reply.computedScore), "self": .text(reply.selfScore),
                        "reviewed": .text(reply.reviewedScore),
                        "decided": .text(reply.decidedScore),
                    ]),
                .init("object_until", .text(reply.objectUntil)),
                .init("objections", .list(reply.objections, objection)),
            ])
    }

    private static func line(_ line: EmulationV1.SheetLine) -> JSON {
        [
            "criterion": .string(line.criterion), "basis": .string(line.basis),
            "base": .number(line.base), "bonus_maximum": .number(line.bonusMaximum),
            "computed": line.computed.map { computed in
                [
                    "points": .string(computed.points), "bonus": .string(computed.bonus),
                    "deduction": .string(computed.deduction), "reason": .text(computed.reason),
                ]
            } ?? .null,
            "self": given(line.selfScored), "reviewed": given(line.reviewed),
            "decided": given(line.decided),
        ]
    }

    private static func given(_ score: EmulationV1.GivenScore?) -> JSON {
        guard let score else { return .null }
        return [
            "points": .string(score.points), "bonus": .string(score.bonus),
            "author": .string(score.author), "at": .string(score.at),
            "evidence": .text(score.evidence), "reason": .text(score.reason),
        ]
    }

    private static func objection(_ objection: EmulationV1.Objection) -> JSON {
        [
            "number": .number(objection.number), "criterion": .text(objection.criterion),
            "against": .string(objection.against), "text": .string(objection.text),
            "author": .string(objection.author), "at": .string(objection.at),
            "answer_due_on": .text(objection.answerDueOn), "overdue": .bool(objection.overdue),
            "outcome": .text(objection.outcome), "answer": .text(objection.answer),
            "answered_by": .text(objection.answeredBy), "answered_at": .text(objection.answeredAt),
        ]
    }

    static func text(_ reply: EmulationV1.SheetReply, _ terminal: Terminal) -> String {
        var table = Table([
            Column(Words.criterion, wrapsTo: 14), Column(Words.base, .right),
            Column(Words.computed, .right), Column(Words.scored, .right),
            Column(Words.reviewed, .right), Column(Words.decided, .right),
            Column(Words.notes, wrapsTo: 28),
        ])
        for line in reply.lines {
            table.add([
                Cell(MeasureName.of(line.criterion).short.text), Cell("\(line.base)"),
                Cell(points(line.computed?.points, line.computed?.bonus)),
                Cell(points(line.selfScored?.points, line.selfScored?.bonus)),
                Cell(points(line.reviewed?.points, line.reviewed?.bonus)),
                Cell(points(line.decided?.points, line.decided?.bonus), .strong),
                Cell(notes(line)),
            ])
        }
        table.add(
            [
                Cell(Words.sum.text, .strong), Cell(""), Cell(Formats.decimal(reply.computedScore)),
                Cell(Formats.decimal(reply.selfScore)), Cell(Formats.decimal(reply.reviewedScore)),
                Cell(Formats.decimal(reply.decidedScore), .strong), Cell(""),
            ], ruled: true)
        return [
            ScoreAnswer.heading(
                title: Words.title(reply.unit, reply.name, Terms.sheetState[reply.state]).text,
                campaign: reply.campaign, version: reply.planVersion, asOf: reply.asOf, terminal),
            table.rendered(on: terminal), authors(reply, terminal), objections(reply, terminal),
            ScoreAnswer.lawBook(reply.lawBook, terminal),
        ].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// `30,00 +2,00`; a dash where nothing stands.
    private static func points(_ points: String?, _ bonus: String?) -> String {
        guard let points else { return Formats.absent }
        guard let bonus, bonus != "0.00" else { return Formats.decimal(points) }
        return "\(Formats.decimal(points)) +\(Formats.decimal(bonus))"
    }

    private static func notes(_ line: EmulationV1.SheetLine) -> String {
        [line.decided, line.reviewed, line.selfScored].compactMap { $0 }
            .flatMap { [$0.reason, $0.evidence] }.filter { !$0.isEmpty }
            .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            .joined(separator: "; ")
    }

    private static func authors(_ reply: EmulationV1.SheetReply, _ terminal: Terminal) -> String {
        let columns: [(Phrase, EmulationV1.GivenScore?)] = [
            (Words.scored, reply.lines.lazy.compactMap(\.selfScored).first),
            (Words.reviewed, reply.lines.lazy.compactMap(\.reviewed).first),
            (Words.decided, reply.lines.lazy.compactMap(\.decided).first),
        ]
        let pairs = columns.compactMap { title, score in
            score.map { (title, "\($0.author), \($0.at)") }
        }
        return pairs.isEmpty ? "" : terminal.fields(pairs)
    }

    private static func objections(
        _ reply: EmulationV1.SheetReply, _ terminal: Terminal
    ) -> String {
        var lines = reply.objections.map { objection in
            let answer =
                objection.outcome.isEmpty
                ? Words.open(Formats.day(objection.answerDueOn), objection.overdue).text
                : "\(Terms.objection[objection.outcome]): \(objection.answer)"
            return terminal.paragraph(
                Words.objection(objection.number, objection.criterion, objection.text).text + " — "
                    + answer)
        }
        if !reply.objectUntil.isEmpty {
            lines.append(terminal.paragraph(Words.until(Formats.day(reply.objectUntil)).text))
        }
        return lines.joined(separator: "\n")
    }
}

private enum Words {
    static let criterion = Phrase("Tiêu chí", "Criterion")
    static let base = Phrase("Chuẩn", "Base")
    static let computed = Phrase("Số liệu", "Computed")
    static let scored = Phrase("Tự chấm", "Self")
    static let reviewed = Phrase("Thẩm định", "Reviewed")
    static let decided = Phrase("Quyết định", "Decided")
    static let notes = Phrase("Lý do, tài liệu", "Reasons, evidence")
    static let sum = Phrase("Tổng điểm", "Score")

    static func title(_ unit: String, _ name: String, _ state: String) -> Phrase {
        Phrase("Phiếu điểm \(unit) \(name): \(state)", "Score sheet \(unit) \(name): \(state)")
    }
    static func objection(_ number: UInt64, _ criterion: String, _ text: String) -> Phrase {
        let about = criterion.isEmpty ? "" : " (\(criterion))"
        return Phrase(
            "Khiếu nại số \(number)\(about): \(text)", "Objection \(number)\(about): \(text)")
    }
    static func open(_ due: String, _ overdue: Bool) -> Phrase {
        overdue
            ? Phrase("quá hạn trả lời \(due)", "answer overdue since \(due)")
            : Phrase("chưa trả lời, hạn \(due)", "not answered, due \(due)")
    }
    static func until(_ day: String) -> Phrase {
        Phrase("Khiếu nại được đến hết ngày \(day).", "Objections until \(day).")
    }
}
