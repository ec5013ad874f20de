internal import Rules
internal import Wire

/// What is owed: overdue first, by weight, with the article of each.
enum WorklistPage {
    private static let pageSize = 60

    @Sendable
    static func make(_ visit: Visit, _ site: Site) async throws(Failure) -> PageContent {
        let request = CaseworkV1.WorklistRequest.with {
            $0.asOf = visit.day.description
            $0.unit = visit.unitAsked
            $0.officer = visit.request.asked("officer")
        }
        let answer = try await site.fleet.list(
            CaseworkV1.Casework.worklist, request, as: visit.visitor, rows: \.items)
        let items = answer.value.rows.filter { item in
            let asked = visit.request.asked("weight")
            return asked.isEmpty || item.consequence == asked
        }
        return PageContent(
            title: visit("Việc phải làm", "Worklist"), section: "worklist", isOld: answer.isOld,
            lede: visit(
                "\(visit.language.count(answer.value.rows.count)) việc, \(visit.language.count(answer.value.rows.count(where: \.overdue))) quá hạn.",
                "\(visit.language.count(answer.value.rows.count)) duties, \(visit.language.count(answer.value.rows.count(where: \.overdue))) overdue."
            )
        ) { page in
            counts(&page, visit, answer.value.rows)
            filter(&page, visit)
            if answer.value.isCut {
                let limit = visit.language.count(Fleet.rowLimit)
                page.nothing(
                    visit(
                        "Chỉ hiện \(limit) việc nặng nhất; hãy chọn một đơn vị.",
                        "Only the gravest \(limit) are shown; choose a unit."))
            }
            table(&page, visit, items)
        }
    }

    private static let weights = ["grave", "serious", "ordinary", "minor"]

    private static func counts(
        _ page: inout Markup, _ visit: Visit, _ items: [CaseworkV1.WorklistItem]
    ) {
        let language = visit.language
        page.tag(.ul, .class("counts")) { page in
            for weight in weights {
                let some = items.filter { $0.consequence == weight }
                page.tag(.li, .class("count \(weight)")) { page in
                    page.tag(.strong, text: language.count(some.count))
                    page.tag(
                        .span, text: visit("hậu quả ", "") + Terms.consequence(weight, language))
                    let late = language.count(some.count(where: \.overdue))
                    page.tag(
                        .span, .class("note"), text: visit("\(late) quá hạn", "\(late) overdue"))
                }
            }
        }
    }

    private static func filter(_ page: inout Markup, _ visit: Visit) {
        let filter = Filter(visit: visit, path: "worklist", kept: [])
        filter.write(&page) { page in
            filter.text(&page, "unit", visit("Mã đơn vị", "Unit code"))
            filter.text(&page, "officer", visit("Mã chấp hành viên", "Officer code"))
            filter.select(
                &page, "weight", visit("Hậu quả", "Consequence"),
                [("", visit("tất cả", "all"))]
                    + weights.map { ($0, Terms.consequence($0, visit.language)) })
        }
    }

    private static func table(
        _ page: inout Markup, _ visit: Visit, _ items: [CaseworkV1.WorklistItem]
    ) {
        let rows = visit.page(of: items.count, size: pageSize)
        if items.isEmpty {
            return page.nothing(visit("Không có việc nào đến hạn.", "Nothing is due."))
        }
        page.table(visit("Nhiệm vụ, nặng nhất trước", "Duties, gravest first"), "wide") { page in
            page.tag(.thead) { page in
                page.tag(.tr) { page in
                    page.column(visit("Việc", "Case"))
                    page.column(visit("Đơn vị", "Unit"))
                    page.column(visit("Phải làm", "Duty"))
                    page.column(visit("Hạn", "Due"), number: true)
                    page.column(visit("Còn", "Left"), number: true)
                    page.column(visit("Hậu quả", "Consequence"))
                    page.column(visit("Chấp hành viên", "Officer"))
                    page.column(visit("Căn cứ", "Rule"))
                }
            }
            page.tag(.tbody) { page in
                for item in items[rows.rows] { row(&page, visit, item) }
            }
        }
        page.pager(rows, visit)
    }

    private static func row(
        _ page: inout Markup, _ visit: Visit, _ item: CaseworkV1.WorklistItem
    ) {
        page.tag(.tr) { page in
            page.tag(.th, .scope(.row)) { page in
                if item.decisionNo.isEmpty {
                    page.text(visit("(của đơn vị)", "(of the unit)"))
                } else {
                    let link = visit.link("case", [("unit", item.unit), ("no", item.decisionNo)])
                    page.tag(.a, .href(link), text: item.decisionNo)
                }
            }
            page.cell(item.unit)
            page.cell(Terms.duty(item.duty, visit.language))
            page.cell(visit.language.day(item.dueOn), number: true)
            page.tag(.td, .class("num")) { page in left(&page, visit, item) }
            page.cell(Terms.consequence(item.consequence, visit.language))
            page.cell(item.officer)
            page.tag(.td) { page in
                page.tag(.span, .class("rule"), text: item.rule)
                page.text(" \(item.citation)\(item.verified ? "" : " *")")
            }
        }
    }

    private static func left(
        _ page: inout Markup, _ visit: Visit, _ item: CaseworkV1.WorklistItem
    ) {
        guard item.overdue else {
            let days = visit.language.count(item.daysLeft)
            return page.text(visit("\(days) ngày", "\(days) days"))
        }
        page.tag(.span, .class("state late small")) { page in
            Icons.icon("late", &page)
            let days = visit.language.count(-item.daysLeft)
            page.text(visit("quá \(days) ngày", "\(days) days over"))
        }
    }
}
