/// The points of one criterion, exact.
public struct CriterionPoints: Sendable {
    public let id: String
    public let base: Int
    /// Between 0 and `base`.
    public let earned: Ratio
    public let bonus: Ratio
    /// One sentence in Vietnamese.
    public let reason: String

    /// What was taken off the base.
    public var deduction: Ratio { Ratio(base) - earned }
    /// Earned and bonus together.
    public var points: Ratio { earned + bonus }
}

extension Criterion {
    /// The criterion's points for a unit; nil where it does not apply and is left out.
    public func points(of standing: UnitStanding) -> CriterionPoints? {
        switch basis {
        case .target(let id, let scale):
            guard let result = standing.results.first(where: { $0.id == id }) else { return nil }
            return points(for: result, scale)
        case .deadlines(let reports, let perDay):
            let owed = reports.compactMap { standing.daysLate[$0] }
            guard !owed.isEmpty else { return nil }
            let late = owed.reduce(0, +)
            return deducting(
                perDay, times: late,
                reason: late == 0 ? "Gửi đúng hạn." : "Chậm tổng cộng \(late) ngày làm việc.")
        case .violations(let each):
            let found = standing.violations
            return deducting(
                each, times: found,
                reason: found == 0 ? "Không có vi phạm." : "Có \(found) vi phạm được phát hiện.")
        }
    }

    private func deducting(_ points: Int, times count: Int, reason: String) -> CriterionPoints {
        let off = Int128(points) * Int128(count)
        return CriterionPoints(
            id: id, base: base, earned: Ratio(max(0, Int128(base) - off), 1), bonus: .zero,
            reason: reason)
    }

    /// A target not yet due counts at its rate of the day; one that does not apply, or that the law book leaves
    /// undetermined, is left out.
    private func points(for result: TargetResult, _ scale: RateScale) -> CriterionPoints? {
        guard let rate = result.rate, result.state != .undetermined else { return nil }
        let percent = (rate * Ratio(100)).decimal(places: 2)
        let wanted = (result.threshold * Ratio(100)).decimal(places: 2)
        let reason = "Tỷ lệ đạt \(percent)% so với chỉ tiêu \(wanted)%."
        if rate >= result.threshold {
            return CriterionPoints(
                id: id, base: base, earned: Ratio(base),
                bonus: scale.bonus(rate: rate, threshold: result.threshold), reason: reason)
        }
        return CriterionPoints(
            id: id, base: base,
            earned: scale.earned(base: base, rate: rate, threshold: result.threshold), bonus: .zero,
            reason: reason)
    }
}

extension RateScale {
    /// `bonusPoints` for each full step of percentage points over the threshold, at most `bonusCap`.
    func bonus(rate: Ratio, threshold: Ratio) -> Ratio {
        guard bonusPoints > 0, bonusStep > 0 else { return .zero }
        let over = (rate - threshold) * Ratio(100)
        let steps = (over / Ratio(bonusStep)).floor
        return Ratio(min(Int128(bonusCap), steps * Int128(bonusPoints)), 1)
    }

    /// Under the threshold: base × rate ÷ threshold, or the base less points for each started step.
    func earned(base: Int, rate: Ratio, threshold: Ratio) -> Ratio {
        switch under {
        case .proRata:
            return min(Ratio(base), max(.zero, Ratio(base) * rate / threshold))
        case .deduct(let points, let step):
            guard step > 0 else { return .zero }
            let short = (threshold - rate) * Ratio(100)
            let steps = (short / Ratio(step)).ceiling
            return Ratio(max(0, Int128(base) - steps * Int128(points)), 1)
        }
    }
}
