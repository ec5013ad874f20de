import Rules

/// The articles read once more, over a whole log instead of step by step, with periods written out: what must
/// never be found in the log of a lawful track. Days off are left out of account, so periods are those of the
/// calendar at least.
struct ArticleReading {
    private let walk: RandomWalk
    private let log: [DatedEvent]

    init(_ walk: RandomWalk) {
        self.walk = walk
        log = walk.log
    }

    var faults: [String] {
        var faults: [String] = []
        for at in log.indices {
            if let fault = fault(at) { faults.append("\(log[at].on) \(log[at].event): \(fault)") }
        }
        if let fault = money() { faults.append(fault) }
        return faults
    }

    private func fault(_ at: Int) -> String? {
        if let end = lastIndex(before: at, { ["taken", "released", "returned"].contains($0.name) })
        {
            return "after the end at \(end)"
        }
        switch log[at].event {
        case .posted, .held:
            if isWaitingForReduction(at) { return "Art. 104: a failed auction without a reduction" }
            if isAccepted(at) { return "Art. 104.2: the creditor has accepted" }
        default: break
        }
        switch log[at].event {
        case .valued: return index(of: "valued", before: at) == nil ? nil : "Art. 99: valued twice"
        case .auctionContract, .posted:
            return valuedAt(at) == nil ? "Art. 101.2: not valued" : nil
        case .held(_, let result): return held(at, result)
        case .reduced(_, let price, let agreed): return reduced(at, price, agreed: agreed)
        case .offered: return offered(at)
        case .answered:
            return index(of: "offered", before: at) == nil ? "Art. 104.2: nothing offered" : nil
        case .debtorNotified: return isAccepted(at) ? nil : "Art. 104.2: not accepted"
        case .paid: return paid(at)
        case .delivered: return index(of: "paid", before: at) == nil ? "Art. 27.3: unpaid" : nil
        case .saleCancelled: return cancelled(at)
        case .disposed(let disposal): return disposed(at, disposal)
        default: return nil
        }
    }

    private func held(_ at: Int, _ result: AuctionResult) -> String? {
        guard let posting = lastIndex(before: at, { $0.name == "posted" }),
            case .posted(_, let start, let procedure) = log[posting].event
        else { return "Art. 35: not posted" }
        let days =
            switch (procedure, walk.terms.kind) {
            case (.ordinary, .movable): 7
            case (.ordinary, .realEstate): 15
            case (.shortened, .movable): 3
            case (.shortened, .realEstate): 5
            }
        if log[at].on - log[posting].on < days { return "Art. 35: posted too late" }
        let failures = log[..<at].count { isFailure($0.event) }
        if procedure == .shortened, start >= Dong(50_000_000), failures < 2 { return "Art. 53.1" }
        guard result.outcome == .sold else { return nil }
        if let price = result.price, price < start { return "Art. 49: below the starting price" }
        if result.registrants == 0 { return "Art. 52.1.a: sold to nobody" }
        return result.registrants == 1 && failures == 0 ? "Art. 49.1: sold to one" : nil
    }

    private func reduced(_ at: Int, _ price: Dong?, agreed: Bool) -> String? {
        guard let failure = lastIndex(before: at, isFailure), isWaitingForReduction(at),
            case .held(_, let result) = log[failure].event
        else { return "Art. 104: no failed auction waits" }
        if isAccepted(at) { return "Art. 104.2: the creditor has accepted" }
        if let price {
            if price.amount * 10 < result.startingPrice.amount * 9 { return "Art. 104.5: too deep" }
            if price >= result.startingPrice { return "no reduction at all" }
        }
        if walk.terms.stateRevenue { return nil }
        let before = log[..<at].count { $0.event.name == "reduced" }
        if before == 0, !agreed {
            guard let notice = lastIndex(before: at, { $0.name == "reduction_notice" }),
                notice > failure
            else { return "Art. 104.1: neither agreed nor invited" }
            if log[at].on - log[notice].on < 10 { return "Art. 104.1: the parties have ten days" }
        }
        guard before >= 2 else { return nil }
        guard let refusal = lastIndex(before: at, { $0.name == "refused" }), refusal > failure
        else { return "Art. 104.3: the creditor has not refused" }
        if let cost = walk.terms.coercionCost, result.startingPrice <= cost {
            return "Art. 104.3: to be returned"
        }
        return nil
    }

    private func offered(_ at: Int) -> String? {
        let reductions = log[..<at].count { $0.event.name == "reduced" }
        if reductions < 2 { return "Art. 104.2: before the second reduction" }
        return isWaitingForReduction(at) ? nil : "Art. 104.2: no failure after it"
    }

    private func paid(_ at: Int) -> String? {
        guard let sale = lastIndex(before: at, isSale) else { return "Art. 27.3: no sale" }
        // The thirtieth day may be moved by days off, a week of them at most.
        return log[at].on - log[sale].on > 37 ? "Art. 27.3: no extension" : nil
    }

    private func cancelled(_ at: Int) -> String? {
        guard let sale = lastIndex(before: at, isSale) else { return "no sale to undo" }
        let paid = lastIndex(before: at) { $0.name == "paid" }
        if let paid, paid > sale { return nil }
        return log[at].on - log[sale].on <= 30 ? "Art. 27.3: the buyer has time" : nil
    }

    private func disposed(_ at: Int, _ disposal: Disposal) -> String? {
        switch disposal {
        case .sold: return lastIndex(before: at, isSale) == nil ? "nothing was sold" : nil
        case .taken:
            guard isAccepted(at) else { return nil }
            guard let told = lastIndex(before: at, { $0.name == "debtor_notified" }) else {
                return "Art. 104.2: the debtor was not told"
            }
            return log[at].on - log[told].on < 30 ? "Art. 104.2: the debtor has thirty days" : nil
        case .returned:
            guard let refusal = lastIndex(before: at, { $0.name == "refused" }),
                let failure = lastIndex(before: at, isFailure), refusal > failure
            else { return "Art. 104.3: not refused" }
            guard let cost = walk.terms.coercionCost, let price = walk.course.price, price <= cost
            else { return "Art. 104.3: worth more than the coercion" }
            return nil
        case .released: return nil
        }
    }

    /// The starting price of every round is the value less the reductions before it; what was bid is no less.
    private func money() -> String? {
        var value = Int64(0)
        var price = Int64(0)
        var reductions = Int64(0)
        for item in log {
            switch item.event {
            case .valued(let new, _), .revalued(_, let new, _):
                value = new?.amount ?? 0
                (price, reductions) = (value, 0)
            case .reduced(_, let to, _):
                guard let to else { continue }
                reductions += price - to.amount
                price = to.amount
            case .posted(_, let start, _):
                if start.amount != value - reductions { return "posted at another price" }
            case .held(_, let result):
                if result.startingPrice.amount + reductions != value { return "money is lost" }
                if result.outcome == .sold, let bid = result.price?.amount, bid + reductions < value
                {
                    return "sold below the value less the reductions"
                }
            default: continue
            }
        }
        let course = walk.course
        let kept = course.price.map { $0 + course.reduced }
        return kept == course.value && course.reduced.amount == reductions
            && (course.value?.amount ?? 0) == value ? nil : "the course's money does not add up"
    }
}

extension ArticleReading {
    private func isFailure(_ event: AuctionEvent) -> Bool {
        guard case .held(_, let result) = event else { return false }
        return result.outcome?.isFailure == true
    }

    private func isSale(_ event: AuctionEvent) -> Bool {
        guard case .held(_, let result) = event else { return false }
        return result.outcome == .sold
    }

    private func lastIndex(before at: Int, _ holds: (AuctionEvent) -> Bool) -> Int? {
        log[..<at].lastIndex { holds($0.event) }
    }

    private func index(of name: String, before at: Int) -> Int? {
        lastIndex(before: at) { $0.name == name }
    }

    private func valuedAt(_ at: Int) -> Int? {
        lastIndex(before: at) { ["valued", "revalued"].contains($0.name) }
    }

    /// A round failed, and neither a reduction nor a new valuation came since.
    private func isWaitingForReduction(_ at: Int) -> Bool {
        guard let failure = lastIndex(before: at, isFailure) else { return false }
        return !log[failure..<at].contains { ["reduced", "revalued"].contains($0.event.name) }
    }

    private func isAccepted(_ at: Int) -> Bool {
        index(of: "accepted", before: at) != nil
    }
}
