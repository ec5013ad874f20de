/// How heavy it is when a duty is missed or a rule broken: the order of a worklist, the weight in the register.
public enum Consequence: Int, Sendable, CaseIterable, Comparable {
    /// A right is lost, money is lost, or an act of the office is void.
    case grave
    /// The law's own period, or a direction, is broken.
    case serious
    /// The plan is late, nobody's right is touched.
    case ordinary
    /// Order within the office.
    case minor

    public static func < (a: Consequence, b: Consequence) -> Bool { a.rawValue < b.rawValue }

    public var name: String {
        switch self {
        case .grave: "grave"
        case .serious: "serious"
        case .ordinary: "ordinary"
        case .minor: "minor"
        }
    }
}

/// The class of each duty and finding; what is not named is ordinary. The product's own classes stand as data.
public struct ConsequenceTable: Sendable {
    public var duties: [DutyKind: Consequence]
    public var findings: [FindingKind: Consequence]

    public init(
        duties: [DutyKind: Consequence] = [:], findings: [FindingKind: Consequence] = [:]
    ) {
        self.duties = duties
        self.findings = findings
    }

    public subscript(duty: DutyKind) -> Consequence { duties[duty] ?? .ordinary }
    public subscript(finding: FindingKind) -> Consequence { findings[finding] ?? .ordinary }
}

/// Which duties a worklist shows.
public struct WorklistScope: Sendable {
    public var officer: String?
    /// Duties due so many calendar days after the as-of day at most; overdue ones are always shown.
    public var within: Int

    public init(officer: String? = nil, within: Int) {
        self.officer = officer
        self.within = within
    }

    /// How far ahead a worklist looks unless asked otherwise: the working week.
    public static let usualDays = 7

    func shows(_ duty: Duty, on day: Day) -> Bool {
        duty.dueOn - day <= within && (officer == nil || officer == duty.officer)
    }
}

/// A worklist: open duties in the order in which they are to be looked at, and those of which nobody can say
/// by when they are due.
public struct Worklist: Sendable {
    public internal(set) var items: [Duty] = []
    public internal(set) var unknown: [UnknownDuty] = []

    public init() {}

    /// Adds the open duties of a unit and its cases that the scope shows.
    public mutating func add(
        _ unit: UnitFile, plan: CampaignPlan?, law: LawTable, asOf day: Day, scope: WorklistScope
    ) {
        add(unitDuties(of: unit, plan: plan, law: law, asOf: day), day, scope)
        for file in unit.cases {
            let duties = caseDuties(of: file, plan: plan, law: law, asOf: day, openOnly: true)
            add(duties, day, scope)
        }
    }

    private mutating func add(_ duties: Duties, _ day: Day, _ scope: WorklistScope) {
        items += duties.open.lazy.filter { scope.shows($0, on: day) }
        unknown += duties.unknown.lazy.filter {
            scope.officer == nil || scope.officer == $0.officer
        }
    }

    /// Leaves what a reader sees: by unit, and officer of the case.
    public mutating func keep(where isSeen: (String, String?) -> Bool) {
        items.removeAll { !isSeen($0.unit, $0.officer) }
        unknown.removeAll { !isSeen($0.unit, $0.officer) }
    }

    /// By consequence, then due day, unit, case and asset.
    public mutating func sort(by consequences: ConsequenceTable) {
        items.sort { a, b in
            let (first, second) = (consequences[a.kind], consequences[b.kind])
            if first != second { return first < second }
            return a.isBefore(b)
        }
        unknown.sort { a, b in
            (a.unit, a.decisionNo ?? "", a.assetNo ?? "", a.triggerOn, a.kind.rawValue)
                < (b.unit, b.decisionNo ?? "", b.assetNo ?? "", b.triggerOn, b.kind.rawValue)
        }
    }
}

extension Duty {
    /// By due day, then unit, case, asset, id, day of the trigger and subject: a total order of different duties.
    func isBefore(_ other: Duty) -> Bool {
        if dueOn != other.dueOn { return dueOn < other.dueOn }
        if unit != other.unit { return unit < other.unit }
        if decisionNo != other.decisionNo { return (decisionNo ?? "") < (other.decisionNo ?? "") }
        if assetNo != other.assetNo { return (assetNo ?? "") < (other.assetNo ?? "") }
        if kind != other.kind { return kind.rawValue < other.kind.rawValue }
        return (triggerOn, subject ?? "") < (other.triggerOn, other.subject ?? "")
    }
}
