internal import Rules
internal import Wire

extension Site {
    /// Every unit against every target on the visit's day.
    func board(_ visit: Visit) async throws(Failure) -> Answer<ScoringV1.ScoreReply> {
        let request = ScoringV1.ScoreRequest.with {
            $0.asOf = visit.day.description
            $0.unit = visit.visitor.onlyUnit
        }
        return try await fleet.ask(ScoringV1.Scoring.score, request, as: visit.visitor) { reply in
            reply.units.reduce(reply.province.count) { $0 + $1.targets.count } + 1
        }
    }
}

extension ScoringV1.ScoreReply {
    /// The targets that anyone has, in the order of the plan.
    var columns: [ScoringV1.TargetResult] {
        var seen: Set<String> = []
        var columns: [ScoringV1.TargetResult] = []
        for target in province where seen.insert(target.id).inserted { columns.append(target) }
        for unit in units {
            for target in unit.targets where seen.insert(target.id).inserted {
                columns.append(target)
            }
        }
        return columns
    }

    func unit(_ code: String) throws(Failure) -> ScoringV1.UnitScore {
        guard let unit = units.first(where: { $0.unit == code }) else {
            throw Failure(
                .notFound, "không có đơn vị “\(code.prefix(40))” trên bảng này", field: "unit")
        }
        return unit
    }
}

extension ScoringV1.UnitScore {
    func target(_ id: String) -> ScoringV1.TargetResult? { targets.first { $0.id == id } }
}

/// The board: the province's targets, then units × targets.
enum BoardPage {
    /// Rows of one page.
    static let pageSize = 50

    @Sendable
    static func make(_ visit: Visit, _ site: Site) async throws(Failure) -> PageContent {
        let title = visit("Bảng điểm", "Board")
        guard visit.plan != nil else {
            return PageContent(title: title, section: "") { page in
                page.nothing(
                    visit(
                        "Chưa có kế hoạch nào được áp dụng: caodiem campaign apply -f plan.yaml",
                        "No plan has been applied yet: caodiem campaign apply -f plan.yaml"))
            }
        }
        let board = try await site.board(visit)
        return PageContent(
            title: title, section: "", isOld: board.isOld, lede: lede(visit, board.value)
        ) { page in
            Cards(visit: visit, board: board.value).write(&page)
            BoardTable(visit: visit, board: board.value).write(&page)
        }
    }

    /// How many of the province's targets stand how.
    private static func lede(_ visit: Visit, _ board: ScoringV1.ScoreReply) -> String {
        let targets = board.province.isEmpty ? board.units.flatMap(\.targets) : board.province
        let behind = targets.count { target in
            let pace = visit.start.flatMap { Pace(target, start: $0) }
            return pace?.position(of: target, on: visit.day) == .behind
        }
        func count(_ state: TargetState) -> Int { targets.count { $0.state == state.rawValue } }
        return visit(
            "\(count(.met)) trong \(targets.count) chỉ tiêu đạt, \(count(.notMet)) không đạt, \(count(.inProgress)) đang thực hiện (\(behind) chậm tiến độ).",
            "\(count(.met)) of \(targets.count) targets met, \(count(.notMet)) not met, \(count(.inProgress)) in progress (\(behind) behind)."
        )
    }
}

/// The province's own figures, a card a target.
struct Cards {
    let visit: Visit
    let board: ScoringV1.ScoreReply

    func write(_ page: inout Markup) {
        guard !board.province.isEmpty else { return }
        page.tag(.section, .class("cards"), .aria(.labelledby, "province")) { page in
            page.tag(.h2, .id("province"), text: visit("Toàn tỉnh", "The province"))
            page.tag(.ul) { page in
                for target in board.province { card(&page, target) }
            }
        }
    }

    private func card(_ page: inout Markup, _ target: ScoringV1.TargetResult) {
        let state = TargetState(target.state)
        let pace = visit.start.flatMap { Pace(target, start: $0) }
        page.tag(.li, .class("card \(state.style)")) { page in
            page.tag(.h3) { page in
                let link = visit.link("target", [("id", target.id)])
                page.tag(.a, .href(link), text: target.longTitle(visit.language))
            }
            page.tag(.p, .class("figure")) { page in
                page.tag(.strong, .class("big"), text: target.rateText(visit.language))
                page.state(state, visit.language)
            }
            page.bar(
                rate: target.rateDrawn, threshold: Ratio(decimal: target.threshold)?.drawn,
                expected: state == .inProgress ? pace?.expected(on: visit.day).drawn : nil,
                style: state.style)
            notes(&page, target, pace)
        }
    }

    private func notes(
        _ page: inout Markup, _ target: ScoringV1.TargetResult, _ pace: Pace?
    ) {
        let language = visit.language
        page.tag(.p, .class("note")) { page in
            let limit = target.thresholdText(language)
            let due = language.day(target.dueOn)
            page.text(visit("Cần \(limit), hạn \(due)", "\(limit) by \(due)"))
        }
        if let pace, let position = pace.position(of: target, on: visit.day) {
            page.tag(.p, .class("note")) { page in
                let line = language.percent(pace.expected(on: visit.day))
                page.text(visit("Hôm nay cần \(line) ", "Line today \(line) "))
                page.position(position, language)
            }
        }
        page.tag(.p, .class("note")) { page in
            let met = board.units.count { $0.target(target.id)?.state == "met" }
            let all = board.units.count {
                ($0.target(target.id)?.state ?? "not_applicable") != "not_applicable"
            }
            page.text(
                visit(
                    "\(language.count(met))/\(language.count(all)) đơn vị đạt",
                    "\(language.count(met)) of \(language.count(all)) units met it"))
        }
    }
}

/// One row a unit, one column a target.
struct BoardTable {
    let visit: Visit
    let board: ScoringV1.ScoreReply

    func write(_ page: inout Markup) {
        let columns = board.columns
        let units = chosen()
        let rows = visit.page(of: units.count, size: BoardPage.pageSize)
        page.tag(.section, .aria(.labelledby, "units")) { page in
            page.tag(.h2, .id("units"), text: visit("Các đơn vị", "Units"))
            if board.units.count > 1 { filter(&page) }
            let caption = visit(
                "Tỷ lệ của từng đơn vị theo từng chỉ tiêu", "Rate of each unit for each target")
            page.table(caption, "board") { page in
                head(&page, columns)
                page.tag(.tbody) { page in
                    for unit in units[rows.rows] { row(&page, unit, columns) }
                }
            }
            if units.isEmpty { page.nothing(visit("Không có đơn vị nào.", "No units.")) }
            page.pager(rows, visit)
            legend(&page, columns)
        }
    }

    // MARK: Which units, in which order

    private func chosen() -> [ScoringV1.UnitScore] {
        let words = VietnameseText.folded(visit.request.asked("q"))
        let units = board.units.filter { unit in
            words.isEmpty || VietnameseText.folded(unit.name).contains(words)
                || VietnameseText.folded(unit.unit).contains(words)
        }
        switch visit.request.asked("sort") {
        case "missed":
            let ranked = units.enumerated().map { (order: (-missed($1), $0), unit: $1) }
            return ranked.sorted { $0.order < $1.order }.map(\.unit)
        case "name": return units.sortedByName(\.name)
        default: return units
        }
    }

    /// Targets missed, and those that are behind the line of the day.
    private func missed(_ unit: ScoringV1.UnitScore) -> Int {
        unit.targets.count { target in
            if target.state == "not_met" { return true }
            let pace = visit.start.flatMap { Pace(target, start: $0) }
            return pace?.position(of: target, on: visit.day) == .behind
        }
    }

    private func filter(_ page: inout Markup) {
        let filter = Filter(visit: visit, path: "", kept: [])
        filter.write(&page) { page in
            filter.text(&page, "q", visit("Tên hoặc mã", "Name or code"))
            filter.select(
                &page, "sort", visit("Thứ tự", "Order"),
                [
                    ("", visit("theo danh sách", "as listed")),
                    ("missed", visit("nhiều chỉ tiêu chậm, không đạt trước", "most missed first")),
                    ("name", visit("theo tên", "by name")),
                ])
        }
    }

    // MARK: The table

    private func head(_ page: inout Markup, _ columns: [ScoringV1.TargetResult]) {
        page.tag(.thead) { page in
            page.tag(.tr) { page in
                page.column(visit("Đơn vị", "Unit"))
                for target in columns {
                    page.tag(.th, .scope(.col)) { page in
                        page.tag(
                            .a, .href(visit.link("target", [("id", target.id)])),
                            text: target.title(visit.language, among: columns))
                        page.tag(
                            .span, .class("under"), text: target.thresholdText(visit.language))
                    }
                }
            }
        }
    }

    private func row(
        _ page: inout Markup, _ unit: ScoringV1.UnitScore, _ columns: [ScoringV1.TargetResult]
    ) {
        page.tag(.tr) { page in
            page.tag(.th, .scope(.row)) { page in
                page.tag(.a, .href(visit.link("unit", [("unit", unit.unit)])), text: unit.name)
                page.tag(.span, .class("under"), text: unit.unit)
            }
            for column in columns {
                page.tag(.td) { page in
                    if let target = unit.target(column.id) { cell(&page, unit, target) }
                }
            }
        }
    }

    private func cell(
        _ page: inout Markup, _ unit: ScoringV1.UnitScore, _ target: ScoringV1.TargetResult
    ) {
        let state = TargetState(target.state)
        let pace = visit.start.flatMap { Pace(target, start: $0) }
        if state == .notApplicable { return page.state(state, visit.language, small: true) }
        let link = visit.link("cases", [("target", target.id), ("unit", unit.unit)])
        page.tag(.a, .class("rate"), .href(link), text: target.rateText(visit.language))
        if !target.unverified.isEmpty { page.tag(.span, .class("star"), text: "*") }
        page.bar(
            rate: target.rateDrawn, threshold: Ratio(decimal: target.threshold)?.drawn,
            expected: state == .inProgress ? pace?.expected(on: visit.day).drawn : nil,
            style: state.style)
        if let position = pace?.position(of: target, on: visit.day) {
            page.position(position, visit.language)
        } else {
            page.state(state, visit.language, small: true)
        }
    }

    private func legend(_ page: inout Markup, _ columns: [ScoringV1.TargetResult]) {
        page.tag(.div, .class("legend")) { page in
            page.tag(.p) { page in
                page.text(
                    visit(
                        "Vạch đậm trên thanh là ngưỡng của kế hoạch; vạch mảnh là mức cần có hôm nay nếu việc chia đều đến hạn. ",
                        "The thick mark of a bar is the plan's threshold; the thin one is where the target should be today if the work is spread evenly. "
                    ))
                if !Set(board.units.flatMap(\.targets).flatMap(\.unverified)).isEmpty {
                    page.text(
                        visit(
                            "Dấu * : con số dựa trên căn cứ chưa đối chiếu văn bản.",
                            "A * marks figures that rest on a rule nobody has checked against its text."
                        ))
                }
            }
        }
    }
}
