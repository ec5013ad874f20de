/// One unit on the sheet of points.
public struct EmulationRow: Sendable {
    public let standing: UnitStanding
    /// Σ earned × total ÷ Σ base of the criteria that apply + Σ bonus, exact.
    public let score: Ratio
    /// The criteria that apply, in the table's order.
    public let criteria: [CriterionPoints]
    /// Why the unit is out of the ranking, in Vietnamese; nil when it is in.
    public let disqualifiedBecause: String?
    /// The table's name for the score; nil where it has none.
    public let label: String?
    /// What a person has yet to decide before the score is whole, in Vietnamese.
    public let undetermined: [String]
    /// 1, 2, 2, 4; nil for the disqualified, who come last with their score shown.
    public internal(set) var rank: Int?
    /// The tie-break that set this row apart from its equals; nil when none was needed, or none did.
    public internal(set) var tiesBrokenBy: TieBreak?

    public var unit: Unit { standing.unit }
    /// Unit and officer, for an order that never changes.
    fileprivate var code: (String, String) { (unit.code, standing.officer ?? "") }
    public var isDisqualified: Bool { disqualifiedBecause != nil }
    /// Whether the column that is ranked was filled at all.
    public var isScored: Bool { !standing.isOfSheet || !standing.given.isEmpty }

    init(_ standing: UnitStanding, table: EmulationTable) {
        self.standing = standing
        let asked = table.criteria(for: standing.level)
        let criteria = asked.compactMap { $0.points(of: standing) }
        let base = criteria.reduce(0) { $0 + $1.base }
        let earned = criteria.reduce(Ratio.zero) { $0 + $1.earned }
        let bonus = criteria.reduce(Ratio.zero) { $0 + $1.bonus }
        let score = base == 0 ? bonus : earned * Ratio(table.total) / Ratio(base) + bonus
        let reasons = table.disqualifications(standing, criteria, score: score)
        let isEmpty = standing.isOfSheet && standing.given.isEmpty
        disqualifiedBecause = reasons.isEmpty || isEmpty ? nil : reasons.joined(separator: " ")
        label = table.labels.first { $0.holds(score) }?.label
        undetermined =
            standing.isOfSheet
            ? (isEmpty ? ["Phiếu điểm chưa có cột này."] : [])
            : asked.compactMap { $0.openQuestion(standing) }
        self.criteria = criteria
        self.score = score
    }
}

extension Criterion {
    /// What keeps the criterion out of a score though it is meant to count.
    fileprivate func openQuestion(_ standing: UnitStanding) -> String? {
        guard standing.given[id] == nil else { return nil }
        switch basis {
        case .manual: return "Tiêu chí \(id) chấm bằng tay chưa có điểm quyết định."
        case .target(let target, _):
            let result = standing.results.first { $0.id == target }
            return result?.state == .undetermined
                ? "Tiêu chí \(id): chỉ tiêu \(target) chưa xác định được." : nil
        case .deadlines, .violations: return nil
        }
    }
}

/// Ranks units by their points; a cluster ranks apart from the others.
///
/// - Parameter standings: one a unit, in any order; units that the plan does not score are left out.
/// - Parameter cluster: the cluster to rank; nil = the whole province.
public func rank(_ standings: [UnitStanding], plan: CampaignPlan, cluster: String? = nil)
    -> [EmulationRow]
{
    let rows =
        standings
        .filter { plan.scores($0.unit) && (cluster == nil || $0.unit.cluster == cluster) }
        .map { EmulationRow($0, table: plan.emulation) }
    let order = Precedence(tieBreaks: plan.emulation.tieBreaks)
    var ranked = rows.filter { !$0.isDisqualified && $0.isScored }.sorted(by: order.precedes)
    let unscored = rows.filter { !$0.isScored }.sorted(by: order.precedes)
    let out = rows.filter { $0.isDisqualified && $0.isScored }.sorted(by: order.precedes)
    for index in ranked.indices {
        let sharesRank = index > 0 && order.compare(ranked[index - 1], ranked[index]).sign == 0
        ranked[index].rank = sharesRank ? ranked[index - 1].rank : index + 1
    }
    for index in ranked.indices {
        ranked[index].tiesBrokenBy = order.separator(of: index, in: ranked)
    }
    return ranked + unscored + out
}

/// The order of the sheet: score, then the table's tie-breaks, then a shared rank.
private struct Precedence {
    let tieBreaks: [TieBreak]

    /// Negative when `a` ranks before `b`, zero when they share a rank; the tie-break that told them apart.
    func compare(_ a: EmulationRow, _ b: EmulationRow) -> (sign: Int, by: TieBreak?) {
        if a.score != b.score { return (a.score > b.score ? -1 : 1, nil) }
        for tieBreak in tieBreaks {
            let sign = tieBreak.compare(a.standing, b.standing)
            if sign != 0 { return (sign, tieBreak) }
        }
        return (0, nil)
    }

    /// Rows that share a rank stand in order of unit code.
    func precedes(_ a: EmulationRow, _ b: EmulationRow) -> Bool {
        let sign = compare(a, b).sign
        return sign == 0 ? a.code < b.code : sign < 0
    }

    /// The tie-break between this row and the nearest row above of another rank, else the nearest below.
    func separator(of index: Int, in rows: [EmulationRow]) -> TieBreak? {
        let row = rows[index]
        let above = rows[..<index].last { $0.rank != row.rank }
        if let above, let by = compare(above, row).by { return by }
        let below = rows[index...].first { $0.rank != row.rank }
        return below.flatMap { compare(row, $0).by }
    }
}

extension TieBreak {
    /// Negative when `a` is better.
    fileprivate func compare(_ a: UnitStanding, _ b: UnitStanding) -> Int {
        switch self {
        case .fewerViolations: return order(a.violations, b.violations)
        case .oldResolvedMoneyRate: return higherRate(.oldResolvedMoney, a, b)
        case .oldResolvedCountRate: return higherRate(.oldResolvedCount, a, b)
        case .largeValueSeizedRate: return higherRate(.largeValueSeized, a, b)
        case .fewerDaysLate:
            return order(a.totalDaysLate, b.totalDaysLate)
        case .largerStock: return order(b.stock, a.stock)
        case .earlierReport:
            guard let x = a.reportedOn, let y = b.reportedOn else {
                return order(a.reportedOn == nil ? 1 : 0, b.reportedOn == nil ? 1 : 0)
            }
            return order(x, y)
        }
    }

    private func higherRate(_ measure: Measure, _ a: UnitStanding, _ b: UnitStanding) -> Int {
        let x = a.result(of: measure)?.rate
        let y = b.result(of: measure)?.rate
        guard let x, let y else { return order(x == nil ? 1 : 0, y == nil ? 1 : 0) }
        return order(y, x)
    }

    private func order<Value: Comparable>(_ a: Value, _ b: Value) -> Int {
        a == b ? 0 : a < b ? -1 : 1
    }
}
