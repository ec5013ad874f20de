/// Whose rows a reader may see, where it may not see all. A scope that carries one reads of a unit that is seen
/// in part only the cases that are seen; what is asked of other units is for the reader's seams to refuse.
public struct RowSight: Sendable, Hashable {
    /// Who reads, for people.
    public var principal: String
    /// Units of which every row is seen.
    public var units: Set<String>
    /// Officers whose cases are seen, by unit.
    public var officers: [String: Set<String>]

    public init(principal: String, units: Set<String>, officers: [String: Set<String>]) {
        self.principal = principal
        self.units = units
        self.officers = officers
    }

    public func covers(unit: String) -> Bool { units.contains(unit) }

    public func covers(unit: String, officer: String?) -> Bool {
        units.contains(unit) || officer.map { officers[unit]?.contains($0) ?? false } ?? false
    }

    /// Whether some case of the unit may be seen.
    public func touches(unit: String) -> Bool { units.contains(unit) || officers[unit] != nil }
}

extension ReadScope {
    /// The same scope for a reader that may not see all; nil takes the bounds away.
    public func seen(by sight: RowSight?) -> ReadScope {
        var scope = self
        scope.sight = sight
        return scope
    }
}

extension WriteScope {
    /// The same scope, whose reads are those of a reader that may not see all.
    public func seen(by sight: RowSight?) -> WriteScope {
        var scope = self
        scope.sight = sight
        return scope
    }
}
