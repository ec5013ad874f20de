internal import Rules
internal import StrictYAML

extension Shape where Value == Day {
    /// A day written `YYYY-MM-DD`, quoted or not.
    static var day: Shape<Day> {
        Shape<String>.text.narrowed(to: "a day written YYYY-MM-DD") { Day(iso: $0) }
    }
}

extension Shape where Value == Ratio {
    /// An exact share above 0 and at most 1, written `80%`, `12.5%`, `4/5` or `0.80`.
    static var share: Shape<Ratio> {
        Shape<String>.text.narrowed(
            to: "a share above 0 and at most 100%, such as 80%, 4/5 or 0.80"
        ) { text in
            exactRatio(text).flatMap {
                $0.numerator > 0 && $0.numerator <= $0.denominator ? $0 : nil
            }
        }
    }

    /// An exact share from 100% to 1000%.
    static var multiple: Shape<Ratio> {
        Shape<String>.text.narrowed(to: "a share from 100% to 1000%, such as 150%") { text in
            exactRatio(text).flatMap { $0 >= Ratio(1) && $0 <= Ratio(10) ? $0 : nil }
        }
    }
}

extension Shape where Value == Dong {
    /// A whole amount of đồng above 0; `_` may group its digits.
    static var amount: Shape<Dong> {
        Shape<Int>.integer(in: 1...1_000_000_000_000_000).narrowed(to: "an amount in đồng") {
            Dong(Int64($0))
        }
    }
}

extension Shape where Value == Citation {
    static var citation: Shape<Citation> {
        .mapping { map in
            let instrument = map.required("instrument", .text)
            let place = map.required("place", .text)
            guard let instrument, let place else { return nil }
            return Citation(instrument: instrument, place: place)
        }
    }
}

/// The exact fraction of `80%`, `12.5%`, `4/5`, `0.80` or `1`; nil for anything else, and beyond 12
/// digits.
func exactRatio(_ text: String) -> Ratio? {
    let text = text.filter { $0 != " " }
    if let slash = text.firstIndex(of: "/") {
        guard let over = digits(text[..<slash]),
            let under = digits(text[text.index(after: slash)...]),
            under > 0
        else { return nil }
        return Ratio(over, under)
    }
    let percent = text.hasSuffix("%")
    let parts = (percent ? text.dropLast() : text[...]).split(
        separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first.flatMap({ digits($0) }) else { return nil }
    var numerator = whole
    var denominator: Int128 = percent ? 100 : 1
    if parts.count == 2 {
        guard let decimals = digits(parts[1]) else { return nil }
        for _ in parts[1] {
            numerator *= 10
            denominator *= 10
        }
        numerator += decimals
    }
    return Ratio(numerator, denominator)
}

private func digits(_ text: Substring) -> Int128? {
    guard (1...12).contains(text.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int128(text)
}
