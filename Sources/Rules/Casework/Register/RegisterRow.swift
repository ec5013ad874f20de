/// What a row rests on: what happened, the day, and the sum where it matters.
public struct RegisterFact: Sendable, Equatable {
    /// In Vietnamese.
    public let what: String
    public let on: Day?
    public let amount: Dong?

    public init(_ what: String, _ on: Day?, _ amount: Dong? = nil) {
        self.what = what
        self.on = on
        self.amount = amount
    }
}

/// One finding of the compliance register, with the facts that explain it.
public struct RegisterRow: Sendable, Equatable {
    public let finding: FindingKind
    /// The duty that was missed; nil for an act that is not allowed.
    public let duty: DutyKind?
    public let unit: String
    public let decisionNo: String?
    public let assetNo: String?
    public let officer: String?
    public let rule: String
    public let citation: Citation
    public let verified: Bool
    /// The event that starts the period, or that the act is measured by.
    public let triggerOn: Day?
    /// The last day of the duty; of an act that came too early, the first day on which it was allowed.
    public let dueOn: Day?
    /// The day it was done; nil while it is not.
    public let doneOn: Day?
    /// Calendar days from the last day to the day it was done, or to the as-of day; 0 for an act.
    public let daysLate: Int
    public let facts: [RegisterFact]

    /// The day of the finding: the last day of what is late, the day of an act.
    public var day: Day {
        if duty != nil, let dueOn { return dueOn }
        return doneOn ?? dueOn ?? triggerOn ?? Day(number: 0)
    }
}

/// The register of one or more units.
public struct ComplianceRegister: Sendable {
    public internal(set) var rows: [RegisterRow] = []

    public init() {}

    /// How often each finding stands in it; findings without a row are left out.
    public var counts: [FindingKind: Int] {
        rows.reduce(into: [:]) { $0[$1.finding, default: 0] += 1 }
    }

    public mutating func append(_ other: ComplianceRegister) { rows += other.rows }

    /// By severity, then the day of the finding, unit, case, asset.
    public mutating func sort(by consequences: ConsequenceTable) {
        rows.sort { a, b in
            let (first, second) = (consequences[a.finding], consequences[b.finding])
            if first != second { return first < second }
            return a.isBefore(b)
        }
    }
}

extension RegisterRow {
    fileprivate func isBefore(_ other: RegisterRow) -> Bool {
        if day != other.day { return day < other.day }
        if unit != other.unit { return unit < other.unit }
        if decisionNo != other.decisionNo { return (decisionNo ?? "") < (other.decisionNo ?? "") }
        if assetNo != other.assetNo { return (assetNo ?? "") < (other.assetNo ?? "") }
        if finding != other.finding { return finding.rawValue < other.finding.rawValue }
        if duty != other.duty { return (duty?.rawValue ?? "") < (other.duty?.rawValue ?? "") }
        let key = (triggerOn ?? day, doneOn ?? Day(number: .max))
        let otherKey = (other.triggerOn ?? other.day, other.doneOn ?? Day(number: .max))
        if key != otherKey { return key < otherKey }
        return facts.map(\.what).joined() < other.facts.map(\.what).joined()
    }
}
