/// How far a score sheet has come. A decided sheet is locked for ever.
public enum SheetState: String, Sendable, CaseIterable {
    case open, submitted, reviewed, decided
}

/// Points that one person gave for one criterion, in one column.
public struct SheetEntry: Sendable, Equatable {
    public let criterion: String
    public let column: SheetColumn
    public let points: Hundredths
    public let bonus: Hundredths
    public let author: String
    /// Milliseconds since 1970, as the coordinator stamped them.
    public let atMilliseconds: Int64
    public let evidence: String
    /// Why the points differ from the column before.
    public let reason: String

    public init(
        criterion: String, column: SheetColumn, points: Hundredths, bonus: Hundredths,
        author: String, atMilliseconds: Int64, evidence: String, reason: String
    ) {
        self.criterion = criterion
        self.column = column
        self.points = points
        self.bonus = bonus
        self.author = author
        self.atMilliseconds = atMilliseconds
        self.evidence = evidence
        self.reason = reason
    }
}

public enum ObjectionOutcome: String, Sendable, CaseIterable { case upheld, rejected }

/// What a unit says against a review or a decision, and the answer.
public struct SheetObjection: Sendable, Equatable {
    public let number: Int64
    /// nil = the sheet as a whole.
    public let criterion: String?
    public let against: SheetColumn
    public let text: String
    public let author: String
    public let atMilliseconds: Int64
    /// nil where the plan sets no period.
    public let answerDueOn: Day?
    public var answer: Answer?

    public struct Answer: Sendable, Equatable {
        public let outcome: ObjectionOutcome
        public let text: String
        public let author: String
        public let atMilliseconds: Int64
        public let on: Day

        public init(
            outcome: ObjectionOutcome, text: String, author: String, atMilliseconds: Int64, on: Day
        ) {
            self.outcome = outcome
            self.text = text
            self.author = author
            self.atMilliseconds = atMilliseconds
            self.on = on
        }
    }

    public init(
        number: Int64, criterion: String?, against: SheetColumn, text: String, author: String,
        atMilliseconds: Int64, answerDueOn: Day?, answer: Answer? = nil
    ) {
        self.number = number
        self.criterion = criterion
        self.against = against
        self.text = text
        self.author = author
        self.atMilliseconds = atMilliseconds
        self.answerDueOn = answerDueOn
        self.answer = answer
    }

    /// Whether the answer came, or is still missing, after its day.
    public func isOverdue(on day: Day) -> Bool {
        answerDueOn.map { $0 < (answer?.on ?? day) } ?? false
    }
}

/// A unit's score sheet of one campaign: every entry ever made, the newest of each column last.
public struct ScoreSheet: Sendable {
    public let unit: String
    public var state: SheetState
    public var entries: [SheetEntry]
    public var objections: [SheetObjection]
    /// The day of the last review or decision; nil before.
    public var steppedOn: Day?

    public init(
        unit: String, state: SheetState = .open, entries: [SheetEntry] = [],
        objections: [SheetObjection] = [], steppedOn: Day? = nil
    ) {
        self.unit = unit
        self.state = state
        self.entries = entries
        self.objections = objections
        self.steppedOn = steppedOn
    }

    /// The newest entry of the column.
    public func entry(_ criterion: String, _ column: SheetColumn) -> SheetEntry? {
        entries.last { $0.criterion == criterion && $0.column == column }
    }

    /// The column's points by criterion; empty where nobody filled it.
    public func given(_ column: SheetColumn) -> [String: GivenPoints] {
        var given: [String: GivenPoints] = [:]
        for entry in entries where entry.column == column {
            given[entry.criterion] = GivenPoints(
                points: entry.points.ratio, bonus: entry.bonus.ratio)
        }
        return given
    }

    /// The authors of a column, of all its versions.
    public func authors(of column: SheetColumn) -> Set<String> {
        Set(entries.filter { $0.column == column }.map(\.author))
    }

    public var hasOpenObjection: Bool { objections.contains { $0.answer == nil } }

    /// The last day on which the unit may object; nil where the plan sets none or nothing stands to object to.
    public func objectUntil(_ periods: ObjectionPeriods?, _ calendar: WorkingCalendar) -> Day? {
        guard let periods, let steppedOn, state == .reviewed || state == .decided else {
            return nil
        }
        return calendar.due(.workingDays(periods.days), from: steppedOn)
    }
}
