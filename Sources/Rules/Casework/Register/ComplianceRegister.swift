/// What stands against the unit and its cases on `day`: duties done late or still not done, and acts that the
/// law does not allow as they were done. Computed from the facts by the day; those of finished cases count too.
///
/// - Parameter firms: against whose licences the contracts of the cases are held.
/// - Parameter from: findings of that day and later alone; nil for all.
public func complianceRegister(
    of unit: UnitFile, plan: CampaignPlan?, law: LawTable, firms: RegisteredFirms, asOf day: Day,
    from: Day? = nil
) -> ComplianceRegister {
    var register = ComplianceRegister()
    register.add(unitDuties(of: unit, plan: plan, law: law, asOf: day), asOf: day)
    for file in unit.cases {
        register.add(caseDuties(of: file, plan: plan, law: law, asOf: day), asOf: day)
        var acts = ActFinder(file: file, law: law, day: day)
        acts.run()
        register.rows += acts.rows
    }
    register.rows += contractsWithUnfitFirms(of: unit.cases, firms, law, asOf: day)
    if let from { register.rows.removeAll { $0.day < from } }
    return register
}

extension ComplianceRegister {
    fileprivate mutating func add(_ duties: Duties, asOf day: Day) {
        for duty in duties.done where duty.isDoneLate { rows.append(RegisterRow(duty, on: day)) }
        for duty in duties.open where duty.isOverdue(on: day) {
            rows.append(RegisterRow(duty, on: day))
        }
    }
}

extension RegisterRow {
    /// A duty done late, or not done by `day` though its last day has passed.
    fileprivate init(_ duty: Duty, on day: Day) {
        var facts: [RegisterFact] = []
        if let subject = duty.subject { facts.append(RegisterFact(subject, nil)) }
        if duty.triggerOn != duty.dueOn {
            facts.append(RegisterFact(duty.kind.startWords, duty.triggerOn))
        }
        facts.append(RegisterFact("hạn cuối", duty.dueOn))
        facts.append(
            duty.doneOn.map { RegisterFact("đã làm", $0) } ?? RegisterFact("chưa làm", day))
        self.init(
            finding: duty.kind.finding, duty: duty.kind, unit: duty.unit,
            decisionNo: duty.decisionNo, assetNo: duty.assetNo, officer: duty.officer,
            rule: duty.rule, citation: duty.citation, verified: duty.verified,
            triggerOn: duty.triggerOn, dueOn: duty.dueOn, doneOn: duty.doneOn,
            daysLate: (duty.doneOn ?? day) - duty.dueOn, facts: facts)
    }
}

extension DutyKind {
    /// What starts the period, in the words of an office.
    fileprivate var startWords: String {
        switch self {
        case .issueDecision: "nhận yêu cầu hoặc bản án, quyết định"
        case .assignOfficer, .notifyDecision: "ra quyết định thi hành án"
        case .verify: "hết thời hạn tự nguyện"
        case .reverify: "xác minh lần trước"
        case .classify: "có căn cứ chưa có điều kiện"
        case .continueEnforcement: "xác minh thấy có điều kiện trở lại"
        case .verifyExemption: "đủ điều kiện xét miễn, giảm"
        case .decidePostponement, .decideSuspension, .decideTermination: "có căn cứ"
        case .resume: "hết thời hạn hoặc căn cứ hoãn, tạm đình chỉ không còn"
        case .complete: "không còn phải thi hành"
        case .notifyCoercion, .carryOutCoercion: "ra quyết định cưỡng chế"
        case .valueContract: "kê biên"
        case .auctionContract: "thẩm định giá"
        case .holdAuction: "ký hợp đồng đấu giá"
        case .notifyReduction, .offerCreditor, .notifyDebtor: "được báo đấu giá không thành"
        case .decideReduction: "bắt đầu thời hạn giảm giá"
        case .postAgain: "giảm giá"
        case .handOver: "thông báo cho người phải thi hành án"
        case .payPrice: "bán đấu giá thành"
        case .deliver: "người mua nộp đủ tiền"
        case .planCase, .persuade, .reviewFile: "đưa vào danh sách"
        case .repairFile: "kiểm tra hồ sơ"
        case .repairViolation: "phát hiện vi phạm"
        case .carryOutDirection: "chỉ đạo"
        case .carryOutGuidance: "hướng dẫn"
        case .carryOutAgreement: "cuộc họp phối hợp"
        case .reportObstacle: "gặp khó khăn, vướng mắc"
        case .planStep, .followCommitment, .sendLists, .sendSummary, .unitDuty: "ngày đã định"
        }
    }
}
