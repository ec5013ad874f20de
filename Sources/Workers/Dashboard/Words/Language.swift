/// The languages of the board; Vietnamese unless a reader chooses otherwise.
enum Language: String, CaseIterable, Sendable {
    case vi, en

    /// The word in this language.
    func callAsFunction(_ vietnamese: String, _ english: String) -> String {
        self == .vi ? vietnamese : english
    }

    func callAsFunction(_ phrase: Phrase) -> String { self(phrase.vi, phrase.en) }
}

/// A word of the board in both languages.
struct Phrase: Equatable, Sendable {
    let vi: String
    let en: String

    init(_ vi: String, _ en: String) {
        self.vi = vi
        self.en = en
    }
}

/// The colours that a reader chose; without a choice those of the device.
enum Theme: String, CaseIterable, Sendable {
    case auto, light, dark
}
