/// Which cases a plan's targets count over on a day, so that the others need not be read.
public struct ScoringNeeds: Sendable, Equatable {
    /// Every case with all that is scored: a population is counted, or bands go by the caseload.
    public var everyCase = false
    /// Cases on a list.
    public var listed = false
    /// Cases received within these days.
    public var received: DayRange?
    /// Cases classified within these days.
    public var classified: DayRange?
    /// Cases with violations.
    public var violated = false
    /// Figures are asked for each officer.
    public var officers = false

    /// All that any plan could need.
    public static let all: ScoringNeeds = {
        var needs = ScoringNeeds()
        needs.everyCase = true
        needs.officers = true
        return needs
    }()
}

extension Scorer {
    public var needs: ScoringNeeds {
        var needs = ScoringNeeds()
        for counting in countings {
            needs.take(counting)
            for before in counting.yearBefore { needs.take(before) }
        }
        return needs
    }
}

extension ScoringNeeds {
    fileprivate mutating func take(_ counting: Counting) {
        let target = counting.target
        let days = DayRange(start: counting.start, end: max(counting.start, counting.limit))
        if case .bands = target.asks { everyCase = true }
        officers = officers || target.scope == .officer
        switch target.measure {
        case .largeValueSeized, .largeValueClassified, .oldResolvedCount, .oldResolvedMoney:
            listed = true
        case .decisionsTimely: received = days.spanning(received)
        case .classificationRight: classified = days.spanning(classified)
        case .violationsRepaired: violated = true
        case .listsSubmitted, .reportSubmitted: break
        case .casesDone, .moneyDone, .casesResolved, .moneyResolved, .casesSeized, .stockReduced,
            .coercionsDone:
            everyCase = true
        }
    }
}

extension DayRange {
    /// The shortest range that holds both.
    fileprivate func spanning(_ other: DayRange?) -> DayRange {
        guard let other else { return self }
        return DayRange(start: min(start, other.start), end: max(end, other.end))
    }
}
