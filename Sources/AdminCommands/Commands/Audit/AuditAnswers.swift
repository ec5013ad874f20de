import Wire

/// `caodiem.audit/1`, `caodiem.audit-list/1`, `caodiem.audit-export/1`.
enum AuditAnswers {
    static func state(_ reply: AdminV1.VerifyAuditReply) -> Answer {
        let isIntact = reply.status == "intact"
        let json = JSON.answer(
            "audit/1",
            [
                .init("entries", .number(reply.entries)), .init("head", .string(reply.head)),
                .init("status", .string(reply.status)),
                .init("first_broken", isIntact ? .null : .number(reply.firstBroken)),
                .init("reason", .text(reply.reason)),
            ])
        return Answer(json, status: isIntact ? .ok : .failed) { terminal in
            let head = terminal.paragraph(AuditWords.head(reply.entries, reply.head).text)
            if isIntact { return terminal.styled(AuditWords.intact.text, .good) + "\n" + head }
            let reason = AuditWords.reasons[reply.reason]
            return terminal.styled(AuditWords.broken(reply.firstBroken).text, .bad) + "\n"
                + terminal.paragraph(reason) + "\n" + head
        }
    }

    static func list(_ entries: [AdminV1.AuditEntry]) -> Answer {
        let json = JSON.answer(
            "audit-list/1", [.init("entries", .list(entries) { .object(members($0)) })])
        return Answer(json) { terminal in
            guard !entries.isEmpty else { return terminal.paragraph(AuditWords.empty.text) }
            var table = Table([
                Column(AuditWords.number, .right), Column(AuditWords.time),
                Column(AuditWords.principal), Column(AuditWords.action),
                Column(AuditWords.outcome), Column(AuditWords.subject, wrapsTo: 12),
                Column(AuditWords.change, .right, dropOrder: 2),
                Column(AuditWords.detail, wrapsTo: 24, dropOrder: 1),
            ])
            for entry in entries {
                let isDone = entry.outcome == "done"
                table.add([
                    "\(entry.number)", Cell(Formats.moment(milliseconds: entry.atMilliseconds)),
                    Cell(entry.principal), Cell(entry.action),
                    Cell(AuditWords.outcomes[entry.outcome], isDone ? .plain : .bad),
                    Cell(entry.subject), Cell(entry.change == 0 ? "" : "\(entry.change)"),
                    Cell(shortened(entry.detail)),
                ])
            }
            return table.rendered(on: terminal)
        }
    }

    /// A table shows the beginning of long details; JSON and the export have all of them.
    private static func shortened(_ detail: String) -> String {
        detail.count > AuditAnswers.shownDetail
            ? String(detail.prefix(AuditAnswers.shownDetail)) + "…" : detail
    }

    /// Characters of a detail that a table shows.
    private static let shownDetail = 120

    static func exported(_ entries: [AdminV1.AuditEntry], to path: String) -> Answer {
        let head = entries.last?.digest ?? ""
        let json = JSON.answer(
            "audit-export/1",
            [
                .init("path", .string(path)), .init("entries", .number(entries.count)),
                .init("head", .text(head)),
            ])
        return Answer(json) { terminal in
            terminal.paragraph(AuditWords.written(entries.count, path).text) + "\n"
                + terminal.paragraph(AuditWords.head(UInt64(entries.count), head).text)
        }
    }

    static func members(_ entry: AdminV1.AuditEntry) -> [JSON.Member] {
        [
            .init("number", .number(entry.number)),
            .init("at", .string(Formats.isoMoment(milliseconds: entry.atMilliseconds))),
            .init("at_milliseconds", .integer(entry.atMilliseconds)),
            .init("principal", .string(entry.principal)),
            .init("request_id", .string(entry.requestID)), .init("action", .string(entry.action)),
            .init("outcome", .string(entry.outcome)), .init("subject", .string(entry.subject)),
            .init("change", entry.change == 0 ? .null : .number(entry.change)),
            .init("detail", .string(entry.detail)), .init("previous", .string(entry.previous)),
            .init("digest", .string(entry.digest)),
        ]
    }
}

private enum AuditWords {
    static let intact = Phrase("Nhật ký nguyên vẹn.", "The trail is intact.")
    static func broken(_ entry: UInt64) -> Phrase {
        Phrase("Nhật ký KHÔNG nguyên vẹn, từ mục \(entry).", "The trail is BROKEN at \(entry).")
    }
    static func head(_ entries: UInt64, _ head: String) -> Phrase {
        Phrase("\(entries) mục, head \(head)", "\(entries) entries, head \(head)")
    }
    static let empty = Phrase("Chưa có mục nào.", "There are no entries.")
    static func written(_ count: Int, _ path: String) -> Phrase {
        Phrase("Đã ghi \(count) mục vào \(path).", "Wrote \(count) entries to \(path).")
    }
    static let reasons = Terms([
        "altered": Phrase(
            "Nội dung của mục này đã bị sửa sau khi ghi.", "This entry was altered."),
        "unchained": Phrase(
            "Mục này không nối với mục trước: có mục bị thay.",
            "This entry does not follow the one before it: one was exchanged."),
        "missing": Phrase("Thiếu mục ở chỗ này.", "Entries are missing here."),
        "shortened": Phrase(
            "Thiếu các mục cuối: đã ghi nhiều hơn số còn lại.",
            "The last entries are missing: more were written."),
        "untold": Phrase(
            "Số này là một thay đổi trong kho dữ liệu mà nhật ký không ghi.",
            "This is a change of the store that the trail does not tell."),
        "other_head": Phrase(
            "Chuỗi không chứa head đã ghi lại trước đây: cả nhật ký bị thay.",
            "The chain does not hold the head noted down before: the trail was exchanged."),
    ])
    static let outcomes = Terms([
        "done": Phrase("đã làm", "done"), "refused": Phrase("bị từ chối", "refused"),
    ])
    static let number = Phrase("Số", "No")
    static let time = Phrase("Lúc", "At")
    static let principal = Phrase("Ai", "Who")
    static let action = Phrase("Việc", "Action")
    static let outcome = Phrase("Kết quả", "Outcome")
    static let subject = Phrase("Về", "Subject")
    static let change = Phrase("Thay đổi", "Change")
    static let detail = Phrase("Chi tiết", "Detail")
}
