internal import Rules

/// How amounts, rates and days are written in a language.
extension Language {
    static let absent = "–"

    /// A whole number with its thousands set apart.
    func count(_ value: Int64) -> String {
        let separator: Character = self == .vi ? "." : ","
        let digits = String(value.magnitude)
        var out = value < 0 ? "−" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { out.append(separator) }
            out.append(digit)
        }
        return out
    }

    func count(_ value: Int) -> String { count(Int64(value)) }

    func money(_ dong: Int64) -> String { count(dong) + "\u{A0}đ" }

    /// Cases, or đồng where the unit of count is money.
    func amount(_ value: Int64, unitOfCount: String) -> String {
        unitOfCount == "money" ? money(value) : count(value)
    }

    /// In percent, rounded half up from the exact value; a dash where there is no denominator.
    func percent(_ numerator: Int64, of denominator: Int64, places: Int = 1) -> String {
        guard denominator > 0 else { return Language.absent }
        return percent(Ratio(Int128(numerator), Int128(denominator)), places: places)
    }

    func percent(_ ratio: Ratio, places: Int = 1) -> String {
        decimal((ratio * Ratio(100)).decimal(places: places)) + "%"
    }

    /// A share in percent without needless zeros.
    func share(_ ratio: Ratio) -> String {
        var text = (ratio * Ratio(100)).decimal(places: 4)
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return decimal(text) + "%"
    }

    /// A decimal text as it travels, with the comma that Vietnamese writes.
    func decimal(_ text: String) -> String {
        if text.isEmpty { return Language.absent }
        return self == .vi ? String(text.map { $0 == "." ? "," : $0 }) : text
    }

    /// `31/05/2021`, in English `31 May 2021`; a dash for none.
    func day(_ iso: String) -> String {
        if iso.isEmpty { return Language.absent }
        return Day(iso: iso).map(day) ?? iso
    }

    func day(_ day: Day) -> String {
        if self == .vi { return day.vietnamese }
        let civil = day.civil
        return "\(civil.day) \(Language.months[civil.month - 1]) \(civil.year)"
    }

    /// Day and month alone.
    func shortDay(_ day: Day) -> String {
        let civil = day.civil
        return self == .vi
            ? "\(civil.day)/\(civil.month)" : "\(civil.day) \(Language.months[civil.month - 1])"
    }

    /// `tháng 5 năm 2021`
    func month(_ day: Day) -> String {
        let civil = day.civil
        return self == .vi
            ? "Tháng \(civil.month) năm \(civil.year)"
            : "\(Language.months[civil.month - 1]) \(civil.year)"
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Monday first, as abbreviations.
    var weekdays: [String] {
        self == .vi
            ? ["T2", "T3", "T4", "T5", "T6", "T7", "CN"]
            : ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    }

    /// The two largest parts of a period.
    func duration(seconds: UInt64) -> String {
        let parts: [(UInt64, String)] = [
            (seconds / 86400, self("ngày", "d")), (seconds / 3600 % 24, self("giờ", "h")),
            (seconds / 60 % 60, self("phút", "min")), (seconds % 60, self("giây", "s")),
        ]
        let shown = parts.drop { $0.0 == 0 }.prefix(2).filter { $0.0 > 0 }
        if shown.isEmpty { return "0 \(parts[3].1)" }
        return shown.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}

extension Language {
    /// An instant in Vietnam, to the second.
    func moment(milliseconds: Int64) -> String {
        let local = milliseconds / 1000 + 7 * 3600
        let second = local % 86_400
        let clock = [second / 3600, second / 60 % 60, second % 60].map { part in
            part < 10 ? "0\(part)" : "\(part)"
        }
        return "\(day(Day(number: Int32(local / 86_400)))) \(clock.joined(separator: ":"))"
    }
}
