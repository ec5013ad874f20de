import Wire

/// `caodiem.case/1`: one case, its facts and what follows from them.
enum CaseAnswer {
    static func of(_ reply: CaseworkV1.ShowCaseReply) -> Answer {
        Answer(json(reply)) { text(reply, $0) }
    }

    static func json(_ reply: CaseworkV1.ShowCaseReply) -> JSON {
        let record = reply.case ?? CaseworkV1.Case()
        return .answer(
            "case/1",
            [
                .init("unit", .string(record.unit)),
                .init("unit_name", .text(reply.unitName)),
                .init("decision_no", .string(record.decisionNo)),
                .init("as_of", .string(reply.asOf)),
                .init("remaining", .integer(reply.remaining)),
                .init("status", .string(reply.status)),
                .init("status_since", .text(reply.statusSince)),
                .init("money_not_enforceable", .integer(reply.moneyNotEnforceable)),
                .init("law_book", .text(reply.lawBook)),
                .init("changes", .list(reply.changes) { .number($0) }),
                .init("case", json(record)),
                .init("exemption", ExemptionAnswer.json(reply.exemption)),
                .init(
                    "rules",
                    .list(reply.rules) { rule in
                        [
                            "id": .string(rule.id), "citation": .text(rule.citation),
                            "text": .text(rule.text), "verified": .bool(rule.verified),
                        ]
                    }),
                .init(
                    "events",
                    .list(reply.events) { event in
                        [
                            "on": .string(event.on), "kind": .string(event.kind),
                            "text": .text(event.text), "amount": .number(event.amount),
                        ]
                    }),
                .init("remarks", .list(reply.remarks, CaseRemarksAnswer.json)),
                .init("instalments", .list(reply.instalments, CaseRemarksAnswer.json)),
                .init("review", .list(reply.review, CaseRemarksAnswer.json)),
            ])
    }

    private static func json(_ record: CaseworkV1.Case) -> JSON {
        [
            "unit": .string(record.unit),
            "decision_no": .string(record.decisionNo),
            "decision_on": .text(record.decisionOn),
            "initiative": .text(record.initiative),
            "amount_due": .integer(record.amountDue),
            "officer": .text(record.officer),
            "judgment_no": .text(record.judgmentNo),
            "judgment_on": .text(record.judgmentOn),
            "received_on": .text(record.receivedOn),
            "creditor": .text(record.creditor),
            "debtor": .text(record.debtor),
            "debtor_address": .text(record.debtorAddress),
            "obligation": .text(record.obligation),
            "judgment_effective_on": .text(record.judgmentEffectiveOn),
            "assigned_on": .text(record.assignedOn),
            "debtor_notified_on": .text(record.debtorNotifiedOn),
            "first_decision_on": .text(record.firstDecisionOn),
            "state_revenue": .bool(record.stateRevenue),
            "revenue_kind": .text(record.revenueKind),
            "address_unknown": .bool(record.addressUnknown),
            "prison_until": .text(record.prisonUntil),
            "coercion_cost": .number(record.coercionCost),
            "credit_institution": .bool(record.creditInstitution),
            "sensitivity": .text(record.sensitivity),
            "note": .text(record.note),
        ]
    }

    static func text(_ reply: CaseworkV1.ShowCaseReply, _ terminal: Terminal) -> String {
        let record = reply.case ?? CaseworkV1.Case()
        let title = CaseText.title(record.decisionNo, "\(record.unit)  \(reply.unitName)").text
        let unverified = Set(reply.rules.filter { !$0.verified }.map(\.id))
        return [
            terminal.styled(terminal.paragraph(title), .strong),
            terminal.fields(standing(reply, record)),
            terminal.fields(recorded(record)),
            CaseRemarksAnswer.text(reply, terminal),
            events(reply.events, terminal),
            rules(reply.rules, terminal),
            ScoreAnswer.unverifiedNote(unverified, terminal) ?? "",
            ScoreAnswer.lawBook(reply.lawBook, terminal),
        ].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func standing(
        _ reply: CaseworkV1.ShowCaseReply, _ record: CaseworkV1.Case
    ) -> [(Phrase, String)] {
        let since =
            reply.statusSince.isEmpty
            ? "" : " " + CaseText.since(Formats.day(reply.statusSince)).text
        return [
            (CaseText.asOf, Formats.day(reply.asOf)),
            (CaseText.status, Terms.caseStatus[reply.status] + since),
            (CaseText.amountDue, Formats.money(record.amountDue)),
            (CaseText.remaining, Formats.money(reply.remaining)),
            (CaseText.notEnforceable, Formats.money(reply.moneyNotEnforceable)),
        ]
    }

    private static func recorded(_ record: CaseworkV1.Case) -> [(Phrase, String)] {
        let day = { (text: String) in text.isEmpty ? "" : Formats.day(text) }
        let judgment = [record.judgmentNo, day(record.judgmentOn)]
            .filter { !$0.isEmpty }.joined(separator: ", ")
        let marks = [
            record.stateRevenue ? CaseText.stateRevenue.text : "",
            record.creditInstitution ? CaseText.credit.text : "",
            record.addressUnknown ? CaseText.addressUnknown.text : "",
            Terms.sensitivity[record.sensitivity],
        ].filter { !$0.isEmpty }.joined(separator: "; ")
        return [
            (CaseText.decisionOn, day(record.decisionOn)),
            (CaseText.initiative, Terms.initiative[record.initiative]),
            (CaseText.officer, record.officer),
            (CaseText.judgment, judgment),
            (CaseText.received, day(record.receivedOn)),
            (CaseText.creditor, record.creditor),
            (CaseText.debtor, record.debtor),
            (CaseText.address, record.debtorAddress),
            (CaseText.obligation, record.obligation),
            (CaseText.prison, day(record.prisonUntil)),
            (CaseText.marks, marks),
            (ScoreText.notes, record.note),
        ]
    }

    private static func events(_ events: [CaseworkV1.Event], _ terminal: Terminal) -> String {
        guard !events.isEmpty else { return "" }
        var table = Table([
            Column(CaseText.day), Column(CaseText.event, wrapsTo: 10),
            Column(CaseText.what, wrapsTo: 16), Column(CaseText.amount, .right),
        ])
        for event in events {
            table.add([
                Cell(Formats.day(event.on)), Cell(Terms.event[event.kind]), Cell(event.text),
                Cell(event.amount.map { Formats.money($0) } ?? ""),
            ])
        }
        return table.rendered(on: terminal)
    }

    private static func rules(
        _ rules: [CaseworkV1.AppliedRule], _ terminal: Terminal
    ) -> String {
        guard !rules.isEmpty else { return "" }
        let lines = rules.map { rule in
            let place = rule.citation.isEmpty ? "" : " (\(rule.citation))"
            let star = rule.verified ? "" : "*"
            return terminal.paragraph("\(rule.id)\(star): \(rule.text)\(place)", indent: 2)
        }
        return ([terminal.styled(CaseText.rules.text, .strong)] + lines).joined(separator: "\n")
    }
}

private enum CaseText {
    static let asOf = Phrase("Tính đến ngày", "As of")
    static let status = Phrase("Tình trạng", "Status")
    static let amountDue = Phrase("Phải thi hành", "Amount due")
    static let remaining = Phrase("Còn phải thi hành", "Remaining")
    static let notEnforceable = Phrase("Chưa có điều kiện về tiền", "Money not enforceable")
    static let decisionOn = Phrase("Ngày quyết định", "Decided on")
    static let initiative = Phrase("Ra quyết định", "Initiative")
    static let officer = Phrase("Chấp hành viên", "Officer")
    static let judgment = Phrase("Bản án", "Judgment")
    static let received = Phrase("Ngày nhận", "Received on")
    static let creditor = Phrase("Người được thi hành án", "Creditor")
    static let debtor = Phrase("Người phải thi hành án", "Debtor")
    static let address = Phrase("Địa chỉ", "Address")
    static let obligation = Phrase("Nghĩa vụ", "Obligation")
    static let prison = Phrase("Chấp hành án tù đến", "In prison until")
    static let marks = Phrase("Đặc điểm", "Marks")
    static let stateRevenue = Phrase("thu cho ngân sách nhà nước", "State revenue")
    static let credit = Phrase("tín dụng ngân hàng", "credit institution")
    static let addressUnknown = Phrase("chưa xác định được địa chỉ", "address unknown")
    static let day = Phrase("Ngày", "Day")
    static let event = Phrase("Sự việc", "Event")
    static let what = Phrase("Nội dung", "What")
    static let amount = Phrase("Số tiền", "Amount")
    static let rules = Phrase("Quy tắc áp dụng", "Rules applied")

    static func title(_ decision: String, _ unit: String) -> Phrase {
        Phrase("Quyết định thi hành án số \(decision), \(unit)", "Case \(decision), \(unit)")
    }
    static func since(_ day: String) -> Phrase { Phrase("từ ngày \(day)", "since \(day)") }
}
