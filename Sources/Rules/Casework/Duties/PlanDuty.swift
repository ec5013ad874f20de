/// What the plan says of a duty: a period or a day where the law leaves it without one, and where it stands.
public struct PlanDuty: Sendable, Equatable {
    public enum Limit: Sendable, Equatable {
        /// Calendar days from the event that starts it; a last day off moves to the next working day.
        case days(Int)
        /// The last day; it never moves.
        case day(Day)
        /// The day stands in the fact itself (a step, a direction); the plan is only cited.
        case none
    }

    public var kind: DutyKind
    public var limit: Limit
    /// Paragraph of the plan.
    public var paragraph: String

    public init(kind: DutyKind, limit: Limit, paragraph: String) {
        self.kind = kind
        self.limit = limit
        self.paragraph = paragraph
    }

    /// The duties for which a plan may set a period or a day.
    public static let limited: [DutyKind] = [
        .assignOfficer, .continueEnforcement, .complete, .planCase, .persuade, .reviewFile,
        .repairViolation, .reportObstacle,
    ]
    /// The duties whose day stands in the fact; a plan may only be cited for them.
    public static let cited: [DutyKind] = [
        .planStep, .repairFile, .followCommitment, .carryOutDirection, .carryOutGuidance,
        .carryOutAgreement, .carryOutCoercion, .sendLists, .sendSummary, .unitDuty,
    ]
}

extension CampaignPlan {
    /// What the plan says of the duty; nil when it says nothing.
    func duty(_ kind: DutyKind) -> PlanDuty? { duties.first { $0.kind == kind } }

    /// Where the plan speaks of the duty; nil when it does not.
    func citation(of kind: DutyKind) -> Citation? {
        duty(kind).map { Citation(instrument: citation, place: $0.paragraph) }
    }
}
