internal import Rules
internal import Wire

/// One unit: where it stands with every target, and the ways to its cases.
enum UnitPage {
    @Sendable
    static func make(_ visit: Visit, _ site: Site) async throws(Failure) -> PageContent {
        let board = try await site.board(visit)
        let unit = try board.value.unit(visit.request.asked("unit"))
        return PageContent(
            title: unit.name, section: "", isOld: board.isOld,
            trail: [(visit("Bảng điểm", "Board"), visit.link(""))]
        ) { page in
            page.facts([
                (visit("Mã", "Code"), unit.unit), (visit("Cụm thi đua", "Cluster"), unit.cluster),
            ])
            page.tag(.p, .class("ways")) { page in
                let query = [("unit", unit.unit)]
                page.tag(
                    .a, .href(visit.link("worklist", query)),
                    text: visit("Việc phải làm", "Worklist"))
                page.tag(
                    .a, .href(visit.link("auction", query)),
                    text: visit("Đấu giá của đơn vị", "Auctions of the unit"))
            }
            UnitTable(visit: visit, targets: unit.targets) { target in
                visit.link("cases", [("target", target.id), ("unit", unit.unit)])
            }.write(&page)
        }
    }
}

/// The targets of one unit, a row each, with the figures behind the rate.
struct UnitTable {
    let visit: Visit
    let targets: [ScoringV1.TargetResult]
    let link: (ScoringV1.TargetResult) -> Link

    func write(_ page: inout Markup) {
        page.table(visit("Chỉ tiêu của đơn vị", "Targets of the unit"), "wide") { page in
            page.tag(.thead) { page in
                page.tag(.tr) { page in
                    page.column(visit("Chỉ tiêu", "Target"))
                    page.figureColumns(visit)
                    page.column(visit("Cần", "Threshold"), number: true)
                    page.column(visit("Hạn", "Due"), number: true)
                    page.column(visit("Ghi chú", "Notes"))
                }
            }
            page.tag(.tbody) { page in
                for target in targets { row(&page, target) }
            }
        }
    }

    private func row(_ page: inout Markup, _ target: ScoringV1.TargetResult) {
        let language = visit.language
        page.tag(.tr) { page in
            page.tag(.th, .scope(.row)) { page in
                page.tag(.a, .href(link(target)), text: target.longTitle(language))
            }
            page.figures(target, visit)
            page.cell(target.thresholdText(language), number: true)
            page.cell(language.day(target.dueOn), number: true)
            page.tag(.td) { page in notes(&page, target) }
        }
    }

    private func notes(_ page: inout Markup, _ target: ScoringV1.TargetResult) {
        let language = visit.language
        var notes: [String] = []
        if let late = target.daysLate, late > 0 {
            notes.append(visit("chậm \(late) ngày làm việc", "\(late) working days late"))
        }
        notes += target.split.filter { $0.amount != 0 }.map {
            "\(Terms.split($0.part, language)): \(language.money($0.amount))"
        }
        notes += target.notes
        if !target.unverified.isEmpty {
            let rules = target.unverified.joined(separator: ", ")
            notes.append(visit("* chưa đối chiếu: \(rules)", "* not checked: \(rules)"))
        }
        guard !notes.isEmpty else { return }
        page.tag(.ul, .class("notes")) { page in
            for note in notes { page.tag(.li, text: note) }
        }
    }
}
