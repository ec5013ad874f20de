internal import Wire

/// A page in the place of one that cannot be shown: what is wrong and what to do.
enum FailurePage {
    static func content(_ failure: Failure, _ visit: Visit) -> PageContent {
        PageContent(title: title(failure.code, visit), section: "none") { page in
            page.tag(.p, .class("warning")) { page in
                Icons.icon("late", &page)
                page.text(failure.message)
            }
            if !failure.hint.isEmpty { page.tag(.p, text: failure.hint) }
            page.tag(.p) { page in
                page.tag(.a, .href(visit.link("")), text: visit("Về bảng điểm", "To the board"))
            }
        }
    }

    private static func title(_ code: StatusCode, _ visit: Visit) -> String {
        switch code {
        case .notFound: visit("Không tìm thấy", "Not found")
        case .permissionDenied, .unauthenticated: visit("Không được xem", "Not allowed")
        case .invalidArgument: visit("Yêu cầu không đúng", "Not understood")
        case .unavailable, .deadlineExceeded: visit("Chưa trả lời được", "No answer at present")
        default: visit("Có lỗi", "Something is wrong")
        }
    }

    static func status(_ code: StatusCode) -> Int {
        switch code {
        case .notFound: 404
        case .permissionDenied, .unauthenticated: 403
        case .invalidArgument, .failedPrecondition, .outOfRange: 400
        case .unavailable, .deadlineExceeded, .resourceExhausted: 503
        default: 500
        }
    }
}
