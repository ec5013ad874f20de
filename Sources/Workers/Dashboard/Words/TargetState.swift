internal import Wire

/// How a target stands: always an icon and a word, never a colour alone.
enum TargetState: String, CaseIterable, Sendable {
    case met
    case notMet = "not_met"
    case inProgress = "in_progress"
    case notApplicable = "not_applicable"
    case undetermined

    /// A state that this board does not know is one that nobody can tell.
    init(_ code: String) { self = TargetState(rawValue: code) ?? .undetermined }

    var name: Phrase {
        switch self {
        case .met: Phrase("Đạt", "Met")
        case .notMet: Phrase("Không đạt", "Not met")
        case .inProgress: Phrase("Đang thực hiện", "In progress")
        case .notApplicable: Phrase("Không áp dụng", "Not applicable")
        case .undetermined: Phrase("Chưa xác định", "Undetermined")
        }
    }

    /// Name in the style sheet.
    var style: String {
        switch self {
        case .met: "met"
        case .notMet: "missed"
        case .inProgress: "running"
        case .notApplicable: "none"
        case .undetermined: "unknown"
        }
    }
}
