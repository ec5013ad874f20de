/// Scores one unit against every target of the plan, in the plan's order.
///
/// - Parameter day: the as-of day; facts after it are unseen.
/// - Returns: one result a target; counts are cases, or đồng for money measures. A missing value of the law
///   makes the target `undetermined` and is named in its notes.
public func score(unit: UnitFile, plan: CampaignPlan, law: LawTable, asOf day: Day)
    -> [TargetResult]
{
    var counts = plan.targets.map {
        TargetCount(Counting(target: $0, plan: plan, law: law, asOf: day))
    }
    for index in counts.indices {
        if let share = counts[index].counting.reportShare(of: unit) { counts[index].add(share) }
    }
    for file in unit.cases {
        for index in counts.indices {
            counts[index].counting.eachShare(of: file) { counts[index].add($0, of: file) }
        }
    }
    return counts.map { $0.result(for: unit) }
}

/// Scores one unit against one target.
public func score(
    unit: UnitFile, target: Target, plan: CampaignPlan, law: LawTable, asOf day: Day
) -> TargetResult {
    let counting = Counting(target: target, plan: plan, law: law, asOf: day)
    var count = TargetCount(counting)
    counting.eachShare(of: unit) { index, share in
        if let index { count.add(share, of: unit.cases[index]) } else { count.add(share) }
    }
    return count.result(for: unit)
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
        case .worked(let status):
            if status == .postponed || status == .suspended { unverified.insert("S-13") }
        case .missing(let missing):
            isUndetermined = true
            if !notes.contains(missing.description) { notes.append(missing.description) }
        default: break
        }
        listed += 1
    }

    /// The number that is asked takes the place of what was counted.
    mutating func setDenominator(_ amount: Int64) { denominator = Int128(amount) }

    /// The sums so far.
    var figure: FormerFigure {
        FormerFigure(
            numerator: Int64(clamping: numerator), denominator: Int64(clamping: denominator))
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

    /// The result of one unit.
    func result(of counting: Counting, asked: Asked, parts scopeParts: [ScopePart]) -> TargetResult
    {
        let target = counting.target
        var tally = self
        if target.measure == .largeValueClassified, denominator > 0 {
            for rule in MoneyRule.allCases
            where !rule.applied(counting.law, on: counting.day).verified {
                tally.unverified.insert(rule.rawValue)
            }
        }
        var notes: [String] = []
        if let id = target.list, target.measure.readsList, let size = counting.plan.list(id)?.size,
            size != listed
        {
            notes.append("Danh sách có \(listed)/\(size) việc.")
        }
        if let absolute = asked.absolute {
            tally.denominator = Int128(absolute) * Int128(target.share(of: scopeParts.count))
        }
        if let missing = asked.missing, denominator > 0 {
            tally.isUndetermined = true
            notes.append(missing)
        }
        let due = counting.plan.due(target)
        var result = tally.result(
            of: target, asks: asked.threshold, due: due, asOf: counting.day, notes: notes)
        result.before = asked.before
        return result.judged(by: scopeParts)
    }

    /// The figures of one part of the scope.
    func part(_ key: String, asked: Asked, due: Day, on day: Day) -> ScopePart {
        var tally = self
        if let absolute = asked.absolute { tally.denominator = Int128(absolute) }
        let undetermined = isUndetermined || asked.missing != nil
        let figure = tally.figure
        return ScopePart(
            key: key, numerator: figure.numerator, denominator: figure.denominator,
            threshold: asked.threshold,
            state: undetermined
                ? .undetermined : tally.state(threshold: asked.threshold, due: due, asOf: day))
    }

    func result(
        of target: Target, asks threshold: Ratio, due: Day, asOf day: Day, notes extra: [String]
    ) -> TargetResult {
        let fits = Int64(exactly: numerator) != nil && Int64(exactly: denominator) != nil
        let tooLarge = fits ? [] : ["Tổng số vượt quá giới hạn số nguyên; kiểm tra số liệu tiền."]
        return TargetResult(
            id: target.id, measure: target.measure, paragraph: target.paragraph,
            numerator: Int64(clamping: numerator), denominator: Int64(clamping: denominator),
            threshold: threshold,
            state: isUndetermined || !fits
                ? .undetermined : state(threshold: threshold, due: due, asOf: day),
            dueOn: due, split: target.measure.hasSplit ? split : [],
            daysLate: daysLate, unverified: unverified.sorted(), notes: extra + notes + tooLarge,
            scope: target.scope)
    }

    private var split: [SplitPart] {
        zip(MoneyPart.allCases, parts).map {
            SplitPart(part: $0, amount: Int64(clamping: $1))
        }
    }

    /// met when the rate reaches the threshold, exact fractions compared; else in progress until the due day.
    func state(threshold: Ratio, due: Day, asOf day: Day) -> TargetState {
        if denominator <= 0 { return .notApplicable }
        if Ratio(numerator, denominator) >= threshold { return .met }
        return day <= due ? .inProgress : .notMet
    }
}
