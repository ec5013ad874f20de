internal import Vocabulary

/// What a measure of the plan is called on the board.
struct MeasureName: Sendable {
    /// Heading of a narrow column.
    let short: Phrase
    /// What is counted, in a sentence's middle.
    let long: Phrase

    private init(_ short: Phrase, _ long: Phrase) {
        self.short = short
        self.long = long
    }

    /// The name of a measure; one that is not known here goes by its own id.
    static func of(_ measure: String) -> MeasureName {
        names[measure] ?? MeasureName(Phrase(measure, measure), Phrase(measure, measure))
    }

    private static let names = Vocabulary.measures.mapValues { name in
        MeasureName(Phrase(name.short.vi, name.short.en), Phrase(name.long.vi, name.long.en))
    }
}
