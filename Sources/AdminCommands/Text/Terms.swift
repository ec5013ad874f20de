import Vocabulary

/// The field's words for the codes that travel; a code without a word is shown as it is.
struct Terms: Sendable {
    private let names: [String: Phrase]

    init(_ names: [String: Phrase]) { self.names = names }

    init(_ words: [String: Vocabulary.Word]) {
        self.init(words.mapValues { Phrase($0.vi, $0.en) })
    }

    subscript(code: String) -> String { names[code]?.text ?? code }

    static let assetKind = Terms([
        "real_estate": Phrase("bất động sản", "real estate"),
        "movable": Phrase("động sản", "movable"),
    ])

    static let trackState = Terms(Vocabulary.trackState)

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

    static let caseStatus = Terms(Vocabulary.caseStatus)
    static let event = Terms(Vocabulary.event)
    static let initiative = Terms(Vocabulary.initiative)

    static let sensitivity = Terms([
        "none": Phrase("", ""),
        "ethnic_religious": Phrase("dân tộc, tôn giáo", "ethnic, religious"),
        "security_political": Phrase("an ninh, chính trị", "security, political"),
    ])

    static let split = Terms(Vocabulary.split)

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

    static let tieBreak = Terms(Vocabulary.tieBreak)

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
