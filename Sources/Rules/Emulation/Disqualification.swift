extension Disqualifier {
    /// Why it takes the unit out, in Vietnamese; nil when it does not.
    func reason(_ standing: UnitStanding, _ criteria: [CriterionPoints]) -> String? {
        switch self {
        case .seriousViolations(let least):
            let found = standing.seriousViolations
            return found >= least ? "Có \(found) vi phạm nghiêm trọng." : nil
        case .violations(let least):
            let found = standing.violations
            return found >= least ? "Có \(found) vi phạm, từ \(least) trở lên." : nil
        case .target(let id, let share):
            guard let result = standing.results.first(where: { $0.id == id }),
                let rate = result.rate, result.state != .inProgress,
                result.state != .undetermined, rate < share
            else { return nil }
            return "Chỉ tiêu \(id) đạt \(percent(rate))%, dưới \(percent(share))%."
        case .lateReport(let kind, let days):
            guard let late = standing.daysLate[kind], late > days else { return nil }
            return "Chậm \(late) ngày làm việc (\(kind.vietnamese)), quá \(days) ngày."
        case .criterion(let id, let points):
            guard let found = criteria.first(where: { $0.id == id }), found.earned < Ratio(points)
            else { return nil }
            return "Tiêu chí \(id) được \(found.earned.decimal(places: 2)) điểm, dưới \(points)."
        }
    }

    private func percent(_ share: Ratio) -> String { (share * Ratio(100)).decimal(places: 2) }
}

extension ReportKind {
    var vietnamese: String {
        switch self {
        case .lists: "danh sách"
        case .summary: "báo cáo tổng kết"
        }
    }
}

extension EmulationTable {
    /// Everything that takes a unit with these points out of the ranking, in the table's order.
    func disqualifications(
        _ standing: UnitStanding, _ criteria: [CriterionPoints], score: Ratio
    ) -> [String] {
        var reasons = effectiveDisqualifiers.compactMap { $0.reason(standing, criteria) }
        if let floorScore, score < Ratio(floorScore) {
            reasons.append("Tổng điểm \(score.decimal(places: 2)) dưới điểm sàn \(floorScore).")
        }
        return reasons
    }

    private var effectiveDisqualifiers: [Disqualifier] {
        if let disqualifiers { return disqualifiers }
        let countsViolations = criteria.contains { criterion in
            if case .violations = criterion.basis { return true }
            return false
        }
        return countsViolations ? [.seriousViolations(atLeast: 1)] : []
    }
}
