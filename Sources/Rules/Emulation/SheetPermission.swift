/// What people do with sheets and proposals.
public enum EmulationStep: String, Sendable, CaseIterable {
    case submit, review, decide, object, answer, propose
    case decideProposal = "decide_proposal"

    /// The duties that may take the step.
    public var duties: [EmulationDuty] {
        switch self {
        case .submit, .object: [.unit]
        case .review: [.council]
        case .decide, .decideProposal: [.head]
        case .answer: [.council, .head]
        case .propose: [.unit, .council, .head]
        }
    }

    /// Whether nobody takes the step for the own unit.
    var isForOthersOnly: Bool {
        switch self {
        case .review, .decide, .answer, .decideProposal: true
        case .submit, .object, .propose: false
        }
    }
}

/// Why a step is refused. Refusals are kept with who tried what, when.
public struct SheetRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Reason: String, Sendable, CaseIterable {
        /// The plan names nobody.
        case noRoles = "no_roles"
        /// The person has not the duty for the step.
        case notYourDuty = "not_your_duty"
        /// The unit is outside the person's scope.
        case notYourUnit = "not_your_unit"
        /// The unit is the person's own.
        case ownUnit = "own_unit"
        /// The person already acted on the sheet in an earlier column.
        case sameHands = "same_hands"
        /// The sheet is decided.
        case locked
        /// The step comes before its turn.
        case notYet = "not_yet"
        /// The step's turn is over.
        case over
        /// An objection waits for its answer.
        case openObjection = "open_objection"
        /// The deadline has passed.
        case late
    }

    public let reason: Reason
    /// One sentence in Vietnamese.
    public let description: String
    /// What to do instead, in Vietnamese.
    public let hint: String

    public init(_ reason: Reason, _ description: String, hint: String = "") {
        self.reason = reason
        self.description = description
        self.hint = hint
    }

    /// Whether it is about the person, rather than about the state of the sheet.
    public var isAboutRights: Bool {
        switch reason {
        case .notYourDuty, .notYourUnit, .ownUnit, .sameHands: true
        case .noRoles, .locked, .notYet, .over, .openObjection, .late: false
        }
    }
}

/// Whether the plan's roles let a person take this step for that unit; nil when they do.
public func refusal(
    of principal: String, _ step: EmulationStep, unit: String, roles: [EmulationRole]
) -> SheetRefusal? {
    guard !roles.isEmpty else {
        return SheetRefusal(
            .noRoles, "Kế hoạch chưa nêu ai được chấm, thẩm định, quyết định điểm.",
            hint: "thêm emulation.roles vào tệp kế hoạch rồi áp dụng lại")
    }
    let mine = roles.filter { $0.names(principal) }
    let ofDuty = mine.filter { step.duties.contains($0.duty) }
    guard !ofDuty.isEmpty else {
        return SheetRefusal(
            .notYourDuty, "\(principal) không có nhiệm vụ \(step.vietnamese).",
            hint: "xem emulation.roles của kế hoạch")
    }
    let own = mine.contains { role in
        role.own.contains(unit) || role.duty == .unit && role.units?.contains(unit) == true
    }
    if step.isForOthersOnly, own {
        return SheetRefusal(
            .ownUnit, "Không ai \(step.vietnamese) cho đơn vị của chính mình (\(unit)).",
            hint: "người khác có thẩm quyền thực hiện")
    }
    guard ofDuty.contains(where: { $0.units?.contains(unit) ?? true }) else {
        return SheetRefusal(
            .notYourUnit, "Đơn vị \(unit) ngoài phạm vi của \(principal).",
            hint: "xem emulation.roles của kế hoạch")
    }
    return nil
}

extension EmulationStep {
    /// As a sentence names it.
    var vietnamese: String {
        switch self {
        case .submit: "tự chấm điểm"
        case .review: "thẩm định điểm"
        case .decide: "quyết định điểm"
        case .object: "khiếu nại điểm"
        case .answer: "trả lời khiếu nại"
        case .propose: "đề nghị khen thưởng"
        case .decideProposal: "quyết định khen thưởng"
        }
    }
}

extension ScoreSheet {
    /// Whether the sheet's own state forbids the step to this person on that day; nil when it does not.
    public func refusal(
        of principal: String, _ step: EmulationStep, on day: Day, periods: ObjectionPeriods?,
        calendar: WorkingCalendar
    ) -> SheetRefusal? {
        switch step {
        case .submit: refusalToSubmit
        case .review: refusalToReview(principal)
        case .decide: refusalToDecide(principal)
        case .object: refusalToObject(on: day, until: objectUntil(periods, calendar))
        case .answer, .propose, .decideProposal: nil
        }
    }

    private var refusalToSubmit: SheetRefusal? {
        switch state {
        case .open, .submitted: nil
        case .reviewed:
            SheetRefusal(
                .over, "Phiếu của \(unit) đã được thẩm định, đơn vị không chấm lại được.",
                hint: "nếu không đồng ý: caodiem emulation object \(unit)")
        case .decided: locked
        }
    }

    private func refusalToReview(_ principal: String) -> SheetRefusal? {
        switch state {
        case .open:
            SheetRefusal(
                .notYet, "Đơn vị \(unit) chưa tự chấm điểm.",
                hint: "đơn vị gửi phiếu trước: caodiem emulation submit \(unit)")
        case .submitted, .reviewed: sameHands(principal, as: [.scored])
        case .decided: locked
        }
    }

    private func refusalToDecide(_ principal: String) -> SheetRefusal? {
        switch state {
        case .open, .submitted:
            return SheetRefusal(
                .notYet, "Phiếu của \(unit) chưa được thẩm định.",
                hint: "hội đồng thẩm định trước: caodiem emulation review \(unit)")
        case .reviewed:
            if let refusal = sameHands(principal, as: [.scored, .reviewed]) { return refusal }
            guard hasOpenObjection else { return nil }
            return SheetRefusal(
                .openObjection, "Phiếu của \(unit) còn khiếu nại chưa trả lời.",
                hint: "trả lời trước: caodiem emulation answer \(unit)")
        case .decided: return locked
        }
    }

    private func refusalToObject(on day: Day, until last: Day?) -> SheetRefusal? {
        switch state {
        case .open, .submitted:
            return SheetRefusal(
                .notYet, "Phiếu của \(unit) chưa được thẩm định, chưa có gì để khiếu nại.")
        case .reviewed, .decided:
            guard let last, day > last else { return nil }
            return SheetRefusal(
                .late, "Hết hạn khiếu nại phiếu của \(unit) từ ngày \(last.vietnamese).")
        }
    }

    private var locked: SheetRefusal {
        SheetRefusal(.locked, "Phiếu của \(unit) đã quyết định, không ai sửa được nữa.")
    }

    /// Whoever filled one of these columns leaves the next to another person.
    private func sameHands(_ principal: String, as columns: [SheetColumn]) -> SheetRefusal? {
        guard columns.contains(where: { authors(of: $0).contains(principal) }) else { return nil }
        return SheetRefusal(
            .sameHands, "\(principal) đã chấm phiếu của \(unit) ở bước trước.",
            hint: "người khác có thẩm quyền thực hiện")
    }
}
