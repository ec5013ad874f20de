/// The law book holds no value of this kind for the rule on that day: what needs it stays undetermined
/// until an edition is added to the law files.
public struct MissingRule: Error, Hashable, Sendable, CustomStringConvertible {
    public let id: String
    public let on: Day

    public init(id: String, on: Day) {
        self.id = id
        self.on = on
    }

    /// One sentence in Vietnamese: which rule, for which day, and what to do.
    public var description: String {
        "Sổ luật không có giá trị của quy tắc \(id) áp dụng ngày \(on.vietnamese); "
            + "cần bổ sung vào tệp luật."
    }
}

/// A period of the law with the edition that it comes from.
public struct LawPeriod: Sendable {
    public let period: Period
    public let rule: LawRule
}

extension LawTable {
    /// The rule's value in force on that day.
    public func require(_ id: String, on day: Day) throws(MissingRule) -> LawRule {
        guard let rule = rule(id, on: day) else { throw MissingRule(id: id, on: day) }
        return rule
    }

    /// The rule's period in force on that day; a rule whose value is no period counts as missing.
    public func period(_ id: String, on day: Day) throws(MissingRule) -> LawPeriod {
        let rule = try require(id, on: day)
        guard case .period(let period) = rule.value else { throw MissingRule(id: id, on: day) }
        return LawPeriod(period: period, rule: rule)
    }

    /// The rule's amount of money in force on that day; nil when the book has none.
    public func money(_ id: String, on day: Day) -> Dong? {
        guard case .money(let amount) = rule(id, on: day)?.value else { return nil }
        return amount
    }
}
