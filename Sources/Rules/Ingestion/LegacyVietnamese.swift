/// Vietnamese text of the years before Unicode: bytes that only a font of its own shows as Vietnamese.
public enum LegacyVietnamese: String, Sendable, CaseIterable {
    /// TCVN 5712, with fonts whose names begin with `.Vn`: one byte a letter; capitals with a tone only exist as
    /// fonts of capitals.
    case tcvn3
    /// VNI, with fonts whose names begin with `VNI-`: a letter, then its marks.
    case vni

    /// The text in Unicode. It comes as Windows shows it: each byte as the letter of code page 1252, or as the
    /// code of the byte where that page has none. What is Unicode already stays.
    public func decoded(_ text: some StringProtocol) -> String {
        switch self {
        case .tcvn3: LegacyTables.tcvn3(text)
        case .vni: LegacyTables.vni(text)
        }
    }

    /// The text as it would stand in such a file, one code a byte; a letter that the encoding lacks stays.
    public func encoded(_ text: some StringProtocol) -> String {
        var out = String.UnicodeScalarView()
        let table = self == .tcvn3 ? LegacyTables.toTCVN3 : LegacyTables.toVNI
        for scalar in text.unicodeScalars {
            if let codes = table[scalar] {
                out.append(contentsOf: codes)
            } else {
                out.append(scalar)
            }
        }
        return String(out)
    }

    /// The encoding that a text, decoded as code page 1252, seems to be of; nil where it reads as it is.
    public static func guess(_ text: some StringProtocol) -> LegacyVietnamese? {
        var (genuine, tcvn3, vni) = (0, 0, 0)
        var before: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            if (0x1EA0...0x1EF9).contains(scalar.value)
                || "ăđơưĂĐƠƯ".unicodeScalars.contains(scalar)
            {
                genuine += 1
            }
            if LegacyTables.tcvn3Signs.contains(LegacyTables.byte(of: scalar)) { tcvn3 += 1 }
            if LegacyTables.isVNIPair(before, scalar) { vni += 1 }
            before = scalar
        }
        guard max(tcvn3, vni) > 2 * genuine, max(tcvn3, vni) >= 2 else { return nil }
        return tcvn3 >= vni ? .tcvn3 : .vni
    }
}

/// The tables of both encodings.
enum LegacyTables {
    /// Letters of TCVN 5712 (VN3) by their bytes.
    private static let rows: [(UInt8, String)] = [
        (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"), (0xB5, "àảãáạ"), (0xBB, "ằẳẵắ"), (0xC6, "ặầẩẫấậè"),
        (0xCE, "ẻẽéẹềểễếệìỉ"),
        (0xDC, "ĩíịò"), (0xE1, "ỏõóọồổỗốộờởỡớợù"), (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
    ]
    private static let fromTCVN3: [UInt32: Unicode.Scalar] = {
        var table: [UInt32: Unicode.Scalar] = [:]
        for (first, letters) in rows {
            for (index, letter) in letters.unicodeScalars.enumerated() {
                table[UInt32(first) + UInt32(index)] = letter
            }
        }
        return table
    }()
    static let toTCVN3: [Unicode.Scalar: [Unicode.Scalar]] = {
        var table: [Unicode.Scalar: [Unicode.Scalar]] = [:]
        for (byte, letter) in fromTCVN3 { table[letter] = [Unicode.Scalar(UInt8(byte))] }
        return table
    }()
    /// Bytes of TCVN3 that stand for signs in code page 1252, which no Vietnamese word holds.
    static let tcvn3Signs: Set<UInt32> = [
        0xA8, 0xA9, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBB, 0xBC, 0xBD,
        0xBE,
        0xD0, 0xDE, 0xF7, 0xFE,
    ]

    static func tcvn3(_ text: some StringProtocol) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { out.append(fromTCVN3[byte(of: scalar)] ?? scalar) }
        return String(out)
    }

    /// Marks after a vowel: tone alone on any vowel; breve or circumflex, with tone, on a, e and o.
    private static let tones: [(UInt8, Int)] = [
        (0xF8, 1), (0xFB, 2), (0xF5, 3), (0xF9, 4), (0xEF, 5),
    ]
    private static let circumflex: [UInt8] = [0xE2, 0xE0, 0xE5, 0xE3, 0xE1, 0xE4]
    private static let breve: [UInt8] = [0xEA, 0xE8, 0xFA, 0xFC, 0xE9, 0xEB]
    /// Letters that are one byte of their own.
    private static let single: [(UInt8, Unicode.Scalar)] = [
        (0xED, "í"), (0xEC, "ì"), (0xE6, "ỉ"), (0xF3, "ĩ"), (0xF2, "ị"), (0xEE, "ỵ"), (0xF1, "đ"),
        (0xF4, "ơ"), (0xF6, "ư"),
    ]

    private struct Pair: Hashable {
        var base: Unicode.Scalar
        var mark: UInt32
    }

    /// A byte of a small letter and that of its capital differ by 0x20, as in code page 1252.
    private static let (pairs, singles): ([Pair: Unicode.Scalar], [UInt32: Unicode.Scalar]) = {
        var pairs: [Pair: Unicode.Scalar] = [:]
        var singles: [UInt32: Unicode.Scalar] = [:]
        func add(_ base: Unicode.Scalar, _ mark: UInt8, _ row: String, _ tone: Int) {
            let letters = Array(row.unicodeScalars)
            pairs[Pair(base: base, mark: UInt32(mark))] = letters[tone]
            let capital = Array(row.uppercased().unicodeScalars)[tone]
            let upper = base.properties.uppercaseMapping.unicodeScalars.first ?? base
            pairs[Pair(base: upper, mark: UInt32(mark) - 0x20)] = capital
        }
        let plain: [(Unicode.Scalar, String)] = [
            ("a", "aàảãáạ"), ("e", "eèẻẽéẹ"), ("o", "oòỏõóọ"), ("u", "uùủũúụ"), ("y", "yỳỷỹýỵ"),
            ("ô", "ơờởỡớợ"), ("ö", "ưừửữứự"),
        ]
        for (base, row) in plain { for (mark, tone) in tones { add(base, mark, row, tone) } }
        for (base, row) in [("a", "âầẩẫấậ"), ("e", "êềểễếệ"), ("o", "ôồổỗốộ")]
            as [(Unicode.Scalar, String)]
        {
            for (tone, mark) in circumflex.enumerated() { add(base, mark, row, tone) }
        }
        for (tone, mark) in breve.enumerated() { add("a", mark, "ăằẳẵắặ", tone) }
        for (byte, letter) in single {
            singles[UInt32(byte)] = letter
            singles[UInt32(byte) - 0x20] = letter.properties.uppercaseMapping.unicodeScalars.first
        }
        return (pairs, singles)
    }()
    static let toVNI: [Unicode.Scalar: [Unicode.Scalar]] = {
        var table: [Unicode.Scalar: [Unicode.Scalar]] = [:]
        for (byte, letter) in singles { table[letter] = [Unicode.Scalar(UInt8(byte))] }
        for (pair, letter) in pairs where table[letter] == nil {
            table[letter] = [pair.base, Unicode.Scalar(UInt8(pair.mark))]
        }
        return table
    }()

    static func isVNIPair(_ base: Unicode.Scalar, _ mark: Unicode.Scalar) -> Bool {
        pairs[Pair(base: base, mark: byte(of: mark))] != nil
    }

    static func vni(_ text: some StringProtocol) -> String {
        var out = String.UnicodeScalarView()
        var held: Unicode.Scalar?
        func flush() {
            if let base = held { out.append(singles[byte(of: base)] ?? base) }
            held = nil
        }
        for scalar in text.unicodeScalars {
            if let base = held, let letter = pairs[Pair(base: base, mark: byte(of: scalar))] {
                out.append(letter)
                held = nil
            } else {
                flush()
                held = scalar
            }
        }
        flush()
        return String(out)
    }

    /// The byte that code page 1252 shows as this letter; the code itself elsewhere.
    static func byte(of scalar: Unicode.Scalar) -> UInt32 {
        if scalar.value < 0x100 { return scalar.value }
        return page1252[scalar.value] ?? scalar.value
    }

    private static let page1252: [UInt32: UInt32] = [
        0x20AC: 0x80, 0x201A: 0x82, 0x0192: 0x83, 0x201E: 0x84, 0x2026: 0x85, 0x2020: 0x86,
        0x2021: 0x87,
        0x02C6: 0x88, 0x2030: 0x89, 0x0160: 0x8A, 0x2039: 0x8B, 0x0152: 0x8C, 0x017D: 0x8E,
        0x2018: 0x91,
        0x2019: 0x92, 0x201C: 0x93, 0x201D: 0x94, 0x2022: 0x95, 0x2013: 0x96, 0x2014: 0x97,
        0x02DC: 0x98,
        0x2122: 0x99, 0x0161: 0x9A, 0x203A: 0x9B, 0x0153: 0x9C, 0x017E: 0x9E, 0x0178: 0x9F,
    ]
}
