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
    public let type: ColumnType
    public let isRequired: Bool

    init(_ name: String, _ type: ColumnType, required: Bool) {
        self.name = name
        self.type = type
        self.isRequired = required
    }
}

/// What the rows of a kind hang on.
public enum ImportParent: Sendable {
    /// Units, officers and firms stand alone (officers name their unit).
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
    public static let all: [ImportKind] =
        [
            units, officers, cases, decisions, payments, verifications, assets, valuations, rounds,
            reductions, offers, nominations, commitments, violations, reports, merits,
            appraisers, auctionHouses,
        ] + ofCampaign

    public static func named(_ name: String) -> ImportKind? { all.first { $0.name == name } }

    static func must(_ name: String, _ type: ColumnType) -> ImportColumn {
        ImportColumn(name, type, required: true)
    }

    static func may(_ name: String, _ type: ColumnType) -> ImportColumn {
        ImportColumn(name, type, required: false)
    }

    static let unitCode = must("unit_code", .text)
    private static let decisionNo = must("decision_no", .text)
    private static let assetNo = must("asset_no", .text)
    static let caseKey = [unitCode, decisionNo]
    private static let assetKey = [unitCode, decisionNo, assetNo]

    public static let units = ImportKind(
        name: "units", title: "Đơn vị", parent: .none,
        columns: [
            unitCode,
            must("name", .text),
            must("level", .choice(["province", "district"])),
            may("parent_code", .text),
            may("cluster", .text),
        ], keyCount: 1)

    public static let officers = ImportKind(
        name: "officers", title: "Chấp hành viên", parent: .none,
        columns: [
            must("officer_code", .text),
            must("name", .text),
            unitCode,
        ], keyCount: 1)

    public static let cases = ImportKind(
        name: "cases", title: "Việc thi hành án", parent: .unit,
        columns: caseKey + [
            must("decision_on", .day),
            must("initiative", .choice(["on_request", "ex_officio"])),
            must("amount_due", .money),
            may("officer_code", .text),
            may("judgment_no", .text),
            may("judgment_on", .day),
            may("received_on", .day),
            may("creditor", .text),
            may("debtor", .text),
            may("debtor_address", .text),
            may("obligation", .text),
            may("judgment_effective_on", .day),
            may("assigned_on", .day),
            may("debtor_notified_on", .day),
            may("first_decision_on", .day),
            may("state_revenue", .flag),
            may("revenue_kind", .choice(["fee", "fine", "confiscation", "other"])),
            may("address_unknown", .flag),
            may("prison_until", .day),
            may("coercion_cost", .money),
            may("credit_institution", .flag),
            may("sensitivity", .choice(["none", "ethnic_religious", "security_political"])),
            may("note", .text),
        ], keyCount: 2)

    public static let decisions = ImportKind(
        name: "decisions", title: "Quyết định", parent: .aCase,
        columns: caseKey + [
            must("kind", .choice(DecisionKind.allCases.map(\.rawValue))),
            must("decided_on", .day),
            may("number", .text),
            may("ground", .text),
            may("ground_on", .day),
            may("until_on", .day),
            may("amount", .money),
        ], keyCount: 4)

    public static let payments = ImportKind(
        name: "payments", title: "Thu tiền", parent: .aCase,
        columns: caseKey + [
            must("receipt_no", .text),
            must("paid_on", .day),
            must("amount", .money),
            must("source", .choice(PaymentSource.allCases.map(\.rawValue))),
            may("reversed_on", .day),
        ], keyCount: 3)

    public static let verifications = ImportKind(
        name: "verifications", title: "Xác minh", parent: .aCase,
        columns: caseKey + [
            must("verified_on", .day),
            must("result", .choice(["enforceable", "not_enforceable"])),
            may("ground", .text),
        ], keyCount: 3)

    public static let assets = ImportKind(
        name: "assets", title: "Tài sản", parent: .aCase,
        columns: assetKey + [
            must("asset_kind", .choice(["real_estate", "movable"])),
            must("seized_on", .day),
            may("description", .text),
            may(
                "valuation_contract_on", .day),
            may("valued_on", .day),
            may("value", .money),
            may("appraiser", .text),
            may("disposed_on", .day),
            may("disposal", .choice(["sold", "taken", "released", "returned"])),
            may("co_owned", .flag),
        ], keyCount: 3)

    public static let valuations = ImportKind(
        name: "valuations", title: "Thẩm định giá", parent: .asset,
        columns: assetKey + [
            must("number", .integer),
            may("contract_on", .day),
            may("valued_on", .day),
            may("value", .money),
            may("appraiser", .text),
            may("valid_until", .day),
        ], keyCount: 4)

    public static let rounds = ImportKind(
        name: "rounds", title: "Đấu giá", parent: .asset,
        columns: assetKey + [
            must("round", .integer),
            must("starting_price", .money),
            may("auction_house", .text),
            may("contract_on", .day),
            may("procedure", .choice(["ordinary", "shortened"])),
            may("posted_on", .day),
            may("held_on", .day),
            may(
                "outcome",
                .choice(["scheduled", "no_participants", "no_bids", "failed", "sold", "cancelled"])),
            may("price", .money),
            may("notified_on", .day),
            may("notice_1_on", .day),
            may("notice_2_on", .day),
            may("deposit", .money),
            may("registrants", .integer),
            may("paid_in_full_on", .day),
            may("delivered_on", .day),
            may("cancelled_on", .day),
        ], keyCount: 4)

    public static let reductions = ImportKind(
        name: "reductions", title: "Giảm giá", parent: .asset,
        columns: assetKey + [
            must("number", .integer),
            may("notice_on", .day),
            may("reduced_on", .day),
            may("reduced_price", .money),
            may("agreed", .flag),
        ], keyCount: 4)

    public static let offers = ImportKind(
        name: "offers", title: "Đề nghị nhận tài sản", parent: .asset,
        columns: assetKey + [
            must("offered_on", .day),
            may("answer", .choice(["accepted", "refused"])),
            may("answered_on", .day),
            may("debtor_notified_on", .day),
        ], keyCount: 4)

    public static let nominations = ImportKind(
        name: "nominations", title: "Danh sách", parent: .aCase,
        columns: caseKey + [
            must("list", .choice(["large_value", "old_case"])),
            must("submitted_on", .day),
            may("withdrawn_on", .day),
            may("reason", .text),
        ], keyCount: 3)

    public static let commitments = ImportKind(
        name: "commitments", title: "Cam kết", parent: .aCase,
        columns: caseKey + [
            must("due_on", .day),
            must("amount", .money),
        ], keyCount: 3)

    public static let violations = ImportKind(
        name: "violations", title: "Vi phạm", parent: .aCase,
        columns: caseKey + [
            must("found_on", .day),
            must("severity", .choice(["minor", "serious"])),
            may("description", .text),
            may("repaired_on", .day),
        ], keyCount: 3)

    public static let reports = ImportKind(
        name: "reports", title: "Báo cáo", parent: .unit,
        columns: [
            unitCode,
            must("kind", .choice(["lists", "summary"])),
            must("submitted_on", .day),
            may("emailed_on", .day),
        ], keyCount: 2)

    public static let merits = ImportKind(
        name: "merits", title: "Thành tích và kỷ luật", parent: .unit,
        columns: [
            unitCode,
            must("holder", .text),
            must("kind", .choice(Merit.Kind.allCases.map(\.rawValue))),
            must("decided_on", .day),
            may("number", .text),
            may("note", .text),
        ], keyCount: 4)
}
