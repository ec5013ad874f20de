/// The amounts, years and caps of Art. 61 on a day, as the law book holds them.
struct ExemptionClauses {
    /// One clause that needs an amount and a number of years.
    struct Clause {
        let id: String
        let measure: ExemptionMeasure
        let years: Period
        let fits: @Sendable (Dong) -> Bool
        /// The most that may be granted of this remainder.
        let grant: @Sendable (Dong) -> Dong
        let basis: LawRule
    }

    /// in order.
    let clauses: [Clause]
    /// the least part of what is due that must have been paid.
    let leastPaid: LawRule
    let share: Ratio

    init(_ law: LawTable, on day: Day) throws(MissingRule) {
        leastPaid = try law.require("X-09", on: day)
        share = try law.exactShare("X-09", on: day)
        let small = try law.amount("X-01.below", on: day)
        let middle = try law.amount("X-02.below", on: day)
        let restSmall = try law.amount("X-03.below", on: day)
        let restMiddle = try law.amount("X-04.below", on: day)
        let from = try law.amount("X-05.from", on: day)
        let to = try law.amount("X-05.to", on: day)
        let above = try law.amount("X-06.above", on: day)
        let quarter = try law.exactShare("X-05.share", on: day)
        let fifth = try law.exactShare("X-06.share", on: day)
        let cap = try law.amount("X-06.cap", on: day)
        clauses = [
            try Self.clause("X-01", .full, law, day, { $0 < small }),
            try Self.clause("X-02", .full, law, day, { small <= $0 && $0 < middle }),
            try Self.clause("X-03", .remainder, law, day, { $0 < restSmall }),
            try Self.clause("X-04", .remainder, law, day, { restSmall <= $0 && $0 < restMiddle }),
            try Self.clause("X-05", .reduction, law, day, { from <= $0 && $0 <= to }) {
                part($0, quarter)
            },
            try Self.clause("X-06", .reduction, law, day, { above < $0 }) {
                min(cap, part($0, fifth))
            },
        ]
    }

    private static func clause(
        _ id: String, _ measure: ExemptionMeasure, _ law: LawTable, _ day: Day,
        _ fits: @escaping @Sendable (Dong) -> Bool,
        grant: @escaping @Sendable (Dong) -> Dong = { $0 }
    ) throws(MissingRule) -> Clause {
        let years = try law.period(id + ".after", on: day)
        return Clause(
            id: id, measure: measure, years: years.period, fits: fits, grant: grant,
            basis: years.rule)
    }

    /// 1/50 of the sum, rounded up: a đồng less is not enough.
    func threshold(of due: Dong) -> Dong {
        Dong(
            Int64(
                clamping: Ratio(Int128(due.amount) * share.numerator, share.denominator).ceiling))
    }
}

/// The share of the sum, rounded down: a đồng more is too much.
private func part(_ sum: Dong, _ share: Ratio) -> Dong {
    Dong(Int64(clamping: Ratio(Int128(sum.amount) * share.numerator, share.denominator).floor))
}

extension LawTable {
    fileprivate func amount(_ id: String, on day: Day) throws(MissingRule) -> Dong {
        guard let amount = money(id, on: day) else { throw MissingRule(id: id, on: day) }
        return amount
    }

    fileprivate func exactShare(_ id: String, on day: Day) throws(MissingRule) -> Ratio {
        guard case .share(let share) = try require(id, on: day).value else {
            throw MissingRule(id: id, on: day)
        }
        return share
    }
}

extension Day {
    /// The corresponding day once the period has gone by; a waiting time does not roll to a working day.
    func after(_ period: Period) -> Day {
        switch period {
        case .workingDays(let count), .calendarDays(let count): self + count
        case .months(let count): adding(months: count)
        case .years(let count): adding(years: count)
        }
    }
}
