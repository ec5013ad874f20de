import Wire

/// What follows from a case's facts beside its status: remarks, instalments, points of a file review.
enum CaseRemarksAnswer {
    static func json(_ remark: CaseworkV1.Remark) -> JSON {
        [
            "id": .string(remark.id), "text": .text(remark.text), "since": .text(remark.since),
            "rule": remark.rule.map(CaseRecordAnswer.rule) ?? .null,
        ]
    }

    static func json(_ instalment: CaseworkV1.Instalment) -> JSON {
        [
            "due_on": .string(instalment.dueOn), "amount": .integer(instalment.amount),
            "paid": .integer(instalment.paid), "paid_on": .text(instalment.paidOn),
            "status": .string(instalment.status),
            "receipts": .list(instalment.receipts) { .string($0) },
        ]
    }

    static func json(_ item: CaseworkV1.ReviewItem) -> JSON {
        [
            "state": .string(item.state), "text": .text(item.text),
            "rule": item.rule.map(CaseRecordAnswer.rule) ?? .null,
        ]
    }

    /// Remarks, and the points of the review that are in doubt.
    static func text(_ reply: CaseworkV1.ShowCaseReply, _ terminal: Terminal) -> String {
        var lines = reply.remarks.map { remark in
            let place = remark.rule.map { $0.citation.isEmpty ? "" : " (\($0.citation))" } ?? ""
            return terminal.paragraph(
                "\(Formats.day(remark.since)): \(remark.text)\(place)", indent: 2)
        }
        lines += reply.review.filter { $0.state == "doubtful" }.map { item in
            let rule = item.rule ?? CaseworkV1.AppliedRule()
            return terminal.paragraph(
                "\(rule.text): \(item.text) (\(rule.citation))", indent: 2)
        }
        guard !lines.isEmpty else { return "" }
        let title = Phrase("Cần lưu ý", "To be seen to")
        return ([terminal.styled(title.text, .strong)] + lines).joined(separator: "\n")
    }
}
