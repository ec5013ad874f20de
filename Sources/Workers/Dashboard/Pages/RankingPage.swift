internal import Rules
internal import Wire

/// The units by their points, criterion by criterion.
enum RankingPage {
    private static let pageSize = 100

    @Sendable
    static func make(_ visit: Visit, _ site: Site) async throws(Failure) -> PageContent {
        let request = EmulationV1.RankRequest.with {
            $0.asOf = visit.day.description
            $0.cluster = visit.request.asked("cluster")
        }
        let answer = try await site.fleet.ask(
            EmulationV1.Emulation.rank, request, as: visit.visitor
        ) { $0.rows.reduce(1) { $0 + $1.criteria.count } }
        let ranks = answer.value
        return PageContent(
            title: visit("Xếp hạng thi đua", "Ranking"), section: "ranking", isOld: answer.isOld
        ) { page in
            if !ranks.verified {
                page.tag(.p, .class("warning")) { page in
                    Icons.icon("late", &page)
                    page.text(
                        visit(
                            "Bảng điểm này là bảng mẫu, không phải văn bản chính thức.",
                            "This table of points is a sample and no official text."))
                }
            }
            table(&page, visit, ranks)
            if !ranks.tieBreaks.isEmpty {
                let order = ranks.tieBreaks.map { Terms.tieBreak($0, visit.language) }
                page.tag(.p, .class("note")) { page in
                    page.text(visit("Khi bằng điểm, xét lần lượt: ", "Ties are broken by: "))
                    page.text(order.joined(separator: "; "))
                }
            }
        }
    }

    private static func table(
        _ page: inout Markup, _ visit: Visit, _ ranks: EmulationV1.RankReply
    ) {
        let rows = visit.page(of: ranks.rows.count, size: pageSize)
        page.table(visit("Điểm của từng đơn vị", "Points of each unit"), "ranks") { page in
            page.tag(.thead) { page in
                page.tag(.tr) { page in
                    page.column(visit("Hạng", "Rank"), number: true)
                    page.column(visit("Đơn vị", "Unit"))
                    page.column(visit("Điểm", "Score"), number: true)
                    for criterion in ranks.criteria {
                        page.column(
                            visit.language(MeasureName.of(criterion).short), number: true)
                    }
                    page.column(visit("Ghi chú", "Notes"))
                }
            }
            page.tag(.tbody) { page in
                for row in ranks.rows[rows.rows] { self.row(&page, visit, ranks, row) }
            }
        }
        page.pager(rows, visit)
    }

    private static func row(
        _ page: inout Markup, _ visit: Visit, _ ranks: EmulationV1.RankReply,
        _ row: EmulationV1.RankRow
    ) {
        let language = visit.language
        page.tag(.tr) { page in
            page.tag(.td, .class("num")) { page in
                page.tag(.strong, text: row.rank.map { String($0) } ?? Language.absent)
            }
            page.tag(.th, .scope(.row)) { page in
                page.tag(.a, .href(visit.link("unit", [("unit", row.unit)])), text: row.name)
            }
            page.tag(.td, .class("num")) { $0.tag(.strong, text: language.decimal(row.score)) }
            for criterion in ranks.criteria {
                page.tag(.td, .class("num")) { page in
                    if let points = row.criteria.first(where: { $0.id == criterion }) {
                        self.points(&page, visit, points)
                    } else {
                        page.text(Language.absent)
                    }
                }
            }
            page.tag(.td) { page in notes(&page, visit, row) }
        }
    }

    private static func points(
        _ page: inout Markup, _ visit: Visit, _ points: EmulationV1.CriterionScore
    ) {
        page.tag(.span, .plain(.title, points.reason), text: visit.language.decimal(points.points))
        if points.bonus != "0.00", !points.bonus.isEmpty {
            page.tag(.span, .class("under"), text: "+" + visit.language.decimal(points.bonus))
        }
    }

    private static func notes(
        _ page: inout Markup, _ visit: Visit, _ row: EmulationV1.RankRow
    ) {
        if row.disqualified {
            page.tag(.span, .class("state missed small")) { page in
                Icons.icon("missed", &page)
                page.text(visit("Không xét: ", "Disqualified: ") + row.disqualifiedBecause)
            }
        }
        if !row.label.isEmpty { page.text(row.label + " ") }
        if !row.tiesBrokenBy.isEmpty {
            page.text(
                visit("bằng điểm, hơn vì ", "tie broken: ")
                    + Terms.tieBreak(row.tiesBrokenBy, visit.language))
        }
        for open in row.undetermined { page.tag(.span, .class("under"), text: open) }
    }
}
