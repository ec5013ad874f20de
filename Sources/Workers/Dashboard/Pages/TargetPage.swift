internal import Rules
internal import Wire

/// One target: the province's way to it, and the units from the one that is farthest behind.
enum TargetPage {
    @Sendable
    static func make(_ visit: Visit, _ site: Site) async throws(Failure) -> PageContent {
        let board = try await site.board(visit)
        let id = visit.request.asked("id")
        guard let column = board.value.columns.first(where: { $0.id == id }) else {
            throw Failure(.notFound, "kế hoạch không có chỉ tiêu “\(id.prefix(40))”", field: "id")
        }
        let chart = await site.chart(
            visit, column,
            unit: board.value.province.isEmpty
                ? board.value.units.first?.unit ?? "" : "")
        let isOld = board.isOld || !(chart?.line.isComplete ?? true)
        return PageContent(
            title: column.longTitle(visit.language), section: "", isOld: isOld,
            trail: [(visit("Bảng điểm", "Board"), visit.link(""))]
        ) { page in
            summary(&page, visit, column)
            chart?.write(&page)
            units(&page, visit, board.value, id)
        }
    }

    static func summary(
        _ page: inout Markup, _ visit: Visit, _ target: ScoringV1.TargetResult
    ) {
        let language = visit.language
        let pace = visit.start.flatMap { Pace(target, start: $0) }
        page.tag(.p, .class("figure")) { page in
            page.tag(.strong, .class("big"), text: target.rateText(language))
            page.state(TargetState(target.state), language)
            if let position = pace?.position(of: target, on: visit.day) {
                page.position(position, language)
            }
        }
        page.facts([
            (
                visit("Tử số", "Numerator"),
                language.amount(target.numerator, unitOfCount: target.unitOfCount)
            ),
            (
                visit("Mẫu số", "Denominator"),
                language.amount(target.denominator, unitOfCount: target.unitOfCount)
            ),
            (visit("Ngưỡng", "Threshold"), target.thresholdText(language)),
            (visit("Hạn", "Due"), language.day(target.dueOn)),
            (
                visit("Mức cần có hôm nay", "Line today"),
                pace.map { language.percent($0.expected(on: visit.day)) } ?? ""
            ),
            (visit("Kế hoạch, mục", "Plan, paragraph"), target.paragraph),
        ])
    }

    private static func units(
        _ page: inout Markup, _ visit: Visit, _ board: ScoringV1.ScoreReply, _ id: String
    ) {
        let rows = board.units.compactMap { unit in unit.target(id).map { (unit, $0) } }
            .enumerated().sorted { a, b in
                let (first, second) = (order(a.element.1), order(b.element.1))
                return first == second ? a.offset < b.offset : first < second
            }.map(\.element)
        let part = visit.page(of: rows.count, size: BoardPage.pageSize)
        page.tag(.section, .aria(.labelledby, "units")) { page in
            page.tag(.h2, .id("units"), text: visit("Các đơn vị", "Units"))
            page.table(visit("Từ tỷ lệ thấp nhất", "From the lowest rate"), "wide") { page in
                page.tag(.thead) { page in
                    page.tag(.tr) { page in
                        page.column(visit("Đơn vị", "Unit"))
                        page.figureColumns(visit)
                    }
                }
                page.tag(.tbody) { page in
                    for (unit, target) in rows[part.rows] { row(&page, visit, unit, target) }
                }
            }
            page.pager(part, visit)
        }
    }

    /// Units that are judged before those that are not, and of them the lowest rate first.
    private static func order(_ target: ScoringV1.TargetResult) -> Ratio {
        guard target.denominator > 0, target.state != "not_applicable" else { return Ratio(1000) }
        return Ratio(Int128(target.numerator), Int128(target.denominator))
    }

    private static func row(
        _ page: inout Markup, _ visit: Visit, _ unit: ScoringV1.UnitScore,
        _ target: ScoringV1.TargetResult
    ) {
        page.tag(.tr) { page in
            page.tag(.th, .scope(.row)) { page in
                let link = visit.link("cases", [("target", target.id), ("unit", unit.unit)])
                page.tag(.a, .href(link), text: unit.name)
            }
            page.figures(target, visit)
        }
    }
}
