/// The order of a Vietnamese dictionary: letters first (a ă â b c d đ e ê … o ô ơ … u ư v x y), then tones
/// (ngang, huyền, hỏi, ngã, sắc, nặng), then small before capital; a space comes before every letter.
public struct VietnameseSortKey: Hashable, Comparable, Sendable {
    private let letters: [UInt32]
    private let tones: [UInt8]
    private let capitals: [UInt8]
    private let text: String

    public init(_ text: String) {
        let letters = VietnameseLetters.letters(of: text)
        self.letters = letters.map { VietnameseSortKey.weight(of: $0.letter) }
        tones = letters.map(\.tone.rawValue)
        capitals = letters.map { $0.isCapital ? 1 : 0 }
        self.text = text
    }

    public static func < (a: VietnameseSortKey, b: VietnameseSortKey) -> Bool {
        if a.letters != b.letters { return a.letters.lexicographicallyPrecedes(b.letters) }
        if a.tones != b.tones { return a.tones.lexicographicallyPrecedes(b.tones) }
        if a.capitals != b.capitals { return a.capitals.lexicographicallyPrecedes(b.capitals) }
        return a.text.unicodeScalars.lexicographicallyPrecedes(b.text.unicodeScalars)
    }

    private static let alphabet: [Unicode.Scalar: UInt32] = {
        var weights: [Unicode.Scalar: UInt32] = [:]
        for (index, scalar) in "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz".unicodeScalars.enumerated() {
            weights[scalar] = 0x100 + UInt32(index)
        }
        return weights
    }()

    /// ASCII signs and digits first, then the alphabet, then all else by code.
    private static func weight(of scalar: Unicode.Scalar) -> UInt32 {
        if let weight = alphabet[scalar] { return weight }
        return scalar.value < 0x80 ? scalar.value : 0x200 + scalar.value
    }
}

extension Sequence {
    /// The elements in the order of a Vietnamese dictionary; equals keep their order.
    public func sortedByName(_ name: (Element) -> String) -> [Element] {
        map { (key: VietnameseSortKey(name($0)), element: $0) }
            .sorted { $0.key < $1.key }
            .map(\.element)
    }
}
