extension Vocabulary {
    /// What a measure of the plan, or a criterion of emulation, is called: as the heading of a narrow column, and in
    /// the middle of a sentence.
    public static let measures: [String: (short: Word, long: Word)] = [
        "large_value_seized": (
            ("Kê biên", "Seized"),
            (
                "vụ việc giá trị lớn đã kê biên, xử lý tài sản",
                "large-value cases with an asset seized"
            )
        ),
        "large_value_classified": (
            ("CCĐK tiền", "Classified"),
            (
                "vụ việc giá trị lớn đủ tiêu chí chưa có điều kiện về tiền",
                "large-value cases that qualify as not enforceable by money"
            )
        ),
        "old_resolved_count": (
            ("Án cũ: việc", "Old: cases"),
            ("việc tồn đọng lâu năm đã giải quyết xong", "old cases resolved")
        ),
        "old_resolved_money": (
            ("Án cũ: tiền", "Old: money"),
            (
                "tiền của việc tồn đọng lâu năm đã giải quyết", "money of old cases resolved"
            )
        ),
        "decisions_timely": (
            ("QĐ đúng hạn", "Timely"),
            ("ra quyết định thi hành án đúng hạn", "enforcement decisions issued on time")
        ),
        "classification_right": (
            ("Phân loại", "Class. right"),
            ("phân loại án chính xác", "classifications that were right")
        ),
        "violations_repaired": (
            ("Sửa vi phạm", "Repaired"),
            ("vi phạm đã khắc phục", "violations repaired")
        ),
        "lists_submitted": (
            ("Danh sách", "Lists"), ("nộp danh sách đúng hạn", "lists handed in")
        ),
        "report_submitted": (
            ("Báo cáo", "Report"),
            ("nộp báo cáo tổng kết đúng hạn", "summary report handed in")
        ),
        "cases_done": (
            ("Xong: việc", "Done: cases"),
            ("việc thi hành xong trên số có điều kiện", "cases done of those enforceable")
        ),
        "money_done": (
            ("Xong: tiền", "Done: money"),
            ("tiền thi hành xong trên số có điều kiện", "money done of that enforceable")
        ),
        "cases_resolved": (
            ("Giải quyết: việc", "Resolved"),
            ("việc đã giải quyết xong trong thời gian", "cases resolved within the window")
        ),
        "money_resolved": (
            ("Giải quyết: tiền", "Money"),
            ("tiền đã giải quyết trong thời gian", "money resolved within the window")
        ),
        "cases_seized": (
            ("Việc kê biên", "Seizures"),
            ("việc có tài sản kê biên trong thời gian", "cases with a seizure in the window")
        ),
        "stock_reduced": (
            ("Giảm tồn", "Stock"),
            ("việc tồn giảm so với ngày gốc", "stock reduced since the base day")
        ),
        "coercions_done": (
            ("Cưỡng chế", "Coercions"),
            ("cưỡng chế đã thực hiện theo kế hoạch", "planned coercions carried out")
        ),
        // Criteria of emulation that are no measure of the plan.
        "deadlines": (
            ("Thời hạn", "Deadlines"),
            ("nộp danh sách và báo cáo đúng thời hạn", "lists and report in time")
        ),
        "violations": (
            ("Vi phạm", "Violations"), ("không có vi phạm", "no violations found")
        ),
    ]
}
