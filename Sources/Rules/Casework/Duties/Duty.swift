/// One thing that must be done by a day: since when, until when, by whom, where it is written, and when it
/// was done.
public struct Duty: Sendable, Hashable {
    public let kind: DutyKind
    public let unit: String
    /// The case; nil for what the unit itself owes.
    public let decisionNo: String?
    public let assetNo: String?
    public let officer: String?
    /// Id of the rule in the law book; `plan` where the plan or a person set the day itself, `policy` where the
    /// plan gives the period.
    public let rule: String
    public let citation: Citation
    /// False where the rule, or the days off of a year that the period runs through, is not certain.
    public let verified: Bool
    /// The event that starts the period; the due day itself where only a day is set.
    public let triggerOn: Day
    /// Last day to do it.
    public let dueOn: Day
    /// The day it was done, if by the as-of day.
    public let doneOn: Day?
    /// What the duty is about where its id does not say so: a step's measure, a direction's number.
    public let subject: String?

    /// Not done by the end of its last day.
    public func isOverdue(on day: Day) -> Bool { doneOn == nil && dueOn < day }

    /// Done after its last day.
    public var isDoneLate: Bool { doneOn.map { $0 > dueOn } ?? false }
}

/// A duty whose period the law book does not hold for the day that starts it.
public struct UnknownDuty: Sendable, Equatable {
    public let kind: DutyKind
    public let unit: String
    public let decisionNo: String?
    public let assetNo: String?
    public let officer: String?
    public let triggerOn: Day
    public let missing: MissingRule
}

/// The duties of a case or of a unit on a day.
public struct Duties: Sendable, Equatable {
    /// Still to be done; what a later step overtook and what a finished case no longer needs is not here.
    public internal(set) var open: [Duty] = []
    /// Done by the as-of day, in time or late; of finished cases too.
    public internal(set) var done: [Duty] = []
    public internal(set) var unknown: [UnknownDuty] = []

    public init() {}
}
