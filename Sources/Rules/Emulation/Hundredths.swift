/// Points as people give them: whole hundredths, so that what is written is what is meant.
public struct Hundredths: Hashable, Comparable, Sendable {
    public let count: Int

    public init(_ count: Int) { self.count = count }

    public static let zero = Hundredths(0)
    public static func < (a: Hundredths, b: Hundredths) -> Bool { a.count < b.count }

    /// `12`, `12.5`, `12,50`: zero or more, at most two decimals and below 100,000; nil for anything else.
    public init?(text: String) {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard (1...2).contains(parts.count), let first = parts.first,
            (1...5).contains(first.utf8.count), first.utf8.allSatisfy(Hundredths.isDigit),
            let whole = Int(first)
        else { return nil }
        var fraction = 0
        if parts.count == 2 {
            let digits = parts[1]
            guard (1...2).contains(digits.utf8.count), digits.utf8.allSatisfy(Hundredths.isDigit),
                let value = Int(digits)
            else { return nil }
            fraction = digits.utf8.count == 1 ? value * 10 : value
        }
        self.init(whole * 100 + fraction)
    }

    /// An exact figure as it is printed: a half rounded up.
    public init(rounding ratio: Ratio) {
        let scaled = ratio * Ratio(100) + Ratio(1, 2)
        self.init(Int(clamping: scaled.floor))
    }

    public var ratio: Ratio { Ratio(Int128(count), 100) }

    /// Two decimals.
    public var text: String { ratio.decimal(places: 2) }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
