/// A fact that a verdict was read from.
public struct Fact: Hashable, Sendable {
    /// Name of the column, e.g. `seized_on`.
    public let name: String
    /// Days as `YYYY-MM-DD`, money as plain digits.
    public let value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    init(_ name: String, _ day: Day) { self.init(name, day.description) }
    init(_ name: String, amount: Int64) { self.init(name, String(amount)) }
}

/// Why one entry of a target counts as it does.
public struct CaseReason: Sendable, Equatable {
    /// Empty for the report measures, whose entry is the unit's report.
    public let decisionNo: String
    /// Counts in the numerator.
    public let isIn: Bool
    /// Counts in the denominator.
    public let isCounted: Bool
    /// Id of the rule: of the law book, or the measure's name where the plan alone rules.
    public let rule: String
    public let citation: Citation
    public let facts: [Fact]
    /// Share of the numerator and of the denominator: cases, or đồng.
    public let numerator: Int64
    public let denominator: Int64
    /// One sentence in Vietnamese.
    public let reason: String
    public let verified: Bool
}

/// A target's result with every entry that it was counted from.
public struct Explanation: Sendable {
    public let summary: TargetResult
    /// Sorted by decision number; their shares sum to the summary's numerator and denominator.
    public let reasons: [CaseReason]
}

/// Explains one target of one unit: every case of its denominator, and for a list measure every case of the
/// list, also the withdrawn and those left out.
public func explain(
    target: Target, unit: UnitFile, plan: CampaignPlan, law: LawTable, asOf day: Day
) -> Explanation {
    let counting = Counting(target: target, plan: plan, law: law, asOf: day)
    var count = TargetCount()
    var reasons: [(key: String, reason: CaseReason)] = []
    if let share = counting.reportShare(of: unit.unit, unit.reports) {
        reasons.append(("", counting.reason(for: share, in: nil)))
    }
    for file in unit.cases {
        count.add(file, by: counting) { share in
            reasons.append((file.key.decisionNo, counting.reason(for: share, in: file)))
        }
    }
    return Explanation(
        summary: count.result(of: unit.unit, reports: unit.reports, by: counting),
        reasons: reasons.sorted { $0.key < $1.key }.map(\.reason))
}

/// The parts of a reason that depend on the finding.
struct Wording {
    var rule: String?
    var citation: Citation?
    var facts: [Fact] = []
    var sentence: String
    var verified = true
}

extension Counting {
    func reason(for share: Share, in file: CaseFile?) -> CaseReason {
        let wording = file.map { word(share.finding, $0) } ?? wordReport(share.finding)
        return CaseReason(
            decisionNo: file?.key.decisionNo ?? "", isIn: share.numerator > 0,
            isCounted: share.denominator > 0, rule: wording.rule ?? target.measure.rawValue,
            citation: wording.citation
                ?? Citation(instrument: plan.citation, place: target.paragraph),
            facts: wording.facts, numerator: share.numerator, denominator: share.denominator,
            reason: wording.sentence, verified: wording.verified)
    }

    private func word(_ finding: Finding, _ file: CaseFile) -> Wording {
        switch finding {
        case .withdrawn(let on):
            return Wording(
                facts: [Fact("withdrawn_on", on)],
                sentence: "Việc đã được rút khỏi danh sách ngày \(on.vietnamese).")
        case .staged, .notStaged: return wordStage(finding, file)
        case .finished, .classified, .unclassified: return wordClass(finding, file)
        case .resolved, .unresolved: return wordResolved(finding, file)
        case .money(let share): return wordMoney(share)
        case .issued, .missing: return wordIssued(finding, file)
        case .classification(let decision, let verification, let violation):
            return wordClassification(file, decision, verification, violation)
        case .violation(let index): return wordViolation(file.violations[index])
        case .coercion(let index): return wordCoercion(file.coercions[index])
        case .report: return wordReport(finding)
        case .worked(let status): return wordWorked(status, file)
        case .stock(let then, let now): return wordStock(then: then, now: now, file)
        }
    }
}
