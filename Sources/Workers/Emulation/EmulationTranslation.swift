internal import Rules
internal import Wire

/// Where exact points become printed ones: rounded half up, here and nowhere before.
enum EmulationTranslation {
    /// Decimals of points.
    static let decimals = 2

    static func ranking(
        _ rows: [EmulationRow], _ emulation: EmulationCase, names: [String: String] = [:]
    ) -> EmulationV1.RankReply {
        .with {
            $0.campaign = emulation.plan.id
            $0.planVersion = emulation.version
            $0.asOf = emulation.day.description
            $0.lawBook = emulation.law.digest
            $0.rows = rows.map { row($0, names) }
            $0.tieBreaks = emulation.table.tieBreaks.map(\.rawValue)
            $0.verified = emulation.table.verified
            $0.criteria = emulation.table.criteria.map(\.id)
            $0.total = UInt32(clamping: emulation.table.total)
        }
    }

    private static func row(
        _ row: EmulationRow, _ names: [String: String]
    ) -> EmulationV1.RankRow {
        .with {
            $0.rank = row.rank.map { UInt32(clamping: $0) }
            $0.unit = row.unit.code
            $0.name = row.unit.name
            $0.cluster = row.unit.cluster ?? ""
            $0.score = row.isScored ? points(row.score) : ""
            $0.criteria = row.criteria.map(criterion)
            $0.disqualified = row.isDisqualified
            $0.disqualifiedBecause = row.disqualifiedBecause ?? ""
            $0.tiesBrokenBy = row.tiesBrokenBy?.rawValue ?? ""
            $0.label = row.isScored ? row.label ?? "" : ""
            $0.undetermined = row.undetermined
            $0.officer = row.standing.officer ?? ""
            $0.bonus = points(row.criteria.reduce(Ratio(0)) { $0 + $1.bonus })
            $0.officerName = row.standing.officer.flatMap { names[$0] } ?? ""
        }
    }

    static func points(_ ratio: Ratio) -> String { ratio.decimal(places: decimals) }

    static func criterion(_ points: CriterionPoints) -> EmulationV1.CriterionScore {
        .with {
            $0.id = points.id
            $0.points = self.points(points.earned)
            $0.base = self.points(Ratio(points.base))
            $0.bonus = self.points(points.bonus)
            $0.deduction = self.points(points.deduction)
            $0.reason = points.reason
        }
    }

    static func condition(_ finding: ConditionFinding) -> EmulationV1.Condition {
        .with {
            $0.id = finding.id
            $0.text = finding.text
            $0.state = finding.state.rawValue
            $0.citation = finding.citation?.description ?? ""
            $0.verified = finding.verified
        }
    }
}

/// A moment as people read it: Vietnam's time, `2021-05-31T17:05:09+07:00`.
enum VietnamTime {
    private static let dayMilliseconds: Int64 = 86_400_000

    static func text(_ milliseconds: Int64) -> String {
        let shifted = milliseconds + 7 * 3_600_000
        let (days, rest) = shifted.quotientAndRemainder(dividingBy: dayMilliseconds)
        let floored = rest < 0 ? days - 1 : days
        let seconds = (shifted - floored * dayMilliseconds) / 1000
        let day = Day(number: Int32(clamping: floored))
        let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { value in
            value < 10 ? "0\(value)" : "\(value)"
        }
        return "\(day)T\(parts.joined(separator: ":"))+07:00"
    }
}
