/// The language of what a clerk is told.
enum MessageLanguage: String {
    case vi, en

    init(_ name: String) { self = name == "en" ? .en : .vi }
}

/// One sentence of an import, not yet in any language.
struct Message: Equatable {
    let key: MessageKey
    let arguments: [String: String]

    init(_ key: MessageKey, _ arguments: [String: String] = [:]) {
        self.key = key
        self.arguments = arguments
    }

    /// The sentence, `{name}` replaced by the argument of that name.
    func text(in language: MessageLanguage) -> String {
        let pattern = MessageCatalogue.entries(in: language)[key] ?? key.rawValue
        var text = ""
        var rest = pattern[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            text += arguments[name] ?? "{\(name)}"
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }
}

/// Both catalogues: the same keys, each sentence with the same placeholders.
enum MessageCatalogue {
    static func entries(in language: MessageLanguage) -> [MessageKey: String] {
        language == .vi ? vietnamese : english
    }

    /// The names of a sentence's placeholders.
    static func placeholders(of pattern: String) -> Set<String> {
        Set(
            pattern.split(separator: "{").dropFirst().compactMap { $0.split(separator: "}").first }
                .map(String.init))
    }
}
