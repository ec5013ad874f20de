/// Scores one unit against every target of the plan, in the plan's order.
///
/// - Parameter day: the as-of day; facts after it are unseen.
/// - Returns: one result a target; counts are cases, or đồng for money measures. A missing value of the law
///   makes the target `undetermined` and is named in its notes.
public func score(unit: UnitFile, plan: CampaignPlan, law: LawTable, asOf day: Day)
    -> [TargetResult]
{
    let countings = plan.targets.map { Counting(target: $0, plan: plan, law: law, asOf: day) }
    var tallies = countings.map { _ in Tally() }
    for (index, counting) in countings.enumerated() {
        if let share = counting.reportShare(of: unit) { tallies[index].add(share) }
    }
    for file in unit.cases {
        for index in countings.indices {
            countings[index].eachShare(of: file) { tallies[index].add($0) }
        }
    }
    return zip(countings, tallies).map { $1.result(of: $0) }
}

/// Scores one unit against one target.
public func score(
    unit: UnitFile, target: Target, plan: CampaignPlan, law: LawTable, asOf day: Day
) -> TargetResult {
    let counting = Counting(target: target, plan: plan, law: law, asOf: day)
    var tally = Tally()
    counting.eachShare(of: unit) { _, share in tally.add(share) }
    return tally.result(of: counting)
}

/// The province's results: for each target of the plan the sums over the units, judged by the same rule.
///
/// - Parameter units: each unit's results, as `score` returned them.
public func provinceTotals(_ units: [[TargetResult]], plan: CampaignPlan, asOf day: Day)
    -> [TargetResult]
{
    plan.targets.map { target in
        var tally = Tally()
        for results in units {
            for result in results where result.id == target.id { tally.add(result) }
        }
        return tally.result(of: target, due: plan.due(target), asOf: day, notes: [])
    }
}

/// The running sums of a target, wide enough never to overflow.
struct Tally {
    private var numerator: Int128 = 0
    private var denominator: Int128 = 0
    private var parts: [Int128] = [0, 0, 0]
    private var listed = 0
    private var daysLate: Int?
    private var isUndetermined = false
    private var unverified: Set<String> = []
    private var notes: [String] = []

    mutating func add(_ share: Share) {
        numerator += Int128(share.numerator)
        denominator += Int128(share.denominator)
        switch share.finding {
        case .withdrawn: return
        case .money(let money):
            for (index, part) in MoneyPart.allCases.enumerated() {
                parts[index] += Int128(money.amount(of: part))
            }
        case .report(_, _, let late): daysLate = late
        case .issued(_, let initiative, let verified):
            if !verified { unverified.insert(initiative.issuingRule) }
        case .missing(let missing):
            isUndetermined = true
            if !notes.contains(missing.description) { notes.append(missing.description) }
        default: break
        }
        listed += 1
    }

    mutating func add(_ result: TargetResult) {
        numerator += Int128(result.numerator)
        denominator += Int128(result.denominator)
        for (index, part) in MoneyPart.allCases.enumerated() {
            let amount = result.split.first { $0.part == part }?.amount ?? 0
            parts[index] += Int128(amount)
        }
        unverified.formUnion(result.unverified)
        if result.state == .undetermined {
            isUndetermined = true
            for note in result.notes where !notes.contains(note) { notes.append(note) }
        }
    }

    func result(of counting: Counting) -> TargetResult {
        var tally = self
        if counting.target.measure == .largeValueClassified, denominator > 0 {
            for rule in MoneyRule.allCases
            where !rule.applied(counting.law, on: counting.day).verified {
                tally.unverified.insert(rule.rawValue)
            }
        }
        var notes: [String] = []
        if let id = counting.target.list, counting.target.measure.readsList,
            let size = counting.plan.list(id)?.size, size != listed
        {
            notes.append("Danh sách có \(listed)/\(size) việc.")
        }
        return tally.result(
            of: counting.target, due: counting.plan.due(counting.target), asOf: counting.day,
            notes: notes)
    }

    func result(of target: Target, due: Day, asOf day: Day, notes extra: [String]) -> TargetResult {
        let fits = Int64(exactly: numerator) != nil && Int64(exactly: denominator) != nil
        let tooLarge = fits ? [] : ["Tổng số vượt quá giới hạn số nguyên; kiểm tra số liệu tiền."]
        return TargetResult(
            id: target.id, measure: target.measure, paragraph: target.paragraph,
            numerator: Int64(clamping: numerator), denominator: Int64(clamping: denominator),
            threshold: target.threshold,
            state: isUndetermined || !fits
                ? .undetermined : state(threshold: target.threshold, due: due, asOf: day),
            dueOn: due,
            split: target.measure.countUnit == .money ? split : [],
            daysLate: daysLate, unverified: unverified.sorted(), notes: extra + notes + tooLarge)
    }

    private var split: [SplitPart] {
        zip(MoneyPart.allCases, parts).map {
            SplitPart(part: $0, amount: Int64(clamping: $1))
        }
    }

    /// met when the rate reaches the threshold, exact fractions compared; else in progress until the due day.
    private func state(threshold: Ratio, due: Day, asOf day: Day) -> TargetState {
        if denominator == 0 { return .notApplicable }
        if Ratio(numerator, denominator) >= threshold { return .met }
        return day <= due ? .inProgress : .notMet
    }
}
