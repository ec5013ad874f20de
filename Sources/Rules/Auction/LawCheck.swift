/// The law book on one day, as the judgement of one event asks it.
struct LawCheck {
    let law: LawTable
    let event: AuctionEvent
    let on: Day

    func finding(
        _ fault: TrackFault, _ rule: String, _ bound: TrackFinding.Bound? = nil
    ) -> TrackFinding {
        let law = law.rule(rule, on: on)
        return TrackFinding(
            on: on, event: event, fault: fault, rule: rule, citation: law?.citation,
            verified: law?.verified ?? false, bound: bound, missing: nil)
    }

    func refuse(_ fault: TrackFault, _ rule: String, if holds: Bool) throws(TrackFinding) {
        if holds { throw finding(fault, rule) }
    }

    /// - Parameter day: the day whose edition applies; the event's own where none is given.
    func period(_ id: String, since day: Day? = nil) throws(TrackFinding) -> Period {
        guard case .period(let period) = law.rule(id, on: day ?? on)?.value else {
            throw missing(id, on: day)
        }
        return period
    }

    func money(_ id: String) throws(TrackFinding) -> Dong {
        guard case .money(let amount) = law.rule(id, on: on)?.value else { throw missing(id) }
        return amount
    }

    func count(_ id: String) throws(TrackFinding) -> Int {
        guard case .count(let count) = law.rule(id, on: on)?.value else { throw missing(id) }
        return count
    }

    func share(_ id: String) throws(TrackFinding) -> Ratio {
        guard case .share(let share) = law.rule(id, on: on)?.value else { throw missing(id) }
        return share
    }

    private func missing(_ rule: String, on day: Day? = nil) -> TrackFinding {
        TrackFinding(
            on: on, event: event, fault: nil, rule: rule, citation: nil, verified: false,
            bound: nil, missing: MissingRule(id: rule, on: day ?? on))
    }
}
