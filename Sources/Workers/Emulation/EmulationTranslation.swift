internal import Rules
internal import Wire

/// Where exact points become printed ones: rounded half up, here and nowhere before.
enum EmulationTranslation {
    /// Decimals of points.
    static let decimals = 2

    static func row(_ row: EmulationRow) -> EmulationV1.RankRow {
        .with {
            $0.rank = row.rank.map { UInt32(clamping: $0) }
            $0.unit = row.unit.code
            $0.name = row.unit.name
            $0.cluster = row.unit.cluster ?? ""
            $0.score = row.score.decimal(places: decimals)
            $0.criteria = row.criteria.map(criterion)
            $0.disqualified = row.isDisqualified
            $0.disqualifiedBecause = row.disqualifiedBecause ?? ""
            $0.tiesBrokenBy = row.tiesBrokenBy?.rawValue ?? ""
            $0.label = row.label ?? ""
            $0.undetermined = row.undetermined
        }
    }

    static func criterion(_ points: CriterionPoints) -> EmulationV1.CriterionScore {
        .with {
            $0.id = points.id
            $0.points = points.earned.decimal(places: decimals)
            $0.base = Ratio(points.base).decimal(places: decimals)
            $0.bonus = points.bonus.decimal(places: decimals)
            $0.deduction = points.deduction.decimal(places: decimals)
            $0.reason = points.reason
        }
    }
}
