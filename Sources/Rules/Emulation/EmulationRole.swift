/// The three columns of a score sheet, in the order in which they are filled.
public enum SheetColumn: String, Sendable, CaseIterable {
    /// By the unit itself.
    case scored = "self"
    /// By the emulation council.
    case reviewed
    /// By the head.
    case decided
}

/// What a person does in the emulation, by the plan.
public enum EmulationDuty: String, Sendable, CaseIterable {
    case unit = "self"
    case council
    case head
}

/// An entry of the plan's `emulation.roles`: who has which duty, for which units.
public struct EmulationRole: Sendable {
    /// The coordinator's name of a person, such as `cert:NAME` or `uid:1001`; a `*` at the end stands for any
    /// ending.
    public let principal: String
    public let duty: EmulationDuty
    /// Units that the person may act for; nil = all (never for the duty `self`).
    public let units: [String]?
    /// The person's own units: they may neither be reviewed nor decided by the person.
    public let own: [String]

    public init(principal: String, duty: EmulationDuty, units: [String]?, own: [String] = []) {
        self.principal = principal
        self.duty = duty
        self.units = units
        self.own = own
    }

    public func names(_ principal: String) -> Bool {
        self.principal.hasSuffix("*")
            ? principal.hasPrefix(self.principal.dropLast()) : principal == self.principal
    }
}
