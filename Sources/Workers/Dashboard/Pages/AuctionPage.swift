internal import Rules
internal import Wire

/// Auctions: what is late and by whose days, then what comes next, by the calendar.
enum AuctionPage {
    private static let pageSize = 50

    @Sendable
    static func make(_ visit: Visit, _ site: Site) async throws(Failure) -> PageContent {
        let unit = visit.unitAsked
        let gaps = try await site.fleet.list(
            AuctionV1.Auction.gaps,
            .with {
                $0.asOf = visit.day.description
                $0.unit = unit
                $0.sum = true
            }, as: visit.visitor
        ) { $0.head == nil ? [$0] : [] }
        let next = try await site.fleet.list(
            AuctionV1.Auction.next,
            .with {
                $0.asOf = visit.day.description
                $0.unit = unit
            }, as: visit.visitor
        ) { $0.head == nil ? [$0] : [] }
        let late = gaps.value.rows.filter { $0.lost == nil && $0.undetermined.isEmpty }
            .sorted {
                ($1.daysLate, $0.unit, $0.decisionNo) < ($0.daysLate, $1.unit, $1.decisionNo)
            }
        let lost = gaps.value.rows.compactMap(\.lost).filter { $0.days > 0 }
            .sorted { ($1.days, $0.unit, $0.officer) < ($0.days, $1.unit, $1.officer) }
        return PageContent(
            title: visit("Đấu giá tài sản", "Auctions"), section: "auction",
            isOld: gaps.isOld || next.isOld, lede: lede(visit, late, lost)
        ) { page in
            let filter = Filter(visit: visit, path: "auction", kept: ["month"])
            filter.write(&page) { page in
                filter.text(&page, "unit", visit("Mã đơn vị", "Unit code"))
            }
            if gaps.value.isCut || next.value.isCut { cut(&page, visit) }
            AuctionCalendar(visit: visit, steps: next.value.rows).write(&page)
            gapTable(&page, visit, late)
            lostTable(&page, visit, lost)
        }
    }

    private static func lede(
        _ visit: Visit, _ late: [AuctionV1.Gap], _ lost: [AuctionV1.LostDays]
    ) -> String {
        let steps = visit.language.count(late.count)
        let days = visit.language.count(lost.reduce(0) { $0 + $1.days })
        return visit(
            "\(steps) bước chậm, mất \(days) ngày.", "\(steps) late steps, \(days) days lost.")
    }

    private static func cut(_ page: inout Markup, _ visit: Visit) {
        let limit = visit.language.count(Fleet.rowLimit)
        page.nothing(
            visit(
                "Chỉ tính \(limit) bước đầu; hãy chọn một đơn vị.",
                "Only the first \(limit) steps are counted; choose a unit."))
    }

    // MARK: What is late

    private static func gapTable(
        _ page: inout Markup, _ visit: Visit, _ late: [AuctionV1.Gap]
    ) {
        let rows = visit.page(of: late.count, size: pageSize)
        page.tag(.section, .aria(.labelledby, "gaps")) { page in
            let count = visit.language.count(late.count)
            page.tag(.h2, .id("gaps"), text: visit("Bước chậm (\(count))", "Late steps (\(count))"))
            if late.isEmpty {
                return page.nothing(visit("Không có bước nào chậm.", "No step is late."))
            }
            page.table(
                visit("Bước đấu giá chậm, lâu nhất trước", "Late steps, longest first"), "wide"
            ) {
                page in
                page.tag(.thead) { page in
                    page.tag(.tr) { page in
                        page.column(visit("Việc", "Case"))
                        page.column(visit("Đơn vị", "Unit"))
                        page.column(visit("Tài sản", "Asset"))
                        page.column(visit("Bước", "Step"))
                        page.column(visit("Hạn", "Due"), number: true)
                        page.column(visit("Chậm", "Late"), number: true)
                        page.column(visit("Chấp hành viên", "Officer"))
                        page.column(visit("Căn cứ", "Rule"))
                    }
                }
                page.tag(.tbody) { page in
                    for gap in late[rows.rows] { row(&page, visit, gap) }
                }
            }
            page.pager(rows, visit)
        }
    }

    private static func row(_ page: inout Markup, _ visit: Visit, _ gap: AuctionV1.Gap) {
        page.tag(.tr) { page in
            page.tag(.th, .scope(.row)) { page in
                let link = visit.link("case", [("unit", gap.unit), ("no", gap.decisionNo)])
                page.tag(.a, .href(link), text: gap.decisionNo)
            }
            page.cell(gap.unit)
            page.cell(gap.assetNo)
            page.cell(Terms.duty(gap.step, visit.language))
            page.cell(visit.language.day(gap.dueOn), number: true)
            page.tag(.td, .class("num")) { page in
                page.tag(.span, .class("state late small")) { page in
                    Icons.icon("late", &page)
                    let days = visit.language.count(gap.daysLate)
                    page.text(visit("\(days) ngày", "\(days) days"))
                }
            }
            page.cell(gap.officer)
            page.tag(.td) { page in
                page.tag(.span, .class("rule"), text: gap.rule)
                page.text(" \(gap.citation)\(gap.verified ? "" : " *")")
            }
        }
    }

    private static func lostTable(
        _ page: inout Markup, _ visit: Visit, _ lost: [AuctionV1.LostDays]
    ) {
        guard !lost.isEmpty else { return }
        let title = visit("Số ngày mất, theo chấp hành viên", "Days lost, by officer")
        page.tag(.section, .aria(.labelledby, "lost")) { page in
            page.tag(.h2, .id("lost"), text: title)
            page.table(title, "slim titled") { page in
                page.tag(.thead) { page in
                    page.tag(.tr) { page in
                        page.column(visit("Chấp hành viên", "Officer"))
                        page.column(visit("Đơn vị", "Unit"))
                        page.column(visit("Bước", "Steps"), number: true)
                        page.column(visit("Ngày", "Days"), number: true)
                    }
                }
                page.tag(.tbody) { page in
                    for entry in lost.prefix(20) {
                        page.tag(.tr) { page in
                            let name =
                                entry.officer.isEmpty
                                ? visit("(chưa phân công)", "(nobody)") : entry.officer
                            page.tag(.th, .scope(.row), text: name)
                            page.cell(entry.unit)
                            page.cell(visit.language.count(Int(entry.steps)), number: true)
                            page.cell(visit.language.count(entry.days), number: true)
                        }
                    }
                }
            }
        }
    }
}

/// A month of due days, Monday first, with the steps of each day.
struct AuctionCalendar {
    let visit: Visit
    let steps: [AuctionV1.NextStep]
    /// Steps of one day that are named; the rest are counted.
    private static let named = 3

    func write(_ page: inout Markup) {
        let byDay = Dictionary(grouping: steps) { Day(iso: $0.dueOn) }
        page.tag(.section, .aria(.labelledby, "calendar")) { page in
            page.tag(.h2, .id("calendar"), text: visit("Lịch các bước sắp tới", "Steps to come"))
            months(&page)
            page.table(visit.language.month(month), "calendar") { page in
                page.tag(.thead) { page in
                    page.tag(.tr) { page in
                        for name in visit.language.weekdays { page.column(name) }
                    }
                }
                page.tag(.tbody) { page in
                    var monday = month - (month.weekday - 1)
                    while monday <= month.endOfMonth {
                        week(&page, monday, byDay)
                        monday = monday + 7
                    }
                }
            }
        }
    }

    /// First day of the month that is shown.
    private var month: Day {
        let asked = Day(iso: visit.request.asked("month") + "-01") ?? visit.day
        let civil = asked.civil
        return Day(civil.year, civil.month, 1) ?? asked
    }

    private func months(_ page: inout Markup) {
        let here = visit.request.link.with("page", "")
        page.tag(
            .nav, .class("pager"), .aria(.label, visit("Tháng khác", "Other months"))
        ) { page in
            for (distance, word) in [
                (-1, visit("← Tháng trước", "← Month before")),
                (1, visit("Tháng sau →", "Next month →")),
            ] {
                let iso = month.adding(months: distance).description.prefix(7)
                page.tag(.a, .href(here.with("month", String(iso))), text: word)
            }
        }
    }

    private func week(
        _ page: inout Markup, _ monday: Day, _ byDay: [Day?: [AuctionV1.NextStep]]
    ) {
        page.tag(.tr) { page in
            for offset in 0..<7 {
                let day = monday + offset
                let isOfMonth = day.civil.month == month.civil.month
                var style = isOfMonth ? "in" : "other"
                if day == visit.day { style += " today" }
                page.tag(.td, .class(style)) { page in
                    if isOfMonth { self.day(&page, day, byDay[day] ?? []) }
                }
            }
        }
    }

    private func day(_ page: inout Markup, _ day: Day, _ steps: [AuctionV1.NextStep]) {
        page.tag(.time, .plain(.datetime, day.description)) { page in
            page.text(String(day.civil.day))
            if day == visit.day { page.spoken(visit(", ngày đang xem", ", the day shown")) }
        }
        guard !steps.isEmpty else { return }
        page.tag(.ul) { page in
            for step in steps.prefix(AuctionCalendar.named) {
                page.tag(.li, .class(day < visit.day ? "late" : "")) { page in
                    if day < visit.day { Icons.icon("late", &page) }
                    let link = visit.link("case", [("unit", step.unit), ("no", step.decisionNo)])
                    page.tag(.a, .href(link)) { page in
                        page.text(Terms.duty(step.step, visit.language))
                        page.text(" · \(step.unit)")
                        page.spoken(" \(step.decisionNo)")
                    }
                }
            }
            if steps.count > AuctionCalendar.named {
                let more = visit.language.count(steps.count - AuctionCalendar.named)
                page.tag(
                    .li, .class("more"), text: visit("và \(more) bước nữa", "and \(more) more"))
            }
        }
    }
}
