/// How an instalment that the debtor undertook to pay stands on a day.
public enum CommitmentStatus: String, Sendable, CaseIterable {
    /// Paid in full, by its day or later.
    case paid
    /// Not paid in full; its day has not passed.
    case open
    /// Not paid in full by the end of its day.
    case broken
    /// By its day nothing was left to pay, or the case had ended: nobody waits for it any more.
    case lapsed
}

/// One instalment (kỳ cam kết) and what was paid on it.
public struct CommitmentState: Sendable, Equatable {
    public var dueOn: Day
    public var amount: Dong
    /// What payments by the day in question covered of it.
    public var paid: Dong
    /// The day of the payment that completed it; nil while it is not paid in full.
    public var paidOn: Day?
    public var status: CommitmentStatus
    /// Receipts that paid into it, in order of their days.
    public var receipts: [String]

    public var missing: Dong { amount - paid }
    /// The day after its day, from which an instalment that is not paid by then counts as broken.
    public var brokenFrom: Day? {
        if status == .lapsed { return nil }
        if let paidOn, paidOn <= dueOn { return nil }
        return dueOn + 1
    }
    /// Paid in full, but after its day.
    public var isPaidLate: Bool { paidOn.map { $0 > dueOn } ?? false }
}

extension CaseFile {
    /// The instalments in order of their days, matched with the payments that stand at the end of `day`.
    ///
    /// What the debtor pays fills the instalments one after the other, earliest first, whatever each payment
    /// was meant for. It counts from the day of the undertaking; money that the office took by coercion or by
    /// selling an asset, and what was forgiven, is not a commitment kept.
    public func commitmentStates(on day: Day) -> [CommitmentState] {
        let since = committedOn
        let paying = payments.filter {
            $0.source == .voluntary && $0.counts(on: day) && $0.paidOn >= since
        }.sorted { $0.paidOn < $1.paidOn }
        var states = commitments.sorted { $0.dueOn < $1.dueOn }.map { commitment in
            CommitmentState(
                dueOn: commitment.dueOn, amount: commitment.amount, paid: .zero, paidOn: nil,
                status: .open, receipts: [])
        }
        var at = 0
        for payment in paying {
            var left = payment.amount
            while left > .zero, states.indices.contains(at) {
                let part = min(left, states[at].missing)
                if part > .zero { states[at].receipts.append(payment.receiptNo) }
                states[at].paid += part
                left -= part
                guard states[at].missing == .zero else { break }
                states[at].paidOn = payment.paidOn
                at += 1
            }
        }
        for index in states.indices { states[index].status = status(of: states[index], on: day) }
        return states
    }

    /// Instalments that the debtor has not kept by `day`, earliest first.
    public func brokenCommitments(on day: Day) -> [CommitmentState] {
        commitmentStates(on: day).filter { $0.status == .broken }
    }

    /// The day of the undertaking: the latest meeting up to the first instalment at which the debtor agreed;
    /// the case's decision where no such meeting is recorded.
    private var committedOn: Day {
        guard let first = commitments.map(\.dueOn).min() else { return decisionOn }
        let meetings = persuasions.filter {
            $0.heldOn <= first && $0.party != .creditor
                && ($0.outcome == .agreed || $0.outcome == .partly)
        }
        return meetings.map(\.heldOn).max() ?? decisionOn
    }

    private func status(of state: CommitmentState, on day: Day) -> CommitmentStatus {
        if state.missing <= .zero { return .paid }
        let last = min(state.dueOn, day)
        if remaining(on: last) == .zero || isFinished(on: last) { return .lapsed }
        return state.dueOn < day ? .broken : .open
    }
}
