/// How many backups stay: the newest of each of so many days, weeks and months that have one.
public struct Retention: Hashable, Sendable {
    public let daily: Int
    public let weekly: Int
    public let monthly: Int

    /// - Parameters: counts of periods; negative ones count as none.
    public init(daily: Int, weekly: Int, monthly: Int) {
        self.daily = max(0, daily)
        self.weekly = max(0, weekly)
        self.monthly = max(0, monthly)
    }

    /// When a backup was made: the day in Vietnam, and milliseconds since 1970.
    public struct Made: Hashable, Sendable {
        public let day: Day
        public let atMilliseconds: Int64

        public init(day: Day, atMilliseconds: Int64) {
            self.day = day
            self.atMilliseconds = atMilliseconds
        }
    }

    /// A backup that stays or goes.
    public struct Judged: Hashable, Sendable {
        /// Place in the list that was given.
        public let index: Int
        /// Why it stays; it goes where there is no reason.
        public let reasons: Set<Reason>

        public var stays: Bool { !reasons.isEmpty }
    }

    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// The newest of all always stays.
        case newest
        /// The newest of its day, of its week (Monday to Sunday), of its month.
        case daily, weekly, monthly
    }

    /// Judges backups, given in any order; periods without a backup are not counted.
    public func judged(_ made: [Made]) -> [Judged] {
        let newestFirst = made.indices.sorted {
            (made[$0].atMilliseconds, $0) > (made[$1].atMilliseconds, $1)
        }
        var reasons = [Set<Reason>](repeating: [], count: made.count)
        if let newest = newestFirst.first { reasons[newest].insert(.newest) }
        keep(daily, .daily) { $0.number }
        keep(weekly, .weekly) { ($0 - ($0.weekday - 1)).number }
        keep(monthly, .monthly) { Int32($0.civil.year * 12 + $0.civil.month) }

        func keep(_ count: Int, _ reason: Reason, _ period: (Day) -> Int32) {
            var seen: Set<Int32> = []
            for index in newestFirst where seen.count < count {
                if seen.insert(period(made[index].day)).inserted { reasons[index].insert(reason) }
            }
        }
        return made.indices.map { Judged(index: $0, reasons: reasons[$0]) }
    }
}
