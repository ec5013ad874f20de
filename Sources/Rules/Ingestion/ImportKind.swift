/// What a column of an import holds.
public enum ColumnType: Sendable, Equatable {
    case text
    case day
    case money
    case integer
    case flag
    case choice([String])
}

/// One column of an import kind.
public struct ImportColumn: Sendable {
    /// Canonical name; the store's column has the same.
    public let name: String
    /// Vietnamese headings that mean the same; compared without case, accents and spaces.
    public let headings: [String]
    public let type: ColumnType
    public let isRequired: Bool

    init(_ name: String, _ type: ColumnType, required: Bool, _ headings: [String]) {
        self.name = name
        self.type = type
        self.isRequired = required
        self.headings = headings
    }
}

/// What the rows of a kind hang on.
public enum ImportParent: Sendable {
    /// Units and officers stand alone (officers name their unit).
    case none
    case unit
    case aCase
    case asset
}

/// One kind of rows that offices send: a CSV of that base name, or a sheet of that title.
public struct ImportKind: Sendable {
    public let name: String
    /// Vietnamese title of the sheet.
    public let title: String
    public let parent: ImportParent
    /// Columns in canonical order; the key's columns, which include the parent's key, stand first.
    public let columns: [ImportColumn]
    public let keyCount: Int

    public var key: ArraySlice<ImportColumn> { columns.prefix(keyCount) }
    public var values: ArraySlice<ImportColumn> { columns.dropFirst(keyCount) }

    /// Columns of the parent's key, repeated at the head of each row.
    public var parentKeyCount: Int {
        switch parent {
        case .none: 0
        case .unit: 1
        case .aCase: 2
        case .asset: 3
        }
    }
}

extension ImportKind {
    /// In an order in which every kind comes after those it refers to.
    public static let all: [ImportKind] = [
        units, officers, cases, decisions, payments, verifications, assets, valuations, rounds,
        reductions, offers, nominations, commitments, violations, reports,
    ]

    public static func named(_ name: String) -> ImportKind? { all.first { $0.name == name } }

    private static func must(_ name: String, _ type: ColumnType, _ headings: String...)
        -> ImportColumn
    { ImportColumn(name, type, required: true, headings) }

    private static func may(_ name: String, _ type: ColumnType, _ headings: String...)
        -> ImportColumn
    { ImportColumn(name, type, required: false, headings) }

    private static let unitCode = must("unit_code", .text, "Mã đơn vị", "Đơn vị", "Mã cơ quan")
    private static let decisionNo = must(
        "decision_no", .text, "Số quyết định", "Số QĐ", "Số quyết định thi hành án", "Số QĐ THA")
    private static let assetNo = must(
        "asset_no", .text, "Số tài sản", "Mã tài sản", "Tài sản số")
    private static let caseKey = [unitCode, decisionNo]
    private static let assetKey = [unitCode, decisionNo, assetNo]

    public static let units = ImportKind(
        name: "units", title: "Đơn vị", parent: .none,
        columns: [
            unitCode,
            must("name", .text, "Tên đơn vị", "Tên"),
            must("level", .choice(["province", "district"]), "Cấp"),
            may("parent_code", .text, "Mã đơn vị cấp trên", "Đơn vị cấp trên"),
            may("cluster", .text, "Cụm", "Cụm thi đua", "Khối"),
        ], keyCount: 1)

    public static let officers = ImportKind(
        name: "officers", title: "Chấp hành viên", parent: .none,
        columns: [
            must("officer_code", .text, "Mã chấp hành viên", "Mã CHV"),
            must("name", .text, "Họ tên", "Họ và tên", "Tên chấp hành viên"),
            unitCode,
        ], keyCount: 1)

    public static let cases = ImportKind(
        name: "cases", title: "Việc thi hành án", parent: .unit,
        columns: caseKey + [
            must("decision_on", .day, "Ngày quyết định", "Ngày QĐ", "Ngày ra quyết định"),
            must("initiative", .choice(["on_request", "ex_officio"]), "Loại", "Loại quyết định"),
            must("amount_due", .money, "Số tiền phải thi hành", "Số tiền", "Phải thi hành"),
            may("officer_code", .text, "Mã chấp hành viên", "Mã CHV", "CHV"),
            may("judgment_no", .text, "Số bản án", "Bản án số"),
            may("judgment_on", .day, "Ngày bản án"),
            may("received_on", .day, "Ngày nhận", "Ngày nhận bản án", "Ngày nhận yêu cầu"),
            may("creditor", .text, "Người được thi hành án", "Người được THA"),
            may("debtor", .text, "Người phải thi hành án", "Người phải THA"),
            may("debtor_address", .text, "Địa chỉ người phải thi hành án", "Địa chỉ"),
            may("obligation", .text, "Nghĩa vụ", "Nội dung", "Nội dung thi hành"),
            may("judgment_effective_on", .day, "Ngày bản án có hiệu lực", "Ngày có hiệu lực"),
            may("assigned_on", .day, "Ngày phân công", "Ngày phân công CHV"),
            may("debtor_notified_on", .day, "Ngày thông báo", "Ngày thông báo người phải THA"),
            may("first_decision_on", .day, "Ngày quyết định đầu tiên", "Ngày QĐ đầu tiên"),
            may("state_revenue", .flag, "Thu ngân sách", "Khoản thu ngân sách nhà nước", "NSNN"),
            may(
                "revenue_kind", .choice(["fee", "fine", "confiscation", "other"]),
                "Loại khoản thu"),
            may("address_unknown", .flag, "Chưa rõ địa chỉ", "Không rõ địa chỉ"),
            may("prison_until", .day, "Chấp hành án tù đến", "Án tù đến ngày"),
            may("coercion_cost", .money, "Chi phí cưỡng chế"),
            may("credit_institution", .flag, "Tín dụng ngân hàng", "Tổ chức tín dụng"),
            may(
                "sensitivity", .choice(["none", "ethnic_religious", "security_political"]),
                "Tính chất nhạy cảm", "Nhạy cảm"),
            may("note", .text, "Ghi chú"),
        ], keyCount: 2)

    public static let decisions = ImportKind(
        name: "decisions", title: "Quyết định", parent: .aCase,
        columns: caseKey + [
            must("kind", .choice(DecisionKind.allCases.map(\.rawValue)), "Loại quyết định", "Loại"),
            must("decided_on", .day, "Ngày ra quyết định", "Ngày quyết định"),
            may("number", .text, "Số", "Quyết định số"),
            may("ground", .text, "Căn cứ", "Lý do"),
            may("ground_on", .day, "Ngày có căn cứ", "Ngày phát sinh căn cứ"),
            may("until_on", .day, "Đến ngày", "Thời hạn đến"),
            may("amount", .money, "Số tiền"),
        ], keyCount: 4)

    public static let payments = ImportKind(
        name: "payments", title: "Thu tiền", parent: .aCase,
        columns: caseKey + [
            must("receipt_no", .text, "Số biên lai", "Biên lai số", "Số phiếu thu"),
            must("paid_on", .day, "Ngày thu", "Ngày nộp"),
            must("amount", .money, "Số tiền"),
            must("source", .choice(PaymentSource.allCases.map(\.rawValue)), "Nguồn", "Nguồn thu"),
            may("reversed_on", .day, "Ngày hủy", "Ngày hoàn trả"),
        ], keyCount: 3)

    public static let verifications = ImportKind(
        name: "verifications", title: "Xác minh", parent: .aCase,
        columns: caseKey + [
            must("verified_on", .day, "Ngày xác minh"),
            must("result", .choice(["enforceable", "not_enforceable"]), "Kết quả"),
            may("ground", .text, "Căn cứ", "Lý do"),
        ], keyCount: 3)

    public static let assets = ImportKind(
        name: "assets", title: "Tài sản", parent: .aCase,
        columns: assetKey + [
            must("asset_kind", .choice(["real_estate", "movable"]), "Loại tài sản"),
            must("seized_on", .day, "Ngày kê biên"),
            may("description", .text, "Mô tả", "Tên tài sản"),
            may(
                "valuation_contract_on", .day, "Ngày hợp đồng thẩm định giá",
                "Ngày HĐ thẩm định giá"),
            may("valued_on", .day, "Ngày thẩm định giá", "Ngày chứng thư"),
            may("value", .money, "Giá trị", "Giá thẩm định"),
            may("appraiser", .text, "Tổ chức thẩm định giá"),
            may("disposed_on", .day, "Ngày xử lý", "Ngày xử lý xong"),
            may(
                "disposal", .choice(["sold", "taken", "released", "returned"]),
                "Hình thức xử lý", "Kết quả xử lý"),
            may("co_owned", .flag, "Sở hữu chung", "Tài sản chung"),
        ], keyCount: 3)

    public static let valuations = ImportKind(
        name: "valuations", title: "Thẩm định giá", parent: .asset,
        columns: assetKey + [
            must("number", .integer, "Lần", "Lần thẩm định"),
            may("contract_on", .day, "Ngày hợp đồng", "Ngày hợp đồng thẩm định giá"),
            may("valued_on", .day, "Ngày thẩm định giá", "Ngày chứng thư"),
            may("value", .money, "Giá trị", "Giá thẩm định"),
            may("appraiser", .text, "Tổ chức thẩm định giá"),
            may("valid_until", .day, "Có hiệu lực đến", "Hiệu lực đến ngày"),
        ], keyCount: 4)

    public static let rounds = ImportKind(
        name: "rounds", title: "Đấu giá", parent: .asset,
        columns: assetKey + [
            must("round", .integer, "Lần đấu giá", "Lần"),
            must("starting_price", .money, "Giá khởi điểm"),
            may("auction_house", .text, "Tổ chức đấu giá", "Tổ chức bán đấu giá"),
            may("contract_on", .day, "Ngày hợp đồng", "Ngày hợp đồng đấu giá"),
            may("procedure", .choice(["ordinary", "shortened"]), "Thủ tục"),
            may("posted_on", .day, "Ngày niêm yết"),
            may("held_on", .day, "Ngày đấu giá", "Ngày tổ chức đấu giá"),
            may(
                "outcome",
                .choice(["scheduled", "no_participants", "no_bids", "failed", "sold", "cancelled"]),
                "Kết quả"),
            may("price", .money, "Giá trúng", "Giá trúng đấu giá"),
            may("notified_on", .day, "Ngày nhận thông báo", "Ngày thông báo kết quả"),
            may("notice_1_on", .day, "Thông báo lần 1"),
            may("notice_2_on", .day, "Thông báo lần 2"),
            may("deposit", .money, "Tiền đặt trước"),
            may("registrants", .integer, "Số người đăng ký"),
            may("paid_in_full_on", .day, "Ngày nộp đủ tiền"),
            may("delivered_on", .day, "Ngày giao tài sản"),
            may("cancelled_on", .day, "Ngày hủy kết quả", "Ngày hủy"),
        ], keyCount: 4)

    public static let reductions = ImportKind(
        name: "reductions", title: "Giảm giá", parent: .asset,
        columns: assetKey + [
            must("number", .integer, "Lần giảm giá", "Lần"),
            may("notice_on", .day, "Ngày thông báo", "Ngày thông báo thỏa thuận giảm giá"),
            may("reduced_on", .day, "Ngày giảm giá", "Ngày quyết định giảm giá"),
            may("reduced_price", .money, "Giá sau giảm", "Giá đã giảm"),
            may("agreed", .flag, "Thỏa thuận", "Đương sự thỏa thuận"),
        ], keyCount: 4)

    public static let offers = ImportKind(
        name: "offers", title: "Đề nghị nhận tài sản", parent: .asset,
        columns: assetKey + [
            must("offered_on", .day, "Ngày đề nghị"),
            may("answer", .choice(["accepted", "refused"]), "Trả lời"),
            may("answered_on", .day, "Ngày trả lời"),
            may("debtor_notified_on", .day, "Ngày thông báo người phải THA"),
        ], keyCount: 4)

    public static let nominations = ImportKind(
        name: "nominations", title: "Danh sách", parent: .aCase,
        columns: caseKey + [
            must("list", .choice(["large_value", "old_case"]), "Danh sách", "Loại danh sách"),
            must("submitted_on", .day, "Ngày gửi", "Ngày nộp"),
            may("withdrawn_on", .day, "Ngày rút"),
            may("reason", .text, "Lý do"),
        ], keyCount: 3)

    public static let commitments = ImportKind(
        name: "commitments", title: "Cam kết", parent: .aCase,
        columns: caseKey + [
            must("due_on", .day, "Ngày đến hạn", "Hạn nộp"),
            must("amount", .money, "Số tiền"),
        ], keyCount: 3)

    public static let violations = ImportKind(
        name: "violations", title: "Vi phạm", parent: .aCase,
        columns: caseKey + [
            must("found_on", .day, "Ngày phát hiện"),
            must("severity", .choice(["minor", "serious"]), "Mức độ"),
            may("description", .text, "Mô tả", "Nội dung"),
            may("repaired_on", .day, "Ngày khắc phục"),
        ], keyCount: 3)

    public static let reports = ImportKind(
        name: "reports", title: "Báo cáo", parent: .unit,
        columns: [
            unitCode,
            must("kind", .choice(["lists", "summary"]), "Loại báo cáo", "Loại"),
            must("submitted_on", .day, "Ngày gửi", "Ngày nộp"),
            may("emailed_on", .day, "Ngày gửi thư điện tử", "Ngày gửi email"),
        ], keyCount: 2)
}
