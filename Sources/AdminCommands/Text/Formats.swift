/// How amounts, rates and days are written for people in the language in force.
enum Formats {
    /// `1.234.567.890 đ` (Vietnamese), `1,234,567,890 đ` (English).
    static func money(_ dong: Int64) -> String { count(dong) + " đ" }

    static func money(_ dong: Int64?) -> String { dong.map { money($0) } ?? absent }

    /// A whole number with its thousands set apart.
    static func count(_ value: some BinaryInteger) -> String {
        let separator: Character = Language.current == .vi ? "." : ","
        let digits = String(value.magnitude)
        var out = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { out.append(separator) }
            out.append(digit)
        }
        return out
    }

    /// The fraction in percent with two decimals, rounded half up from the exact value;
    /// a dash where there is no denominator.
    static func percent(_ numerator: Int64, of denominator: Int64) -> String {
        guard denominator > 0 else { return absent }
        return percent(Int128(numerator), of: Int128(denominator), decimals: 2)
    }

    /// A threshold as it travels (`0.8`, `80%`, `4/5`) in percent, without needless zeros;
    /// anything else as it is.
    static func threshold(_ text: String) -> String {
        if text.isEmpty { return absent }
        guard let (numerator, denominator) = fraction(text) else { return text }
        var shown = percent(numerator, of: denominator, decimals: 4)
        shown.removeLast()
        while shown.last == "0" { shown.removeLast() }
        if shown.last == "," || shown.last == "." { shown.removeLast() }
        return shown + "%"
    }

    /// `31/05/2021` (Vietnamese) or `2021-05-31` (English) for a day as it travels; a dash for none.
    static func day(_ iso: String) -> String {
        if iso.isEmpty { return absent }
        guard Language.current == .vi, let day = CalendarDay(iso: iso) else { return iso }
        return "\(two(day.day))/\(two(day.month))/\(day.year)"
    }

    /// A decimal string as it travels (`98.50`), with the comma that Vietnamese writes.
    static func decimal(_ text: String) -> String {
        if text.isEmpty { return absent }
        guard Language.current == .vi else { return text }
        return String(text.map { $0 == "." ? "," : $0 })
    }

    /// Seconds as `2 ngày 3 giờ`, `5 phút`, `12 giây`: the two largest parts.
    static func duration(seconds: UInt64) -> String {
        let parts: [(UInt64, Phrase)] = [
            (seconds / 86400, Phrase("ngày", "d")), (seconds / 3600 % 24, Phrase("giờ", "h")),
            (seconds / 60 % 60, Phrase("phút", "min")), (seconds % 60, Phrase("giây", "s")),
        ]
        let shown = parts.drop { $0.0 == 0 }.prefix(2).filter { $0.0 > 0 }
        if shown.isEmpty { return "0 \(parts[3].1)" }
        return shown.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }

    /// An instant in Vietnam, whose time is +07:00 all year: `31/05/2021 14:03:22,123` (Vietnamese),
    /// `2021-05-31 14:03:22.123` (English).
    static func moment(milliseconds: Int64) -> String {
        let (day, time) = instant(milliseconds)
        return "\(self.day(day)) \(decimal(time))"
    }

    /// The same for programs: `2021-05-31T14:03:22.123+07:00`.
    static func isoMoment(milliseconds: Int64) -> String {
        let (day, time) = instant(milliseconds)
        return "\(day)T\(time)+07:00"
    }

    private static func instant(_ milliseconds: Int64) -> (day: String, time: String) {
        let seconds = Int((milliseconds - 999 * (milliseconds < 0 ? 1 : 0)) / 1000)
        let local = (seconds + 7 * 3600) % 86_400
        let clock = [local / 3600, local / 60 % 60, local % 60].map(two).joined(separator: ":")
        let part = String(milliseconds - Int64(seconds) * 1000)
        let zeros = String(repeating: "0", count: max(0, 3 - part.count))
        return (CalendarDay(secondsInUTC: seconds)?.iso ?? "", "\(clock).\(zeros)\(part)")
    }

    static let absent = "–"

    private static func percent(
        _ numerator: Int128, of denominator: Int128, decimals: Int
    ) -> String {
        let unit = (0..<decimals).reduce(Int128(1)) { power, _ in power * 10 }
        let doubled = numerator * 100 * unit * 2 + denominator
        let (quotient, remainder) = doubled.quotientAndRemainder(dividingBy: 2 * denominator)
        let rounded = remainder < 0 ? quotient - 1 : quotient
        let digits = String((rounded.magnitude) % UInt128(unit))
        let zeros = String(repeating: "0", count: decimals - digits.count)
        let point = Language.current == .vi ? "," : "."
        let sign = rounded < 0 ? "-" : ""
        return "\(sign)\(rounded.magnitude / UInt128(unit))\(point)\(zeros)\(digits)%"
    }

    /// The exact value of a decimal, a percentage or a fraction of whole numbers.
    private static func fraction(_ text: String) -> (Int128, Int128)? {
        if text.hasSuffix("%") {
            return fraction(String(text.dropLast())).map { ($0.0, $0.1 * 100) }
        }
        let slash = text.split(separator: "/", omittingEmptySubsequences: false)
        if slash.count == 2, let top = Int64(slash[0]), let bottom = Int64(slash[1]), bottom > 0 {
            return (Int128(top), Int128(bottom))
        }
        let point = text.split(separator: ".", omittingEmptySubsequences: false)
        guard point.count <= 2, let whole = Int64(point[0]), whole >= 0 else { return nil }
        guard point.count == 2 else { return (Int128(whole), 1) }
        guard point[1].count <= 9, let part = UInt64(point[1]) else { return nil }
        let unit = point[1].reduce(Int128(1)) { power, _ in power * 10 }
        return (Int128(whole) * unit + Int128(part), unit)
    }

    private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
