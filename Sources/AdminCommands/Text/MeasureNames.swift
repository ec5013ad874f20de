/// What a measure of the plan is called on the board (domain: "Measures, exactly").
struct MeasureName: Sendable {
    /// Heading of a narrow column.
    let short: Phrase
    /// What is counted, as the legend says it.
    let long: Phrase

    private init(_ short: Phrase, _ long: Phrase) {
        self.short = short
        self.long = long
    }

    /// The name of a measure; a plan's measure that is not known here goes by its own id.
    static func of(_ measure: String) -> MeasureName {
        names[measure] ?? MeasureName(Phrase(measure, measure), Phrase(measure, measure))
    }

    private static let names: [String: MeasureName] = [
        "large_value_seized": MeasureName(
            Phrase("Kê biên", "Seized"),
            Phrase(
                "vụ việc giá trị lớn đã kê biên, xử lý tài sản",
                "large-value cases with an asset seized")),
        "large_value_classified": MeasureName(
            Phrase("CCĐK tiền", "Classified"),
            Phrase(
                "vụ việc giá trị lớn đủ tiêu chí chưa có điều kiện về tiền",
                "large-value cases that qualify as not enforceable by money")),
        "old_resolved_count": MeasureName(
            Phrase("Án cũ: việc", "Old: cases"),
            Phrase("việc tồn đọng lâu năm đã giải quyết xong", "old cases resolved")),
        "old_resolved_money": MeasureName(
            Phrase("Án cũ: tiền", "Old: money"),
            Phrase(
                "tiền của việc tồn đọng lâu năm đã giải quyết", "money of old cases resolved")),
        "decisions_timely": MeasureName(
            Phrase("QĐ đúng hạn", "Timely"),
            Phrase("ra quyết định thi hành án đúng hạn", "enforcement decisions issued on time")),
        "classification_right": MeasureName(
            Phrase("Phân loại", "Class. right"),
            Phrase("phân loại án chính xác", "classifications that were right")),
        "violations_repaired": MeasureName(
            Phrase("Sửa vi phạm", "Repaired"),
            Phrase("vi phạm đã khắc phục", "violations repaired")),
        "lists_submitted": MeasureName(
            Phrase("Danh sách", "Lists"), Phrase("nộp danh sách đúng hạn", "lists handed in")),
        "report_submitted": MeasureName(
            Phrase("Báo cáo", "Report"),
            Phrase("nộp báo cáo tổng kết đúng hạn", "summary report handed in")),
        "cases_done": MeasureName(
            Phrase("Xong: việc", "Done: cases"),
            Phrase("việc thi hành xong trên số có điều kiện", "cases done of those enforceable")),
        "money_done": MeasureName(
            Phrase("Xong: tiền", "Done: money"),
            Phrase("tiền thi hành xong trên số có điều kiện", "money done of that enforceable")),
        "cases_resolved": MeasureName(
            Phrase("Giải quyết: việc", "Resolved"),
            Phrase("việc đã giải quyết xong trong thời gian", "cases resolved within the window")),
        "money_resolved": MeasureName(
            Phrase("Giải quyết: tiền", "Money"),
            Phrase("tiền đã giải quyết trong thời gian", "money resolved within the window")),
        "cases_seized": MeasureName(
            Phrase("Việc kê biên", "Seizures"),
            Phrase("việc có tài sản kê biên trong thời gian", "cases with a seizure in the window")),
        "stock_reduced": MeasureName(
            Phrase("Giảm tồn", "Stock"),
            Phrase("việc tồn giảm so với ngày gốc", "stock reduced since the base day")),
        "coercions_done": MeasureName(
            Phrase("Cưỡng chế", "Coercions"),
            Phrase("cưỡng chế đã thực hiện theo kế hoạch", "planned coercions carried out")),
        // Criteria of emulation that are no measure of the plan.
        "deadlines": MeasureName(
            Phrase("Thời hạn", "Deadlines"),
            Phrase("nộp danh sách và báo cáo đúng thời hạn", "lists and report in time")),
        "violations": MeasureName(
            Phrase("Vi phạm", "Violations"), Phrase("không có vi phạm", "no violations found")),
    ]
}

/// How a target stands, with the mark that the board shows.
enum TargetState: String, CaseIterable, Sendable {
    case met, notMet = "not_met", inProgress = "in_progress"
    case notApplicable = "not_applicable", undetermined

    var mark: String {
        switch self {
        case .met: "✓"
        case .notMet: "✗"
        case .inProgress: "…"
        case .notApplicable: "–"
        case .undetermined: "?"
        }
    }

    var style: Style {
        switch self {
        case .met: .good
        case .notMet: .bad
        case .inProgress, .undetermined: .pending
        case .notApplicable: .quiet
        }
    }

    var name: Phrase {
        switch self {
        case .met: Phrase("đạt", "met")
        case .notMet: Phrase("không đạt", "not met")
        case .inProgress: Phrase("đang thực hiện", "in progress")
        case .notApplicable: Phrase("không áp dụng", "not applicable")
        case .undetermined: Phrase("chưa xác định được", "undetermined")
        }
    }
}
