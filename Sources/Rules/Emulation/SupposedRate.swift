extension Ratio {
    /// The exact fraction of `85%`, `12.5%`, `17/20`, `0.85`, `1`; nil for anything else, and beyond 12 digits.
    public init?(rate text: String) {
        let text = text.filter { $0 != " " }
        let fraction = text.split(separator: "/", omittingEmptySubsequences: false)
        if fraction.count == 2 {
            guard let over = Ratio.digits(fraction[0]), let under = Ratio.digits(fraction[1]),
                under > 0
            else { return nil }
            self.init(over, under)
            return
        }
        let isPercent = text.hasSuffix("%")
        let parts = (isPercent ? text.dropLast() : text[...])
            .split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard fraction.count == 1, (1...2).contains(parts.count), let whole = parts.first,
            var numerator = Ratio.digits(whole)
        else { return nil }
        var denominator: Int128 = isPercent ? 100 : 1
        if parts.count == 2 {
            guard let decimals = Ratio.digits(parts[1]) else { return nil }
            for _ in parts[1].utf8 {
                numerator *= 10
                denominator *= 10
            }
            numerator += decimals
        }
        self.init(numerator, denominator)
    }

    private static func digits(_ text: Substring) -> Int128? {
        guard (1...12).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int128(text)
    }
}
