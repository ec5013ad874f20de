extension MoneyRule {
    /// What the rule says, in Vietnamese.
    public var text: String {
        switch self {
        case .notEnforceable:
            "Có quyết định về việc chưa có điều kiện thi hành án: toàn bộ số tiền còn phải thi hành."
        case .assetHandled:
            "Tài sản đã bán hoặc đã giao, không còn tài sản đang xử lý: số tiền còn phải thi hành."
        case .reducedTwice:
            "Tài sản đã giảm giá lần thứ hai mà đấu giá không thành: số tiền còn phải thi hành "
                + "trừ giá trị tài sản tại thời điểm báo cáo."
        }
    }

    /// The rule with its citation; the law book's where it holds the id.
    public func applied(_ law: LawTable, on day: Day) -> AppliedRule {
        law.applied(
            rawValue, on: day, text: text,
            otherwise: Citation(
                instrument: "TT 06/2019/TT-BTP", place: "giải thích Biểu 02/TK-THA"))
    }
}

extension CaseFile {
    /// The rules that the answers about the case on `day` rest on, in the order a reader needs them:
    /// its status, then the class of its money.
    public func appliedRules(_ law: LawTable, on day: Day) -> [AppliedRule] {
        var rules: [AppliedRule] = []
        if let (id, place, text) = standing(on: day).status.basis {
            rules.append(
                law.applied(
                    id, on: day, text: text,
                    otherwise: Citation(instrument: "LTHADS", place: place)))
        }
        if let rule = moneyClass(on: day).rule { rules.append(rule.applied(law, on: day)) }
        return rules
    }
}

extension CaseStatus {
    /// Rule id, place in the enforcement law and meaning of a status that a decision brought.
    fileprivate var basis: (String, String, String)? {
        switch self {
        case .enforceable, .delegated: nil
        case .notEnforceable:
            ("E-13", "Điều 44a.1", "Quyết định về việc chưa có điều kiện thi hành án.")
        case .postponed: ("C-07", "Điều 48", "Quyết định hoãn thi hành án.")
        case .suspended: ("C-09", "Điều 49", "Tạm đình chỉ thi hành án.")
        case .completed: ("C-12", "Điều 52", "Việc thi hành án đã kết thúc.")
        case .terminated: ("C-11", "Điều 50", "Quyết định đình chỉ thi hành án.")
        }
    }
}
