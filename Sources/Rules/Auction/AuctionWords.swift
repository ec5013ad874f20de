/// The words that offices use for the course of an auction (docs/glossary.md).

extension RoundOutcome {
    public var vietnamese: String {
        switch self {
        case .scheduled: "đã lên lịch"
        case .noParticipants: "không có người tham gia"
        case .noBids: "không có người trả giá"
        case .failed: "đấu giá không thành"
        case .sold: "bán được"
        case .cancelled: "hủy"
        }
    }
}

extension Disposal {
    public var vietnamese: String {
        switch self {
        case .sold: "đã bán"
        case .taken: "giao cho người được thi hành án"
        case .released: "giải tỏa kê biên"
        case .returned: "trả lại người phải thi hành án"
        }
    }
}

extension OfferAnswer {
    public var vietnamese: String {
        switch self {
        case .accepted: "đồng ý nhận"
        case .refused: "không nhận"
        }
    }
}
