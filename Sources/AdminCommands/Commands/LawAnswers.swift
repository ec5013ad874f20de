import Wire

/// `caodiem.law-list/1`: the rules in force on a day.
enum LawListAnswer {
    static func of(_ reply: LawV1.ListReply) -> Answer {
        Answer(json(reply)) { text(reply, $0) }
    }

    static func json(_ reply: LawV1.ListReply) -> JSON {
        .answer(
            "law-list/1",
            [
                .init("digest", .string(reply.lawBook)), .init("on", .string(reply.on)),
                .init("rules", .list(reply.rules) { .object(LawEdition.members($0, named: true)) }),
            ])
    }

    static func text(_ reply: LawV1.ListReply, _ terminal: Terminal) -> String {
        let unverified = reply.rules.count { !$0.verified }
        let title = LawText.count(reply.rules.count, Formats.day(reply.on), unverified)
        guard !reply.rules.isEmpty else { return terminal.paragraph(title.text) }
        return [
            terminal.paragraph(title.text), LawEdition.table(reply.rules).rendered(on: terminal),
            ScoreAnswer.lawBook(reply.lawBook, terminal),
        ].joined(separator: "\n\n")
    }
}

/// `caodiem.law-rule/1`: one rule on a day, with all its values and the parts of its row.
enum LawRuleAnswer {
    static func of(_ reply: LawV1.ShowReply) -> Answer {
        Answer(json(reply)) { text(reply, $0) }
    }

    static func json(_ reply: LawV1.ShowReply) -> JSON {
        let title = (reply.inForce ?? reply.editions.last)?.title
        return .answer(
            "law-rule/1",
            [
                .init("digest", .string(reply.lawBook)), .init("on", .string(reply.on)),
                .init("id", .string(reply.id)), .init("title", .text(title)),
                .init("in_force", .bool(reply.inForce != nil)),
            ] + LawEdition.members(reply.inForce) + [
                .init("editions", .list(reply.editions) { .object(LawEdition.members($0)) }),
                .init("parts", .list(reply.parts) { .object(LawEdition.members($0, named: true)) }),
            ])
    }

    static func text(_ reply: LawV1.ShowReply, _ terminal: Terminal) -> String {
        let title = (reply.inForce ?? reply.editions.last)?.title ?? ""
        var sections = [
            terminal.styled(
                terminal.paragraph(title.isEmpty ? reply.id : "\(reply.id)  \(title)"), .strong)
        ]
        if let rule = reply.inForce {
            sections.append(
                terminal.fields([
                    (LawText.on, Formats.day(reply.on)),
                    (LawText.value, LawEdition.value(rule)),
                    (LawText.inForce, LawEdition.days(rule)),
                    (LawText.citation, "\(rule.instrument) \(rule.place)"),
                    (LawText.instrument, rule.instrumentTitle),
                    (LawText.mark, LawText.verified(rule.verified).text),
                    (LawText.note, rule.note),
                ]))
        } else if !reply.editions.isEmpty {
            sections.append(terminal.paragraph(LawText.none(Formats.day(reply.on)).text))
        }
        if reply.editions.count > 1 || reply.inForce == nil, !reply.editions.isEmpty {
            sections.append(
                terminal.styled(LawText.editions.text, .strong) + "\n"
                    + LawEdition.history(reply.editions).rendered(on: terminal))
        }
        if !reply.parts.isEmpty {
            sections.append(
                terminal.styled(LawText.parts.text, .strong) + "\n"
                    + LawEdition.table(reply.parts).rendered(on: terminal))
        }
        sections.append(ScoreAnswer.lawBook(reply.lawBook, terminal))
        return sections.joined(separator: "\n\n")
    }
}

/// `caodiem.law-diff/1`: the rules whose value differs between two days.
enum LawDiffAnswer {
    static func of(_ reply: LawV1.DiffReply) -> Answer {
        Answer(json(reply)) { text(reply, $0) }
    }

    static func json(_ reply: LawV1.DiffReply) -> JSON {
        .answer(
            "law-diff/1",
            [
                .init("digest", .string(reply.lawBook)), .init("from", .string(reply.from)),
                .init("to", .string(reply.to)),
                .init(
                    "changes",
                    .list(reply.changes) { change in
                        [
                            "id": .string(change.id), "title": .text(change.title),
                            "change": .string(change.kind),
                            "before": change.before.map { .object(LawEdition.members($0)) }
                                ?? .null,
                            "after": change.after.map { .object(LawEdition.members($0)) } ?? .null,
                        ]
                    }),
            ])
    }

    static func text(_ reply: LawV1.DiffReply, _ terminal: Terminal) -> String {
        let title = LawText.changes(
            reply.changes.count, Formats.day(reply.from), Formats.day(reply.to))
        guard !reply.changes.isEmpty else { return terminal.paragraph(title.text) }
        var table = Table([
            Column(LawText.rule), Column(LawText.what, wrapsTo: 20),
            Column(LawText.before, wrapsTo: 12), Column(LawText.after, wrapsTo: 12),
            Column(LawText.since), Column(LawText.citation, wrapsTo: 14, dropOrder: 1),
        ])
        for change in reply.changes {
            let basis = change.after ?? change.before
            table.add([
                Cell(change.id), Cell(change.title),
                Cell(change.before.map(LawEdition.valueAndMark) ?? Formats.absent),
                Cell(change.after.map(LawEdition.valueAndMark) ?? Formats.absent),
                Cell(Formats.day(change.after?.from ?? "")),
                Cell(basis.map { "\($0.instrument) \($0.place)" } ?? ""),
            ])
        }
        return [
            terminal.paragraph(title.text), table.rendered(on: terminal),
            ScoreAnswer.lawBook(reply.lawBook, terminal),
        ].joined(separator: "\n\n")
    }
}
