import Vocabulary
import Wire

/// The words of one asset's track.
enum TrackText {
    static let day = Phrase("Ngày", "Day")
    static let what = Phrase("Việc", "Event")
    static let amount = Phrase("Số tiền", "Amount")
    static let value = Phrase("Giá trị định giá", "Value")
    static let reduced = Phrase("Đã giảm", "Reduced by")
    static let proceeds = Phrase("Giá bán", "Sold for")
    static let findings = Phrase("Trái quy định", "Against the law")
    static let open = Phrase("Việc phải làm tiếp", "What comes next")
    static let advice = Phrase("Luật cho phép, yêu cầu", "What the law allows or sets")
    static let recorded = Phrase("Đã ghi", "Recorded")
    static let known = Phrase("Đã có từ trước", "Known already")
    static let caughtUp = Phrase(
        "— hết các tài sản hiện tại; chờ thay đổi —", "— these stand now; waiting for changes —")
    static let gone = Phrase("không còn", "gone")

    static func title(_ track: AuctionV1.Track, _ day: String) -> Phrase {
        let head = "\(track.unit)  \(track.decisionNo)"
        return Phrase(
            "\(head)  tài sản \(track.assetNo), tính đến ngày \(day)",
            "\(head)  asset \(track.assetNo) as of \(day)")
    }

    /// `đấu giá lần 2: không có người trả giá`.
    static func event(_ step: AuctionV1.TrackStep) -> String {
        var words = Terms.trackEvent[step.event]
        if step.number > 0 { words += " \(step.number)" }
        if !step.outcome.isEmpty { words += ": \(Terms.roundOutcome[step.outcome])" }
        return words
    }
}

extension Terms {
    static let trackEvent = Terms([
        "seized": Phrase("kê biên", "seized"),
        "valuation_contract": Phrase("ký hợp đồng thẩm định giá", "valuation contract"),
        "valued": Phrase("định giá", "valued"),
        "revalued": Phrase("định giá lại, lần", "valued again, number"),
        "auction_contract": Phrase("ký hợp đồng đấu giá, lần", "auction contract, round"),
        "posted": Phrase("niêm yết đấu giá lần", "posted, round"),
        "public_notice": Phrase("thông báo công khai lần", "public notice"),
        "held": Phrase("đấu giá lần", "auction, round"),
        "notified": Phrase("tổ chức đấu giá báo kết quả lần", "result notified, round"),
        "reduction_notice": Phrase(
            "thông báo thỏa thuận giảm giá lần", "invitation to agree, reduction"),
        "reduced": Phrase("giảm giá lần", "reduction"),
        "offered": Phrase("đề nghị nhận tài sản", "offered to the creditor"),
        "accepted": Phrase("đồng ý nhận tài sản", "accepted"),
        "refused": Phrase("không nhận tài sản", "refused"),
        "debtor_notified": Phrase("báo người phải thi hành án", "debtor told"),
        "paid": Phrase("nộp đủ tiền, lần", "paid in full, round"),
        "delivered": Phrase("giao cho người mua, lần", "delivered, round"),
        "sale_cancelled": Phrase("hủy kết quả bán, lần", "sale undone, round"),
        "round_cancelled": Phrase("hủy cuộc đấu giá lần", "called off, round"),
        "sold": Phrase("đã bán", "sold"),
        "taken": Phrase("giao cho người được thi hành án", "taken by the creditor"),
        "released": Phrase("giải tỏa kê biên", "released"),
        "returned": Phrase("giao lại người phải thi hành án", "returned to the debtor"),
    ])

    static let roundOutcome = Terms([
        "no_participants": Phrase("không có người tham gia", "nobody came"),
        "no_bids": Phrase("không có người trả giá", "nobody bid"),
        "failed": Phrase("không thành", "failed"),
        "sold": Phrase("bán được", "sold"),
    ])

    static let person = Terms(Vocabulary.person)
}
