/// The law of a forecast: days from periods, each with the rule that set it.
struct SimulationLaw {
    let table: LawTable
    /// Nothing is forecast before it.
    let today: Day

    var calendar: WorkingCalendar { table.calendar }

    /// A day with what set it.
    struct Setting {
        var on: Day
        let rule: LawRule
        let verified: Bool
    }

    /// The last day of the period `id` from `from`, or today's first working day where that is past.
    func after(_ id: String, from: Day) throws(MissingRule) -> Setting {
        let found = try table.period(id, on: from)
        let due = calendar.due(found.period, from: from)
        let day = firstDay(onOrAfter: due)
        return Setting(
            on: day, rule: found.rule,
            verified: found.rule.verified && calendar.isCertain(from: from, through: day))
    }

    /// The last day of the period `id` from `from`, past or not.
    func due(_ id: String, from: Day) throws(MissingRule) -> Setting {
        let found = try table.period(id, on: from)
        let due = calendar.due(found.period, from: from)
        return Setting(
            on: due, rule: found.rule,
            verified: found.rule.verified && calendar.isCertain(from: from, through: due))
    }

    /// The first working day from `day` on that does not lie before today.
    func firstDay(onOrAfter day: Day) -> Day { calendar.workingDay(onOrAfter: max(day, today)) }

    /// `day` under the rule `id`, which sets no period of its own.
    func at(_ day: Day, rule id: String) throws(MissingRule) -> Setting {
        let rule = try table.require(id, on: day)
        let on = firstDay(onOrAfter: day)
        return Setting(
            on: on, rule: rule,
            verified: rule.verified && calendar.isCertain(from: day, through: on))
    }

    func money(_ id: String, on day: Day) throws(MissingRule) -> Dong {
        guard let amount = table.money(id, on: day) else { throw MissingRule(id: id, on: day) }
        return amount
    }

    func count(_ id: String, on day: Day) throws(MissingRule) -> Int {
        guard case .count(let count) = try table.require(id, on: day).value else {
            throw MissingRule(id: id, on: day)
        }
        return count
    }

    func share(_ id: String, on day: Day) throws(MissingRule) -> Ratio {
        guard case .share(let share) = try table.require(id, on: day).value else {
            throw MissingRule(id: id, on: day)
        }
        return share
    }
}

extension Dong {
    /// The price after taking off `rate` of it, rounded up to whole đồng, so that never more than the rate
    /// comes off.
    func reduced(by rate: Ratio) -> Dong {
        Dong(Int64((ratio * (.one - rate)).ceiling))
    }
}
