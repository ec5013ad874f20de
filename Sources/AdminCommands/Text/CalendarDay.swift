import Glibc

/// A day of the calendar as people type it and as it travels (`YYYY-MM-DD`).
struct CalendarDay: Hashable, Sendable {
    let year: Int
    let month: Int
    let day: Int

    init?(year: Int, month: Int, day: Int) {
        guard (1900...9999).contains(year), (1...12).contains(month) else { return nil }
        guard day >= 1, day <= Self.days(in: month, of: year) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    init?(iso text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2] else { return nil }
        self.init(parts, order: [0, 1, 2])
    }

    /// `2021-05-31`, `31/5/2021` or `31-05-2021`.
    init?(typed text: String) {
        if let day = CalendarDay(iso: text) {
            self = day
            return
        }
        let parts = text.split(omittingEmptySubsequences: false) { "/-.".contains($0) }
        guard parts.count == 3, parts[2].count == 4, parts[0].count <= 2, parts[1].count <= 2
        else { return nil }
        self.init(parts, order: [2, 1, 0])
    }

    private init?(_ parts: [Substring], order: [Int]) {
        let numbers = parts.compactMap { part in
            part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil
        }
        guard numbers.count == 3 else { return nil }
        self.init(
            year: numbers[order[0]], month: numbers[order[1]], day: numbers[order[2]])
    }

    var iso: String {
        let padded = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
        return "\(year)-\(padded(month))-\(padded(day))"
    }

    /// The day in Vietnam at an instant given in seconds since 1970 (UTC).
    init?(secondsInUTC: Int) {
        var instant = time_t(secondsInUTC + 7 * 3600)
        var parts = tm()
        guard gmtime_r(&instant, &parts) != nil else { return nil }
        self.init(
            year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
