/// Exemption and reduction of what is owed to the State budget (LTHADS Art. 61; TTLT12 Art. 5).
extension DutyFinder {
    /// X-10a: once a case meets Art. 61 and is classed *chưa có điều kiện*, its means are verified for the file.
    /// One file at a time, and one decision a year.
    mutating func verifyExemption() {
        guard file.stateRevenue, decisions.contains(where: { $0.kind == .notEnforceable })
        else { return }
        for exemption in file.exemptions where exemption.proposedOn <= day {
            guard let found = opening(by: exemption.proposedOn - 1) else { continue }
            enterExemption(found, done: exemption.proposedOn)
        }
        if let found = opening(by: day) { enterExemption(found, done: nil) }
    }

    private mutating func enterExemption(_ found: (on: Day, rule: String), done: Day?) {
        let isSumUnsure = law.rule("X-00b", on: found.on).map { !$0.verified } ?? true
        statutory(
            .verifyExemption, rule: "X-10a.verify", trigger: found.on, done: done,
            alsoUnverified: isSumUnsure && (found.rule == "X-01" || found.rule == "X-02"),
            subject: found.rule)
    }

    /// The day from which the case qualifies without a break up to `limit`, and by which rule it did on `limit`;
    /// nil when it does not on `limit`.
    private func opening(by limit: Day) -> (on: Day, rule: String)? {
        guard let rule = exemptionRule(on: limit) else { return nil }
        var on: Day?
        for moment in exemptionMoments(by: limit).reversed() {
            guard exemptionRule(on: moment) != nil else { break }
            on = moment
        }
        return on.map { ($0, rule) }
    }

    /// The days on which the case may begin or cease to qualify, in order.
    private func exemptionMoments(by limit: Day) -> [Day] {
        let base = file.firstDecisionOn ?? file.decisionOn
        var moments = Set(decisions.map(\.decidedOn))
        for payment in file.payments {
            moments.insert(payment.paidOn)
            if let reversed = payment.reversedOn { moments.insert(reversed) }
        }
        for id in ["X-01.after", "X-02.after"] {
            if case .period(.years(let years)) = law.rule(id, on: limit)?.value {
                moments.insert(base.adding(years: years))
            }
        }
        for asset in file.assets {
            moments.insert(asset.seizedOn)
            if let disposedOn = asset.disposedOn { moments.insert(disposedOn) }
        }
        for exemption in file.exemptions {
            moments.insert(exemption.proposedOn)
            guard let decidedOn = exemption.decidedOn else { continue }
            moments.insert(decidedOn)
            if let again = againOn(decidedOn) { moments.insert(again) }
        }
        return moments.filter { $0 <= limit }.sorted()
    }

    /// The day from which a judgment decided upon may be considered again.
    private func againOn(_ decidedOn: Day) -> Day? {
        guard case .period(.years(let years)) = law.rule("X-08", on: decidedOn)?.value else {
            return nil
        }
        return decidedOn.adding(years: years)
    }

    /// the row of Art. 61 that the case meets on `moment`; nil when none, or when a file is under way.
    private func exemptionRule(on moment: Day) -> String? {
        guard file.isNotEnforceable(on: moment), !file.isFinished(on: moment) else { return nil }
        let isBarred = file.exemptions.contains { exemption in
            guard exemption.proposedOn <= moment else { return false }
            guard let decidedOn = exemption.decidedOn, decidedOn <= moment else { return true }
            return exemption.outcome != .returned
                && againOn(decidedOn).map { moment < $0 } ?? false
        }
        let left = file.remaining(on: moment)
        let hasAsset = file.assets.contains { $0.isOpen(on: moment) }
        guard !isBarred, !hasAsset, left > .zero else { return nil }
        if isWithin("X-01", file.amountDue, from: nil, moment) { return "X-01" }
        if isWithin("X-02", file.amountDue, from: "X-01.below", moment) { return "X-02" }
        guard hasPaidEnough(on: moment) else { return nil }
        if isWithin("X-03", left, from: nil, moment) { return "X-03" }
        if isWithin("X-04", left, from: "X-03.below", moment) { return "X-04" }
        if isOldEnough("X-05", moment), let from = law.money("X-05.from", on: moment),
            let to = law.money("X-05.to", on: moment), from <= left, left <= to
        {
            return "X-05"
        }
        if isOldEnough("X-06", moment), let above = law.money("X-06.above", on: moment),
            left > above
        {
            return "X-06"
        }
        return nil
    }

    private func isWithin(_ id: String, _ sum: Dong, from floor: String?, _ moment: Day) -> Bool {
        guard isOldEnough(id, moment), let below = law.money(id + ".below", on: moment) else {
            return false
        }
        guard let floor else { return sum < below }
        guard let least = law.money(floor, on: moment) else { return false }
        return least <= sum && sum < below
    }

    private func isOldEnough(_ id: String, _ moment: Day) -> Bool {
        guard case .period(.years(let years)) = law.rule(id + ".after", on: moment)?.value else {
            return false
        }
        return (file.firstDecisionOn ?? file.decisionOn).adding(years: years) <= moment
    }

    /// at least 1/50 of what was due was paid; what was forgiven is not paid.
    private func hasPaidEnough(on moment: Day) -> Bool {
        guard case .share(let least) = law.rule("X-09", on: moment)?.value else { return false }
        let paid = file.payments.reduce(into: Int128(0)) { sum, payment in
            if payment.counts(on: moment), payment.source != .exempted {
                sum += Int128(payment.amount.amount)
            }
        }
        return Ratio(paid, 1) >= file.amountDue.ratio * least
    }
}
