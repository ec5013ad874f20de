/// A calendar day in Vietnam: a count of days since 1970-01-01, proleptic Gregorian. No instant, no zone.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01 (which is 0); negative before it.
    public let number: Int32

    public init(number: Int32) { self.number = number }

    /// The day with these civil parts, or nil where no such day exists (30/02, month 13, years outside 1…9999).
    public init?(_ year: Int, _ month: Int, _ day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= Day.length(ofMonth: month, year: year)
        else { return nil }
        self.number = Day.daysFromCivil(year, month, day)
    }

    /// The day written `YYYY-MM-DD`; nil for anything else.
    public init?(iso text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
        func digits(_ range: Range<Int>) -> Int? {
            var value = 0
            for byte in bytes[range] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            return value
        }
        guard let y = digits(0..<4), let m = digits(5..<7), let d = digits(8..<10) else {
            return nil
        }
        self.init(y, m, d)
    }

    public static func < (a: Day, b: Day) -> Bool { a.number < b.number }
    public static func + (day: Day, days: Int) -> Day { Day(number: day.number + Int32(days)) }
    public static func - (day: Day, days: Int) -> Day { Day(number: day.number - Int32(days)) }
    /// Calendar days from `b` to `a`.
    public static func - (a: Day, b: Day) -> Int { Int(a.number) - Int(b.number) }

    /// 1 = Monday … 7 = Sunday.
    public var weekday: Int { ((Int(number) + 3) % 7 + 7) % 7 + 1 }

    public var civil: (year: Int, month: Int, day: Int) {
        let z = Int(number) + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let doe = z - era * 146_097
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
        let mp = (5 * doy + 2) / 153
        let month = mp < 10 ? mp + 3 : mp - 9
        return (yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1)
    }

    /// The corresponding day `months` later, or that month's last day (Civil Code 2015 Art. 148.3–4).
    public func adding(months: Int) -> Day {
        let (year, month, day) = civil
        let total = year * 12 + (month - 1) + months
        let y = total / 12
        let m = total % 12 + 1
        let last = Day.length(ofMonth: m, year: y)
        return Day(number: Day.daysFromCivil(y, m, min(day, last)))
    }

    /// The last day of its month.
    public var endOfMonth: Day {
        let (year, month, day) = civil
        return self + (Day.length(ofMonth: month, year: year) - day)
    }

    public func adding(years: Int) -> Day { adding(months: years * 12) }

    /// `YYYY-MM-DD`.
    public var description: String {
        let (y, m, d) = civil
        func two(_ v: Int) -> String { v < 10 ? "0\(v)" : "\(v)" }
        let year = String(y)
        return String(repeating: "0", count: max(0, 4 - year.count)) + year + "-" + two(m) + "-"
            + two(d)
    }

    /// `dd/mm/yyyy`, as offices write it.
    public var vietnamese: String {
        let (y, m, d) = civil
        func two(_ v: Int) -> String { v < 10 ? "0\(v)" : "\(v)" }
        return two(d) + "/" + two(m) + "/\(y)"
    }

    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    private static func daysFromCivil(_ year: Int, _ month: Int, _ day: Int) -> Int32 {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yoe = y - era * 400
        let doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy
        return Int32(era * 146_097 + doe - 719_468)
    }
}
