/// The points of one criterion, exact.
public struct CriterionPoints: Sendable {
    public let id: String
    public let base: Int
    /// Of the base: the base less the deduction, pro rata, or the band's; between the floor and `base`.
    public let earned: Ratio
    /// Over the base, kept apart.
    public let bonus: Ratio
    /// What the table takes off, before the floor; zero where points are pro rata or by bands.
    public let deduction: Ratio
    /// One sentence in Vietnamese.
    public let reason: String
}

extension Criterion {
    /// The criterion's points for a unit or an officer; nil where it does not apply and is left out.
    public func points(of standing: UnitStanding) -> CriterionPoints? {
        guard levels.contains(standing.level) else { return nil }
        if let given = standing.given[id] {
            return kept(
                earned: given.points, bonus: given.bonus, deduction: .zero,
                reason: "Điểm do người có thẩm quyền cho.")
        }
        if standing.isOfSheet { return nil }
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
        case .manual: return nil
        }
    }

    private func deducting(_ points: Int, times count: Int, reason: String) -> CriterionPoints {
        let off = Ratio(Int128(points) * Int128(count), 1)
        return kept(earned: Ratio(base) - off, bonus: .zero, deduction: off, reason: reason)
    }

    /// Within the floor, the base and the cap.
    private func kept(
        earned: Ratio, bonus: Ratio, deduction: Ratio, reason: String
    ) -> CriterionPoints {
        let within = min(Ratio(base), max(Ratio(floor), earned))
        let room = cap.map { max(.zero, Ratio($0) - within) }
        return CriterionPoints(
            id: id, base: base, earned: within, bonus: room.map { min($0, bonus) } ?? bonus,
            deduction: deduction, reason: reason)
    }

    /// A target not yet due counts at its rate of the day; one that does not apply, or that the law book leaves
    /// undetermined, is left out.
    private func points(for result: TargetResult, _ scale: RateScale) -> CriterionPoints? {
        guard let rate = result.rate, result.state != .undetermined else { return nil }
        let percent = (rate * Ratio(100)).decimal(places: 2)
        let wanted = (result.threshold * Ratio(100)).decimal(places: 2)
        let reason = "Tỷ lệ đạt \(percent)% so với chỉ tiêu \(wanted)%."
        let (earned, deduction) = scale.earned(
            base: base, rate: rate, threshold: result.threshold)
        return kept(
            earned: earned, bonus: scale.bonus(rate: rate, threshold: result.threshold),
            deduction: deduction, reason: reason)
    }
}

extension RateScale {
    /// `bonusPoints` for each full step of percentage points over the threshold, at most `bonusCap`.
    func bonus(rate: Ratio, threshold: Ratio) -> Ratio {
        guard bonusPoints > 0, bonusStep > 0, rate >= threshold else { return .zero }
        let over = (rate - threshold) * Ratio(100)
        let steps = (over / Ratio(bonusStep)).floor
        return Ratio(min(Int128(bonusCap), steps * Int128(bonusPoints)), 1)
    }

    /// The points of the band; else the base from the threshold on, and under it base × rate ÷ threshold, or the
    /// base less points for each started step.
    func earned(
        base: Int, rate: Ratio, threshold: Ratio
    ) -> (earned: Ratio, deduction: Ratio) {
        if case .bands(let bands) = under {
            return (Ratio(bands.first { $0.holds(rate) }?.points ?? 0), .zero)
        }
        if rate >= threshold { return (Ratio(base), .zero) }
        switch under {
        case .deduct(let points, let step) where step > 0:
            let short = (threshold - rate) * Ratio(100)
            let off = Ratio((short / Ratio(step)).ceiling * Int128(points), 1)
            return (Ratio(base) - off, off)
        case .deduct: return (.zero, Ratio(base))
        case .proRata, .bands: return (Ratio(base) * rate / threshold, .zero)
        }
    }
}
