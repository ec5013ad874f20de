/// Vietnamese letters taken apart: NFC text to NFD, for the letters that the language writes.
/// (Offices type in both forms; a file holds whichever the keyboard made.)
enum Decomposition {
    private static let bases = Array("aăâeêioôơuưy".unicodeScalars)
    private static let toned = [
        "àáảãạ", "ằắẳẵặ", "ầấẩẫậ", "èéẻẽẹ", "ềếểễệ", "ìíỉĩị", "òóỏõọ", "ồốổỗộ", "ờớởỡợ", "ùúủũụ",
        "ừứửữự", "ỳýỷỹỵ",
    ]
    private static let upperBases = Array("AĂÂEÊIOÔƠUƯY".unicodeScalars)
    private static let upperToned = [
        "ÀÁẢÃẠ", "ẰẮẲẴẶ", "ẦẤẨẪẬ", "ÈÉẺẼẸ", "ỀẾỂỄỆ", "ÌÍỈĨỊ", "ÒÓỎÕỌ", "ỒỐỔỖỘ", "ỜỚỞỠỢ", "ÙÚỦŨỤ",
        "ỪỨỬỮỰ", "ỲÝỶỸỴ",
    ]
    private static let tones: [Unicode.Scalar] = [
        "\u{300}", "\u{301}", "\u{309}", "\u{303}", "\u{323}",
    ]
    private static let shapes: [Unicode.Scalar: [Unicode.Scalar]] = [
        "ă": ["a", "\u{306}"], "â": ["a", "\u{302}"], "ê": ["e", "\u{302}"],
        "ô": ["o", "\u{302}"], "ơ": ["o", "\u{31B}"], "ư": ["u", "\u{31B}"],
        "Ă": ["A", "\u{306}"], "Â": ["A", "\u{302}"], "Ê": ["E", "\u{302}"],
        "Ô": ["O", "\u{302}"], "Ơ": ["O", "\u{31B}"], "Ư": ["U", "\u{31B}"],
    ]

    private static let table: [Unicode.Scalar: [Unicode.Scalar]] = {
        var table = shapes
        for (base, row) in zip(bases + upperBases, toned + upperToned) {
            for (tone, letter) in zip(tones, row.unicodeScalars) {
                table[letter] = marked(base, with: tone)
            }
        }
        return table
    }()

    /// Canonical order: the dot below stands before a mark above, the horn before everything.
    private static func marked(
        _ base: Unicode.Scalar, with tone: Unicode.Scalar
    ) -> [Unicode.Scalar] {
        let parts = shapes[base] ?? [base]
        guard parts.count == 2, tone == "\u{323}", parts[1] != "\u{31B}" else {
            return parts + [tone]
        }
        return [parts[0], tone, parts[1]]
    }

    /// The NFD form of NFC text.
    static func decomposed(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let parts = table[scalar] {
                result.append(contentsOf: parts)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}

/// A piece of text in both forms.
struct Phrase {
    let composed: Bytes
    let decomposed: Bytes

    init(_ text: String) {
        composed = Bytes(text.utf8)
        decomposed = Bytes(Decomposition.decomposed(text).utf8)
    }

    func form(_ isDecomposed: Bool) -> Bytes { isDecomposed ? decomposed : composed }
}
