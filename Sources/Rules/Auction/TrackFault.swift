/// What the law holds against an event at its place on the way.
public enum TrackFault: String, Sendable, CaseIterable {
    case beforeSeizure = "before_seizure"
    case closed, sold, accepted
    case valuedTwice = "valued_twice"
    case contractAfterValuation = "contract_after_valuation"
    case revaluedTwice = "revalued_twice"
    case revaluedAfterNotice = "revalued_after_notice"
    case notValued = "not_valued"
    case wrongOrgan = "wrong_organ"
    case noContract = "no_contract"
    case notReduced = "not_reduced"
    case offerPending = "offer_pending"
    case priceUnlike = "price_unlike"
    case shortenedClosed = "shortened_closed"
    case notPosted = "not_posted"
    case postedTooLate = "posted_too_late"
    case heldTwice = "held_twice"
    case soldBelowStart = "sold_below_start"
    case soldToOne = "sold_to_one"
    case soldToNobody = "sold_to_nobody"
    case notHeld = "not_held"
    case notFailed = "not_failed"
    case noInvitation = "no_invitation"
    case notInvited = "not_invited"
    case reducedTooEarly = "reduced_too_early"
    case reducedTooDeep = "reduced_too_deep"
    case notLower = "not_lower"
    case notOffered = "not_offered"
    case mustReturn = "must_return"
    case offeredTooEarly = "offered_too_early"
    case nothingOffered = "nothing_offered"
    case notAccepted = "not_accepted"
    case debtorNotTold = "debtor_not_told"
    case handedOverTooEarly = "handed_over_too_early"
    case notSold = "not_sold"
    case paidTooLate = "paid_too_late"
    case cancelledTooEarly = "cancelled_too_early"
    case notPaid = "not_paid"
    case redeemedTooLate = "redeemed_too_late"
    case returnedTooEarly = "returned_too_early"
    case noticesMissing = "notices_missing"
    case noticesTooClose = "notices_too_close"
    case noticeApartFromPosting = "notice_apart_from_posting"
    case secondNoticeTooLate = "second_notice_too_late"
    case depositTooSmall = "deposit_too_small"
    case depositTooLarge = "deposit_too_large"
    case certificateExpired = "certificate_expired"
    case preemptionRuns = "preemption_runs"

    /// One sentence: what is wrong and what the law asks for; the bound, where there is one, follows it.
    public var sentence: String {
        switch self {
        case .beforeSeizure: "Tài sản chưa bị kê biên."
        case .closed: "Tài sản đã được xử lý xong, không còn bước nào nữa."
        case .sold: "Tài sản đã bán đấu giá thành; chỉ còn nộp tiền, giao tài sản hoặc hủy kết quả."
        case .accepted:
            "Người được thi hành án đã đồng ý nhận tài sản; không giảm giá, đấu giá nữa."
        case .valuedTwice: "Tài sản đã được định giá; chỉ có thể định giá lại."
        case .contractAfterValuation:
            "Tài sản đã được định giá; hợp đồng thẩm định giá phải có trước."
        case .revaluedTwice: "Theo yêu cầu của đương sự chỉ được định giá lại một lần."
        case .revaluedAfterNotice:
            "Đã có thông báo công khai về việc bán đấu giá; không nhận yêu cầu định giá lại nữa."
        case .notValued: "Tài sản chưa có giá; phải định giá trước khi ký hợp đồng và bán đấu giá."
        case .wrongOrgan: "Động sản có giá trị này không do tổ chức đấu giá bán."
        case .noContract: "Chưa có hợp đồng dịch vụ đấu giá."
        case .notReduced: "Lần đấu giá trước không thành; phải giảm giá rồi mới đấu giá tiếp."
        case .offerPending: "Đang chờ người được thi hành án trả lời về việc nhận tài sản."
        case .priceUnlike: "Giá khởi điểm phải đúng bằng giá đã định hoặc giá sau lần giảm cuối."
        case .shortenedClosed: "Chưa đủ điều kiện đấu giá theo thủ tục rút gọn."
        case .notPosted: "Không có ngày niêm yết việc đấu giá."
        case .postedTooLate: "Niêm yết chưa đủ thời gian trước ngày mở cuộc đấu giá."
        case .heldTwice: "Lần đấu giá này đã được tổ chức."
        case .soldBelowStart: "Không được bán dưới giá khởi điểm."
        case .soldToOne: "Lần đấu giá đầu không được bán khi chỉ có một người đăng ký."
        case .soldToNobody: "Không có người đăng ký thì cuộc đấu giá không thành."
        case .notHeld: "Cuộc đấu giá này chưa được tổ chức."
        case .notFailed: "Không có cuộc đấu giá không thành nào đang chờ xử lý."
        case .noInvitation:
            "Khoản nộp ngân sách nhà nước không qua thỏa thuận; chấp hành viên quyết định giảm giá."
        case .notInvited:
            "Đương sự không thỏa thuận mà cũng chưa được thông báo để thỏa thuận mức giảm."
        case .reducedTooEarly: "Đương sự còn thời hạn để thỏa thuận mức giảm giá."
        case .reducedTooDeep: "Mức giảm vượt quá mức tối đa của mỗi lần."
        case .notLower: "Giá sau khi giảm phải thấp hơn giá khởi điểm trước đó."
        case .notOffered:
            "Phải để người được thi hành án trả lời về việc nhận tài sản trước khi giảm tiếp."
        case .mustReturn:
            "Giá trị tài sản không hơn chi phí cưỡng chế mà người được thi hành án không nhận; "
                + "phải giao lại cho người phải thi hành án."
        case .offeredTooEarly:
            "Chưa đến lần giảm giá thứ hai kèm một lần không thành; chỉ có thể giao theo thỏa thuận."
        case .nothingOffered: "Chưa đề nghị người được thi hành án nhận tài sản."
        case .notAccepted: "Người được thi hành án chưa đồng ý nhận tài sản."
        case .debtorNotTold: "Chưa báo cho người phải thi hành án về việc nhận tài sản."
        case .handedOverTooEarly: "Người phải thi hành án còn thời hạn nộp tiền để lấy lại tài sản."
        case .notSold: "Không có kết quả đấu giá thành nào."
        case .paidTooLate: "Đã hết thời hạn nộp tiền, không được gia hạn."
        case .cancelledTooEarly: "Người mua còn thời hạn nộp tiền."
        case .notPaid: "Người mua chưa nộp đủ tiền."
        case .redeemedTooLate: "Đã hết thời hạn nộp đủ tiền để nhận lại tài sản."
        case .returnedTooEarly:
            "Chỉ giao lại khi giá trị không hơn chi phí cưỡng chế và người được thi hành án không nhận."
        case .noticesMissing: "Không có đủ ngày thông báo công khai việc đấu giá."
        case .noticesTooClose: "Hai lần thông báo công khai quá gần nhau."
        case .noticeApartFromPosting: "Thông báo công khai phải cùng ngày với niêm yết."
        case .secondNoticeTooLate: "Thông báo công khai lần hai quá gần ngày mở cuộc đấu giá."
        case .depositTooSmall: "Tiền đặt trước thấp hơn mức tối thiểu."
        case .depositTooLarge: "Tiền đặt trước cao hơn mức tối đa."
        case .certificateExpired: "Chứng thư thẩm định giá đã hết hiệu lực."
        case .preemptionRuns:
            "Đồng sở hữu còn thời hạn ưu tiên mua; cần văn bản từ chối mua nếu bán sớm hơn."
        }
    }
}

/// One thing that the law holds against an event, or of which the law book does not let anybody say whether
/// it does.
public struct TrackFinding: Error, Sendable, Hashable {
    /// The day or the amount that the law would have let pass.
    public enum Bound: Sendable, Hashable {
        case notBefore(Day)
        case notAfter(Day)
        case atLeast(Dong)
        case atMost(Dong)
        case exactly(Dong)
    }

    public let on: Day
    public let event: AuctionEvent
    /// Nil where the law book lacks the value that would decide.
    public let fault: TrackFault?
    public let rule: String
    /// Nil where the law book does not hold the rule.
    public let citation: Citation?
    public let verified: Bool
    public let bound: Bound?
    public let missing: MissingRule?

    /// In Vietnamese, with the bound and the article.
    public var sentence: String {
        guard let fault else { return missing?.description ?? "" }
        let head = fault.sentence.dropLast()
        return String(head) + (bound.map { ": \($0.vietnamese)" } ?? "")
            + (citation.map { " (\($0))." } ?? ".")
    }
}

extension TrackFinding.Bound {
    fileprivate var vietnamese: String {
        switch self {
        case .notBefore(let day): "sớm nhất ngày \(day.vietnamese)"
        case .notAfter(let day): "chậm nhất ngày \(day.vietnamese)"
        case .atLeast(let price): "ít nhất \(price.vietnamese) đ"
        case .atMost(let price): "nhiều nhất \(price.vietnamese) đ"
        case .exactly(let price): "\(price.vietnamese) đ"
        }
    }
}
