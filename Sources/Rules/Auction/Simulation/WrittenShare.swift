extension Ratio {
    /// The exact share written `5%`, `5,5%`, `0.05` or `1/20`; nil for anything else.
    public init?(share text: String) {
        var number = text.filter { $0 != " " }
        if let slash = number.firstIndex(of: "/") {
            let bottomText = number[number.index(after: slash)...]
            guard let top = Ratio.digits(number[..<slash], most: 9),
                let bottom = Ratio.digits(bottomText, most: 9), bottom > 0
            else { return nil }
            self.init(top, bottom)
            return
        }
        var unit: Int128 = 1
        if number.hasSuffix("%") {
            number.removeLast()
            unit = 100
        }
        guard let point = number.firstIndex(where: { $0 == "." || $0 == "," }) else {
            guard let whole = Ratio.digits(number[...], most: 3) else { return nil }
            self.init(whole, unit)
            return
        }
        let decimals = number[number.index(after: point)...]
        guard let whole = Ratio.digits(number[..<point], most: 3),
            let part = Ratio.digits(decimals, most: 6)
        else { return nil }
        var scale: Int128 = 1
        for _ in decimals { scale *= 10 }
        self.init(whole * scale + part, scale * unit)
    }

    private static func digits(_ text: Substring, most: Int) -> Int128? {
        guard !text.isEmpty, text.utf8.count <= most else { return nil }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int128(text, radix: 10)
    }
}
