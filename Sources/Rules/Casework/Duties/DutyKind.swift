/// What an officer or a unit owes by a day. The raw values are the ids that answers carry (docs/worklist.md);
/// the steps of an auction have the ids of `AuctionStep`.
public enum DutyKind: String, Sendable, CaseIterable {
    // Taking the case up
    case issueDecision = "issue_decision"
    case assignOfficer = "assign_officer"
    case notifyDecision = "notify_decision"
    case verify
    // The debtor's means
    case reverify
    case classify
    case continueEnforcement = "continue_enforcement"
    case verifyExemption = "verify_exemption"
    // What holds a case up, and its end
    case decidePostponement = "decide_postponement"
    case decideSuspension = "decide_suspension"
    case decideTermination = "decide_termination"
    case resume
    case complete
    // Coercion
    case notifyCoercion = "notify_coercion"
    case carryOutCoercion = "carry_out_coercion"
    // From seizure to hand-over
    case valueContract = "value_contract"
    case auctionContract = "auction_contract"
    case holdAuction = "hold_auction"
    case notifyReduction = "notify_reduction"
    case decideReduction = "decide_reduction"
    case postAgain = "post_again"
    case offerCreditor = "offer_creditor"
    case notifyDebtor = "notify_debtor"
    case handOver = "hand_over"
    case payPrice = "pay_price"
    case deliver
    // The plan's work on a case
    case planCase = "plan_case"
    case planStep = "plan_step"
    case persuade
    case reviewFile = "review_file"
    case repairFile = "repair_file"
    case repairViolation = "repair_violation"
    case followCommitment = "follow_commitment"
    case carryOutDirection = "carry_out_direction"
    case carryOutGuidance = "carry_out_guidance"
    case carryOutAgreement = "carry_out_agreement"
    case reportObstacle = "report_obstacle"
    // What the unit owes
    case sendLists = "send_lists"
    case sendSummary = "send_summary"
    case unitDuty = "unit_duty"
}

extension AuctionStep {
    /// The duty of the same id.
    var duty: DutyKind {
        switch self {
        case .valueContract: .valueContract
        case .auctionContract: .auctionContract
        case .holdAuction: .holdAuction
        case .notifyReduction: .notifyReduction
        case .decideReduction: .decideReduction
        case .postAgain: .postAgain
        case .offerCreditor: .offerCreditor
        case .notifyDebtor: .notifyDebtor
        case .handOver: .handOver
        case .payPrice: .payPrice
        case .deliver: .deliver
        }
    }
}

/// Where a duty is recorded as done: the kind of an import and the columns that show it.
public struct DutyRecord: Sendable, Equatable {
    public let kind: String
    public let columns: String

    /// The command that takes such a file.
    public var command: String { "caodiem import \(kind).csv" }
}

extension DutyKind {
    public var record: DutyRecord {
        switch self {
        case .issueDecision: DutyRecord(kind: "cases", columns: "decision_on")
        case .assignOfficer: DutyRecord(kind: "cases", columns: "officer_code, assigned_on")
        case .notifyDecision: DutyRecord(kind: "cases", columns: "debtor_notified_on")
        case .verify, .reverify: DutyRecord(kind: "verifications", columns: "verified_on, result")
        case .classify: decision("not_enforceable")
        case .continueEnforcement: decision("enforceable")
        case .verifyExemption: DutyRecord(kind: "exemptions", columns: "proposed_on")
        case .decidePostponement: decision("postpone")
        case .decideSuspension: decision("suspend")
        case .decideTermination: decision("terminate")
        case .resume: decision("resume")
        case .complete: decision("complete")
        case .notifyCoercion: DutyRecord(kind: "coercions", columns: "notified_on")
        case .carryOutCoercion: DutyRecord(kind: "coercions", columns: "carried_out_on, outcome")
        case .planCase: DutyRecord(kind: "plan_steps", columns: "step_no, measure, due_on")
        case .planStep: DutyRecord(kind: "plan_steps", columns: "done_on")
        case .persuade: DutyRecord(kind: "persuasions", columns: "held_on")
        case .reviewFile: DutyRecord(kind: "file_reviews", columns: "reviewed_on, result")
        case .repairFile: DutyRecord(kind: "file_reviews", columns: "repaired_on")
        case .repairViolation: DutyRecord(kind: "violations", columns: "repaired_on")
        case .followCommitment: DutyRecord(kind: "payments", columns: "paid_on, amount")
        case .carryOutDirection: carriedOut("directions")
        case .carryOutGuidance: carriedOut("guidance")
        case .carryOutAgreement: DutyRecord(kind: "coordination", columns: "done_on")
        case .reportObstacle: DutyRecord(kind: "obstacles", columns: "reported_on")
        case .sendLists, .sendSummary: DutyRecord(kind: "reports", columns: "submitted_on")
        case .unitDuty: DutyRecord(kind: "unit_duties", columns: "done_on")
        default: auctionRecord
        }
    }

    private func decision(_ kind: String) -> DutyRecord {
        DutyRecord(kind: "decisions", columns: "kind = \(kind), decided_on")
    }

    private func carriedOut(_ kind: String) -> DutyRecord {
        DutyRecord(kind: kind, columns: "done_on, obstacle_reported_on")
    }

    private var auctionRecord: DutyRecord {
        switch self {
        case .valueContract: DutyRecord(kind: "assets", columns: "valuation_contract_on")
        case .auctionContract: DutyRecord(kind: "rounds", columns: "contract_on")
        case .holdAuction: DutyRecord(kind: "rounds", columns: "held_on, outcome")
        case .notifyReduction: DutyRecord(kind: "reductions", columns: "notice_on")
        case .decideReduction: DutyRecord(kind: "reductions", columns: "reduced_on, reduced_price")
        case .postAgain: DutyRecord(kind: "rounds", columns: "posted_on")
        case .offerCreditor: DutyRecord(kind: "offers", columns: "offered_on")
        case .notifyDebtor: DutyRecord(kind: "offers", columns: "debtor_notified_on")
        case .payPrice: DutyRecord(kind: "rounds", columns: "paid_in_full_on")
        case .deliver: DutyRecord(kind: "rounds", columns: "delivered_on")
        default: DutyRecord(kind: "assets", columns: "disposed_on, disposal")
        }
    }
}
