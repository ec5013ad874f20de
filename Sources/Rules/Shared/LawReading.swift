/// How the law of two days differs in one rule.
public struct LawChange: Sendable {
    public enum Kind: String, Sendable { case added, ended, changed }

    public let id: String
    /// The value in force on the first day; nil where the rule had none.
    public let before: LawRule?
    /// The value in force on the second day; nil where the rule has none.
    public let after: LawRule?

    public var kind: Kind {
        if before == nil { return .added }
        return after == nil ? .ended : .changed
    }
}

extension LawTable {
    /// Ids of all rules, in order.
    public var ids: [String] { editions.keys.sorted() }

    /// Every rule that has a value in force on that day, in order of id.
    public func rules(on day: Day) -> [LawRule] { ids.compactMap { rule($0, on: day) } }

    /// The rules that together make up the row of this id, named `id.part`, in order.
    public func parts(of id: String) -> [String] { ids.filter { $0.hasPrefix(id + ".") } }

    /// The rules whose value in force differs between the two days, in order of id: another edition is
    /// another value, even with an equal figure.
    public func changes(from: Day, to: Day) -> [LawChange] {
        ids.compactMap { id in
            let before = rule(id, on: from)
            let after = rule(id, on: to)
            guard before?.from != after?.from else { return nil }
            return LawChange(id: id, before: before, after: after)
        }
    }
}

extension LawRule {
    /// `period`, `share`, `money`, `count`, `hours`, `clock` or `ground`, as the law files name it.
    public var kind: String {
        switch value {
        case .period: "period"
        case .share: "share"
        case .money: "money"
        case .count: "count"
        case .hours: "hours"
        case .clock: "clock"
        case .ground: "ground"
        }
    }

    /// What the figure counts: `working_days`, `calendar_days`, `months`, `years`, `dong`, `times`, `hours`
    /// or `hour_of_day`; nil for a share and a ground.
    public var unit: String? {
        switch value {
        case .period(.workingDays): "working_days"
        case .period(.calendarDays): "calendar_days"
        case .period(.months): "months"
        case .period(.years): "years"
        case .money: "dong"
        case .count: "times"
        case .hours: "hours"
        case .clock: "hour_of_day"
        case .share, .ground: nil
        }
    }

    /// The figure; nil for a share and a ground.
    public var number: Int64? {
        switch value {
        case .period(.workingDays(let number)), .period(.calendarDays(let number)),
            .period(.months(let number)), .period(.years(let number)), .count(let number),
            .hours(let number), .clock(let number):
            Int64(number)
        case .money(let amount): amount.amount
        case .share, .ground: nil
        }
    }

    /// The share as a fraction in lowest terms, e.g. `1/50`; nil for every other kind.
    public var share: String? {
        guard case .share(let share) = value else { return nil }
        let reduced = share.reduced
        return "\(reduced.numerator)/\(reduced.denominator)"
    }
}
