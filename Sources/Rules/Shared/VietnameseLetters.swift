/// Tones in the order of the dictionary: ngang, huyền, hỏi, ngã, sắc, nặng.
enum Tone: UInt8, Sendable {
    case level, grave, hook, tilde, acute, dot
}

/// One letter taken apart: `Ễ` is the letter `ê`, with the tone ngã, as a capital.
struct VietnameseLetter: Sendable {
    /// The letter without tone, small: one of a ă â b … ô ơ … ư … y, or any other character.
    var letter: Unicode.Scalar
    var tone: Tone
    var isCapital: Bool
}

/// The letters of the alphabet with tones, as precomposed characters and as combining marks.
enum VietnameseLetters {
    /// Each row: a vowel in the six tones.
    private static let rows = [
        "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ",
        "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ",
    ]

    private static let capitalRows = [
        "AÀẢÃÁẠ", "ĂẰẲẴẮẶ", "ÂẦẨẪẤẬ", "EÈẺẼÉẸ", "ÊỀỂỄẾỆ", "IÌỈĨÍỊ", "OÒỎÕÓỌ", "ÔỒỔỖỐỘ", "ƠỜỞỠỚỢ",
        "UÙỦŨÚỤ", "ƯỪỬỮỨỰ", "YỲỶỸÝỴ",
    ]

    private static let table: [Unicode.Scalar: VietnameseLetter] = {
        var table: [Unicode.Scalar: VietnameseLetter] = [:]
        for (row, capitals) in zip(rows, capitalRows) {
            let small = Array(row.unicodeScalars)
            for (index, scalar) in small.enumerated() {
                let tone = Tone(rawValue: UInt8(index)) ?? .level
                table[scalar] = VietnameseLetter(letter: small[0], tone: tone, isCapital: false)
            }
            for (index, scalar) in capitals.unicodeScalars.enumerated() {
                let tone = Tone(rawValue: UInt8(index)) ?? .level
                table[scalar] = VietnameseLetter(letter: small[0], tone: tone, isCapital: true)
            }
        }
        table["đ"] = VietnameseLetter(letter: "đ", tone: .level, isCapital: false)
        table["Đ"] = VietnameseLetter(letter: "đ", tone: .level, isCapital: true)
        return table
    }()

    /// The text taken apart; combining marks join the letter before them, so NFC and NFD read alike.
    static func letters(of text: some StringProtocol) -> [VietnameseLetter] {
        var letters: [VietnameseLetter] = []
        letters.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if (0x0300...0x036F).contains(scalar.value) {
                if let last = letters.indices.last { combine(scalar, into: &letters[last]) }
            } else if let letter = table[scalar] {
                letters.append(letter)
            } else if (0x41...0x5A).contains(scalar.value) {
                let small = Unicode.Scalar(UInt8(scalar.value + 0x20))
                letters.append(VietnameseLetter(letter: small, tone: .level, isCapital: true))
            } else {
                letters.append(VietnameseLetter(letter: scalar, tone: .level, isCapital: false))
            }
        }
        return letters
    }

    private static func combine(_ mark: Unicode.Scalar, into letter: inout VietnameseLetter) {
        switch (mark.value, letter.letter) {
        case (0x0300, _): letter.tone = .grave
        case (0x0309, _): letter.tone = .hook
        case (0x0303, _): letter.tone = .tilde
        case (0x0301, _): letter.tone = .acute
        case (0x0323, _): letter.tone = .dot
        case (0x0306, "a"): letter.letter = "ă"
        case (0x0302, "a"): letter.letter = "â"
        case (0x0302, "e"): letter.letter = "ê"
        case (0x0302, "o"): letter.letter = "ô"
        case (0x031B, "o"): letter.letter = "ơ"
        case (0x031B, "u"): letter.letter = "ư"
        default: break
        }
    }
}
