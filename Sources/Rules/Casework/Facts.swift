/// What the store knows of one case, as far as the rules read it. Every fact carries the day it happened;
/// a list keeps the order in which its rows were recorded (facts of one day: the later row wins).

/// One enforcement decision is one case (việc); the key is the unit and the decision's number.
public struct CaseKey: Hashable, Comparable, Sendable {
    public let unit: String
    public let decisionNo: String

    public init(unit: String, decisionNo: String) {
        self.unit = unit
        self.decisionNo = decisionNo
    }

    public static func < (a: CaseKey, b: CaseKey) -> Bool {
        (a.unit, a.decisionNo) < (b.unit, b.decisionNo)
    }
}

public enum UnitLevel: String, Sendable { case province, district }

/// A unit of the province: the department itself (Cục) or a district branch (Chi cục).
public struct Unit: Sendable, Equatable {
    public var code: String
    public var name: String
    public var level: UnitLevel
    public var parentCode: String?
    public var cluster: String?

    public init(
        code: String, name: String, level: UnitLevel, parentCode: String? = nil,
        cluster: String? = nil
    ) {
        self.code = code
        self.name = name
        self.level = level
        self.parentCode = parentCode
        self.cluster = cluster
    }
}

public enum Initiative: String, Sendable {
    case onRequest = "on_request"
    case exOfficio = "ex_officio"
}

public enum DecisionKind: String, Sendable, CaseIterable {
    case notEnforceable = "not_enforceable"
    case enforceable
    case resume
    case postpone
    case suspend
    case complete
    case terminate
    case delegate
    case reduceObligation = "reduce_obligation"
}

/// A decision that changes the state of a case.
public struct Decision: Sendable, Equatable {
    public var kind: DecisionKind
    public var decidedOn: Day
    public var number: String?
    /// `article.clause.point`, e.g. `44a.1.a`.
    public var ground: String?
    public var groundOn: Day?
    public var untilOn: Day?
    /// What the decision writes off (terminate, reduce_obligation).
    public var amount: Dong?

    public init(
        kind: DecisionKind, decidedOn: Day, number: String? = nil, ground: String? = nil,
        groundOn: Day? = nil, untilOn: Day? = nil, amount: Dong? = nil
    ) {
        self.kind = kind
        self.decidedOn = decidedOn
        self.number = number
        self.ground = ground
        self.groundOn = groundOn
        self.untilOn = untilOn
        self.amount = amount
    }
}

public enum PaymentSource: String, Sendable, CaseIterable {
    case voluntary, coerced, auction
    case inLieu = "in_lieu"
    case exempted
}

public struct Payment: Sendable, Equatable {
    public var receiptNo: String
    public var paidOn: Day
    public var amount: Dong
    public var source: PaymentSource
    /// From this day the payment no longer counts.
    public var reversedOn: Day?

    public init(
        receiptNo: String, paidOn: Day, amount: Dong, source: PaymentSource, reversedOn: Day? = nil
    ) {
        self.receiptNo = receiptNo
        self.paidOn = paidOn
        self.amount = amount
        self.source = source
        self.reversedOn = reversedOn
    }
}

public enum VerificationResult: String, Sendable {
    case enforceable
    case notEnforceable = "not_enforceable"
}

public struct Verification: Sendable, Equatable {
    public var verifiedOn: Day
    public var result: VerificationResult
    public var ground: String?

    public init(verifiedOn: Day, result: VerificationResult, ground: String? = nil) {
        self.verifiedOn = verifiedOn
        self.result = result
        self.ground = ground
    }
}

public enum Severity: String, Sendable { case minor, serious }

public struct Violation: Sendable, Equatable {
    public var foundOn: Day
    public var severity: Severity
    public var repairedOn: Day?

    public init(foundOn: Day, severity: Severity, repairedOn: Day? = nil) {
        self.foundOn = foundOn
        self.severity = severity
        self.repairedOn = repairedOn
    }
}

public struct Commitment: Sendable, Equatable {
    public var dueOn: Day
    public var amount: Dong

    public init(dueOn: Day, amount: Dong) {
        self.dueOn = dueOn
        self.amount = amount
    }
}

/// The two lists of the campaign; a plan may name others.
public struct Nomination: Sendable, Equatable {
    public var list: String
    public var submittedOn: Day
    public var withdrawnOn: Day?
    public var reason: String?

    public init(list: String, submittedOn: Day, withdrawnOn: Day? = nil, reason: String? = nil) {
        self.list = list
        self.submittedOn = submittedOn
        self.withdrawnOn = withdrawnOn
        self.reason = reason
    }
}

/// One case with all its facts.
public struct CaseFile: Sendable, Equatable {
    public var key: CaseKey
    public var decisionOn: Day
    public var initiative: Initiative
    public var amountDue: Dong
    public var officer: String?
    public var receivedOn: Day?
    public var judgmentEffectiveOn: Day?
    public var assignedOn: Day?
    public var debtorNotifiedOn: Day?
    public var firstDecisionOn: Day?
    public var stateRevenue: Bool
    public var revenueKind: String?
    public var addressUnknown: Bool
    public var prisonUntil: Day?
    public var coercionCost: Dong?
    public var creditInstitution: Bool
    public var sensitivity: String?
    public var decisions: [Decision] = []
    public var payments: [Payment] = []
    public var verifications: [Verification] = []
    public var assets: [Asset] = []
    public var nominations: [Nomination] = []
    public var commitments: [Commitment] = []
    public var violations: [Violation] = []
    public var planSteps: [PlanStep] = []
    public var persuasions: [Persuasion] = []
    public var coercions: [Coercion] = []
    public var guidance: [Guidance] = []
    public var directions: [Direction] = []
    public var obstacles: [Obstacle] = []
    public var coordination: [Coordination] = []
    public var fileReviews: [FileReview] = []
    public var exemptions: [Exemption] = []

    public init(
        key: CaseKey, decisionOn: Day, initiative: Initiative, amountDue: Dong,
        stateRevenue: Bool = false
    ) {
        self.key = key
        self.decisionOn = decisionOn
        self.initiative = initiative
        self.amountDue = amountDue
        self.stateRevenue = stateRevenue
        self.addressUnknown = false
        self.creditInstitution = false
    }
}

public enum ReportKind: String, Sendable { case lists, summary }

/// A report that a unit sent: its two lists, or its summary.
public struct Report: Sendable, Equatable {
    public var kind: ReportKind
    public var submittedOn: Day
    public var emailedOn: Day?

    public init(kind: ReportKind, submittedOn: Day, emailedOn: Day? = nil) {
        self.kind = kind
        self.submittedOn = submittedOn
        self.emailedOn = emailedOn
    }
}

/// One unit with all its cases, reports and duties: what a score is counted from.
public struct UnitFile: Sendable {
    public var unit: Unit
    public var cases: [CaseFile]
    public var reports: [Report]
    public var duties: [UnitDuty]

    public init(unit: Unit, cases: [CaseFile], reports: [Report], duties: [UnitDuty] = []) {
        self.unit = unit
        self.cases = cases
        self.reports = reports
        self.duties = duties
    }
}
