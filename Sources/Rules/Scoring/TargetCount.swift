/// A target's sums for one unit, those of the parts of its scope, and what the threshold depends on.
struct TargetCount: Sendable {
    private var tally = Tally()
    private var parts: [String: Tally] = [:]
    /// Cases on hand when the window began; counted where the threshold goes by bands.
    private var caseload = 0
    /// The year before, where the target is compared with it.
    private var former = Tally()

    /// Adds what a case counts, or takes it off (`times: -1`); `seen` hears of each share.
    mutating func add(
        _ file: borrowing CaseFile, by counting: Counting, times sign: Int = 1,
        seen: (Share) -> Void = { _ in }
    ) {
        let key: String? =
            switch counting.target.scope {
            case .officer: file.officer ?? ""
            case .category: file.category.rawValue
            case .unit, .cluster, .province: nil
            }
        counting.eachShare(of: file) { share in
            tally.add(share, times: sign)
            if let key { add(share, to: key, times: sign) }
            seen(share)
        }
        switch counting.target.asks {
        case .share, .atLeast: break
        case .bands: if counting.isCaseload(file) { caseload += sign }
        case .lastYear:
            for before in counting.yearBefore {
                before.eachShare(of: file) { former.add($0, times: sign) }
            }
        }
    }

    private mutating func add(_ share: Share, to key: String, times sign: Int) {
        parts[key, default: Tally()].add(share, times: sign)
        if parts[key]?.isEmpty == true { parts[key] = nil }
    }

    /// What came of it, for the unit that was counted.
    func result(of unit: Unit, reports: [Report], by counting: Counting) -> TargetResult {
        var tally = tally
        if let share = counting.reportShare(of: unit, reports) { tally.add(share) }
        let asked = counting.asked(caseload: caseload, former: former.figure)
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
    /// What the target asks of a unit that had so many cases on hand and these figures the year before.
    func asked(caseload: Int, former: FormerFigure) -> Asked {
        switch target.asks {
        case .share(let share): return Asked(threshold: share)
        case .bands(let bands):
            guard let band = bands.band(of: caseload) else {
                return Asked(
                    threshold: target.threshold,
                    missing: "Không có mức chỉ tiêu cho đơn vị có \(caseload) việc.")
            }
            return Asked(threshold: band.share)
        case .atLeast(let amount): return Asked(threshold: Ratio(1), absolute: amount)
        case .lastYear(let plus):
            guard former.denominator > 0 else {
                return Asked(
                    threshold: target.threshold, before: former,
                    missing: "Năm trước không có số liệu để so sánh.")
            }
            return Asked(threshold: former.asked(plus: plus), before: former)
        }
    }

    /// A case that the unit had on its hands when the window began.
    func isCaseload(_ file: borrowing CaseFile) -> Bool {
        let eve = start - 1
        return file.decisionOn <= eve && !file.isFinished(on: eve)
            && file.standing(on: eve).status != .delegated
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
    func aYearBefore(in plan: CampaignPlan) -> Target {
        let window = window ?? plan.window
        var target = self
        target.window = DayRange(
            start: window.start.adding(years: -1), end: window.end.adding(years: -1))
        if case .frozen(let on) = base { target.base = .frozen(on: on.adding(years: -1)) }
        return target
    }
}
