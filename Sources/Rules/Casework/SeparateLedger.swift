/// Where a case stands with the separate ledger (sổ theo dõi riêng, ND62 Art. 9.5–9.6).
public enum LedgerState: Sendable, Equatable {
    /// Not to be moved: no 44a decision stands, or a condition is not met.
    case none
    /// All conditions are met since that day; the move is due by `dueOn`.
    case due(since: Day, dueOn: Day)
    /// All conditions are met and the period for the move has passed: it is counted apart (9.6).
    case kept(since: Day)
}

extension CaseFile {
    /// Whether the case belongs in the separate ledger on `day`: the wait since its 44a decision has run out
    /// (longer in prison or without an address), it was verified often enough since, and no verification
    /// found means. No row says that a case was moved: it counts as moved once the period for it is over.
    ///
    /// - Throws: `MissingRule` when the book has no value for the day.
    public func ledgerState(_ law: LawTable, on day: Day) throws(MissingRule) -> LedgerState {
        guard let order = latestClassification(on: day), order.kind == .notEnforceable,
            !isFinished(on: day)
        else { return .none }
        let wait = try law.period(try ledgerWait(order, law), on: order.decidedOn)
        guard case .count(let rounds) = try law.require("E-16.rounds", on: day).value else {
            throw MissingRule(id: "E-16.rounds", on: day)
        }
        let since = verifications.filter {
            $0.verifiedOn >= order.decidedOn && $0.verifiedOn <= day
        }
        .sorted { $0.verifiedOn < $1.verifiedOn }
        guard since.count >= rounds, since.allSatisfy({ $0.result == .notEnforceable }) else {
            return .none
        }
        let met = max(
            law.calendar.due(wait.period, from: order.decidedOn), since[rounds - 1].verifiedOn)
        guard met <= day else { return .none }
        let move = try law.period("E-16", on: met)
        let due = law.calendar.due(move.period, from: met)
        return day <= due ? .due(since: met, dueOn: due) : .kept(since: met)
    }

    private func ledgerWait(_ order: Decision, _ law: LawTable) throws(MissingRule) -> String {
        let long = "E-16.wait_prison_or_address_unknown"
        if addressUnknown || order.ground == "44a.1.c" { return long }
        guard let prisonUntil else { return "E-16.wait" }
        let least = try law.period("E-12.prison_years", on: order.decidedOn)
        guard case .years(let years) = least.period else { return "E-16.wait" }
        return prisonUntil >= order.decidedOn.adding(years: years) ? long : "E-16.wait"
    }
}
