extension Asset {
    /// Closed by `day`: sold, taken, released or returned. Only a day together with its kind closes an asset.
    public func isDisposed(by day: Day) -> Bool {
        guard disposal != nil, let disposedOn else { return false }
        return disposedOn <= day
    }

    /// Seized by `day` and not disposed by then.
    public func isOpen(on day: Day) -> Bool { seizedOn <= day && !isDisposed(by: day) }

    /// Sold, or taken by the creditor in lieu, by `day`.
    public func isHandled(on day: Day) -> Bool {
        isDisposed(by: day) && (disposal == .sold || disposal == .taken)
    }

    /// The latest reduced price by `day`, else the latest valuation by `day`; nil before any.
    public func currentPrice(on day: Day) -> Dong? {
        var best: (on: Day, price: Dong)?
        for reduction in reductions {
            guard let on = reduction.reducedOn, let price = reduction.reducedPrice, on <= day
            else { continue }
            if let known = best, on < known.on { continue }
            best = (on, price)
        }
        return best?.price ?? latestValuation(on: day)?.value
    }

    /// The latest valuation with a value by `day`, the asset's own or a revaluation; on one day the revaluation.
    public func latestValuation(on day: Day) -> (on: Day, value: Dong)? {
        var best: (on: Day, value: Dong)?
        if let valuedOn, let value, valuedOn <= day { best = (valuedOn, value) }
        for valuation in valuations {
            guard let on = valuation.valuedOn, let value = valuation.value, on <= day
            else { continue }
            if let known = best, on < known.on { continue }
            best = (on, value)
        }
        return best
    }

    /// The day of the second price reduction, when it was decided by `day`.
    public func secondReduction(by day: Day) -> Day? {
        var first: Day?
        var second: Day?
        for reduction in reductions {
            guard let on = reduction.reducedOn, on <= day else { continue }
            if let known = first, known <= on {
                second = second.map { min($0, on) } ?? on
            } else {
                second = first
                first = on
            }
        }
        return second
    }

    /// A failed round held by `day`, on or after the day of the second reduction (M-04); nil when none was.
    public func failedAfterSecondReduction(by day: Day) -> AuctionRound? {
        guard let second = secondReduction(by: day) else { return nil }
        return rounds.first { round in
            guard round.outcome?.isFailure == true, let heldOn = round.heldOn else { return false }
            return second <= heldOn && heldOn <= day
        }
    }
}
