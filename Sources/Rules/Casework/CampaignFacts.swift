/// What a unit plans, does and is asked to do on a case in a campaign (the plan's part II), and what the plan
/// asks of the unit itself (part V). Facts of one day keep the order in which their rows were recorded.

/// What a step of a case's plan is about.
public enum PlanMeasure: String, Sendable, CaseIterable {
    case persuade, verify, classify, coerce, seize, value, auction
    case offerAsset = "offer_asset"
    case handOver = "hand_over"
    case exempt, consult, other
}

/// One step of the plan for solving a case (kế hoạch giải quyết): what is to be done, by whom and by when.
public struct PlanStep: Sendable, Equatable {
    public var stepNo: Int
    public var measure: PlanMeasure
    public var dueOn: Day
    /// Code of the officer who answers for the step; nil: the case's own officer.
    public var owner: String?
    public var description: String?
    public var doneOn: Day?
    public var result: String?

    public init(
        stepNo: Int, measure: PlanMeasure, dueOn: Day, owner: String? = nil,
        description: String? = nil, doneOn: Day? = nil, result: String? = nil
    ) {
        self.stepNo = stepNo
        self.measure = measure
        self.dueOn = dueOn
        self.owner = owner
        self.description = description
        self.doneOn = doneOn
        self.result = result
    }
}

public enum PersuadedParty: String, Sendable, CaseIterable { case debtor, creditor, both }

public enum PersuasionOutcome: String, Sendable, CaseIterable {
    case agreed, partly, refused, absent
}

/// A meeting at which the officer urged a party to carry out the judgment of their own will (vận động, thuyết phục).
public struct Persuasion: Sendable, Equatable {
    public var heldOn: Day
    public var party: PersuadedParty
    public var outcome: PersuasionOutcome?
    public var description: String?

    public init(
        heldOn: Day, party: PersuadedParty, outcome: PersuasionOutcome? = nil,
        description: String? = nil
    ) {
        self.heldOn = heldOn
        self.party = party
        self.outcome = outcome
        self.description = description
    }
}

/// The six coercive measures of LTHADS Art. 71.1–6, in its order.
public enum CoercionMeasure: String, Sendable, CaseIterable {
    case account, income, seizure
    case useOfAsset = "use_of_asset"
    case handOver = "hand_over"
    case act
}

public enum CoercionOutcome: String, Sendable, CaseIterable {
    case done, voluntary, postponed, failed
}

/// A decision to coerce (cưỡng chế) and what came of it.
public struct Coercion: Sendable, Equatable {
    public var decidedOn: Day
    public var measure: CoercionMeasure
    public var number: String?
    public var plannedOn: Day?
    /// The day the debtor was told the day and the estimated cost (LTHADS Art. 73.4).
    public var notifiedOn: Day?
    public var carriedOutOn: Day?
    /// Forces are mobilised: the days around Tết are forbidden (ND62 Art. 13.2).
    public var isMobilised: Bool
    public var cost: Dong?
    public var outcome: CoercionOutcome?

    public init(
        decidedOn: Day, measure: CoercionMeasure, number: String? = nil, plannedOn: Day? = nil,
        notifiedOn: Day? = nil, carriedOutOn: Day? = nil, isMobilised: Bool = false,
        cost: Dong? = nil, outcome: CoercionOutcome? = nil
    ) {
        self.decidedOn = decidedOn
        self.measure = measure
        self.number = number
        self.plannedOn = plannedOn
        self.notifiedOn = notifiedOn
        self.carriedOutOn = carriedOutOn
        self.isMobilised = isMobilised
        self.cost = cost
        self.outcome = outcome
    }
}

public enum GuidanceSource: String, Sendable, CaseIterable {
    case department, interagency
    case steeringCommittee = "steering_committee"
}

/// A request for guidance (xin ý kiến, hướng dẫn) and the measure that the answer named.
public struct Guidance: Sendable, Equatable {
    public var askedOn: Day
    public var askedOf: GuidanceSource
    public var question: String?
    public var answeredOn: Day?
    public var answerNo: String?
    public var measure: String?
    public var dueOn: Day?
    public var doneOn: Day?
    /// The day the unit reported what stands in the way of the answer.
    public var obstacleReportedOn: Day?

    public init(
        askedOn: Day, askedOf: GuidanceSource, question: String? = nil, answeredOn: Day? = nil,
        answerNo: String? = nil, measure: String? = nil, dueOn: Day? = nil, doneOn: Day? = nil,
        obstacleReportedOn: Day? = nil
    ) {
        self.askedOn = askedOn
        self.askedOf = askedOf
        self.question = question
        self.answeredOn = answeredOn
        self.answerNo = answerNo
        self.measure = measure
        self.dueOn = dueOn
        self.doneOn = doneOn
        self.obstacleReportedOn = obstacleReportedOn
    }
}

public enum DirectionIssuer: String, Sendable, CaseIterable {
    case monitoringTeam = "monitoring_team"
    case department
    case steeringCommittee = "steering_committee"
}

/// A written direction on a case (chỉ đạo), to be carried out by its day.
public struct Direction: Sendable, Equatable {
    public var directionNo: String
    public var issuedOn: Day
    public var dueOn: Day
    public var issuer: DirectionIssuer?
    public var content: String?
    public var doneOn: Day?
    public var obstacleReportedOn: Day?

    public init(
        directionNo: String, issuedOn: Day, dueOn: Day, issuer: DirectionIssuer? = nil,
        content: String? = nil, doneOn: Day? = nil, obstacleReportedOn: Day? = nil
    ) {
        self.directionNo = directionNo
        self.issuedOn = issuedOn
        self.dueOn = dueOn
        self.issuer = issuer
        self.content = content
        self.doneOn = doneOn
        self.obstacleReportedOn = obstacleReportedOn
    }
}

/// What stands in the way of a case (khó khăn, vướng mắc).
public struct Obstacle: Sendable, Equatable {
    public var foundOn: Day
    public var description: String
    public var category: String?
    public var proposedRemedy: String?
    public var reportedOn: Day?
    public var resolvedOn: Day?
    public var resolution: String?

    public init(
        foundOn: Day, description: String, category: String? = nil, proposedRemedy: String? = nil,
        reportedOn: Day? = nil, resolvedOn: Day? = nil, resolution: String? = nil
    ) {
        self.foundOn = foundOn
        self.description = description
        self.category = category
        self.proposedRemedy = proposedRemedy
        self.reportedOn = reportedOn
        self.resolvedOn = resolvedOn
        self.resolution = resolution
    }
}

public enum PartnerAgency: String, Sendable, CaseIterable {
    case procuracy
    case steeringCommittee = "steering_committee"
    case police
    case localAuthority = "local_authority"
    case other
}

/// A meeting with another agency about a case (phối hợp) and the measure agreed there.
public struct Coordination: Sendable, Equatable {
    public var heldOn: Day
    public var agency: PartnerAgency
    public var content: String?
    public var agreedMeasure: String?
    public var dueOn: Day?
    public var doneOn: Day?

    public init(
        heldOn: Day, agency: PartnerAgency, content: String? = nil, agreedMeasure: String? = nil,
        dueOn: Day? = nil, doneOn: Day? = nil
    ) {
        self.heldOn = heldOn
        self.agency = agency
        self.content = content
        self.agreedMeasure = agreedMeasure
        self.dueOn = dueOn
        self.doneOn = doneOn
    }
}

public enum ReviewResult: String, Sendable, CaseIterable { case clean, violation }

/// A review of a case's file (kiểm tra hồ sơ): what it found and by when that is repaired.
public struct FileReview: Sendable, Equatable {
    public var reviewedOn: Day
    public var result: ReviewResult
    public var reviewer: String?
    public var findings: String?
    public var repairDueOn: Day?
    public var repairedOn: Day?

    public init(
        reviewedOn: Day, result: ReviewResult, reviewer: String? = nil, findings: String? = nil,
        repairDueOn: Day? = nil, repairedOn: Day? = nil
    ) {
        self.reviewedOn = reviewedOn
        self.result = result
        self.reviewer = reviewer
        self.findings = findings
        self.repairDueOn = repairDueOn
        self.repairedOn = repairedOn
    }
}

public enum ExemptionKind: String, Sendable, CaseIterable { case exempt, reduce }

public enum ExemptionOutcome: String, Sendable, CaseIterable {
    case granted, partly, refused, returned
}

/// A proposal to exempt or reduce what is owed to the State budget (LTHADS Art. 61–64), and what the court did.
public struct Exemption: Sendable, Equatable {
    public var proposedOn: Day
    public var kind: ExemptionKind
    public var amount: Dong?
    public var sentOn: Day?
    public var decidedOn: Day?
    public var outcome: ExemptionOutcome?
    public var grantedAmount: Dong?

    public init(
        proposedOn: Day, kind: ExemptionKind, amount: Dong? = nil, sentOn: Day? = nil,
        decidedOn: Day? = nil, outcome: ExemptionOutcome? = nil, grantedAmount: Dong? = nil
    ) {
        self.proposedOn = proposedOn
        self.kind = kind
        self.amount = amount
        self.sentOn = sentOn
        self.decidedOn = decidedOn
        self.outcome = outcome
        self.grantedAmount = grantedAmount
    }
}

/// What the campaign asks of the unit itself (nhiệm vụ của đơn vị): its lists, meetings, reports.
public struct UnitDuty: Sendable, Equatable {
    public var dutyNo: String
    public var title: String
    public var dueOn: Day
    /// The plan's paragraph, e.g. `V.2`.
    public var paragraph: String?
    public var doneOn: Day?

    public init(
        dutyNo: String, title: String, dueOn: Day, paragraph: String? = nil, doneOn: Day? = nil
    ) {
        self.dutyNo = dutyNo
        self.title = title
        self.dueOn = dueOn
        self.paragraph = paragraph
        self.doneOn = doneOn
    }
}
