/// The words that offices use for what a fact records (docs/glossary.md).

extension DecisionKind {
    public var vietnamese: String {
        switch self {
        case .notEnforceable: "quyết định về việc chưa có điều kiện thi hành án"
        case .enforceable: "quyết định tiếp tục thi hành án (có điều kiện)"
        case .resume: "quyết định tiếp tục thi hành án"
        case .postpone: "quyết định hoãn thi hành án"
        case .suspend: "tạm đình chỉ thi hành án"
        case .complete: "kết thúc thi hành án"
        case .terminate: "quyết định đình chỉ thi hành án"
        case .delegate: "quyết định ủy thác thi hành án"
        case .reduceObligation: "giảm nghĩa vụ thi hành án"
        }
    }
}

extension PaymentSource {
    public var vietnamese: String {
        switch self {
        case .voluntary: "tự nguyện nộp"
        case .coerced: "thu qua cưỡng chế"
        case .auction: "thu từ bán đấu giá"
        case .inLieu: "nhận tài sản trừ tiền"
        case .exempted: "được miễn"
        }
    }
}

extension VerificationResult {
    public var vietnamese: String {
        switch self {
        case .enforceable: "có điều kiện thi hành"
        case .notEnforceable: "chưa có điều kiện thi hành"
        }
    }
}

extension Severity {
    public var vietnamese: String {
        switch self {
        case .minor: "vi phạm"
        case .serious: "vi phạm nghiêm trọng"
        }
    }
}
