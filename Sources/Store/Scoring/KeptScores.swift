internal import GRDB
public import Rules

/// One unit's scores with the sums that they come from.
public struct KeptUnit: Sendable {
    public let unit: Unit
    /// Row id.
    let id: Int64
    var count: UnitCount
    var reports: [Report]
    public fileprivate(set) var results: [TargetResult]
}

/// Every unit's scores on a day, counted once and then kept up to date from the change log: only what a change
/// touched is read, as it was known before and as it stands now.
///
/// Memory grows with the units and the plan's targets, never with the cases.
public struct KeptScores: Sendable {
    public let scorer: Scorer
    /// The last change that the scores rest on.
    public private(set) var change: Int64
    /// By code.
    public private(set) var units: [KeptUnit]
    /// Place of each unit by its row id.
    private var place: [Int64: Int]
    private var total: ProvinceCount
    /// The highest row id of each kind that was seen.
    private var marks: [String: Int64]

    /// The province's results.
    public var province: [TargetResult] { total.results }

    /// Ids of cases that are read together.
    static let casesPerRead: Int64 = 4_096

    /// Counts everything.
    public init(_ scorer: Scorer, counting scope: ReadScope) throws {
        self.scorer = scorer
        change = try scope.lastChange()
        units = []
        place = [:]
        total = ProvinceCount(plan: scorer.plan, asOf: scorer.day)
        marks = try scope.highestIDs()
        for (id, unit) in try scope.unitRows() where scorer.plan.scores(unit) {
            place[id] = units.count
            units.append(
                KeptUnit(
                    unit: unit, id: id, count: UnitCount(scorer), reports: [], results: []))
        }
        let cases = ScoredCases(scope, scorer.needs)
        let last = try scope.highestCase()
        for first in stride(from: Int64(1), through: last, by: Int(KeptScores.casesPerRead)) {
            try cases.forEach(
                from: first, through: min(last, first + KeptScores.casesPerRead - 1)
            ) { unit, file in
                guard let at = place[unit] else { return }
                units[at].count.add(file, by: scorer)
            }
        }
        for at in units.indices {
            units[at].reports = try scope.reports(of: units[at].unit.code)
            units[at].results = units[at].count.results(
                of: units[at].unit, reports: units[at].reports, by: scorer)
            total.add(units[at].results, cluster: units[at].unit.cluster)
        }
    }

    /// Brings the scores up to what the scope sees, which must not be older.
    ///
    /// - Returns: places of the units that were touched.
    public mutating func update(from scope: ReadScope) throws -> Set<Int> {
        let last = try scope.lastChange()
        guard last != change else { return [] }
        guard let touched = try scope.touched(after: change, marks: marks),
            Int64(touched.cases.count) * KeptScores.costOfOne <= max(2_000, marks["cases"] ?? 0)
        else {
            self = try KeptScores(scorer, counting: scope)
            return Set(units.indices)
        }
        let moved = try recount(touched, scope)
        for at in moved {
            total.remove(units[at].results, cluster: units[at].unit.cluster)
            units[at].results = units[at].count.results(
                of: units[at].unit, reports: units[at].reports, by: scorer)
            total.add(units[at].results, cluster: units[at].unit.cluster)
        }
        marks = touched.marks
        change = last
        return moved
    }

    /// What reading a touched case costs, in cases of a full count.
    private static let costOfOne: Int64 = 10

    /// Takes off what the touched cases counted before, adds what they count now.
    private mutating func recount(
        _ touched: TouchedFacts, _ scope: ReadScope
    ) throws -> Set<Int> {
        var moved: Set<Int> = []
        let before = ScoredCases(ReadScope(db: scope.db, knownAt: change), .all)
        let now = ScoredCases(scope, .all)
        for id in touched.cases {
            if let (unit, file) = try before.one(id), let at = place[unit] {
                units[at].count.remove(file, by: scorer)
                moved.insert(at)
            }
            if let (unit, file) = try now.one(id), let at = place[unit] {
                units[at].count.add(file, by: scorer)
                moved.insert(at)
            }
        }
        for id in touched.unitsOfReports {
            guard let at = place[id] else { continue }
            units[at].reports = try scope.reports(of: units[at].unit.code)
            moved.insert(at)
        }
        return moved
    }
}
