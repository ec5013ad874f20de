/// Days that one officer of one unit has lost with late steps.
public struct LostDays: Sendable, Equatable {
    public let unit: String
    /// Nil where the case names none.
    public let officer: String?
    /// Calendar days from each step's due day to the day it was done, else to the as-of day.
    public let days: Int
    /// How many steps were late.
    public let steps: Int
}

/// The days lost with these steps, by unit and officer; steps that were or still are in time lose none.
public func lostDays(_ duties: [AuctionDuty], on day: Day) -> [LostDays] {
    var sums: [Place: (days: Int, steps: Int)] = [:]
    for duty in duties {
        let late = duty.daysLate(on: day)
        guard late > 0 else { continue }
        sums[Place(unit: duty.key.unit, officer: duty.officer), default: (0, 0)].days += late
        sums[Place(unit: duty.key.unit, officer: duty.officer), default: (0, 0)].steps += 1
    }
    return sums.sorted { $0.key < $1.key }.map { place, sum in
        LostDays(unit: place.unit, officer: place.officer, days: sum.days, steps: sum.steps)
    }
}

private struct Place: Hashable, Comparable {
    let unit: String
    let officer: String?

    static func < (a: Place, b: Place) -> Bool {
        (a.unit, a.officer ?? "") < (b.unit, b.officer ?? "")
    }
}
