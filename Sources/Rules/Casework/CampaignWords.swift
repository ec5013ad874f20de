/// The words that offices use for the work of a campaign (docs/glossary.md).

extension PlanMeasure {
    public var vietnamese: String {
        switch self {
        case .persuade: "vận động thuyết phục"
        case .verify: "xác minh"
        case .classify: "phân loại"
        case .coerce: "cưỡng chế"
        case .seize: "kê biên"
        case .value: "thẩm định giá"
        case .auction: "đấu giá"
        case .offerAsset: "đề nghị nhận tài sản"
        case .handOver: "giao tài sản"
        case .exempt: "xét miễn, giảm"
        case .consult: "xin ý kiến"
        case .other: "việc khác"
        }
    }
}

extension PersuadedParty {
    public var vietnamese: String {
        switch self {
        case .debtor: "người phải thi hành án"
        case .creditor: "người được thi hành án"
        case .both: "hai bên"
        }
    }
}

extension PersuasionOutcome {
    public var vietnamese: String {
        switch self {
        case .agreed: "đồng ý"
        case .partly: "đồng ý một phần"
        case .refused: "không đồng ý"
        case .absent: "vắng mặt"
        }
    }
}

extension CoercionMeasure {
    public var vietnamese: String {
        switch self {
        case .account: "khấu trừ tiền trong tài khoản"
        case .income: "trừ vào thu nhập"
        case .seizure: "kê biên, xử lý tài sản"
        case .useOfAsset: "khai thác tài sản"
        case .handOver: "buộc chuyển giao"
        case .act: "buộc thực hiện công việc"
        }
    }
}

extension CoercionOutcome {
    public var vietnamese: String {
        switch self {
        case .done: "đã cưỡng chế"
        case .voluntary: "tự nguyện thi hành"
        case .postponed: "hoãn cưỡng chế"
        case .failed: "không thành"
        }
    }
}

extension GuidanceSource {
    public var vietnamese: String {
        switch self {
        case .department: "Cục"
        case .interagency: "liên ngành"
        case .steeringCommittee: "Ban Chỉ đạo"
        }
    }
}

extension PartnerAgency {
    public var vietnamese: String {
        switch self {
        case .procuracy: "Viện kiểm sát"
        case .steeringCommittee: "Ban Chỉ đạo"
        case .police: "Công an"
        case .localAuthority: "chính quyền địa phương"
        case .other: "cơ quan khác"
        }
    }
}

extension ReviewResult {
    public var vietnamese: String {
        switch self {
        case .clean: "hồ sơ đúng quy định"
        case .violation: "hồ sơ có vi phạm"
        }
    }
}

extension ExemptionKind {
    public var vietnamese: String {
        switch self {
        case .exempt: "miễn"
        case .reduce: "giảm"
        }
    }
}

extension ExemptionOutcome {
    public var vietnamese: String {
        switch self {
        case .granted: "chấp nhận"
        case .partly: "chấp nhận một phần"
        case .refused: "không chấp nhận"
        case .returned: "trả lại hồ sơ"
        }
    }
}
