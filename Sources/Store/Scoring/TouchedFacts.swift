internal import GRDB
internal import Rules

/// What changes have touched of that which is scored.
struct TouchedFacts {
    /// Row ids of cases, ascending.
    var cases: [Int64]
    /// Row ids of units whose reports were touched.
    var unitsOfReports: Set<Int64>
    /// The highest row id of each kind that is seen now.
    var marks: [String: Int64]
}

extension ReadScope {
    private static let scoredOfCases = [
        "decisions", "payments", "verifications", "nominations", "violations", "assets",
        "coercions",
    ]
    private static let scoredOfAssets = ["valuations", "rounds", "reductions"]

    /// The highest row id of each scored kind that readers see.
    func highestIDs() throws -> [String: Int64] {
        var marks: [String: Int64] = [:]
        for kind in ["units", "cases", "reports"] + ReadScope.scoredOfCases
            + ReadScope.scoredOfAssets
        {
            try db.forEachFact("SELECT id FROM current_\(kind) ORDER BY id DESC LIMIT 1") {
                marks[kind] = $0.int64(0)
            }
        }
        return marks
    }

    /// No case, of now or of an earlier time, has a higher row id.
    func highestCase() throws -> Int64 {
        var highest: Int64 = 0
        try db.forEachFact(
            """
            SELECT max(coalesce((SELECT max(id) FROM cases), 0),
                coalesce((SELECT max(id) FROM cases_history), 0))
            """
        ) { highest = $0.int64(0) }
        return highest
    }

    /// What the changes after `change` have touched: new rows lie above the marks, every other version that came
    /// or went has left a former one that names the change.
    ///
    /// - Parameter marks: as `highestIDs` gave them at that change.
    /// - Returns: nil where everything is to be counted anew: units came or changed, or an import by batches was
    ///   published, whose rows lie anywhere.
    func touched(after change: Int64, marks: [String: Int64]) throws -> TouchedFacts? {
        guard try !isPublished(after: change) else { return nil }
        var marks = marks
        let units = try touched("units", "t.id", change, &marks)
        guard units.isEmpty else { return nil }
        var cases = try touched("cases", "t.id", change, &marks)
        for kind in ReadScope.scoredOfCases {
            cases.formUnion(try touched(kind, "t.case_id", change, &marks))
        }
        let owner = """
            coalesce((SELECT a.case_id FROM assets a WHERE a.id = t.asset_id),
                (SELECT a.case_id FROM assets_history a WHERE a.id = t.asset_id LIMIT 1))
            """
        for kind in ReadScope.scoredOfAssets {
            cases.formUnion(try touched(kind, owner, change, &marks))
        }
        let reports = try touched("reports", "t.unit_id", change, &marks)
        return TouchedFacts(cases: cases.sorted(), unitsOfReports: reports, marks: marks)
    }

    private func isPublished(after change: Int64) throws -> Bool {
        var isPublished = false
        try db.forEachFact(
            "SELECT 1 FROM staged_changes WHERE published_as > ? LIMIT 1", [.integer(change)]
        ) { _ in isPublished = true }
        return isPublished
    }

    /// What the touched rows of a kind hang on; moves the kind's mark.
    private func touched(
        _ kind: String, _ owner: String, _ change: Int64, _ marks: inout [String: Int64]
    ) throws -> Set<Int64> {
        var owners: Set<Int64> = []
        var highest = marks[kind] ?? 0
        try db.forEachFact(
            "SELECT t.id, \(owner) FROM current_\(kind) t WHERE t.id > ?", [.integer(highest)]
        ) { row in
            highest = max(highest, row.int64(0))
            owners.insert(row.int64(1))
        }
        try db.forEachFact(
            "SELECT \(owner) FROM \(kind)_history t WHERE t.superseded_by > ?",
            [.integer(change)]
        ) { owners.insert($0.int64(0)) }
        marks[kind] = highest
        return owners
    }
}
