import Wire

/// `caodiem.emulation-grades/1`: grades, titles and quotas, each with its conditions.
enum GradesAnswer {
    static func of(_ reply: EmulationV1.GradesReply, oneUnit: Bool) -> Answer {
        Answer(json(reply)) { text(reply, explained: oneUnit, $0) }
    }

    static func json(_ reply: EmulationV1.GradesReply) -> JSON {
        .answer(
            "emulation-grades/1",
            [
                .init("campaign", .string(reply.campaign)),
                .init("plan_version", .number(reply.planVersion)),
                .init("as_of", .string(reply.asOf)),
                .init("law_book", .string(reply.lawBook)),
                .init("rows", .list(reply.rows, row)),
                .init(
                    "quotas",
                    .list(reply.quotas) { quota in
                        [
                            "title": .string(quota.title), "name": .string(quota.name),
                            "scope": .string(quota.scope), "of": .number(quota.of),
                            "slots": quota.citation.isEmpty ? .null : .number(quota.slots),
                            "eligible": .number(quota.eligible),
                            "citation": .text(quota.citation), "verified": .bool(quota.verified),
                        ]
                    }),
            ])
    }

    private static func row(_ row: EmulationV1.PersonGrade) -> JSON {
        [
            "kind": .string(row.kind), "unit": .string(row.unit), "code": .string(row.code),
            "name": .text(row.name), "grade": .text(row.grade),
            "reasons": .list(row.reasons, condition),
            "titles": .list(row.titles) { title in
                [
                    "title": .string(title.title), "name": .string(title.name),
                    "outcome": .string(title.outcome),
                    "conditions": .list(title.conditions, condition), "quota": .text(title.quota),
                ]
            },
        ]
    }

    private static func condition(_ condition: EmulationV1.Condition) -> JSON {
        [
            "id": .string(condition.id), "state": .string(condition.state),
            "text": .string(condition.text), "citation": .text(condition.citation),
            "verified": .bool(condition.verified),
        ]
    }

    static func text(
        _ reply: EmulationV1.GradesReply, explained: Bool, _ terminal: Terminal
    ) -> String {
        var table = Table([
            Column(Words.kind), Column(ScoreText.code), Column(Words.name, wrapsTo: 18),
            Column(Words.grade, wrapsTo: 18), Column(Words.titles, wrapsTo: 30),
        ])
        for row in reply.rows {
            let style: Style =
                row.grade == "not_completed"
                ? .bad : row.grade == "undetermined" ? .pending : .plain
            table.add([
                Cell(Terms.personKind[row.kind]), Cell(row.code), Cell(row.name),
                Cell(row.grade.isEmpty ? Formats.absent : Terms.grade[row.grade], style),
                Cell(titles(row)),
            ])
        }
        let quotas = reply.quotas.map { quota in
            terminal.paragraph(
                Words.quota(quota.name, quota.scope, quota.of, quota.slots, quota.eligible).text
                    + (quota.citation.isEmpty ? "" : " [\(quota.citation)]"))
        }
        return [
            ScoreAnswer.heading(
                title: Words.title.text, campaign: reply.campaign, version: reply.planVersion,
                asOf: reply.asOf, terminal),
            table.rendered(on: terminal), quotas.joined(separator: "\n"),
            explained ? explanation(reply, terminal) : terminal.paragraph(Words.more.text),
            ScoreAnswer.lawBook(reply.lawBook, terminal),
        ].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func titles(_ row: EmulationV1.PersonGrade) -> String {
        row.titles.filter { $0.outcome != "not_eligible" }.map { title in
            title.outcome == "undetermined" ? "\(title.name) (?)" : title.name
        }.joined(separator: "; ")
    }

    private static func explanation(
        _ reply: EmulationV1.GradesReply, _ terminal: Terminal
    ) -> String {
        reply.rows.map { row in
            var lines = [terminal.styled("\(row.code) \(row.name)", .strong)]
            lines += row.reasons.map { shown($0, terminal) }
            for title in row.titles {
                lines.append(
                    terminal.paragraph(
                        "\(title.name): \(Terms.eligibility[title.outcome])", indent: 2))
                lines += title.conditions.map { shown($0, terminal) }
                if !title.quota.isEmpty {
                    lines.append(terminal.paragraph(title.quota, indent: 4))
                }
            }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    private static func shown(_ condition: EmulationV1.Condition, _ terminal: Terminal) -> String {
        let mark =
            switch condition.state {
            case "met": "✓"
            case "not_met": "✗"
            default: "?"
            }
        let citation = condition.citation.isEmpty ? "" : " [\(condition.citation)]"
        let unverified = condition.verified ? "" : " *"
        return terminal.paragraph("\(mark) \(condition.text)\(citation)\(unverified)", indent: 4)
    }
}

private enum Words {
    static let title = Phrase("Xếp loại và danh hiệu", "Grades and titles")
    static let kind = Phrase("Đối tượng", "Who")
    static let name = Phrase("Tên", "Name")
    static let grade = Phrase("Xếp loại", "Grade")
    static let titles = Phrase("Đủ điều kiện đề nghị", "May be proposed for")
    static let more = Phrase(
        "(?) cần người có thẩm quyền quyết định. Giải thích từng người: thêm --unit.",
        "(?) a person must decide. Explanations person by person: add --unit.")

    static func quota(
        _ name: String, _ scope: String, _ of: UInt32, _ slots: UInt32, _ eligible: UInt32
    ) -> Phrase {
        Phrase(
            "\(name): tối đa \(slots) trên \(of) (\(scope)), \(eligible) đủ điều kiện",
            "\(name): at most \(slots) of \(of) (\(scope)), \(eligible) meet the conditions")
    }
}

/// `caodiem.emulation-proposals/1`
enum ProposalsAnswer {
    static func of(_ reply: EmulationV1.ProposalsReply) -> Answer {
        Answer(json(reply)) { text(reply, $0) }
    }

    static func json(_ reply: EmulationV1.ProposalsReply) -> JSON {
        .answer(
            "emulation-proposals/1",
            [
                .init("campaign", .string(reply.campaign)),
                .init(
                    "proposals",
                    .list(reply.proposals) { proposal in
                        [
                            "number": .number(proposal.number), "kind": .string(proposal.kind),
                            "code": .string(proposal.code), "unit": .string(proposal.unit),
                            "title": .string(proposal.title),
                            "title_name": .string(proposal.titleName),
                            "state": .string(proposal.state),
                            "drafted_by": .string(proposal.draftedBy),
                            "drafted_at": .string(proposal.draftedAt),
                            "as_of": .string(proposal.asOf), "reason": .text(proposal.reason),
                            "record": .list(proposal.record, JSON.string),
                            "decided_by": .text(proposal.decidedBy),
                            "decided_at": .text(proposal.decidedAt),
                            "decision_reason": .text(proposal.decisionReason),
                        ]
                    }),
            ])
    }

    static func text(_ reply: EmulationV1.ProposalsReply, _ terminal: Terminal) -> String {
        guard !reply.proposals.isEmpty else { return none.text }
        return reply.proposals.map { proposal in
            let head =
                "\(proposal.number). \(proposal.titleName): \(proposal.code) (\(proposal.unit)) — "
                + Terms.proposal[proposal.state]
            var lines = [
                terminal.styled(head, .strong),
                terminal.paragraph(
                    "\(proposal.draftedBy), \(proposal.draftedAt): \(proposal.reason)", indent: 2),
            ]
            lines += proposal.record.map { terminal.paragraph($0, indent: 4) }
            if !proposal.decidedBy.isEmpty {
                lines.append(
                    terminal.paragraph(
                        "\(proposal.decidedBy), \(proposal.decidedAt): \(proposal.decisionReason)",
                        indent: 2))
            }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    private static let none = Phrase("Chưa có đề nghị nào.", "There is no proposal.")
}
