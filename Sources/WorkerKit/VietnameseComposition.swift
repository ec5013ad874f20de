internal import Foundation

/// Joins the letters of Vietnamese with the marks that stand apart from them; text of other scripts, or with
/// other marks, is left to Foundation, which takes thirty times as long.
enum VietnameseComposition {
    /// A letter with up to two marks, packed, and what they make together.
    private static let letters: [UInt64: Unicode.Scalar] = {
        let plain = "aăâeêioôơuưy"
        let marks: [Unicode.Scalar] = ["\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"]
        var letters: [UInt64: Unicode.Scalar] = [:]
        for base in (plain + plain.uppercased()).unicodeScalars {
            for mark in [nil] + marks.map(Optional.some) {
                let typed = String(base) + (mark.map { String($0) } ?? "")
                let composed = typed.precomposedStringWithCanonicalMapping.unicodeScalars
                let apart = Array(typed.decomposedStringWithCanonicalMapping.unicodeScalars)
                guard composed.count == 1, let letter = composed.first, apart.count <= 3 else {
                    continue
                }
                letters[key(apart[0], apart.dropFirst())] = letter
                if let mark { letters[key(base, [mark])] = letter }
            }
        }
        return letters
    }()

    private static func key(_ base: Unicode.Scalar, _ marks: some Sequence<Unicode.Scalar>)
        -> UInt64
    {
        marks.reduce(UInt64(base.value)) { $0 << 16 | UInt64($1.value) }
    }

    /// The text in the composed form; nil where it holds anything but Latin letters and marks of Vietnamese.
    static func composed(_ text: String) -> String? {
        var composed = String.UnicodeScalarView()
        var (base, packed, marks) = (Unicode.Scalar(UInt8(0)), UInt64(0), 0)
        var isFirst = true
        func finish() -> Bool {
            if isFirst { return true }
            guard marks > 0 else {
                composed.append(base)
                return true
            }
            guard let letter = letters[packed] else { return false }
            composed.append(letter)
            return true
        }
        for scalar in text.unicodeScalars {
            if (0x300...0x36F).contains(scalar.value) {
                guard !isFirst, marks < 2 else { return nil }
                packed = packed << 16 | UInt64(scalar.value)
                marks += 1
            } else {
                guard scalar.value < 0x300 || (0x1E00...0x1EFF).contains(scalar.value), finish()
                else { return nil }
                (base, packed, marks, isFirst) = (scalar, UInt64(scalar.value), 0, false)
            }
        }
        return finish() ? String(composed) : nil
    }
}
