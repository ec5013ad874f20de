import Wire

extension Trouble {
    /// What a failed call means for whoever typed the command.
    init(_ failure: Failure) {
        self.init(
            Self.status(of: failure), code: failure.code.name, Self.message(of: failure),
            field: failure.field,
            hint: failure.hint.isEmpty ? Self.hint(for: failure) : failure.hint)
    }

    /// The exit code for a status: refusals are 4, silence is 3, a version that does not match is
    /// a matter of set-up.
    static func status(of failure: Failure) -> Ending {
        switch failure.code {
        case .permissionDenied, .unauthenticated: .refused
        case .failedPrecondition: unprepared(failure.reason)
        case .unavailable:
            ["VERSION", "PLUGIN_INVALID"].contains(failure.reason) ? .configuration : .unreachable
        default: .failed
        }
    }

    /// FAILED_PRECONDITION is a refusal, unless its reason names something that is only not there
    /// yet: a plan to apply, bytes to send, a store to bring up to date.
    private static func unprepared(_ reason: String) -> Ending {
        if ["NO_CAMPAIGN", "IMPORT_UNKNOWN", "IMPORT_OFFSET"].contains(reason) { return .failed }
        if reason.hasPrefix("STORE_") { return .configuration }
        return .refused
    }

    /// The failure's own words; what the machinery says rather than the domain gets a head that
    /// says in the user's language what it comes to.
    private static func message(of failure: Failure) -> String {
        let said = failure.message.isEmpty ? FailureText.silent.text : failure.message
        if failure.reason == Failure.unreached { return said }
        let head: Phrase? =
            switch failure.code {
            case .unavailable: FailureText.unavailable
            case .deadlineExceeded: FailureText.late
            case .internal, .unknown, .dataLoss: FailureText.broken
            case .unimplemented: FailureText.missing
            default: nil
            }
        return head.map { "\($0): \(said)" } ?? said
    }

    private static func hint(for failure: Failure) -> String {
        switch failure.code {
        case .unavailable where failure.reason == Failure.unreached: FailureText.start.text
        case .unavailable: FailureText.plugins.text
        case .deadlineExceeded: FailureText.longer.text
        case .unimplemented: FailureText.versions.text
        case .permissionDenied, .unauthenticated: FailureText.rights.text
        default: ""
        }
    }
}

private enum FailureText {
    static let unavailable = Phrase("hệ thống chưa phục vụ được", "the fleet cannot serve this now")
    static let late = Phrase("quá thời gian chờ", "it took too long")
    static let broken = Phrase("hệ thống gặp lỗi", "something went wrong in the fleet")
    static let missing = Phrase("hệ thống không có chức năng này", "the fleet cannot do this")
    static let silent = Phrase("hệ thống không nói lý do", "the fleet gave no reason")
    static let start = Phrase(
        "hệ thống đã chạy chưa? caodiem-coordinator --data THƯ_MỤC; rồi caodiem status --wait",
        "is the fleet running? caodiem-coordinator --data DIR; then caodiem status --wait")
    static let plugins = Phrase(
        "thử lại sau ít giây; xem caodiem plugin list", "try again soon; see caodiem plugin list")
    static let longer = Phrase("cho thêm thời gian bằng --timeout", "give it more --timeout")
    static let versions = Phrase(
        "so phiên bản hai bên bằng caodiem version; thành phần này đã được bật chưa?",
        "compare both sides with caodiem version; is that plugin there?")
    static let rights = Phrase(
        "hỏi người quản trị hệ thống về quyền", "ask the operator about your rights")
}
