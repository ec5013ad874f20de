internal import Rules
internal import Wire

/// One case: where it stands, by which rules, and all that happened. Names and addresses of parties, and free text in
/// which they may stand, are left out.
enum CasePage {
    @Sendable
    static func make(_ visit: Visit, _ site: Site) async throws(Failure) -> PageContent {
        let request = CaseworkV1.ShowCaseRequest.with {
            $0.unit = visit.request.asked("unit")
            $0.decisionNo = visit.request.asked("no")
            $0.asOf = visit.day.description
        }
        let answer = try await site.fleet.ask(
            CaseworkV1.Casework.showCase, request, as: visit.visitor
        ) { $0.events.count + 1 }
        let shown = answer.value
        let file = shown.case ?? CaseworkV1.Case()
        return PageContent(
            title: file.decisionNo, section: "", isOld: answer.isOld,
            trail: [
                (visit("Bảng điểm", "Board"), visit.link("")),
                (
                    shown.unitName.isEmpty ? file.unit : shown.unitName,
                    visit.link("unit", [("unit", file.unit)])
                ),
            ]
        ) { page in
            let sheet = CaseSheet(visit: visit, shown: shown, file: file)
            sheet.write(&page)
        }
    }
}

/// The parts of a case's page.
struct CaseSheet {
    let visit: Visit
    let shown: CaseworkV1.ShowCaseReply
    let file: CaseworkV1.Case

    func write(_ page: inout Markup) {
        let language = visit.language
        page.tag(.p, .class("figure")) { page in
            page.tag(
                .strong, .class("big"),
                text: Terms.caseStatus(shown.status, language).capitalizedFirst)
            if !shown.statusSince.isEmpty {
                let since = language.day(shown.statusSince)
                page.tag(.span, .class("note"), text: visit("từ \(since)", "since \(since)"))
            }
        }
        figures(&page)
        remarks(&page)
        rules(&page)
        events(&page)
        instalments(&page)
        review(&page)
    }

    private func figures(_ page: inout Markup) {
        let language = visit.language
        page.facts([
            (visit("Phải thi hành", "Due"), language.money(file.amountDue)),
            (visit("Còn phải thi hành", "Remaining"), language.money(shown.remaining)),
            (
                visit("Tiền chưa có điều kiện", "Not enforceable"),
                shown.moneyNotEnforceable > 0 ? language.money(shown.moneyNotEnforceable) : ""
            ),
            (visit("Ngày quyết định", "Decided on"), language.day(file.decisionOn)),
            (visit("Thi hành", "Initiative"), Terms.initiative(file.initiative, language)),
            (visit("Chấp hành viên", "Officer"), file.officer),
            (visit("Bản án", "Judgment"), file.judgmentNo),
            (
                visit("Người phải thi hành án", "Debtor"),
                file.debtor.isEmpty ? "" : visit("(được che)", "(masked)")
            ),
            (
                visit("Lần nhập", "Changes"),
                shown.changes.map { "#\($0)" }.joined(separator: ", ")
            ),
        ])
    }

    private func remarks(_ page: inout Markup) {
        guard !shown.remarks.isEmpty else { return }
        page.tag(.section, .class("remarks"), .aria(.labelledby, "remarks")) { page in
            page.tag(.h2, .id("remarks"), text: visit("Cần chú ý", "To be noted"))
            page.tag(.ul) { page in
                for remark in shown.remarks {
                    page.tag(.li) { page in
                        page.text(remark.text)
                        if let rule = remark.rule { citation(&page, rule) }
                    }
                }
            }
        }
    }

    private func rules(_ page: inout Markup) {
        guard !shown.rules.isEmpty else { return }
        page.tag(.section, .aria(.labelledby, "rules")) { page in
            page.tag(.h2, .id("rules"), text: visit("Vì sao", "Why"))
            page.tag(.ul) { page in
                for rule in shown.rules {
                    page.tag(.li) { page in
                        page.text(rule.text)
                        citation(&page, rule)
                    }
                }
            }
        }
    }

    private func citation(_ page: inout Markup, _ rule: CaseworkV1.AppliedRule) {
        page.text(" ")
        page.tag(.small, .class("cite")) { page in
            page.tag(.span, .class("rule"), text: rule.id)
            page.text(" \(rule.citation)")
            if !rule.verified { page.text(visit(" * chưa đối chiếu", " * not checked")) }
        }
    }

    private func events(_ page: inout Markup) {
        page.tag(.section, .aria(.labelledby, "events")) { page in
            page.tag(.h2, .id("events"), text: visit("Diễn biến", "What happened"))
            if shown.events.isEmpty {
                return page.nothing(visit("Chưa có gì được ghi.", "Nothing is recorded yet."))
            }
            page.table(visit("Diễn biến của việc", "What happened in the case"), "wide titled") {
                page in
                page.tag(.thead) { page in
                    page.tag(.tr) { page in
                        page.column(visit("Ngày", "Day"))
                        page.column(visit("Sự việc", "Event"))
                        page.column(visit("Nội dung", "What"))
                        page.column(visit("Số tiền", "Amount"), number: true)
                    }
                }
                page.tag(.tbody) { page in
                    for event in shown.events {
                        page.tag(.tr) { page in
                            page.tag(.th, .scope(.row), text: visit.language.day(event.on))
                            page.cell(Terms.event(event.kind, visit.language))
                            page.cell(text(event))
                            page.cell(event.amount.map(visit.language.money) ?? "", number: true)
                        }
                    }
                }
            }
        }
    }

    /// Kinds of events whose words a person wrote, in which names and addresses may stand.
    private static let written: Set = ["obstacle", "coordination", "guidance", "direction"]

    private func text(_ event: CaseworkV1.Event) -> String {
        CaseSheet.written.contains(event.kind)
            ? visit("(nội dung trong hồ sơ)", "(in the file)") : event.text
    }

    private func instalments(_ page: inout Markup) {
        guard !shown.instalments.isEmpty else { return }
        let title = visit("Cam kết nộp tiền", "Instalments")
        page.tag(.section, .aria(.labelledby, "instalments")) { page in
            page.tag(.h2, .id("instalments"), text: title)
            page.table(title, "titled") { page in
                page.tag(.thead) { page in
                    page.tag(.tr) { page in
                        page.column(visit("Hạn", "Due"))
                        page.column(visit("Phải nộp", "Amount"), number: true)
                        page.column(visit("Đã nộp", "Paid"), number: true)
                        page.column(visit("Tình trạng", "State"))
                    }
                }
                page.tag(.tbody) { page in
                    for part in shown.instalments {
                        page.tag(.tr) { page in
                            page.tag(.th, .scope(.row), text: visit.language.day(part.dueOn))
                            page.cell(visit.language.money(part.amount), number: true)
                            page.cell(visit.language.money(part.paid), number: true)
                            page.cell(Terms.instalment(part.status, visit.language))
                        }
                    }
                }
            }
        }
    }

    private func review(_ page: inout Markup) {
        guard !shown.review.isEmpty else { return }
        page.tag(.section, .aria(.labelledby, "review")) { page in
            page.tag(.h2, .id("review"), text: visit("Rà soát hồ sơ", "Review of the file"))
            page.tag(.ul) { page in
                for item in shown.review {
                    page.tag(.li) { page in
                        page.tag(.strong, text: Terms.review(item.state, visit.language))
                        page.text(": \(item.text)")
                        if let rule = item.rule { citation(&page, rule) }
                    }
                }
            }
        }
    }
}
