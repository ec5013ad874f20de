internal import Rules
internal import Wire

/// The cases behind one figure: what each counts, by which rule and why.
enum CasesPage {
    private static let pageSize = 100

    /// What `Explain` sends, put together.
    struct Explanation: Sendable {
        var head: ScoringV1.ExplainHead?
        var summary: ScoringV1.TargetResult?
        var nearest: ScoringV1.NearestCases?
        var reasons: [ScoringV1.CaseReason] = []
        var isCut = false

        init(_ rows: Rows<ScoringV1.ExplainItem>) {
            isCut = rows.isCut
            for item in rows.rows {
                switch item.item {
                case .head(let head): self.head = head
                case .summary(let summary): self.summary = summary
                case .nearest(let nearest): self.nearest = nearest
                case .reason(let reason): reasons.append(reason)
                case nil: break
                }
            }
        }
    }

    /// Which cases a reader wants to see.
    private enum Part: String, CaseIterable {
        case all = ""
        case numerator = "in"
        case lacking = "out"
        case outside

        func holds(_ reason: ScoringV1.CaseReason) -> Bool {
            switch self {
            case .all: true
            case .numerator: reason.in
            case .lacking: reason.counted && !reason.in
            case .outside: !reason.counted && !reason.in
            }
        }

        var title: Phrase {
            switch self {
            case .all: Phrase("Tất cả", "All")
            case .numerator: Phrase("Đã đạt", "In the numerator")
            case .lacking: Phrase("Chưa đạt", "Still lacking")
            case .outside: Phrase("Không tính", "Not counted")
            }
        }
    }

    @Sendable
    static func make(_ visit: Visit, _ site: Site) async throws(Failure) -> PageContent {
        let (id, code) = (visit.request.asked("target"), visit.request.asked("unit"))
        let request = ScoringV1.ExplainRequest.with {
            $0.target = id
            $0.unit = code
            $0.asOf = visit.day.description
        }
        let answer = try await site.fleet.list(
            ScoringV1.Scoring.explain, request, as: visit.visitor
        ) { [$0] }
        let explained = Explanation(answer.value)
        let target = explained.summary ?? ScoringV1.TargetResult()
        let chart = await site.chart(visit, target, unit: code)
        let name = explained.head?.name ?? code
        return PageContent(
            title: "\(target.longTitle(visit.language)): \(name)", section: "",
            isOld: answer.isOld || !(chart?.line.isComplete ?? true),
            trail: [
                (visit("Bảng điểm", "Board"), visit.link("")),
                (target.longTitle(visit.language), visit.link("target", [("id", id)])),
                (name, visit.link("unit", [("unit", code)])),
            ]
        ) { page in
            TargetPage.summary(&page, visit, target)
            chart?.write(&page)
            nearest(&page, visit, explained, target)
            list(&page, visit, explained, target)
        }
    }

    // MARK: What would help soonest

    private static func nearest(
        _ page: inout Markup, _ visit: Visit, _ explained: Explanation,
        _ target: ScoringV1.TargetResult
    ) {
        guard let nearest = explained.nearest, nearest.missing > 0 else { return }
        let language = visit.language
        page.tag(.section, .class("nearest"), .aria(.labelledby, "nearest")) { page in
            page.tag(
                .h2, .id("nearest"), text: visit("Gần đích nhất", "What would meet it soonest"))
            let missing = language.amount(nearest.missing, unitOfCount: target.unitOfCount)
            page.tag(.p) { page in
                page.text(
                    nearest.reachable
                        ? visit(
                            "Còn thiếu \(missing). Ít việc nhất để đủ:",
                            "\(missing) are missing. The fewest cases that make up for it:")
                        : visit(
                            "Còn thiếu \(missing); tất cả việc còn mở cộng lại cũng không đủ.",
                            "\(missing) are missing; all open cases together do not reach it."))
            }
            guard !nearest.cases.isEmpty else { return }
            page.tag(.ul) { page in
                for near in nearest.cases.prefix(20) {
                    page.tag(.li) { page in
                        caseLink(&page, visit, near.decisionNo)
                        let gain = language.amount(near.gain, unitOfCount: target.unitOfCount)
                        page.text(visit(": thêm \(gain)", ": adds \(gain)"))
                    }
                }
                if nearest.cases.count > 20 {
                    let more = language.count(nearest.cases.count - 20)
                    page.tag(.li, text: visit("và \(more) việc nữa", "and \(more) more"))
                }
            }
        }
    }

    private static func caseLink(_ page: inout Markup, _ visit: Visit, _ number: String) {
        guard !number.isEmpty else { return page.text(Language.absent) }
        let link = visit.link(
            "case", [("unit", visit.request.asked("unit")), ("no", number)])
        page.tag(.a, .href(link), text: number)
    }

    // MARK: The list

    private static func list(
        _ page: inout Markup, _ visit: Visit, _ explained: Explanation,
        _ target: ScoringV1.TargetResult
    ) {
        let chosen = Part(rawValue: visit.request.asked("part")) ?? .all
        let reasons = explained.reasons.filter(chosen.holds)
        let rows = visit.page(of: reasons.count, size: pageSize)
        page.tag(.section, .aria(.labelledby, "cases")) { page in
            page.tag(.h2, .id("cases"), text: visit("Từng việc", "Case by case"))
            let here = visit.request.link.with("page", "")
            page.tabs(
                visit("Việc nào", "Which cases"),
                Part.allCases.map { part in
                    let count = visit.language.count(explained.reasons.count(where: part.holds))
                    return (
                        "\(visit.language(part.title)) (\(count))",
                        here.with("part", part.rawValue), part == chosen
                    )
                })
            if explained.isCut {
                page.nothing(
                    visit(
                        "Chỉ hiện \(visit.language.count(Fleet.rowLimit)) việc đầu.",
                        "Only the first \(visit.language.count(Fleet.rowLimit)) cases are shown."))
            }
            if reasons.isEmpty { return page.nothing(visit("Không có việc nào.", "No cases.")) }
            table(&page, visit, reasons[rows.rows], target)
            page.pager(rows, visit)
        }
    }

    private static func table(
        _ page: inout Markup, _ visit: Visit, _ reasons: ArraySlice<ScoringV1.CaseReason>,
        _ target: ScoringV1.TargetResult
    ) {
        page.table(visit("Việc được tính và lý do", "Cases counted, and why"), "wide") { page in
            page.tag(.thead) { page in
                page.tag(.tr) { page in
                    page.column(visit("Quyết định", "Decision"))
                    page.column(visit("Tính", "Counted"))
                    page.column(visit("Tử số", "Numerator"), number: true)
                    page.column(visit("Mẫu số", "Denominator"), number: true)
                    page.column(visit("Lý do", "Reason"))
                    page.column(visit("Căn cứ", "Rule"))
                }
            }
            page.tag(.tbody) { page in
                for reason in reasons { row(&page, visit, reason, target) }
            }
        }
    }

    private static func row(
        _ page: inout Markup, _ visit: Visit, _ reason: ScoringV1.CaseReason,
        _ target: ScoringV1.TargetResult
    ) {
        let language = visit.language
        page.tag(.tr) { page in
            page.tag(.th, .scope(.row)) { page in caseLink(&page, visit, reason.decisionNo) }
            page.tag(.td) { page in
                let (style, word) =
                    reason.in
                    ? ("met", visit("Đã đạt", "In"))
                    : reason.counted
                        ? ("missed", visit("Chưa đạt", "Out"))
                        : ("none", visit("Không tính", "Not counted"))
                page.tag(.span, .class("state \(style) small")) { page in
                    Icons.icon(style, &page)
                    page.text(word)
                }
            }
            page.cell(
                language.amount(reason.numerator, unitOfCount: target.unitOfCount), number: true)
            page.cell(
                language.amount(reason.denominator, unitOfCount: target.unitOfCount), number: true)
            page.tag(.td) { page in
                page.text(reason.reason)
                facts(&page, visit, reason)
            }
            page.tag(.td) { page in
                page.tag(.span, .class("rule"), text: reason.rule)
                page.text(" \(reason.citation)")
                if !reason.verified {
                    page.tag(
                        .small, .class("star"), text: visit(" * chưa đối chiếu", " * not checked"))
                }
            }
        }
    }

    private static func facts(
        _ page: inout Markup, _ visit: Visit, _ reason: ScoringV1.CaseReason
    ) {
        guard !reason.facts.isEmpty || !reason.changes.isEmpty else { return }
        page.tag(.details) { page in
            page.tag(.summary, text: visit("Dữ kiện", "Facts"))
            var entries = reason.facts.map { ($0.name, $0.value) }
            let changes = reason.changes.map { "#\($0)" }.joined(separator: ", ")
            entries.append((visit("thay đổi", "changes"), changes))
            page.facts(entries)
        }
    }
}
