import Wire

/// What recording a fact, making a decision and asking for grounds came to.
enum CaseRecordAnswer {
    /// `caodiem.case-record/1`
    static func of(_ reply: CaseworkV1.RecordReply) -> Answer {
        let json = JSON.answer(
            "case-record/1",
            [
                .init("kind", .string(reply.kind)), .init("status", .string(reply.status)),
                .init("outcome", .string(reply.outcome)),
                .init("change", reply.change == 0 ? .null : .number(reply.change)),
                .init("row", .object(reply.row.map { .init($0.name, .text($0.value)) })),
            ])
        return Answer(json) { terminal in
            let lines = reply.row.map { "  \($0.name): \($0.value.printable)" }
            return ([terminal.paragraph(Words.recorded(reply).text)] + lines)
                .joined(separator: "\n")
        }
    }

    /// `caodiem.case-decision/1`
    static func of(_ reply: CaseworkV1.DecideReply, kind: String) -> Answer {
        let json = JSON.answer(
            "case-decision/1",
            [
                .init("kind", .string(kind)), .init("status", .string(reply.status)),
                .init("verdict", .string("lawful")),
                .init("change", reply.change == 0 ? .null : .number(reply.change)),
                .init("decided_on", .string(reply.decidedOn)),
                .init("case_status_before", .string(reply.caseStatusBefore)),
                .init("case_status", .string(reply.caseStatus)),
                .init("remaining_before", .integer(reply.remainingBefore)),
                .init("remaining", .integer(reply.remaining)),
                .init("ground", reply.ground.map(rule) ?? .null),
                .init("notes", .list(reply.notes, rule)),
                .init("confirmed", .list(reply.confirmed) { .string($0) }),
                .init("law_book", .text(reply.lawBook)),
            ])
        return Answer(json) { terminal in
            var lines = [terminal.paragraph(Words.decided(reply).text)]
            if let ground = reply.ground {
                lines.append(terminal.paragraph("\(ground.citation): \(ground.text)", indent: 2))
            }
            lines += reply.notes.map {
                terminal.paragraph("\(Words.note.text) \($0.text) (\($0.citation))", indent: 2)
            }
            return lines.joined(separator: "\n")
        }
    }

    /// `caodiem.grounds/1`
    static func of(_ reply: CaseworkV1.ListGroundsReply) -> Answer {
        let json = JSON.answer(
            "grounds/1",
            [
                .init("as_of", .string(reply.asOf)), .init("law_book", .text(reply.lawBook)),
                .init(
                    "grounds",
                    .list(reply.grounds) { ground in
                        [
                            "kind": .string(ground.kind), "code": .string(ground.code),
                            "rule": ground.rule.map(rule) ?? .null,
                        ]
                    }),
            ])
        return Answer(json) { terminal in
            var table = Table([
                Column(Words.kind), Column(Words.code), Column(Words.title, wrapsTo: 24),
            ])
            for ground in reply.grounds {
                let star = ground.rule?.verified ?? false ? "" : "*"
                table.add([
                    Cell(ground.kind), Cell(ground.code + star), Cell(ground.rule?.text ?? ""),
                ])
            }
            return table.rendered(on: terminal)
        }
    }

    static func rule(_ rule: CaseworkV1.AppliedRule) -> JSON {
        [
            "id": .string(rule.id), "citation": .text(rule.citation), "text": .text(rule.text),
            "verified": .bool(rule.verified),
        ]
    }
}

private enum Words {
    static let kind = Phrase("Quyết định", "Decision")
    static let code = Phrase("Căn cứ", "Ground")
    static let title = Phrase("Nội dung", "What it says")
    static let note = Phrase("Lưu ý:", "Note:")

    static func recorded(_ reply: CaseworkV1.RecordReply) -> Phrase {
        let trial = reply.status == "dry_run"
        let (vi, en) =
            switch reply.outcome {
            case "inserted": (trial ? "sẽ ghi mới" : "đã ghi", trial ? "would be added" : "added")
            case "corrected":
                (trial ? "sẽ sửa" : "đã sửa", trial ? "would be corrected" : "corrected")
            default: ("không đổi", "unchanged")
            }
        let change = reply.change == 0 ? "" : " (thay đổi số \(reply.change))"
        let number = reply.change == 0 ? "" : " (change \(reply.change))"
        return Phrase("\(reply.kind): \(vi)\(change)", "\(reply.kind): \(en)\(number)")
    }

    static func decided(_ reply: CaseworkV1.DecideReply) -> Phrase {
        let before = Terms.caseStatus[reply.caseStatusBefore]
        let after = Terms.caseStatus[reply.caseStatus]
        let day = Formats.day(reply.decidedOn)
        let left = Formats.money(reply.remaining)
        return switch reply.status {
        case "dry_run":
            Phrase(
                "Đúng luật; nếu ghi, ngày \(day): \(before) → \(after), còn \(left) đ",
                "Lawful; on \(day) it would be: \(before) → \(after), \(left) đ left")
        case "unchanged":
            Phrase("Quyết định này đã có, không đổi", "This decision is on file, unchanged")
        default:
            Phrase(
                "Đã ghi (thay đổi số \(reply.change)), ngày \(day): \(before) → \(after), còn \(left) đ",
                "Decided (change \(reply.change)), \(day): \(before) → \(after), \(left) đ left")
        }
    }
}
