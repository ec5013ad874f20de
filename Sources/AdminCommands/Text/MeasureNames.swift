import Vocabulary

/// What a measure of the plan is called on the board (domain: "Measures, exactly").
struct MeasureName: Sendable {
    /// Heading of a narrow column.
    let short: Phrase
    /// What is counted, as the legend says it.
    let long: Phrase

    private init(_ short: Phrase, _ long: Phrase) {
        self.short = short
        self.long = long
    }

    /// The name of a measure; a plan's measure that is not known here goes by its own id.
    static func of(_ measure: String) -> MeasureName {
        names[measure] ?? MeasureName(Phrase(measure, measure), Phrase(measure, measure))
    }

    private static let names = Vocabulary.measures.mapValues { name in
        MeasureName(Phrase(name.short.vi, name.short.en), Phrase(name.long.vi, name.long.en))
    }
}

/// How a target stands, with the mark that the board shows.
enum TargetState: String, CaseIterable, Sendable {
    case met, notMet = "not_met", inProgress = "in_progress"
    case notApplicable = "not_applicable", undetermined

    var mark: String {
        switch self {
        case .met: "✓"
        case .notMet: "✗"
        case .inProgress: "…"
        case .notApplicable: "–"
        case .undetermined: "?"
        }
    }

    var style: Style {
        switch self {
        case .met: .good
        case .notMet: .bad
        case .inProgress, .undetermined: .pending
        case .notApplicable: .quiet
        }
    }

    var name: Phrase {
        switch self {
        case .met: Phrase("đạt", "met")
        case .notMet: Phrase("không đạt", "not met")
        case .inProgress: Phrase("đang thực hiện", "in progress")
        case .notApplicable: Phrase("không áp dụng", "not applicable")
        case .undetermined: Phrase("chưa xác định được", "undetermined")
        }
    }
}
