/// What the compliance register holds against a case or a unit. The raw values are what answers carry.
public enum FindingKind: String, Sendable, CaseIterable {
    // A duty done late, or not done though its last day has passed
    case decisionLate = "decision_late"
    case assignmentLate = "assignment_late"
    case noticeLate = "notice_late"
    case verificationLate = "verification_late"
    case verificationMissed = "verification_missed"
    case classificationLate = "classification_late"
    case continuationLate = "continuation_late"
    case exemptionLate = "exemption_late"
    case postponementLate = "postponement_late"
    case suspensionLate = "suspension_late"
    case terminationLate = "termination_late"
    case resumptionLate = "resumption_late"
    case completionLate = "completion_late"
    case coercionNoticeLate = "coercion_notice_late"
    case coercionLate = "coercion_late"
    case auctionStepLate = "auction_step_late"
    case casePlanLate = "case_plan_late"
    case planStepLate = "plan_step_late"
    case persuasionLate = "persuasion_late"
    case fileReviewLate = "file_review_late"
    case fileRepairLate = "file_repair_late"
    case violationUnrepaired = "violation_unrepaired"
    case commitmentBroken = "commitment_broken"
    case directionIgnored = "direction_ignored"
    case guidanceIgnored = "guidance_ignored"
    case agreementIgnored = "agreement_ignored"
    case obstacleUnreported = "obstacle_unreported"
    case listsLate = "lists_late"
    case summaryLate = "summary_late"
    case unitDutyLate = "unit_duty_late"
    // An act that the law does not allow as it was done
    case classificationWithoutVerification = "classification_without_verification"
    case coercionInVoluntaryPeriod = "coercion_in_voluntary_period"
    case coercionOnDayOff = "coercion_on_day_off"
    case reductionTooEarly = "reduction_too_early"
    case reductionTooDeep = "reduction_too_deep"
    case handOverTooEarly = "hand_over_too_early"
    case contractWithUnfitFirm = "contract_with_unfit_firm"
    case completedWithDebt = "completed_with_debt"
    case paymentBeforeDecision = "payment_before_decision"
}

extension DutyKind {
    /// What the register says when the duty was missed or done late.
    public var finding: FindingKind {
        switch self {
        case .issueDecision: .decisionLate
        case .assignOfficer: .assignmentLate
        case .notifyDecision: .noticeLate
        case .verify: .verificationLate
        case .reverify: .verificationMissed
        case .classify: .classificationLate
        case .continueEnforcement: .continuationLate
        case .verifyExemption: .exemptionLate
        case .decidePostponement: .postponementLate
        case .decideSuspension: .suspensionLate
        case .decideTermination: .terminationLate
        case .resume: .resumptionLate
        case .complete: .completionLate
        case .notifyCoercion: .coercionNoticeLate
        case .carryOutCoercion: .coercionLate
        case .valueContract, .auctionContract, .holdAuction, .notifyReduction, .decideReduction,
            .postAgain, .offerCreditor, .notifyDebtor, .handOver, .payPrice, .deliver:
            .auctionStepLate
        case .planCase: .casePlanLate
        case .planStep: .planStepLate
        case .persuade: .persuasionLate
        case .reviewFile: .fileReviewLate
        case .repairFile: .fileRepairLate
        case .repairViolation: .violationUnrepaired
        case .followCommitment: .commitmentBroken
        case .carryOutDirection: .directionIgnored
        case .carryOutGuidance: .guidanceIgnored
        case .carryOutAgreement: .agreementIgnored
        case .reportObstacle: .obstacleUnreported
        case .sendLists: .listsLate
        case .sendSummary: .summaryLate
        case .unitDuty: .unitDutyLate
        }
    }
}
