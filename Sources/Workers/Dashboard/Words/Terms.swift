/// The field's words for the codes that travel; a code without a word is shown as it is.
struct Terms: Sendable {
    private let names: [String: Phrase]

    init(_ names: [String: Phrase]) { self.names = names }

    func callAsFunction(_ code: String, _ language: Language) -> String {
        names[code].map { language($0) } ?? code
    }

    static let trackState = Terms([
        "seized": Phrase("đã kê biên", "seized"),
        "valued": Phrase("đã thẩm định giá", "valued"),
        "contracted": Phrase("đã ký hợp đồng đấu giá", "contracted"),
        "posted": Phrase("đã niêm yết", "posted"),
        "failed": Phrase("đấu giá không thành", "auction failed"),
        "reduced": Phrase("đã giảm giá", "reduced"),
        "offered": Phrase("đã đề nghị nhận tài sản", "offered"),
        "accepted": Phrase("đồng ý nhận tài sản", "offer accepted"),
        "sold": Phrase("đã bán", "sold"),
        "taken": Phrase("đã nhận tài sản", "taken"),
        "released": Phrase("đã giải tỏa", "released"),
        "returned": Phrase("đã trả lại", "returned"),
    ])

    static let caseStatus = Terms([
        "enforceable": Phrase("đang thi hành", "active"),
        "not_enforceable": Phrase("chưa có điều kiện thi hành", "not enforceable"),
        "postponed": Phrase("hoãn", "postponed"),
        "suspended": Phrase("tạm đình chỉ", "suspended"),
        "delegated": Phrase("ủy thác", "delegated"),
        "completed": Phrase("thi hành xong", "completed"),
        "terminated": Phrase("đình chỉ", "terminated"),
    ])

    static let event = Terms([
        "decision": Phrase("quyết định", "decision"),
        "payment": Phrase("thu tiền", "payment"),
        "verification": Phrase("xác minh", "verification"),
        "seizure": Phrase("kê biên", "seizure"),
        "valuation": Phrase("thẩm định giá", "valuation"),
        "round": Phrase("đấu giá", "auction round"),
        "reduction": Phrase("giảm giá", "reduction"),
        "offer": Phrase("đề nghị nhận tài sản", "offer"),
        "disposal": Phrase("xử lý tài sản", "disposal"),
        "nomination": Phrase("vào danh sách", "nomination"),
        "commitment": Phrase("cam kết", "commitment"),
        "violation": Phrase("vi phạm", "violation"),
        "plan_step": Phrase("kế hoạch", "plan step"),
        "persuasion": Phrase("vận động", "persuasion"),
        "coercion": Phrase("cưỡng chế", "coercion"),
        "guidance": Phrase("xin ý kiến", "guidance"),
        "direction": Phrase("chỉ đạo", "direction"),
        "obstacle": Phrase("vướng mắc", "obstacle"),
        "coordination": Phrase("phối hợp", "coordination"),
        "file_review": Phrase("kiểm tra hồ sơ", "file review"),
        "exemption": Phrase("miễn, giảm", "exemption"),
    ])

    static let initiative = Terms([
        "on_request": Phrase("theo yêu cầu", "on request"),
        "ex_officio": Phrase("chủ động", "ex officio"),
    ])

    static let split = Terms([
        "collected": Phrase("thu được", "collected"),
        "voluntary": Phrase("tự nguyện", "voluntary"),
        "coerced": Phrase("cưỡng chế", "coerced"),
        "auction": Phrase("đấu giá", "auction"),
        "in_lieu": Phrase("nhận tài sản trừ tiền", "in lieu"),
        "terminated": Phrase("đình chỉ", "terminated"),
        "exempted": Phrase("miễn, giảm", "exempted"),
    ])

    static let tieBreak = Terms([
        "fewer_violations": Phrase("ít vi phạm hơn", "fewer violations"),
        "old_resolved_money_rate": Phrase("tỷ lệ tiền án cũ cao hơn", "higher rate of old money"),
        "old_resolved_count_rate": Phrase(
            "tỷ lệ việc án cũ cao hơn", "higher rate of old cases"),
        "large_value_seized_rate": Phrase(
            "tỷ lệ kê biên án lớn cao hơn", "higher rate of large cases seized"),
        "fewer_days_late": Phrase("ít ngày chậm hơn", "fewer days late"),
        "larger_stock": Phrase("nhiều việc có điều kiện hơn", "larger enforceable stock"),
        "earlier_report": Phrase("báo cáo sớm hơn", "earlier report"),
    ])

    static let consequence = Terms([
        "grave": Phrase("rất nặng", "grave"),
        "serious": Phrase("nặng", "serious"),
        "ordinary": Phrase("thường", "ordinary"),
        "minor": Phrase("nhẹ", "minor"),
    ])

    static let person = Terms([
        "officer": Phrase("chấp hành viên", "officer"),
        "auction_house": Phrase("tổ chức đấu giá", "auction house"),
        "buyer": Phrase("người mua", "buyer"),
    ])

    static let instalment = Terms([
        "paid": Phrase("đã nộp", "paid"),
        "open": Phrase("chưa đến hạn", "open"),
        "broken": Phrase("không thực hiện", "broken"),
        "lapsed": Phrase("không còn phải nộp", "lapsed"),
    ])

    static let review = Terms([
        "in_order": Phrase("đúng", "in order"),
        "doubtful": Phrase("cần xem lại", "doubtful"),
        "by_hand": Phrase("người kiểm tra", "by hand"),
    ])
}
