/// The conditions of each kind of decision beside its ground.
extension DecisionJudge {
    // MARK: Classification (Art. 44a; ND62 Art. 9)

    mutating func judgeNotEnforceable() {
        if let standing = file.latestClassification(on: day), standing.kind == .notEnforceable {
            refuse(
                "D.rule.verified",
                "Đã có quyết định về việc chưa có điều kiện thi hành án ngày "
                    + "\(standing.decidedOn.vietnamese) và còn hiệu lực.",
                "Không cần quyết định mới; tiếp tục xác minh định kỳ.")
        }
        guard let verification = requireVerification(.notEnforceable) else { return }
        if let found = verification.ground, let ground = decision.ground, found != ground {
            ask("ground_verified", "Kết quả xác minh ghi căn cứ \(found)")
        }
        switch decision.ground {
        case "44a.1.a":
            if file.assets.contains(where: { $0.isOpen(on: day) }) {
                ask("asset_covers_costs_only", "Việc còn tài sản đang kê biên")
            }
        case "44a.1.b":
            if verification.ground != "44a.1.b" { ask("ground_verified") }
        case "44a.1.c":
            if !file.addressUnknown, verification.ground != "44a.1.c" { ask("address_unknown") }
        default: break
        }
    }

    /// The decision to continue after a 44a decision, once the debtor has means again.
    mutating func judgeEnforceable() {
        guard let standing = file.latestClassification(on: day), standing.kind == .notEnforceable
        else {
            refuse(
                "D.rule.means_back",
                "Việc không đang ở tình trạng chưa có điều kiện thi hành án.",
                "Việc đang hoãn hoặc tạm đình chỉ thì dùng quyết định tiếp tục (resume).")
            return
        }
        guard let verification = requireVerification(.enforceable) else { return }
        if verification.verifiedOn < standing.decidedOn {
            refuse(
                "D.rule.means_back",
                "Chưa có kết quả xác minh có điều kiện sau quyết định ngày "
                    + "\(standing.decidedOn.vietnamese).",
                "Xác minh lại rồi ghi kết quả: caodiem case record verifications.")
        }
    }

    /// The latest verification by the day: of the wanted result, and no older than the cycle of Art. 44.2.
    private mutating func requireVerification(_ wanted: VerificationResult) -> Verification? {
        let known = file.verifications.filter { $0.verifiedOn <= day }
        let latest = known.max { $0.verifiedOn < $1.verifiedOn }
        guard let latest else {
            refuse(
                "D.rule.verified", "Chưa có kết quả xác minh điều kiện thi hành án.",
                "Xác minh rồi ghi kết quả: caodiem case record verifications.")
            return nil
        }
        guard latest.result == wanted else {
            refuse(
                "D.rule.verified",
                "Xác minh gần nhất (ngày \(latest.verifiedOn.vietnamese)) có kết quả "
                    + "“\(latest.result.vietnamese)”.",
                "Quyết định theo kết quả xác minh, hoặc xác minh lại.")
            return nil
        }
        let cycle = verificationCycle
        guard let period = try? law.period(cycle, on: day) else {
            askForLaw(cycle)
            return latest
        }
        let last = period.period.end(from: latest.verifiedOn)
        if last < day {
            refuse(
                cycle,
                "Xác minh gần nhất (ngày \(latest.verifiedOn.vietnamese)) đã quá kỳ xác minh, "
                    + "chỉ dùng được đến ngày \(last.vietnamese).",
                "Xác minh lại rồi ghi kết quả: caodiem case record verifications.")
        }
        return latest
    }

    private var verificationCycle: String {
        let long = "E-12.prison_or_address_unknown"
        if file.addressUnknown || decision.ground == "44a.1.c" { return long }
        guard let until = file.prisonUntil,
            let least = try? law.period("E-12.prison_years", on: day)
        else { return "E-12" }
        return until >= least.period.end(from: day) ? long : "E-12"
    }

    // MARK: Postponement, suspension, continuation (Art. 48, 49; ND62 Art. 14)

    mutating func judgePostponement() {
        refuseWhileSuspended()
        if file.standing(on: day).status == .postponed { ask("replaces_postponement") }
        if let until = decision.untilOn, until < day {
            refuse(
                "D.rule.agreed_term",
                "Hạn hoãn (\(until.vietnamese)) trước ngày quyết định (\(day.vietnamese)).",
                "Ghi lại hạn hoãn.")
        }
        switch decision.ground {
        case "48.1.a", "48.1.b": ask("personal_duty")
        case "48.1.c":
            if decision.untilOn == nil {
                refuse(
                    "D.rule.agreed_term", "Đương sự đồng ý hoãn nhưng không ghi thời hạn hoãn.",
                    "Ghi thời hạn theo văn bản đồng ý: --until NGÀY.")
            }
        case "48.1.d":
            if file.assets.count(where: { $0.isOpen(on: day) }) > 1 {
                ask("no_other_assets", "Việc có nhiều tài sản đang kê biên")
            }
        case "48.1.h": judgeUnsoldAsset()
        case "48.2": judgeAppealRequest()
        default: break
        }
    }

    /// 48.1.h: a seized asset stays unsold and the creditor has refused it.
    private mutating func judgeUnsoldAsset() {
        let open = file.assets.filter { $0.isOpen(on: day) }
        let isUnsold = open.contains { asset in
            asset.rounds.contains { round in
                round.outcome?.isFailure == true && (round.heldOn.map { $0 <= day } ?? false)
            }
        }
        guard isUnsold else {
            refuse(
                "D.rule.unsold", "Không có tài sản kê biên nào đấu giá không thành.",
                "Ghi kết quả đấu giá, hoặc chọn căn cứ khác.")
            return
        }
        let isRefused = open.contains { asset in
            asset.offers.contains { offer in
                offer.answer == .refused && (offer.answeredOn.map { $0 <= day } ?? false)
            }
        }
        if !isRefused {
            refuse(
                "D.rule.unsold",
                "Chưa ghi nhận người được thi hành án không nhận tài sản để thi hành án.",
                "Đề nghị người được thi hành án nhận tài sản và ghi câu trả lời trước khi hoãn.")
        }
    }

    /// 48.2: one request only, at most three months from its day.
    private mutating func judgeAppealRequest() {
        let before = file.decisions.contains {
            $0.kind == .postpone && $0.ground == "48.2" && $0.decidedOn < day
        }
        if before {
            refuse(
                "D.rule.appeal_once",
                "Việc đã được hoãn một lần theo yêu cầu của người có thẩm quyền kháng nghị.",
                "Chờ quyết định kháng nghị; có quyết định tạm đình chỉ thì dùng suspend.")
        }
        guard let requested = decision.groundOn else {
            refuse(
                "C-06", "Thiếu ngày ra văn bản yêu cầu hoãn để tính thời hạn hoãn.",
                "Ghi ngày của văn bản yêu cầu: --ground-on NGÀY.")
            return
        }
        guard let period = try? law.period("C-06", on: day) else { return askForLaw("C-06") }
        let last = law.calendar.due(period.period, from: requested)
        if let until = decision.untilOn ?? (day > last ? day : nil), until > last {
            refuse(
                "C-06",
                "Hoãn đến ngày \(until.vietnamese) là quá thời hạn: chỉ được hoãn đến hết ngày "
                    + "\(last.vietnamese), kể từ văn bản ngày \(requested.vietnamese).",
                "Ghi hạn hoãn không quá ngày \(last.vietnamese).")
        }
    }

    mutating func judgeSuspension() { refuseWhileSuspended() }

    private mutating func refuseWhileSuspended() {
        let standing = file.standing(on: day)
        guard standing.status == .suspended else { return }
        refuse(
            "D.rule.suspended", "Việc đang tạm đình chỉ từ ngày \(standing.since.vietnamese).",
            "Có căn cứ của Điều 49.3 thì ra quyết định tiếp tục (resume) trước.")
    }

    mutating func judgeResumption() {
        let standing = file.standing(on: day)
        switch standing.status {
        case .suspended:
            if decision.ground == nil || decision.ground == "48.4" {
                refuse(
                    "D.rule.after_suspension",
                    "Việc đang tạm đình chỉ từ ngày \(standing.since.vietnamese); tiếp tục cần "
                        + "quyết định rút kháng nghị, giữ nguyên bản án hoặc đình chỉ thủ tục phá sản.",
                    "Ghi căn cứ 49.3.a, 49.3.b hoặc 49.3.c.")
            }
        case .postponed:
            if decision.ground?.hasPrefix("49.") == true {
                refuse(
                    "D.rule.postponed_or_suspended",
                    "Việc đang hoãn, không phải tạm đình chỉ.", "Ghi căn cứ 48.4.")
            }
            let order = file.decisionsInOrder(by: day).last { $0.kind == .postpone }
            if let until = order?.untilOn, day <= until {
                ask("ground_gone", "Thời hạn hoãn đến hết ngày \(until.vietnamese)")
            }
        default:
            refuse(
                "D.rule.postponed_or_suspended",
                "Việc không đang hoãn hoặc tạm đình chỉ (\(standing.status.vietnamese)).",
                standing.status == .notEnforceable
                    ? "Việc chưa có điều kiện thì dùng quyết định enforceable khi có điều kiện trở lại."
                    : "Không cần quyết định tiếp tục.")
        }
    }

    // MARK: Termination, completion, delegation, reduction (Art. 50, 52, 55, 61)

    mutating func judgeTermination() {
        let left = file.remaining(on: day)
        if let amount = decision.amount, amount != left {
            refuse(
                "D.rule.whole",
                "Số tiền đình chỉ (\(amount.vietnamese) đ) khác số còn phải thi hành "
                    + "(\(left.vietnamese) đ).",
                amount < left
                    ? "Đình chỉ một phần thì dùng reduce_obligation."
                    : "Ghi đúng số còn phải thi hành, hoặc bỏ trống.")
        }
        switch decision.ground {
        case "50.1.b": ask("heirs_notified")
        case "50.1.c":
            ask("no_third_party_harmed")
            if file.stateRevenue { ask("creditor_may_waive", "Khoản thu cho ngân sách nhà nước") }
        case "50.1.e":
            if grantedExemption == nil { ask("exemption_decided") }
        default: break
        }
    }

    mutating func judgeCompletion() {
        if decision.ground == "52.2" {
            refuse(
                "D.rule.termination_ends", "Căn cứ này là quyết định đình chỉ.",
                "Ghi quyết định đình chỉ (terminate); việc kết thúc theo quyết định đó.")
        }
        let left = file.remaining(on: day)
        if left > .zero {
            refuse(
                "D.rule.debt_left", "Còn phải thi hành \(left.vietnamese) đ.",
                "Ghi các khoản đã thu, hoặc quyết định đình chỉ, miễn giảm phần còn lại.")
        }
        if file.assets.contains(where: { $0.isOpen(on: day) }) { ask("seizure_released") }
        if file.amountDue == .zero { ask("duties_done") }
    }

    mutating func judgeDelegation() {
        if file.assets.contains(where: { $0.isOpen(on: day) }) { ask("local_assets_handled") }
    }

    mutating func judgeReduction() {
        let left = file.remaining(on: day)
        guard let amount = decision.amount, amount > .zero else {
            refuse(
                "D.rule.whole", "Thiếu số tiền được giảm hoặc đình chỉ.",
                "Ghi số tiền: --amount SỐ.")
            return
        }
        if amount >= left {
            refuse(
                "D.rule.whole",
                "Số tiền (\(amount.vietnamese) đ) không nhỏ hơn số còn phải thi hành "
                    + "(\(left.vietnamese) đ).",
                "Miễn, đình chỉ toàn bộ phần còn lại thì dùng terminate.")
        }
        if decision.ground == "50.1.c" {
            ask("no_third_party_harmed")
            if file.stateRevenue { ask("creditor_may_waive", "Khoản thu cho ngân sách nhà nước") }
        }
        if decision.ground?.hasPrefix("61.") == true, grantedExemption != amount {
            ask("exemption_decided")
        }
    }

    /// What the court's latest recorded decision by the day exempts or reduces.
    private var grantedExemption: Dong? {
        let granted = file.exemptions.filter {
            ($0.outcome == .granted || $0.outcome == .partly)
                && ($0.decidedOn.map { $0 <= day } ?? false)
        }
        let latest = granted.max {
            ($0.decidedOn ?? $0.proposedOn) < ($1.decidedOn ?? $1.proposedOn)
        }
        return latest.flatMap { $0.grantedAmount ?? $0.amount }
    }
}

extension Period {
    /// The last day counted plainly, for looking back: days off do not move it.
    fileprivate func end(from day: Day) -> Day {
        switch self {
        case .workingDays(let count), .calendarDays(let count): day + count
        case .months(let count): day.adding(months: count)
        case .years(let count): day.adding(years: count)
        }
    }
}
