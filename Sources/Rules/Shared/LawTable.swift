/// Where a rule or a target stands: the instrument and the place in it.
public struct Citation: Hashable, Sendable, CustomStringConvertible {
    /// Short name of the instrument, e.g. `LTHADS`, `KH 10/KH-CTHADS`.
    public let instrument: String
    /// Article, clause, point or paragraph, e.g. `Điều 104.1`, `III`.
    public let place: String

    public init(instrument: String, place: String) {
        self.instrument = instrument
        self.place = place
    }

    public var description: String { place.isEmpty ? instrument : "\(instrument) \(place)" }
}

/// A period as the law states it.
public enum Period: Hashable, Sendable {
    case workingDays(Int)
    case calendarDays(Int)
    case months(Int)
    case years(Int)
}

/// What a rule sets: a period, a share, an amount, a number of times, a number of hours, an hour of the day
/// (0…23); or, as a `ground`, no figure at all, only the place that an answer cites.
public enum LawValue: Sendable {
    case period(Period)
    case share(Ratio)
    case money(Dong)
    case count(Int)
    case hours(Int)
    case clock(Int)
    case ground
}

/// One dated value of one rule: in force from `from` to `to` (inclusive; nil = still).
public struct LawRule: Sendable {
    public let id: String
    /// Vietnamese title for people.
    public let title: String
    public let value: LawValue
    public let from: Day
    public let to: Day?
    public let citation: Citation
    /// False where the text behind it was not read; the mark shows in every answer that uses it.
    public let verified: Bool
    /// What the reader of the book should know; nil where nothing is noted.
    public let note: String?

    public init(
        id: String, title: String, value: LawValue, from: Day, to: Day?, citation: Citation,
        verified: Bool, note: String? = nil
    ) {
        self.id = id
        self.title = title
        self.value = value
        self.from = from
        self.to = to
        self.citation = citation
        self.verified = verified
        self.note = note
    }

    /// True when the value was in force on that day.
    public func isInForce(on day: Day) -> Bool { from <= day && (to.map { day <= $0 } ?? true) }
}

/// The law book as the rules read it: dated values by id, the working calendar, and the digest of its files.
public struct LawTable: Sendable {
    public let editions: [String: [LawRule]]
    public let calendar: WorkingCalendar
    /// Full titles of the cited instruments by short name.
    public let instruments: [String: String]
    /// `sha256:` and 64 hex digits over the law files and those of the folders beside them.
    public let digest: String
    /// How heavy each missed duty and each finding is.
    public var consequences = ConsequenceTable()

    public init(
        editions: [String: [LawRule]], calendar: WorkingCalendar, digest: String,
        instruments: [String: String] = [:]
    ) {
        self.editions = editions
        self.calendar = calendar
        self.instruments = instruments
        self.digest = digest
    }

    /// The value of the rule in force on that day.
    public func rule(_ id: String, on day: Day) -> LawRule? {
        editions[id]?.last { $0.isInForce(on: day) }
    }
}
