/// Comparing words as people type them.
public enum VietnameseText {
    /// Small letters without accents and digits, nothing else: `Mã đơn vị`, `MA_DON VI` and the decomposed
    /// spelling all fold to `madonvi`.
    public static func folded(_ text: some StringProtocol) -> String {
        var folded = String.UnicodeScalarView()
        for letter in VietnameseLetters.letters(of: text) {
            let plain = plain(letter.letter)
            if plain.properties.isAlphabetic || (0x30...0x39).contains(plain.value) {
                folded.append(contentsOf: plain.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return String(folded)
    }

    /// The candidate fewest edits away once folded, if they are at most a third of its letters (at least one);
    /// on a tie the first.
    public static func nearest(to text: some StringProtocol, among candidates: [String]) -> String?
    {
        let wanted = Array(folded(text).unicodeScalars)
        guard !wanted.isEmpty, wanted.count <= 100 else { return nil }
        var best: (distance: Int, candidate: String)?
        for candidate in candidates {
            let letters = Array(folded(candidate).unicodeScalars)
            let allowed = max(1, max(letters.count, wanted.count) / 3)
            let distance = editDistance(wanted, letters)
            if distance <= allowed, best.map({ distance < $0.distance }) ?? true {
                best = (distance, candidate)
            }
        }
        return best?.candidate
    }

    /// Letters to insert, delete, replace or swap with their neighbour to turn one word into the other.
    public static func editDistance(_ a: some StringProtocol, _ b: some StringProtocol) -> Int {
        editDistance(Array(a.unicodeScalars), Array(b.unicodeScalars))
    }

    private static func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var older: [Int] = []
        var previous = Array(0...b.count)
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                let replace = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                var least = min(replace, previous[j] + 1, row[j - 1] + 1)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    least = min(least, older[j - 2] + 1)
                }
                row.append(least)
            }
            older = previous
            previous = row
        }
        return previous[b.count]
    }

    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "ă", "â": "a"
        case "ê": "e"
        case "ô", "ơ": "o"
        case "ư": "u"
        case "đ": "d"
        default: scalar
        }
    }
}
