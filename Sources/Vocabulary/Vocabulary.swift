/// The field's words for the codes that travel, in both languages: what the command line and the board call one thing.
///
/// A code that has no word here is shown as it is.
public enum Vocabulary {
    public typealias Word = (vi: String, en: String)

    /// Where an asset stands on its way to a sale.
    public static let trackState: [String: Word] = [
        "seized": ("đã kê biên", "seized"),
        "valued": ("đã thẩm định giá", "valued"),
        "contracted": ("đã ký hợp đồng đấu giá", "contracted"),
        "posted": ("đã niêm yết", "posted"),
        "failed": ("đấu giá không thành", "auction failed"),
        "reduced": ("đã giảm giá", "reduced"),
        "offered": ("đã đề nghị nhận tài sản", "offered"),
        "accepted": ("đồng ý nhận tài sản", "offer accepted"),
        "sold": ("đã bán", "sold"),
        "taken": ("đã nhận tài sản", "taken"),
        "released": ("đã giải tỏa", "released"),
        "returned": ("đã trả lại", "returned"),
    ]

    /// Where a case stands.
    public static let caseStatus: [String: Word] = [
        "enforceable": ("đang thi hành", "active"),
        "not_enforceable": ("chưa có điều kiện thi hành", "not enforceable"),
        "postponed": ("hoãn", "postponed"),
        "suspended": ("tạm đình chỉ", "suspended"),
        "delegated": ("ủy thác", "delegated"),
        "completed": ("thi hành xong", "completed"),
        "terminated": ("đình chỉ", "terminated"),
    ]

    /// What happened in a case.
    public static let event: [String: Word] = [
        "decision": ("quyết định", "decision"),
        "payment": ("thu tiền", "payment"),
        "verification": ("xác minh", "verification"),
        "seizure": ("kê biên", "seizure"),
        "valuation": ("thẩm định giá", "valuation"),
        "round": ("đấu giá", "auction round"),
        "reduction": ("giảm giá", "reduction"),
        "offer": ("đề nghị nhận tài sản", "offer"),
        "disposal": ("xử lý tài sản", "disposal"),
        "nomination": ("vào danh sách", "nomination"),
        "commitment": ("cam kết", "commitment"),
        "violation": ("vi phạm", "violation"),
        "plan_step": ("kế hoạch", "plan step"),
        "persuasion": ("vận động", "persuasion"),
        "coercion": ("cưỡng chế", "coercion"),
        "guidance": ("xin ý kiến", "guidance"),
        "direction": ("chỉ đạo", "direction"),
        "obstacle": ("vướng mắc", "obstacle"),
        "coordination": ("phối hợp", "coordination"),
        "file_review": ("kiểm tra hồ sơ", "file review"),
        "exemption": ("miễn, giảm", "exemption"),
    ]

    /// Who asked for enforcement.
    public static let initiative: [String: Word] = [
        "on_request": ("theo yêu cầu", "on request"),
        "ex_officio": ("chủ động", "ex officio"),
    ]

    /// Where money came from, and what became of the rest.
    public static let split: [String: Word] = [
        "collected": ("thu được", "collected"),
        "voluntary": ("tự nguyện", "voluntary"),
        "coerced": ("cưỡng chế", "coerced"),
        "auction": ("đấu giá", "auction"),
        "in_lieu": ("nhận tài sản trừ tiền", "in lieu"),
        "terminated": ("đình chỉ", "terminated"),
        "exempted": ("miễn, giảm", "exempted"),
    ]

    /// What set two units of equal points apart.
    public static let tieBreak: [String: Word] = [
        "fewer_violations": ("ít vi phạm hơn", "fewer violations"),
        "old_resolved_money_rate": ("tỷ lệ tiền án cũ cao hơn", "higher rate of old money"),
        "old_resolved_count_rate": (
            "tỷ lệ việc án cũ cao hơn", "higher rate of old cases"
        ),
        "large_value_seized_rate": (
            "tỷ lệ kê biên án lớn cao hơn", "higher rate of large cases seized"
        ),
        "fewer_days_late": ("ít ngày chậm hơn", "fewer days late"),
        "larger_stock": ("nhiều việc có điều kiện hơn", "larger enforceable stock"),
        "earlier_report": ("báo cáo sớm hơn", "earlier report"),
    ]

    /// How heavy a missed duty weighs.
    public static let consequence: [String: Word] = [
        "grave": ("rất nặng", "grave"),
        "serious": ("nặng", "serious"),
        "ordinary": ("thường", "ordinary"),
        "minor": ("nhẹ", "minor"),
    ]

    /// Who must take a step.
    public static let person: [String: Word] = [
        "officer": ("chấp hành viên", "officer"),
        "auction_house": ("tổ chức đấu giá", "auction house"),
        "buyer": ("người mua", "buyer"),
    ]
}
