import Wire

/// `caodiem.nominations/1`: lists with their candidates and what is wrong with them.
struct NominationsAnswer: Sendable {
    private struct UnitList: Sendable {
        var head: CampaignV1.ListHead
        var candidates: [CampaignV1.Candidate] = []
        var findings: [CampaignV1.ListFinding] = []
    }

    private var lists: [UnitList] = []
    private let isCheck: Bool

    init(_ items: [CampaignV1.ListItem], isCheck: Bool) {
        self.isCheck = isCheck
        for item in items {
            let last = lists.count - 1
            switch item.item {
            case .head(let head): lists.append(UnitList(head: head))
            case .candidate(let candidate) where last >= 0:
                lists[last].candidates.append(candidate)
            case .finding(let finding) where last >= 0: lists[last].findings.append(finding)
            default: continue
            }
        }
    }

    var answer: Answer { Answer(json) { text($0) } }

    var json: JSON {
        let head = lists.first?.head ?? CampaignV1.ListHead()
        return .answer(
            "nominations/1",
            [
                .init("campaign", .text(head.campaign)),
                .init("plan_version", .number(head.planVersion)),
                .init("as_of", .text(head.asOf)),
                .init("lists", .list(lists, Self.list)),
            ])
    }

    private static func list(_ list: UnitList) -> JSON {
        let head = list.head
        return [
            "unit": .string(head.unit), "name": .text(head.name), "list": .string(head.list),
            "title": .text(head.title), "size": head.size == 0 ? .null : .number(head.size),
            "due_on": .string(head.dueOn), "judged_on": .string(head.judgedOn),
            "eligible": .number(head.eligible), "listed": .number(head.listed),
            "locked_on": .text(head.lockedOn),
            "candidates": .list(list.candidates) { candidate in
                [
                    "decision_no": .string(candidate.decisionNo),
                    "decision_on": .string(candidate.decisionOn),
                    "officer": .text(candidate.officer),
                    "remaining": .integer(candidate.remaining),
                    "eligible": .bool(candidate.eligible), "proposed": .bool(candidate.proposed),
                    "listed": .bool(candidate.listed), "submitted_on": .text(candidate.submittedOn),
                    "reasons": .list(candidate.reasons, JSON.string),
                ]
            },
            "findings": .list(list.findings) { finding in
                [
                    "code": .string(finding.code), "severity": .string(finding.severity),
                    "decision_no": .text(finding.decisionNo), "message": .string(finding.message),
                ]
            },
        ]
    }

    func text(_ terminal: Terminal) -> String {
        guard !lists.isEmpty else { return NominationText.none.text }
        return lists.map { list in
            var parts = [heading(list.head, terminal)]
            let shown = isCheck ? list.candidates : list.candidates.filter(isWorthShowing)
            if !shown.isEmpty { parts.append(table(shown).rendered(on: terminal)) }
            if !list.findings.isEmpty { parts.append(findings(list).rendered(on: terminal)) }
            return parts.joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    /// For people: what is proposed or listed, and what only its obstacles keep off; JSON has them all.
    private func isWorthShowing(_ candidate: CampaignV1.Candidate) -> Bool {
        candidate.proposed || candidate.listed || !candidate.eligible
    }

    private func heading(_ head: CampaignV1.ListHead, _ terminal: Terminal) -> String {
        let title = terminal.styled("\(head.unit)  \(head.name)  \(head.title)", .strong)
        let size = head.size == 0 ? Formats.absent : Formats.count(head.size)
        let told = NominationText.head(
            due: Formats.day(head.dueOn), judged: Formats.day(head.judgedOn), size: size,
            listed: Formats.count(head.listed), eligible: Formats.count(head.eligible))
        let locked =
            head.lockedOn.isEmpty
            ? "" : "; " + NominationText.locked(Formats.day(head.lockedOn)).text
        return title + "\n" + terminal.paragraph(told.text + locked)
    }

    private func table(_ candidates: [CampaignV1.Candidate]) -> Table {
        var table = Table([
            Column(NominationText.decision), Column(NominationText.remaining, .right),
            Column(NominationText.proposed), Column(NominationText.listed),
            Column(NominationText.why, wrapsTo: 24),
            Column(NominationText.decidedOn, dropOrder: 1),
            Column(NominationText.officer, dropOrder: 0),
        ])
        for candidate in candidates {
            table.add([
                Cell(candidate.decisionNo), Cell(Formats.money(candidate.remaining)),
                candidate.proposed ? Cell("✓", .good) : Cell(Formats.absent, .quiet),
                Cell(Formats.day(candidate.submittedOn)),
                Cell(candidate.reasons.joined(separator: " ")),
                Cell(Formats.day(candidate.decisionOn)), Cell(candidate.officer),
            ])
        }
        return table
    }

    private func findings(_ list: UnitList) -> Table {
        var table = Table([
            Column(NominationText.finding), Column(NominationText.decision),
            Column(NominationText.message, wrapsTo: 30),
        ])
        for finding in list.findings {
            table.add([
                Cell(
                    Terms.listFinding[finding.code],
                    finding.severity == "serious" ? .bad : .pending), Cell(finding.decisionNo),
                Cell(finding.message),
            ])
        }
        return table
    }
}

/// `caodiem.nominations-changed/1`
enum ListChangeAnswer {
    static func of(_ change: CampaignV1.ListChange) -> Answer {
        let json = JSON.answer(
            "nominations-changed/1",
            [
                .init("campaign", .string(change.campaign)),
                .init("list", .string(change.list)),
                .init("unit", .text(change.unit)),
                .init("status", .string(change.status)),
                .init("decision_nos", .list(change.decisionNos, JSON.string)),
                .init("change", .number(change.change)),
            ])
        return Answer(json) { terminal in
            let numbers = change.decisionNos.joined(separator: ", ")
            let place = [change.unit, change.list].filter { !$0.isEmpty }.joined(separator: " ")
            return terminal.paragraph(
                "\(place): \(Terms.listStatus[change.status])"
                    + (numbers.isEmpty ? "" : ": \(numbers)"))
        }
    }
}

private enum NominationText {
    static let none = Phrase("Kế hoạch không có danh sách nào.", "The plan has no lists.")
    static let decision = Phrase("Quyết định số", "Decision")
    static let decidedOn = Phrase("Ngày", "Decided")
    static let remaining = Phrase("Còn phải thi hành", "Remaining")
    static let proposed = Phrase("Đề xuất", "Proposed")
    static let listed = Phrase("Nộp ngày", "Handed in")
    static let why = Phrase("Vì sao không được", "Why not")
    static let officer = Phrase("CHV", "Officer")
    static let finding = Phrase("Phát hiện", "Finding")
    static let message = Phrase("Nội dung", "What")

    static func head(
        due: String, judged: String, size: String, listed: String, eligible: String
    ) -> Phrase {
        Phrase(
            "Hạn \(due), xét ngày \(judged); cần \(size) việc, đã nộp \(listed), đủ điều kiện \(eligible)",
            "Due \(due), judged on \(judged); asked \(size), handed in \(listed), eligible \(eligible)"
        )
    }

    static func locked(_ day: String) -> Phrase {
        Phrase("đã khóa ngày \(day)", "closed on \(day)")
    }
}
