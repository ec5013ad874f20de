/// Why a case may not stand on a list.
public enum ListObstacle: Sendable, Equatable {
    case finished(on: Day)
    case delegated
    /// Decided after the list's last day of decision.
    case tooYoung(until: Day)
    /// An asset is seized already.
    case seized(asset: String, on: Day)
    /// M-01: the latest classification is *chưa có điều kiện*.
    case notEnforceable(since: Day)
    case otherCreditor
    /// Outside the population for what the words say.
    case otherKind(String)
    /// Nothing remains to be enforced.
    case nothingLeft
    /// Decided after the day on which the list is judged.
    case notYetDecided

    /// One sentence in Vietnamese.
    public var sentence: String {
        switch self {
        case .finished(let on): "Việc đã kết thúc ngày \(on.vietnamese)."
        case .delegated: "Việc đã ủy thác cho đơn vị khác."
        case .tooYoung(let until):
            "Quyết định thi hành án ban hành sau ngày \(until.vietnamese)."
        case .seized(let asset, let on):
            "Đã kê biên tài sản \(asset) ngày \(on.vietnamese)."
        case .notEnforceable(let since):
            "Chưa có điều kiện thi hành theo quyết định ngày \(since.vietnamese) (M-01)."
        case .otherCreditor: "Người được thi hành án không phải tổ chức tín dụng."
        case .otherKind(let words): words
        case .nothingLeft: "Không còn số tiền phải thi hành."
        case .notYetDecided: "Chưa có quyết định thi hành án vào ngày xét danh sách."
        }
    }
}

/// A case as the maker of a list sees it.
public struct ListCandidate: Sendable, Equatable {
    public let key: CaseKey
    public let decisionOn: Day
    public let officer: String?
    /// What remained on the day of judgement.
    public let remaining: Dong
    /// Empty for a case that may stand on the list.
    public let obstacles: [ListObstacle]
    /// Belongs to the largest that the list has room for.
    public internal(set) var isProposed: Bool
    /// Its standing nomination.
    public let submittedOn: Day?

    public var isEligible: Bool { obstacles.isEmpty }
    public var isListed: Bool { submittedOn != nil }
}

/// One list of one unit: who belongs on it, who stands on it, and what is wrong with it.
public struct UnitList: Sendable {
    public let unit: Unit
    public let list: PlanList
    /// The last day to hand it in.
    public let dueOn: Day
    /// The day on which its cases are judged: the as-of day, at the latest the day the list is due.
    public let judgedOn: Day
    /// Cases that may stand on the list, and those that belong to its kind and may not; the largest first.
    public let candidates: [ListCandidate]
    public let findings: [ListFinding]

    public var eligible: Int { candidates.count { $0.isEligible } }
    public var listed: Int { candidates.count { $0.isListed } }
}

/// What is wrong with a list as it stands.
public struct ListFinding: Sendable, Equatable {
    public enum Code: String, Sendable, CaseIterable {
        /// A case was handed in after the list's last day.
        case late
        /// Nothing was handed in and the last day is past.
        case missing
        /// Fewer cases than the list asks for, although more are eligible.
        case short
        /// Fewer than the list asks for; the unit has no more: allowed, to be said on the list.
        case all
        /// More cases than the list has room for.
        case long
        /// A case stands on it that may not.
        case notEligible = "not_eligible"
        /// A larger eligible case stays off while a smaller one is on.
        case largerLeftOut = "larger_left_out"
    }

    public enum Severity: String, Sendable { case notice, warning, serious }

    public let code: Code
    public let severity: Severity
    /// Nil for a finding about the list as a whole.
    public let decisionNo: String?
    /// One sentence in Vietnamese.
    public let message: String
}

/// Looks at one list of one unit on a day.
public func unitList(
    _ list: PlanList, of unit: UnitFile, plan: CampaignPlan, asOf day: Day
) -> UnitList {
    let due = plan.due(list)
    let judged = min(day, due)
    var candidates = unit.cases.compactMap { file in
        candidate(file, for: list, judgedOn: judged, asOf: day)
    }
    candidates.sort { ($1.remaining, $0.key) < ($0.remaining, $1.key) }
    var room = list.size ?? Int.max
    for index in candidates.indices where candidates[index].isEligible && room > 0 {
        candidates[index].isProposed = true
        room -= 1
    }
    let found = findings(candidates, list: list, due: due, asOf: day)
    return UnitList(
        unit: unit.unit, list: list, dueOn: due, judgedOn: judged, candidates: candidates,
        findings: found)
}

/// The case as a candidate; nil where the list is not about such cases at all and does not hold it.
private func candidate(
    _ file: CaseFile, for list: PlanList, judgedOn judged: Day, asOf day: Day
) -> ListCandidate? {
    let obstacles = file.obstacles(to: list.population, on: judged)
    let submitted = file.nomination(to: list.id, on: day)?.submittedOn
    if submitted == nil, obstacles.contains(where: \.isOfAnotherKind) { return nil }
    return ListCandidate(
        key: file.key, decisionOn: file.decisionOn, officer: file.officer,
        remaining: file.remaining(on: judged), obstacles: obstacles, isProposed: false,
        submittedOn: submitted)
}

extension ListObstacle {
    /// The list was never meant for such a case, however it may change.
    fileprivate var isOfAnotherKind: Bool {
        switch self {
        case .tooYoung, .otherCreditor, .otherKind, .notYetDecided, .finished: true
        default: false
        }
    }
}

extension CaseFile {
    /// All that keeps the case off a list of this population on a day.
    public func obstacles(to population: Population?, on day: Day) -> [ListObstacle] {
        var obstacles: [ListObstacle] = []
        if decisionOn > day { obstacles.append(.notYetDecided) }
        if let on = finishedOn(by: day) {
            obstacles.append(.finished(on: on))
        } else if standing(on: day).status == .delegated {
            obstacles.append(.delegated)
        }
        if remaining(on: day) == .zero { obstacles.append(.nothingLeft) }
        guard let population else { return obstacles }
        if let until = population.decisionUntil, decisionOn > until {
            obstacles.append(.tooYoung(until: until))
        }
        if population.creditInstitutionOnly, !creditInstitution {
            obstacles.append(.otherCreditor)
        }
        obstacles += otherKinds(population)
        if population.unseizedOnly,
            let asset = assets.first(where: { $0.isOpen(on: day) || $0.isHandled(on: day) })
        {
            obstacles.append(.seized(asset: asset.assetNo, on: asset.seizedOn))
        }
        if population.enforceableOnly, let latest = latestClassification(on: day),
            latest.kind == .notEnforceable
        {
            obstacles.append(.notEnforceable(since: latest.decidedOn))
        }
        return obstacles
    }
}

extension CaseFile {
    /// What of the case itself lies outside the population.
    private func otherKinds(_ population: Population) -> [ListObstacle] {
        var found: [ListObstacle] = []
        if let from = population.decisionFrom, decisionOn < from {
            found.append(
                .otherKind("Quyết định thi hành án ban hành trước ngày \(from.vietnamese)."))
        }
        if let wanted = population.initiative, initiative != wanted {
            found.append(
                .otherKind(
                    wanted == .onRequest
                        ? "Không phải việc thi hành theo yêu cầu."
                        : "Không phải việc chủ động thi hành."))
        }
        if let wanted = population.stateRevenue, stateRevenue != wanted {
            found.append(
                .otherKind(
                    wanted
                        ? "Không phải khoản thu cho ngân sách nhà nước."
                        : "Là khoản thu cho ngân sách nhà nước."))
        }
        if let least = population.amountFrom, amountDue < least {
            found.append(.otherKind("Số tiền phải thi hành dưới \(least.amount) đồng."))
        }
        if let limit = population.amountBelow, amountDue >= limit {
            found.append(.otherKind("Số tiền phải thi hành từ \(limit.amount) đồng trở lên."))
        }
        return found
    }
}

private func findings(
    _ candidates: [ListCandidate], list: PlanList, due: Day, asOf day: Day
) -> [ListFinding] {
    var findings = sizeFindings(candidates, list: list, due: due, asOf: day)
    let listed = candidates.filter(\.isListed)
    for candidate in listed {
        let number = candidate.key.decisionNo
        if let on = candidate.submittedOn, on > due {
            findings.append(
                ListFinding(
                    code: .late, severity: .warning, decisionNo: number,
                    message: "Nộp ngày \(on.vietnamese), sau hạn \(due.vietnamese)."))
        }
        if !candidate.isEligible {
            findings.append(
                ListFinding(
                    code: .notEligible, severity: .warning, decisionNo: number,
                    message: candidate.obstacles.map(\.sentence).joined(separator: " ")))
        }
    }
    guard list.size != nil, let smallest = listed.last else { return findings }
    for candidate in candidates
    where candidate.isProposed && !candidate.isListed && candidate.remaining > smallest.remaining {
        findings.append(
            ListFinding(
                code: .largerLeftOut, severity: .serious, decisionNo: candidate.key.decisionNo,
                message:
                    "Còn phải thi hành \(candidate.remaining.amount) đồng, không có trong danh sách; "
                    + "việc \(smallest.key.decisionNo) trong danh sách chỉ còn "
                    + "\(smallest.remaining.amount) đồng."))
    }
    return findings
}

/// Findings about how many cases stand on the list.
private func sizeFindings(
    _ candidates: [ListCandidate], list: PlanList, due: Day, asOf day: Day
) -> [ListFinding] {
    let listed = candidates.count { $0.isListed }
    let eligible = candidates.count { $0.isEligible }
    func finding(
        _ code: ListFinding.Code, _ severity: ListFinding.Severity, _ message: String
    ) -> [ListFinding] {
        [ListFinding(code: code, severity: severity, decisionNo: nil, message: message)]
    }
    if listed == 0 {
        guard day > due, eligible > 0 else { return [] }
        return finding(.missing, .serious, "Chưa nộp danh sách; hạn \(due.vietnamese).")
    }
    guard let size = list.size else {
        let left = candidates.count { $0.isEligible && !$0.isListed }
        return left == 0
            ? []
            : finding(.short, .warning, "Còn \(left) việc đủ điều kiện chưa đưa vào danh sách.")
    }
    if listed > size {
        return finding(.long, .warning, "Danh sách có \(listed) việc, kế hoạch giao \(size) việc.")
    }
    guard listed < size else { return [] }
    let addable = candidates.count { $0.isEligible && !$0.isListed }
    return addable > 0
        ? finding(
            .short, .warning,
            "Danh sách có \(listed)/\(size) việc, còn \(addable) việc đủ điều kiện chưa đưa vào.")
        : finding(
            .all, .notice,
            "Danh sách có \(listed)/\(size) việc: đơn vị không còn việc đủ điều kiện.")
}
