/// The measures over a list of the plan (domain: large_value_*, old_resolved_*).
extension Counting {
    /// The share of a case that stands or stood on the target's list; nil for every other case.
    func listShare(of file: borrowing CaseFile) -> Share? {
        guard !file.nominations.isEmpty, let list = target.list else { return nil }
        var withdrawnOn: Day?
        var stands = false
        for nomination in file.nominations where nomination.list == list {
            if nomination.isWithdrawn(on: day) {
                withdrawnOn = nomination.withdrawnOn
            } else {
                stands = true
            }
        }
        guard stands else { return withdrawnOn.map { .out(.withdrawn(on: $0)) } }
        return switch target.measure {
        case .largeValueSeized: seizureShare(of: file)
        case .largeValueClassified: classifiedShare(of: file)
        case .oldResolvedCount: resolvedShare(of: file)
        case .oldResolvedMoney: moneyShare(of: file)
        default: nil
        }
    }

    /// large_value_seized: an asset reached the plan's stage by the limit.
    private func seizureShare(of file: borrowing CaseFile) -> Share {
        var seized: Int?
        for index in file.assets.indices where file.assets[index].seizedOn <= limit {
            seized = seized ?? index
            if let on = file.assets[index].reached(target.stage, by: limit) {
                return .one(true, .staged(asset: index, on: on))
            }
        }
        return .one(false, .notStaged(seized: seized))
    }

    /// large_value_classified: of the cases not finished, those that meet M-01, M-02 or M-04.
    private func classifiedShare(of file: borrowing CaseFile) -> Share {
        if let on = file.finishedOn(by: day) { return .out(.finished(on: on)) }
        guard let rule = file.moneyRule(on: day) else { return .one(false, .unclassified) }
        return .one(true, .classified(rule))
    }

    /// old_resolved_count: completed or terminated within the window.
    func resolvedShare(of file: borrowing CaseFile) -> Share {
        for index in file.decisions.indices {
            let decision = file.decisions[index]
            if decision.kind.finishes, isInWindow(decision.decidedOn) {
                return .one(true, .resolved(decision: index))
            }
        }
        return .one(false, .unresolved(finishedOn: file.finishedOn(by: day)))
    }

    /// old_resolved_money: payments and write-offs within the window, up to what remained before it.
    func moneyShare(of file: borrowing CaseFile) -> Share {
        let money = resolvedMoney(of: file)
        return Share(
            numerator: money.counted(target.counts), denominator: money.base,
            finding: .money(money))
    }

    /// Fills the remainder before the window in order of date, payments first on one day.
    func resolvedMoney(of file: borrowing CaseFile) -> MoneyShare {
        var events: [(on: Day, rank: Int, part: MoneyPart, amount: Int64)] = []
        for payment in file.payments where isInWindow(payment.paidOn) && payment.counts(on: day) {
            let part: MoneyPart = payment.source == .exempted ? .exempted : .collected
            events.append((payment.paidOn, 0, part, payment.amount.amount))
        }
        for decision in file.decisions
        where decision.kind.writesOff && isInWindow(decision.decidedOn) {
            guard let amount = decision.amount else { continue }
            let part: MoneyPart = decision.kind == .terminate ? .terminated : .exempted
            events.append((decision.decidedOn, 1, part, amount.amount))
        }
        if events.count > 1 { events.sort { ($0.on, $0.rank) < ($1.on, $1.rank) } }
        var share = MoneyShare(base: file.remaining(on: start - 1).amount)
        var left = share.base
        for event in events {
            let taken = min(left, max(0, event.amount))
            left -= taken
            switch event.part {
            case .collected: share.collected += taken
            case .terminated: share.terminated += taken
            case .exempted: share.exempted += taken
            }
        }
        return share
    }
}

extension Asset {
    /// The day on which the asset had come as far as `stage`, if by `limit`.
    func reached(_ stage: SeizureStage, by limit: Day) -> Day? {
        guard seizedOn <= limit else { return nil }
        let day: Day? =
            switch stage {
            case .seized: seizedOn
            case .contracted: rounds.first { $0.round == 1 && $0.contractOn != nil }?.contractOn
            case .auctioned: rounds.compactMap(\.heldOn).min()
            }
        return day.flatMap { $0 <= limit ? $0 : nil }
    }
}

extension CaseFile {
    /// The first day on which a `complete` or `terminate` was decided, if by `day`.
    public func finishedOn(by day: Day) -> Day? {
        var first: Day?
        for decision in decisions where decision.kind.finishes && decision.decidedOn <= day {
            first = first.map { min($0, decision.decidedOn) } ?? decision.decidedOn
        }
        return first
    }
}
