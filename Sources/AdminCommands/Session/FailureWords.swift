import Wire

extension Trouble {
    /// What a failed call means for whoever typed the command.
    init(_ failure: Failure) {
        self.init(
            Self.status(of: failure), code: failure.code.name,
            failure.message.isEmpty ? FailureText.silent.text : failure.message,
            field: failure.field,
            hint: failure.hint.isEmpty ? Self.hint(for: failure) : failure.hint)
    }

    /// The exit code for a status: refusals are 4, silence is 3, a version that does not match is
    /// a matter of set-up.
    static func status(of failure: Failure) -> ExitStatus {
        switch failure.code {
        case .permissionDenied, .unauthenticated, .failedPrecondition: .refused
        case .unavailable: failure.reason == "VERSION" ? .configuration : .unreachable
        default: .failed
        }
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
