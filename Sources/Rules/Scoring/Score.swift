/// Scores one unit against every target of the plan, in the plan's order.
///
/// - Parameter day: the as-of day; facts after it are unseen.
/// - Returns: one result a target; counts are cases, or đồng for money measures. A missing value of the law
///   makes the target `undetermined` and is named in its notes.
public func score(unit: UnitFile, plan: CampaignPlan, law: LawTable, asOf day: Day)
    -> [TargetResult]
{
    Scorer(plan: plan, law: law, asOf: day).score(unit)
}

/// Scores one unit against one target.
public func score(
    unit: UnitFile, target: Target, plan: CampaignPlan, law: LawTable, asOf day: Day
) -> TargetResult {
    let counting = Counting(target: target, plan: plan, law: law, asOf: day)
    var count = TargetCount()
    for file in unit.cases { count.add(file, by: counting) }
    return count.result(of: unit.unit, reports: unit.reports, by: counting)
}

/// How the targets of a plan are counted on a day: the same for every unit.
public struct Scorer: Sendable {
    public let plan: CampaignPlan
    public let day: Day
    let countings: [Counting]

    public init(plan: CampaignPlan, law: LawTable, asOf day: Day) {
        self.plan = plan
        self.day = day
        countings = plan.targets.map { Counting(target: $0, plan: plan, law: law, asOf: day) }
    }

    /// The results of one unit, one a target.
    public func score(_ unit: UnitFile) -> [TargetResult] {
        var count = UnitCount(self)
        for file in unit.cases { count.add(file, by: self) }
        return count.results(of: unit.unit, reports: unit.reports, by: self)
    }
}

/// The sums that one unit's results are counted from. What a case adds can be taken off again, so that sums
/// are kept as cases come, change and go, and equal those of a count from the start.
public struct UnitCount: Sendable {
    private var targets: [TargetCount]

    public init(_ scorer: Scorer) {
        targets = scorer.countings.map { _ in TargetCount() }
    }

    /// Adds what a case counts.
    public mutating func add(_ file: borrowing CaseFile, by scorer: Scorer) {
        for index in targets.indices { targets[index].add(file, by: scorer.countings[index]) }
    }

    /// Takes off what the case counted when its facts were these.
    public mutating func remove(_ file: borrowing CaseFile, by scorer: Scorer) {
        for index in targets.indices {
            targets[index].add(file, by: scorer.countings[index], times: -1)
        }
    }

    /// The unit's results, with those of its reports, which are counted anew each time.
    public func results(
        of unit: Unit, reports: [Report], by scorer: Scorer
    ) -> [TargetResult] {
        zip(targets, scorer.countings).map { $0.result(of: unit, reports: reports, by: $1) }
    }
}

/// The running sums of a target, wide enough never to overflow.
/// Each sum can be undone: what was added `times: -1` leaves no trace.
struct Tally: Sendable {
    private var numerator: Int128 = 0
    private var denominator: Int128 = 0
    private var collected: Int128 = 0
    private var terminated: Int128 = 0
    private var exempted: Int128 = 0
    /// Shares of any kind, and those that stand.
    private var entries = 0
    private var listed = 0
    private var daysLate: Int?
    /// Shares or results that cannot be determined.
    private var undetermined = 0
    private var unverified = Occurrences()
    private var notes = Occurrences()

    /// Nothing is counted.
    var isEmpty: Bool { entries == 0 }

    mutating func add(_ share: Share, times sign: Int = 1) {
        entries += sign
        numerator += Int128(share.numerator) * Int128(sign)
        denominator += Int128(share.denominator) * Int128(sign)
        switch share.finding {
        case .withdrawn: return
        case .money(let money):
            collected += Int128(money.collected) * Int128(sign)
            terminated += Int128(money.terminated) * Int128(sign)
            exempted += Int128(money.exempted) * Int128(sign)
        case .report(_, _, let late): daysLate = late
        case .issued(_, let initiative, let verified):
            if !verified { unverified.add(initiative.issuingRule, times: sign) }
        case .worked(let status):
            if status == .postponed || status == .suspended {
                unverified.add("S-13", times: sign)
            }
        case .missing(let missing):
            undetermined += sign
            notes.add(missing.description, times: sign)
        default: break
        }
        listed += sign
    }

    /// The number that is asked takes the place of what was counted.
    mutating func setDenominator(_ amount: Int64) { denominator = Int128(amount) }

    /// The sums so far.
    var figure: FormerFigure {
        FormerFigure(
            numerator: Int64(clamping: numerator), denominator: Int64(clamping: denominator))
    }

    mutating func add(_ result: TargetResult, times sign: Int = 1) {
        numerator += Int128(result.numerator) * Int128(sign)
        denominator += Int128(result.denominator) * Int128(sign)
        for part in result.split {
            let amount = Int128(part.amount) * Int128(sign)
            switch part.part {
            case .collected: collected += amount
            case .terminated: terminated += amount
            case .exempted: exempted += amount
            }
        }
        for rule in result.unverified { unverified.add(rule, times: sign) }
        if result.state == .undetermined {
            undetermined += sign
            for note in result.notes { notes.add(note, times: sign) }
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
                tally.unverified.add(rule.rawValue)
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
            tally.undetermined += 1
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
        let isUndetermined = undetermined > 0 || asked.missing != nil
        let figure = tally.figure
        return ScopePart(
            key: key, numerator: figure.numerator, denominator: figure.denominator,
            threshold: asked.threshold,
            state: isUndetermined
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
            state: undetermined > 0 || !fits
                ? .undetermined : state(threshold: threshold, due: due, asOf: day),
            dueOn: due, split: target.measure.hasSplit ? split : [],
            daysLate: daysLate, unverified: unverified.names, notes: extra + notes.names + tooLarge,
            scope: target.scope)
    }

    private var split: [SplitPart] {
        MoneyPart.allCases.map { part in
            let amount =
                switch part {
                case .collected: collected
                case .terminated: terminated
                case .exempted: exempted
                }
            return SplitPart(part: part, amount: Int64(clamping: amount))
        }
    }

    /// met when the rate reaches the threshold, exact fractions compared; else in progress until the due day.
    func state(threshold: Ratio, due: Day, asOf day: Day) -> TargetState {
        if denominator <= 0 { return .notApplicable }
        if Ratio(numerator, denominator) >= threshold { return .met }
        return day <= due ? .inProgress : .notMet
    }
}

/// Names and how often each occurs.
struct Occurrences: Sendable {
    private var counts: [String: Int] = [:]

    /// Those that occur, sorted.
    var names: [String] { counts.keys.sorted() }

    mutating func add(_ name: String, times sign: Int = 1) {
        let count = counts[name, default: 0] + sign
        counts[name] = count == 0 ? nil : count
    }
}
