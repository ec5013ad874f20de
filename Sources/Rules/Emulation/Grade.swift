/// The class of a person's year.
public enum Grade: String, Sendable, CaseIterable {
    case excellent, good, completed
    case notCompleted = "not_completed"

    public var vietnamese: String {
        switch self {
        case .excellent: "hoàn thành xuất sắc nhiệm vụ"
        case .good: "hoàn thành tốt nhiệm vụ"
        case .completed: "hoàn thành nhiệm vụ"
        case .notCompleted: "không hoàn thành nhiệm vụ"
        }
    }

    /// Completed or better.
    public var isCompleted: Bool { self != .notCompleted }
    /// Good or excellent.
    public var isGood: Bool { self == .good || self == .excellent }
}

public enum ConditionState: String, Sendable, CaseIterable {
    case met
    case notMet = "not_met"
    /// A person must decide: the law leaves a gap, or a fact or a value of the law is missing.
    case undetermined
}

/// What a rule asks, what was found, and whether that will do.
public struct ConditionFinding: Sendable, Equatable {
    /// Id of the rule in the law book.
    public let id: String
    /// One sentence in Vietnamese.
    public let text: String
    public let state: ConditionState
    /// nil where the law book has no value of the rule.
    public let citation: Citation?
    public let verified: Bool
}

/// A grade with every condition that was looked at.
public struct GradeVerdict: Sendable, Equatable {
    /// nil = a person must decide.
    public let grade: Grade?
    public let conditions: [ConditionFinding]

    public init(grade: Grade?, conditions: [ConditionFinding]) {
        self.grade = grade
        self.conditions = conditions
    }

    public var isUndetermined: Bool { grade == nil }
}

extension Sequence<ConditionFinding> {
    /// All met; else not met where one is not; else undetermined.
    var together: ConditionState {
        var state = ConditionState.met
        for finding in self {
            if finding.state == .notMet { return .notMet }
            if finding.state == .undetermined { state = .undetermined }
        }
        return state
    }
}

/// The law book's conditions for grades and titles on one day.
struct ConditionLaw {
    let law: LawTable
    let day: Day

    /// Whether a share found meets the rule's share: `found` of `whole` compared by `compare`.
    func share(
        _ id: String, _ found: Int, of whole: Int, _ compare: (Ratio, Ratio) -> Bool, _ sign: String
    ) -> ConditionFinding {
        tested(id) { value in
            guard case .share(let asked) = value else { return nil }
            let share = Ratio(Int128(found), Int128(max(whole, 1)))
            return (
                "\(found)/\(whole) (\(percent(share))%), yêu cầu \(sign) \(percent(asked))%",
                compare(share, asked) ? .met : .notMet
            )
        }
    }

    /// Whether a number found meets the rule's count.
    func count(
        _ id: String, _ found: String, _ compare: (Int) -> Bool, _ sign: String
    ) -> ConditionFinding {
        tested(id) { value in
            guard case .count(let asked) = value else { return nil }
            return ("\(found), yêu cầu \(sign) \(asked)", compare(asked) ? .met : .notMet)
        }
    }

    /// A condition without a figure.
    func ground(_ id: String, _ found: String, _ state: ConditionState) -> ConditionFinding {
        tested(id) { _ in (found, state) }
    }

    private func tested(
        _ id: String, _ test: (LawValue) -> (String, ConditionState)?
    ) -> ConditionFinding {
        guard let rule = law.rule(id, on: day), let (found, state) = test(rule.value) else {
            return ConditionFinding(
                id: id, text: MissingRule(id: id, on: day).description, state: .undetermined,
                citation: nil, verified: false)
        }
        return ConditionFinding(
            id: id, text: "\(rule.title): \(found).", state: state, citation: rule.citation,
            verified: rule.verified)
    }

    private func percent(_ share: Ratio) -> String {
        var text = (share * Ratio(100)).decimal(places: 2)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// Whether the day's grades go by points (Decree 335/2025) rather than by tasks (Decree 90/2020).
    var goesByPoints: Bool { law.rule("GR-21", on: day) != nil }

    /// The class by points out of 100, and the conditions looked at.
    func byPoints(_ points: Ratio?) -> GradeVerdict {
        guard let points else {
            let missing = ground("GR-21", "chưa có điểm đánh giá", .undetermined)
            return GradeVerdict(grade: nil, conditions: [missing])
        }
        let found = "\(points.decimal(places: 2)) điểm"
        var conditions: [ConditionFinding] = []
        for (id, grade) in [("GR-21", Grade.excellent), ("GR-22", .good), ("GR-23", .completed)] {
            let finding = count(id, found, { points >= Ratio($0) }, "từ")
            conditions.append(finding)
            if finding.state == .met { return GradeVerdict(grade: grade, conditions: conditions) }
            if finding.state == .undetermined {
                return GradeVerdict(grade: nil, conditions: conditions)
            }
        }
        return GradeVerdict(grade: .notCompleted, conditions: conditions)
    }
}
