extension Cell {
    /// A day: `31/5/2021`, `31/05/2021`, `31-5-2021`, `31.5.2021`, `2021-05-31`, or an Excel serial between
    /// 20000 and 80000. Day comes before month, as offices write it.
    public static func date(_ text: String) -> CellVerdict<Day> {
        let scalars = trimmed(text)
        guard !scalars.isEmpty else { return .failure(missingDate) }
        if let serial = digits(scalars) { return serialDate(serial) }
        let parts = withoutMidnight(scalars).split(
            omittingEmptySubsequences: false, whereSeparator: { "/-.".unicodeScalars.contains($0) })
        let signs = Set(scalars.filter { "/-.".unicodeScalars.contains($0) })
        guard parts.count == 3, let a = digits(parts[0]), let b = digits(parts[1]),
            let c = digits(parts[2])
        else { return .failure(badDate) }
        if parts[0].count == 4, signs == ["-"], parts[1].count <= 2, parts[2].count <= 2 {
            return checked(Day(a, b, c))
        }
        guard parts[0].count <= 2, parts[1].count <= 2, parts[2].count == 4, signs.count == 1
        else { return .failure(badDate) }
        return checked(Day(c, b, a))
    }

    /// A spreadsheet's export may add the midnight of the day: `2021-05-31 00:00:00`.
    private static func withoutMidnight(_ scalars: Substring.UnicodeScalarView)
        -> Substring.UnicodeScalarView
    {
        let text = String(scalars)
        for tail in [" 00:00:00", "T00:00:00", " 0:00:00", " 00:00", " 0:00"]
        where text.hasSuffix(tail) {
            return scalars.dropLast(tail.unicodeScalars.count)
        }
        return scalars
    }

    /// Day 1 is 01/01/1900. Excel counts a 29/02/1900 that never was, so from serial 61 on a day is dropped.
    private static func serialDate(_ serial: Int) -> CellVerdict<Day> {
        guard (20_000...80_000).contains(serial) else { return .failure(badDate) }
        return checked(excelDay(serial))
    }

    /// The day of an Excel serial of the 1900 system; nil for 60, the day that never was, and below 1.
    public static func excelDay(_ serial: Int) -> Day? {
        guard serial >= 1, serial != 60, serial <= 2_958_465, let base = Day(1899, 12, 31) else {
            return nil
        }
        return base + (serial > 60 ? serial - 1 : serial)
    }

    private static func checked(_ day: Day?) -> CellVerdict<Day> {
        guard let day, (1900...2200).contains(day.civil.year) else { return .failure(badDate) }
        return .success(day)
    }

    private static var badDate: CellRefusal { CellRefusal(code: .badDate, fault: .noDay) }

    private static var missingDate: CellRefusal {
        CellRefusal(code: .missingValue, fault: .empty)
    }
}
