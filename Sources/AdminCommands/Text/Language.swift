/// The language of everything that people read: Vietnamese unless `--lang en` says otherwise.
///
/// The language is bound once, around the whole run of a command, so that help texts, tables and
/// errors agree; it never changes while a command runs.
enum Language: String, CaseIterable, Sendable {
    case vi, en

    /// The language in force for the running command.
    @TaskLocal static var current: Language = .vi
}

/// One text in both languages, read in the language in force.
struct Phrase: Hashable, Sendable, CustomStringConvertible {
    let vi: String
    let en: String

    init(_ vi: String, _ en: String) {
        self.vi = vi
        self.en = en
    }

    /// The text in the language in force.
    var text: String { Language.current == .vi ? vi : en }

    var description: String { text }
}
