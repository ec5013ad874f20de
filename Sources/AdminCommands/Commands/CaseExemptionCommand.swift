import ArgumentParser
import Wire

/// `caodiem case exemption`
struct CaseExemptionCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "exemption", abstract: ExemptionText.abstract.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var day: DayOptions
    @Argument(help: ExemptionText.unit.help) var unit: String
    @Argument(help: ExemptionText.decision.help) var decisionNo: String

    func answer(_ session: Session) async throws -> Answer {
        var request = CaseworkV1.ShowCaseRequest()
        request.unit = unit
        request.decisionNo = decisionNo
        request.asOf = day.wire
        return ExemptionAnswer.of(try await session.read(CaseworkV1.Casework.showCase, request))
    }
}

/// `caodiem.case-exemption/1`: what Art. 61 may bring for a case of State revenue.
enum ExemptionAnswer {
    static func of(_ reply: CaseworkV1.ShowCaseReply) -> Answer {
        Answer(json(reply)) { text(reply, $0) }
    }

    static func json(_ reply: CaseworkV1.ShowCaseReply) -> JSON {
        .answer(
            "case-exemption/1",
            [
                .init("unit", .text(reply.case?.unit)),
                .init("decision_no", .text(reply.case?.decisionNo)),
                .init("as_of", .string(reply.asOf)), .init("law_book", .text(reply.lawBook)),
                .init("exemption", json(reply.exemption)),
            ])
    }

    /// The adviser's answer; null where the sum is not due to the State budget.
    static func json(_ advice: CaseworkV1.ExemptionAdvice?) -> JSON {
        guard let advice else { return .null }
        return [
            "verdict": .string(advice.verdict),
            "due": .integer(advice.due),
            "paid": .integer(advice.paid),
            "threshold": .number(advice.threshold),
            "to_pay": .number(advice.toPay),
            "remaining": .integer(advice.remaining),
            "clock_from": .text(advice.clockFrom),
            "open_from": .text(advice.openFrom),
            "options": .list(advice.options) { option in
                [
                    "rule": .text(option.rule?.id), "measure": .string(option.measure),
                    "state": .string(option.state), "from": .text(option.from),
                    "at_most": .number(option.atMost), "citation": .text(option.rule?.citation),
                    "verified": .bool(option.rule?.verified ?? false),
                ]
            },
            "blockers": .list(advice.blockers, rule),
            "undetermined": .list(advice.undetermined, rule),
            "rules": .list(advice.rules, rule),
        ]
    }

    private static func rule(_ rule: CaseworkV1.AppliedRule) -> JSON {
        [
            "id": .string(rule.id), "citation": .text(rule.citation), "text": .text(rule.text),
            "verified": .bool(rule.verified),
        ]
    }

    static func text(_ reply: CaseworkV1.ShowCaseReply, _ terminal: Terminal) -> String {
        guard let advice = reply.exemption else {
            return terminal.paragraph(ExemptionText.privateDebt.text)
        }
        let used =
            advice.options.compactMap(\.rule) + advice.blockers + advice.undetermined + advice.rules
        let unverified = Set(used.filter { !$0.verified }.map(\.id))
        return [
            terminal.styled(
                terminal.paragraph(Terms.exemptionVerdict[advice.verdict]), .strong),
            terminal.fields([
                (ExemptionText.asOf, Formats.day(reply.asOf)),
                (ExemptionText.due, Formats.money(advice.due)),
                (ExemptionText.paid, Formats.money(advice.paid)),
                (ExemptionText.threshold, Formats.money(advice.threshold)),
                (ExemptionText.toPay, Formats.money(advice.toPay)),
                (ExemptionText.remaining, Formats.money(advice.remaining)),
                (ExemptionText.clock, Formats.day(advice.clockFrom)),
                (ExemptionText.openFrom, Formats.day(advice.openFrom)),
            ]),
            table(advice.options, terminal),
            list(ExemptionText.blockers, advice.blockers, terminal),
            list(ExemptionText.questions, advice.undetermined, terminal),
            list(ExemptionText.rules, advice.rules, terminal),
            ScoreAnswer.unverifiedNote(unverified, terminal) ?? "",
            ScoreAnswer.lawBook(reply.lawBook, terminal),
        ].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func table(
        _ options: [CaseworkV1.ExemptionOption], _ terminal: Terminal
    ) -> String {
        guard !options.isEmpty else { return "" }
        var table = Table([
            Column(ExemptionText.rule), Column(ExemptionText.what, wrapsTo: 20),
            Column(ExemptionText.state, wrapsTo: 12), Column(ExemptionText.from),
            Column(ExemptionText.atMost, .right), Column(ExemptionText.place, dropOrder: 1),
        ])
        for option in options {
            let star = option.rule?.verified == false ? "*" : ""
            table.add([
                Cell((option.rule?.id ?? "") + star), Cell(option.rule?.text ?? ""),
                Cell(Terms.exemptionState[option.state]), Cell(Formats.day(option.from)),
                Cell(Formats.money(option.atMost)), Cell(option.rule?.citation ?? ""),
            ])
        }
        return table.rendered(on: terminal)
    }

    private static func list(
        _ title: Phrase, _ rules: [CaseworkV1.AppliedRule], _ terminal: Terminal
    ) -> String {
        guard !rules.isEmpty else { return "" }
        let lines = rules.map { rule in
            let place = rule.citation.isEmpty ? "" : " (\(rule.citation))"
            let star = rule.verified ? "" : "*"
            return terminal.paragraph("\(rule.id)\(star): \(rule.text)\(place)", indent: 2)
        }
        return ([terminal.styled(title.text, .strong)] + lines).joined(separator: "\n")
    }
}

private enum ExemptionText {
    static let abstract = Phrase(
        "Miễn, giảm khoản thu nộp ngân sách: loại nào, từ ngày nào, còn phải nộp bao nhiêu.",
        "Exemption of State revenue: which kind, from when, how much is still to be paid.")
    static let unit = Phrase("Mã đơn vị.", "Code of the unit.")
    static let decision = Phrase(
        "Số quyết định thi hành án.", "Number of the enforcement decision.")
    static let privateDebt = Phrase(
        "Khoản phải thi hành không phải khoản thu nộp ngân sách nhà nước.",
        "The sum is not due to the State budget.")
    static let asOf = Phrase("Tính đến ngày", "As of")
    static let due = Phrase("Phải thi hành", "Amount due")
    static let paid = Phrase("Đã nộp", "Paid")
    static let threshold = Phrase("Mức 1/50", "1/50 of it")
    static let toPay = Phrase("Còn phải nộp để đủ mức", "Still to pay to reach it")
    static let remaining = Phrase("Còn phải thi hành", "Remaining")
    static let clock = Phrase("Quyết định lần đầu", "First decision")
    static let openFrom = Phrase("Sớm nhất từ ngày", "Earliest from")
    static let rule = Phrase("Quy tắc", "Rule")
    static let what = Phrase("Nội dung", "What")
    static let state = Phrase("Tình trạng", "State")
    static let from = Phrase("Từ ngày", "From")
    static let atMost = Phrase("Tối đa", "At most")
    static let place = Phrase("Căn cứ", "Citation")
    static let blockers = Phrase("Còn vướng", "What stands against it")
    static let questions = Phrase("Người có thẩm quyền phải quyết định", "A person must decide")
    static let rules = Phrase("Quy tắc áp dụng", "Rules applied")
}
