/// The field's words for the codes that travel; a code without a word is shown as it is.
struct Terms: Sendable {
    private let names: [String: Phrase]

    init(_ names: [String: Phrase]) { self.names = names }

    subscript(code: String) -> String { names[code]?.text ?? code }

    static let assetKind = Terms([
        "real_estate": Phrase("bất động sản", "real estate"),
        "movable": Phrase("động sản", "movable"),
    ])

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

    static let step = Terms([
        "value_contract": Phrase("ký hợp đồng thẩm định giá", "valuation contract"),
        "auction_contract": Phrase("ký hợp đồng đấu giá", "auction contract"),
        "hold_auction": Phrase("tổ chức đấu giá", "hold the auction"),
        "notify_reduction": Phrase("thông báo về giảm giá", "notify the reduction"),
        "decide_reduction": Phrase("quyết định giảm giá", "decide the reduction"),
        "notify_debtor": Phrase("báo cho người phải thi hành án", "notify the debtor"),
        "hand_over": Phrase("giao tài sản", "hand the asset over"),
        "post_again": Phrase("niêm yết lại", "post again"),
        "offer_creditor": Phrase("đề nghị người được thi hành án nhận", "offer to the creditor"),
        "pay_price": Phrase("người mua nộp đủ tiền", "the buyer pays"),
        "deliver": Phrase("giao tài sản cho người mua", "deliver to the buyer"),
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

    static let sensitivity = Terms([
        "none": Phrase("", ""),
        "ethnic_religious": Phrase("dân tộc, tôn giáo", "ethnic, religious"),
        "security_political": Phrase("an ninh, chính trị", "security, political"),
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

    static let importStatus = Terms([
        "applied": Phrase("đã nhập", "applied"),
        "unchanged": Phrase("không có gì mới", "unchanged"),
        "rejected": Phrase("bị từ chối, chưa nhập gì", "rejected, nothing was changed"),
        "dry_run": Phrase("chạy thử, chưa nhập gì", "dry run, nothing was changed"),
    ])

    static let importPhase = Terms([
        "hashing": Phrase("Tính mã băm", "Hashing"),
        "sending": Phrase("Gửi", "Sending"),
        "receiving": Phrase("Nhận", "Receiving"),
        "waiting": Phrase("Chờ lần nhập khác xong", "Waiting for another import"),
        "checking": Phrase("Kiểm tra", "Checking"),
        "applying": Phrase("Ghi", "Applying"),
        "publishing": Phrase("Công bố", "Publishing"),
    ])

    static let campaignStatus = Terms([
        "applied": Phrase("đã áp dụng", "applied"),
        "unchanged": Phrase("không đổi", "unchanged"),
    ])

    static let listFinding = Terms([
        "late": Phrase("nộp muộn", "late"),
        "missing": Phrase("chưa nộp", "missing"),
        "short": Phrase("thiếu việc", "short"),
        "all": Phrase("đã nộp hết", "all there are"),
        "long": Phrase("thừa việc", "too many"),
        "not_eligible": Phrase("không đủ điều kiện", "not eligible"),
        "larger_left_out": Phrase("việc lớn ở ngoài", "larger one left out"),
    ])

    static let signalSeverity = Terms([
        "notice": Phrase("lưu ý", "notice"),
        "warning": Phrase("cảnh báo", "warning"),
        "serious": Phrase("nghiêm trọng", "serious"),
    ])

    static let listStatus = Terms([
        "submitted": Phrase("đã nộp", "handed in"),
        "replaced": Phrase("đã thay", "replaced"),
        "locked": Phrase("đã khóa", "closed"),
        "unchanged": Phrase("không đổi", "unchanged"),
    ])

    static let freezeStatus = Terms([
        "frozen": Phrase("vừa chốt", "frozen now"),
        "unchanged": Phrase("đã chốt từ trước", "frozen before"),
        "intact": Phrase("nguyên vẹn", "intact"),
        "damaged": Phrase("đã hỏng", "damaged"),
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

    static let sheetState = Terms([
        "open": Phrase("chưa chấm", "open"),
        "submitted": Phrase("đã tự chấm", "submitted"),
        "reviewed": Phrase("đã thẩm định", "reviewed"),
        "decided": Phrase("đã quyết định", "decided"),
    ])

    static let objection = Terms([
        "upheld": Phrase("chấp nhận", "upheld"),
        "rejected": Phrase("bác", "rejected"),
    ])

    static let grade = Terms([
        "excellent": Phrase("hoàn thành xuất sắc", "excellent"),
        "good": Phrase("hoàn thành tốt", "good"),
        "completed": Phrase("hoàn thành", "completed"),
        "not_completed": Phrase("không hoàn thành", "not completed"),
        "undetermined": Phrase("cần người quyết định", "a person must decide"),
    ])

    static let eligibility = Terms([
        "eligible": Phrase("đủ điều kiện", "meets the conditions"),
        "not_eligible": Phrase("không đủ điều kiện", "does not meet the conditions"),
        "undetermined": Phrase("cần người quyết định", "a person must decide"),
    ])

    static let proposal = Terms([
        "draft": Phrase("dự thảo", "draft"),
        "approved": Phrase("đã duyệt", "approved"),
        "refused": Phrase("bị từ chối", "refused"),
    ])

    static let personKind = Terms([
        "officer": Phrase("chấp hành viên", "officer"),
        "head": Phrase("thủ trưởng", "head"),
        "unit": Phrase("đơn vị", "unit"),
    ])

    static let severity = Terms([
        "info": Phrase("lưu ý", "note"),
        "warning": Phrase("cảnh báo", "warning"),
        "serious": Phrase("nghiêm trọng", "serious"),
    ])

    static let attribute = Terms(["law_book": Phrase("Bộ quy tắc", "Law book")])

    static let report = Terms([
        "lists": Phrase("danh sách", "lists"),
        "summary": Phrase("báo cáo tổng kết", "summary report"),
    ])

    static let exemptionVerdict = Terms([
        "not_applicable": Phrase("không có gì để xét miễn, giảm", "nothing to exempt"),
        "eligible": Phrase("đủ điều kiện đề nghị miễn, giảm", "a request is open"),
        "blocked": Phrase("đủ mức và thời gian nhưng còn vướng", "open but for what is listed"),
        "undetermined": Phrase("cần người quyết định", "a person must decide"),
        "needs_payment": Phrase("nộp thêm cho đủ mức thì đề nghị được", "open once more is paid"),
        "later": Phrase("chưa đến thời gian", "not yet"),
    ])

    static let exemptionState = Terms([
        "open": Phrase("được đề nghị", "open"),
        "later": Phrase("chưa đủ thời gian", "later"),
        "needs_payment": Phrase("chưa nộp đủ mức", "needs payment"),
        "other_amount": Phrase("không thuộc mức này", "another amount"),
        "undetermined": Phrase("người quyết định", "a person decides"),
    ])

    /// What a figure of the law book counts.
    static let lawUnit = Terms([
        "working_days": Phrase("ngày làm việc", "working days"),
        "calendar_days": Phrase("ngày", "days"),
        "months": Phrase("tháng", "months"),
        "years": Phrase("năm", "years"),
        "hours": Phrase("giờ", "hours"),
    ])
}
