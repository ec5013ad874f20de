/// Words that people write around the parts of a ground.
public struct GroundWords: Sendable, Hashable {
    public var article: [String]
    public var clause: [String]
    public var point: [String]

    public init(article: [String], clause: [String], point: [String]) {
        self.article = article
        self.clause = clause
        self.point = point
    }
}

extension Cell {
    /// The ground `article.clause.point` of a text like `điểm a khoản 1 Điều 44a` or `Đ44a k1`; nil for any text
    /// that is more than that, which is kept as it is written.
    public static func ground(_ text: String, words: GroundWords) -> String? {
        guard text.unicodeScalars.count <= 60 else { return nil }
        var parts: [String?] = [nil, nil, nil]
        var named: Int?
        for token in tokens(text) {
            // A point may be the letter đ, which is a word for articles as well.
            if let part = named, parts[part] == nil, isNumber(token, part: part) {
                parts[part] = token
                named = nil
            } else if let part = part(of: token, words) {
                guard named == nil else { return nil }
                named = part
            } else if named == nil, let (part, number) = joined(token, words), parts[part] == nil {
                parts[part] = number
            } else {
                return nil
            }
        }
        guard named == nil, let article = parts[0], parts[1] != nil || parts[2] == nil else {
            return nil
        }
        return ([article] + parts.dropFirst().compactMap(\.self)).joined(separator: ".")
    }

    private static func tokens(_ text: String) -> [String] {
        let cuts = " ,.;-\u{A0}\n\t".unicodeScalars
        return text.lowercased().unicodeScalars.split { cuts.contains($0) }.map { String($0) }
    }

    private static func part(of token: String, _ words: GroundWords) -> Int? {
        let folded = VietnameseText.folded(token)
        return [words.article, words.clause, words.point].firstIndex { list in
            list.contains { VietnameseText.folded($0) == folded }
        }
    }

    /// `đ44a` and `k1`: the word and its number in one.
    private static func joined(_ token: String, _ words: GroundWords) -> (Int, String)? {
        guard
            let digit = token.unicodeScalars.firstIndex(where: { (0x30...0x39).contains($0.value) }
            ),
            let part = part(of: String(token[..<digit]), words), part < 2
        else { return nil }
        let number = String(token[digit...])
        return isNumber(number, part: part) ? (part, number) : nil
    }

    /// `44a`, `1`, or the letter of a point.
    private static func isNumber(_ token: String, part: Int) -> Bool {
        let letters = token.unicodeScalars
        if part == 2 { return letters.count == 1 && letters.allSatisfy(\.properties.isAlphabetic) }
        let digits = letters.prefix { (0x30...0x39).contains($0.value) }.count
        return digits > 0 && digits <= 3 && letters.count - digits <= 1
            && letters.dropFirst(digits).allSatisfy(\.properties.isAlphabetic)
    }
}
