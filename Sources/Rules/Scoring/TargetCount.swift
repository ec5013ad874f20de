/// A target being counted for one unit: its sum, and those of the parts of its scope.
struct TargetCount {
    let counting: Counting
    private var tally = Tally()
    private var parts: [String: Tally] = [:]

    init(_ counting: Counting) { self.counting = counting }

    /// Adds a share of a case, or of the unit as a whole where there is none.
    mutating func add(_ share: Share, of file: borrowing CaseFile) {
        tally.add(share)
        switch counting.target.scope {
        case .officer: parts[file.officer ?? "", default: Tally()].add(share)
        case .category: parts[file.category.rawValue, default: Tally()].add(share)
        case .unit, .cluster, .province: break
        }
    }

    mutating func add(_ share: Share) { tally.add(share) }

    /// What came of it, for the unit that was counted.
    func result(for unit: UnitFile) -> TargetResult {
        let asked = counting.asked(of: unit)
        let scopeParts = parts.sorted { $0.key < $1.key }.map { key, part in
            part.part(key, asked: asked, due: counting.plan.due(counting.target), on: counting.day)
        }
        return tally.result(of: counting, asked: asked, parts: scopeParts)
    }
}

/// What a target asks of one unit.
struct Asked {
    var threshold: Ratio
    /// The number of cases, or đồng, that takes the place of the denominator.
    var absolute: Int64?
    /// The year before, where it is compared with.
    var before: FormerFigure?
    /// Why it cannot be said, in Vietnamese.
    var missing: String?
}

/// The figures of the year before that a target is compared with.
public struct FormerFigure: Hashable, Sendable {
    public let numerator: Int64
    public let denominator: Int64

    public init(numerator: Int64, denominator: Int64) {
        self.numerator = numerator
        self.denominator = denominator
    }
}

extension Counting {
    /// What the target asks of this unit on this day.
    func asked(of unit: UnitFile) -> Asked {
        switch target.asks {
        case .share(let share): return Asked(threshold: share)
        case .bands(let bands):
            let caseload = unit.cases.count { isCaseload($0) }
            guard let band = bands.band(of: caseload) else {
                return Asked(
                    threshold: target.threshold,
                    missing: "Không có mức chỉ tiêu cho đơn vị có \(caseload) việc.")
            }
            return Asked(threshold: band.share)
        case .atLeast(let amount): return Asked(threshold: Ratio(1), absolute: amount)
        case .lastYear(let plus):
            let former = formerFigure(of: unit)
            guard former.denominator > 0 else {
                return Asked(
                    threshold: target.threshold, before: former,
                    missing: "Năm trước không có số liệu để so sánh.")
            }
            return Asked(threshold: former.asked(plus: plus), before: former)
        }
    }

    /// A case that the unit had on its hands when the window began.
    private func isCaseload(_ file: CaseFile) -> Bool {
        let eve = start - 1
        return file.decisionOn <= eve && !file.isFinished(on: eve)
            && file.standing(on: eve).status != .delegated
    }

    private func formerFigure(of unit: UnitFile) -> FormerFigure {
        let former = Counting(
            target: target.aYearBefore(in: plan), plan: plan, law: law,
            asOf: day.adding(years: -1))
        var tally = Tally()
        former.eachShare(of: unit) { _, share in tally.add(share) }
        return tally.figure
    }
}

extension FormerFigure {
    /// The former rate and so many points more, at most the whole.
    func asked(plus: Ratio) -> Ratio {
        let wanted = Ratio(Int128(numerator), Int128(denominator)) + plus
        return wanted > Ratio(1) ? Ratio(1) : wanted
    }
}

extension Target {
    /// The same target over the same days of the year before.
    fileprivate func aYearBefore(in plan: CampaignPlan) -> Target {
        let window = window ?? plan.window
        var target = self
        target.window = DayRange(
            start: window.start.adding(years: -1), end: window.end.adding(years: -1))
        if case .frozen(let on) = base { target.base = .frozen(on: on.adding(years: -1)) }
        return target
    }
}
